/**
 * `kubectl label` and `annotate`. Sources: staging/src/k8s.io/kubectl/pkg/cmd/label/label.go,
 * annotate/annotate.go.
 */
import { labelKeyProblems, labelValueProblems } from '../../sim/api/labelsyntax.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { aggregate, KubectlError } from '../errors.ts';
import { fileItems } from '../files.ts';
import {
  ALL,
  ALL_NAMESPACES,
  DRY_RUN,
  FIELD_SELECTOR,
  FILENAME,
  flag,
  PRINT,
  RECORD,
  SELECTOR,
} from '../flags.ts';
import { select, throwErrors } from '../resources.ts';
import { writeOut } from '../session.ts';
import type { Session, Verb } from '../session.ts';
import { dryRun, report, withCause } from './apply.ts';

interface Changes {
  readonly resources: readonly string[];
  readonly set: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

/** Resource arguments end where the first change begins. */
function split(args: readonly string[], what: 'label' | 'annotation'): Changes {
  const isChange = (a: string): boolean =>
    (a.includes('=') && !a.startsWith('=')) || (a.endsWith('-') && a.length > 1);
  const at = args.findIndex(isChange);
  const resources = at < 0 ? args : args.slice(0, at);
  const set = new Map<string, string>();
  const remove: string[] = [];
  for (const change of at < 0 ? [] : args.slice(at)) {
    const eq = change.indexOf('=');
    if (eq > 0) {
      const [key, value] = [change.slice(0, eq), change.slice(eq + 1)];
      if (what === 'label') {
        if (value.includes('=')) throw new KubectlError(`invalid label spec: ${change}`);
        const problems = labelValueProblems(value);
        if (problems.length > 0)
          throw new KubectlError(`invalid label value: "${change}": ${problems.join(';')}`);
      }
      set.set(key, value);
    } else if (change.endsWith('-')) remove.push(change.slice(0, -1));
    else
      throw new KubectlError(
        what === 'label'
          ? `unknown label spec: ${change}`
          : `all resources must be specified before annotation changes: ${change}`,
      );
  }
  const both = remove.filter((k) => set.has(k));
  if (both.length > 0) {
    throw new KubectlError(
      what === 'label'
        ? 'can not both modify and remove a label in the same command'
        : 'can not both modify and remove the following annotation(s) in the same command: ' +
            `${both.join(', ')}`,
    );
  }
  return { resources, set, remove };
}

function refuseOverwrites(
  session: Session,
  what: 'label' | 'annotation',
  current: Readonly<Record<string, string>>,
  set: ReadonlyMap<string, string>,
): void {
  if (session.flags.bool('overwrite')) return;
  const clashes = [...set].filter(
    ([k, v]) => current[k] !== undefined && (what === 'annotation' || current[k] !== v),
  );
  if (clashes.length === 0) return;
  if (what === 'annotation') {
    throw new KubectlError(
      '--overwrite is false but found the following declared annotation(s): ' +
        `${clashes.map(([k]) => `'${k}' already has a value (${current[k]})`).join('; ')}`,
    );
  }
  throw aggregate(
    clashes.map(
      ([k]) => new KubectlError(`'${k}' already has a value (${current[k]}), and --overwrite is false`),
    ),
  );
}

const verb = (name: 'label' | 'annotate', what: 'label' | 'annotation'): Verb => ({
  name,
  flags: [
    ...FILENAME,
    SELECTOR,
    FIELD_SELECTOR,
    ALL,
    ALL_NAMESPACES,
    ...PRINT,
    DRY_RUN,
    flag('overwrite'),
    flag('list'),
    flag('resource-version', 'string'),
    RECORD,
  ],
  run(session) {
    if (session.flags.bool('all') && session.flags.text('selector') !== '')
      throw new KubectlError('cannot set --all and --selector at the same time');
    const { resources, set, remove } = split(session.args, what);
    const list = session.flags.bool('list');
    if (resources.length === 0 && !session.flags.has('filename')) {
      throw new KubectlError(
        'one or more resources must be specified as <resource> <name> or <resource>/<name>',
      );
    }
    if (set.size === 0 && remove.length === 0 && !list)
      throw new KubectlError(`at least one ${what} update is required`);
    const selection = select(session, { args: resources, ...fileItems(session) });
    throwErrors(selection.errors);
    const version = session.flags.text('resource-version');
    if (version !== '' && selection.items.length > 1)
      throw new KubectlError('--resource-version may only be used with a single resource');
    const field = what === 'label' ? 'labels' : 'annotations';
    for (const { info, object } of selection.items) {
      const current = object.metadata[field] ?? {};
      if (list) {
        for (const key of Object.keys(current).sort()) writeOut(session, `${key}=${current[key]}\n`);
        continue;
      }
      if (what === 'label')
        for (const key of remove)
          if (current[key] === undefined) writeOut(session, `label "${key}" not found.\n`);
      for (const key of set.keys()) {
        const problems = what === 'label' ? labelKeyProblems(key) : [];
        if (problems.length > 0) throw new KubectlError(`invalid label key "${key}": ${problems.join('; ')}`);
      }
      refuseOverwrites(session, what, current, set);
      const added = [...set].filter(([k, v]) => current[k] !== v);
      const removed = remove.filter((k) => current[k] !== undefined);
      let patched = object;
      if (added.length + removed.length > 0 && !dryRun(session).dry) {
        const changes: Record<string, string | null> = Object.fromEntries(added);
        for (const key of removed) changes[key] = null;
        patched = session.api.patch(
          info.resource,
          object.metadata.namespace ?? '',
          object.metadata.name,
          'merge',
          withCause(session, {
            metadata: { [field]: changes, ...(version === '' ? {} : { resourceVersion: version }) },
          } as unknown as KubeObject),
        );
      }
      const labelled =
        added.length > 0 && removed.length > 0
          ? 'modified'
          : added.length > 0
            ? 'labeled'
            : removed.length > 0
              ? 'unlabeled'
              : 'not labeled';
      report(session, { info, object: patched }, what === 'label' ? labelled : 'annotated');
    }
    return 0;
  },
});

export const labelVerb = verb('label', 'label');
export const annotateVerb = verb('annotate', 'annotation');
