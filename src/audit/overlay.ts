/**
 * Advice as an overlay for kustomize: what can be done at once is put together, and written as patches of the
 * manifests as they are.
 */
import jsonPatch from 'fast-json-patch';
import { stringify } from 'yaml';
import { changed } from '../edits/apply.ts';
import { nameOf, text } from '../edits/shapes.ts';
import { yamlOf } from '../edits/manifests.ts';
import type { ManifestObject } from '../sim/api/manifest/read.ts';
import type { ProvenChange } from './advise.ts';
import type { Finding } from './audit.ts';

/** All advice that goes together. */
export interface Together {
  readonly changes: readonly ProvenChange[];
  /** The manifests with it, what is added behind them. */
  readonly objects: readonly ManifestObject[];
}

type Step = ProvenChange['steps'][number];

/** Where a change is made: two that are made at one place do not go together. */
const placeOf = (step: Step): string =>
  step.do === 'add'
    ? `${step.value.kind} ${text(step.value, ['metadata', 'namespace']) ?? ''}/${nameOf(step.value)}`
    : step.do === 'remove'
      ? `${step.object} `
      : `${step.object} ${step.path.join('\u0000')}`;

const clashes = (a: string, b: string): boolean =>
  a === b || a.startsWith(`${b}\u0000`) || b.startsWith(`${a}\u0000`);

/**
 * The advice for all findings, of the worst first; what would be made where another change is made already is
 * left out.
 */
export function together(objects: readonly ManifestObject[], findings: readonly Finding[]): Together {
  const changes: ProvenChange[] = [];
  const places: string[] = [];
  let all = objects;
  for (const { advice, helps } of findings)
    for (const change of advice ?? helps?.changes ?? []) {
      const own = change.steps.map(placeOf);
      if (own.some((place) => places.some((taken) => clashes(place, taken)))) continue;
      places.push(...own);
      changes.push(change);
      all = changed(all, change).filter((o) => o !== undefined);
    }
  return { changes, objects: all };
}

const targetOf = (object: ManifestObject): Record<string, string> => {
  const [version = '', group] = object.apiVersion.split('/').reverse();
  const namespace = text(object, ['metadata', 'namespace']);
  return {
    ...(group === undefined ? {} : { group }),
    version,
    kind: object.kind,
    name: nameOf(object),
    ...(namespace === undefined ? {} : { namespace }),
  };
};

const fileOf = (object: ManifestObject, taken: ReadonlyMap<string, string>): string => {
  const parts = [text(object, ['metadata', 'namespace']), object.kind, nameOf(object)];
  const name = parts
    .filter((part) => part !== undefined)
    .join('-')
    .toLowerCase();
  let file = `${name}.yaml`;
  for (let n = 2; taken.has(file); n += 1) file = `${name}-${n}.yaml`;
  return file;
};

/**
 * The files of an overlay by their names, `kustomization.yaml` among them.
 * @param before the manifests as they are. @param resources what the overlay stands on: paths from its folder
 */
export function overlayOf(
  before: readonly ManifestObject[],
  { objects }: Together,
  resources: readonly string[],
): Map<string, string> {
  const files = new Map<string, string>();
  const patches: { path: string; target: Record<string, string> }[] = [];
  const added: string[] = [];
  for (const [place, object] of objects.entries()) {
    const was = before[place];
    if (was === object) continue;
    const file = fileOf(object, files);
    if (was === undefined) {
      files.set(file, `${yamlOf(object)}\n`);
      added.push(file);
    } else {
      files.set(file, `${yamlOf(jsonPatch.compare(was, object))}\n`);
      patches.push({ path: file, target: targetOf(was) });
    }
  }
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [...resources, ...added],
    ...(patches.length === 0 ? {} : { patches }),
  };
  files.set('kustomization.yaml', stringify(kustomization));
  return files;
}
