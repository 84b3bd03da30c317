/** `kubectl taint`. Source: staging/src/k8s.io/kubectl/pkg/cmd/taint/taint.go, utils.go. */
import { labelKeyProblems, labelValueProblems } from '../../sim/api/labelsyntax.ts';
import type { Node, Taint } from '../../sim/api/types.ts';
import { aggregate, KubectlError, usageError } from '../errors.ts';
import { ALL, DRY_RUN, flag, PRINT, SELECTOR } from '../flags.ts';
import { resolveType, select, throwErrors } from '../resources.ts';
import type { Verb } from '../session.ts';
import { dryRun, report } from './apply.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** `key=value:Effect`, `key:Effect`, `key`. @throws Error with what is wrong */
function parseTaint(text: string): { key: string; value?: string; effect: string } {
  const parts = text.split(':');
  if (parts.length > 2) throw new KubectlError(`invalid taint spec: ${text}`);
  const effect = parts[1] ?? '';
  if (parts.length === 2 && !EFFECTS.includes(effect))
    throw new KubectlError(`invalid taint effect: ${effect}, unsupported taint effect`);
  const [key, value, ...rest] = parts.length === 2 ? parts[0]!.split('=') : [parts[0]!];
  if (rest.length > 0) throw new KubectlError(`invalid taint spec: ${text}`);
  const problems = [...(value === undefined ? [] : labelValueProblems(value)), ...labelKeyProblems(key!)];
  if (problems.length > 0) throw new KubectlError(`invalid taint spec: ${text}, ${problems.join('; ')}`);
  return { key: key!, ...(value ? { value } : {}), effect };
}

interface TaintChanges {
  readonly add: Taint[];
  readonly remove: { key: string; effect: string }[];
}

function parseTaints(specs: readonly string[]): TaintChanges {
  const add: Taint[] = [];
  const remove: { key: string; effect: string }[] = [];
  for (const spec of specs) {
    if (spec.endsWith('-')) {
      const { key, effect } = parseTaint(spec.slice(0, -1));
      remove.push({ key, effect });
      continue;
    }
    const taint = parseTaint(spec);
    if (taint.effect === '') throw new KubectlError(`invalid taint spec: ${spec}`);
    if (add.some((t) => t.key === taint.key && t.effect === taint.effect)) {
      throw new KubectlError(
        `duplicated taints with the same key and effect: {${taint.key} ${taint.value ?? ''} ` +
          `${taint.effect} <nil>}`,
      );
    }
    add.push(taint as Taint);
  }
  return { add, remove };
}

/** The taints a node gets, and the word for it. */
function reorganize(
  node: Node,
  { add, remove }: TaintChanges,
  overwrite: boolean,
): { taints: Taint[]; word: string } {
  const old = node.spec.taints ?? [];
  let taints: Taint[] = [
    ...add,
    ...old.filter((o) => !add.some((a) => a.key === o.key && a.effect === o.effect)),
  ];
  const added = taints.length !== old.length;
  const errors: unknown[] = [];
  let removed = false;
  for (const r of remove) {
    const left = taints.filter((t) => !(t.key === r.key && (r.effect === '' || t.effect === r.effect)));
    removed = left.length < taints.length;
    if (!removed)
      errors.push(new KubectlError(`taint "${r.key}${r.effect === '' ? '' : `:${r.effect}`}" not found`));
    taints = left;
  }
  const error = aggregate(errors);
  if (error !== undefined) throw error;
  return { taints, word: (added && removed) || overwrite ? 'modified' : added ? 'tainted' : 'untainted' };
}

export const taintVerb: Verb = {
  name: 'taint',
  flags: [SELECTOR, ALL, ...PRINT, DRY_RUN, flag('overwrite')],
  run(session) {
    const isTaint = (s: string): boolean => s.includes('=') || s.includes(':') || s.endsWith('-');
    const first = session.args.findIndex(isTaint);
    const resources = first < 0 ? session.args : session.args.slice(0, first);
    const specs = first < 0 ? [] : session.args.slice(first);
    const stray = specs.find((s) => !isTaint(s));
    if (stray !== undefined)
      throw new KubectlError(`all resources must be specified before taint changes: ${stray}`);
    if (resources.length === 0)
      throw new KubectlError('one or more resources must be specified as <resource> <name>');
    if (specs.length === 0) throw new KubectlError('at least one taint update is required');
    let changes: TaintChanges;
    try {
      changes = parseTaints(specs);
    } catch (error) {
      throw usageError('taint', (error as Error).message);
    }
    const named =
      resources.length === 1 && resources[0]!.includes('/') ? resources[0]!.split('/') : resources;
    if (resolveType(session.cluster.resources, named[0]!).kind !== 'Node')
      throw new KubectlError(
        `invalid resource type ${named[0]!.toLowerCase()}, only node types are supported`,
      );
    const clash = changes.add.filter((a) =>
      changes.remove.some((r) => r.key === a.key && (r.effect === '' || r.effect === a.effect)),
    );
    if (clash.length > 0) {
      throw new KubectlError(
        'can not both modify and remove the following taint(s) in the same command: ' +
          `${clash.map((t) => `${t.key}=${t.effect}`).join(', ')}`,
      );
    }
    const { flags } = session;
    if (flags.bool('all') && flags.text('selector') !== '')
      throw new KubectlError("setting 'all' parameter with a non empty selector is prohibited");
    if (!flags.bool('all') && flags.text('selector') === '' && named.length < 2) {
      throw new KubectlError("at least one resource name must be specified since 'all' parameter is not set");
    }
    const { items, errors } = select(session, { args: named });
    throwErrors(errors);
    for (const { info, object } of items) {
      const node = object as Node;
      if (!flags.bool('overwrite')) {
        const existing = changes.add.filter((a) =>
          (node.spec.taints ?? []).some((t) => t.key === a.key && t.effect === a.effect),
        );
        if (existing.length > 0) {
          throw new KubectlError(
            `node ${node.metadata.name} already has ${existing.map((t) => t.key).join(',')} taint(s) with ` +
              'same effect(s) and --overwrite is false',
          );
        }
      }
      const { taints, word } = reorganize(node, changes, flags.bool('overwrite'));
      const patched = dryRun(session).dry
        ? node
        : session.api.patch('Node', '', node.metadata.name, 'merge', {
            spec: { taints: taints.length === 0 ? null : taints },
          });
      report(session, { info, object: patched }, word);
    }
    return 0;
  },
};
