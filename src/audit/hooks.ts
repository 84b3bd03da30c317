/** What `helm template` prints and `helm install` does not apply: hooks of other moments. */
import { get, shortName, text } from '../edits/shapes.ts';
import { readManifests } from '../sim/api/manifest/read.ts';

/** Source: https://helm.sh/docs/topics/charts_hooks/ */
const ELSEWHEN = new Set([
  'test',
  'test-success',
  'test-failure',
  'pre-delete',
  'post-delete',
  'pre-rollback',
  'post-rollback',
]);

const HOOK = 'helm.sh/hook';

/** An object that an install leaves out, and why: `pod/shop-test-connection`, `test`. */
export interface Hook {
  readonly name: string;
  readonly hook: string;
}

/** The hooks of one document that an install never plays; undefined of what it applies. */
function hookOf(document: string): Hook | undefined {
  if (!document.includes(HOOK)) return undefined;
  const objects = readManifests(document, '').map((d) => d.object);
  const [object] = objects;
  const hook = text(get(object, ['metadata', 'annotations']), [HOOK]);
  if (object === undefined || objects.length > 1 || hook === undefined) return undefined;
  const isNeverApplied = hook.split(',').every((moment) => ELSEWHEN.has(moment.trim()));
  return isNeverApplied ? { name: shortName(object), hook } : undefined;
}

/**
 * Manifests without the hooks that an install leaves out. Lines stay where they are.
 * @throws ManifestError for what kubectl cannot read
 */
export function withoutHooks(source: string): { readonly text: string; readonly hooks: readonly Hook[] } {
  const hooks: Hook[] = [];
  const parts = source.split(/^(?=---(?:\s|$))/m).map((part) => {
    const hook = hookOf(part);
    if (hook === undefined) return part;
    hooks.push(hook);
    return part.replace(/[^\n]+/g, (line, at: number) => (at === 0 && line.startsWith('---') ? '---' : ''));
  });
  return { text: parts.join(''), hooks };
}
