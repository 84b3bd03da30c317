/** `kubectl wait`. Source: staging/src/k8s.io/kubectl/pkg/cmd/wait/wait.go. */
import { isNotFound } from '../../sim/api/errors.ts';
import { KubectlError } from '../errors.ts';
import { fileItems } from '../files.ts';
import { ALL, ALL_NAMESPACES, FIELD_SELECTOR, flag, SELECTOR } from '../flags.ts';
import { parseJsonPath, relaxedPath } from '../output/jsonpath.ts';
import { resolveType, select, throwErrors } from '../resources.ts';
import type { PendingWait, Session, Verb } from '../session.ts';
import type { Awaiting, ConditionState, Finding } from '../waits/condition.ts';
import type { DeletionState } from '../waits/deletion.ts';
import { FOREVER_MS } from '../waits/wait.ts';

/** A single `=` divides path and value; `==` belongs to a filter. */
function splitJsonPath(text: string): string[] {
  // A single `=` parts the path from the value; `==` is an operator of the path.
  return text.split(/(?<!=)=(?!=)/);
}

function parseCondition(text: string): Awaiting | 'delete' {
  const lower = text.toLowerCase();
  if (lower === 'delete') return 'delete';
  if (lower === 'create') return { type: 'create' };
  if (text.startsWith('condition=')) {
    const [condition, ...status] = text.slice('condition='.length).split('=');
    return {
      type: 'condition',
      condition: condition!,
      status: status.length === 0 ? 'true' : status.join('='),
    };
  }
  if (text.startsWith('jsonpath=')) {
    const parts = splitJsonPath(text.slice('jsonpath='.length));
    if (parts.length > 2) {
      throw new KubectlError(
        "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or " +
          "--for=jsonpath='{.status.readyReplicas}'",
      );
    }
    if (parts[0] === '') throw new KubectlError('jsonpath expression cannot be empty');
    const path = relaxedPath(parts[0]!);
    parseJsonPath(path);
    const value = parts[1]?.replace(/^['"]+|['"]+$/g, '');
    if (value === '')
      throw new KubectlError(
        "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
      );
    return { type: 'jsonpath', path, value: value ?? '' };
  }
  throw new KubectlError(`unrecognized condition: "${text}"`);
}

/** What is to be created, from `type/name` or `type name`. */
function namedTargets(session: Session): { kind: ReturnType<typeof resolveType>; name: string }[] {
  const { args } = session;
  const { resources } = session.cluster;
  if (args.some((a) => a.includes('/'))) {
    return args.map((a) => ({ kind: resolveType(resources, a.split('/')[0]!), name: a.split('/')[1] ?? '' }));
  }
  return args.slice(1).map((name) => ({ kind: resolveType(resources, args[0]!), name }));
}

/** What is to be created, by a selector. */
function soughtBy({ args, flags, cluster, namespace }: Session, awaiting: readonly Awaiting[]): Finding {
  const kind = resolveType(cluster.resources, args[0] ?? '');
  const [labelSelector, fieldSelector] = [flags.text('selector'), flags.text('field-selector')];
  const options = {
    ...(kind.namespaced && !flags.bool('all-namespaces') ? { namespace } : {}),
    ...(labelSelector === '' ? {} : { labelSelector }),
    ...(fieldSelector === '' ? {} : { fieldSelector }),
  };
  return { resource: kind.resource, options, awaiting };
}

export const waitVerb: Verb = {
  name: 'wait',
  flags: [
    flag('filename', 'strings', 'f'),
    flag('recursive', 'bool', 'R'),
    SELECTOR,
    FIELD_SELECTOR,
    ALL,
    ALL_NAMESPACES,
    flag('for', 'strings'),
    flag('timeout', 'duration'),
  ],
  run(session): number | PendingWait {
    const { flags } = session;
    const conditions = flags.list('for').map(parseCondition);
    if (conditions.length === 0) throw new KubectlError('unrecognized condition: ""');
    const given = flags.number('timeout', 30_000);
    const timeoutMs = given < 0 ? FOREVER_MS : given;
    const deadline = session.now + timeoutMs;
    const pending = (wait: string, state: unknown): PendingWait => ({ wait, state, timed: true });
    const creating = conditions.some((c) => c !== 'delete' && c.type === 'create');
    if (creating) {
      const others = conditions.filter((c): c is Awaiting => c !== 'delete' && c.type !== 'create');
      const awaited: readonly Awaiting[] = [{ type: 'create' }, ...others];
      if (['selector', 'field-selector', 'all'].some((name) => flags.has(name)))
        return pending('condition', { finding: soughtBy(session, awaited), left: [], deadline, timeoutMs });
      const left = namedTargets(session).flatMap(({ kind, name }) =>
        awaited.map((awaiting) => ({
          resource: kind.resource,
          namespace: kind.namespaced ? session.namespace : '',
          name,
          awaiting,
        })),
      );
      if (left.length === 0) throw new KubectlError('resource(s) were provided, but no name was specified');
      return pending('condition', { left, deadline, timeoutMs } satisfies ConditionState);
    }
    const deleting = conditions.includes('delete');
    const { items, errors } = select(session, fileItems(session));
    throwErrors(deleting ? errors.filter((e) => !isNotFound(e)) : errors);
    if (deleting) {
      const left = items.map(({ object: { metadata }, info }) => ({
        resource: info.resource,
        namespace: metadata.namespace ?? '',
        name: metadata.name,
        uid: metadata.uid,
      }));
      return pending('deletion', { left, deadline, timeoutMs, report: true } satisfies DeletionState);
    }
    if (items.length === 0) throw new KubectlError('no matching resources found');
    const left = items.flatMap(({ object: { metadata }, info }) =>
      (conditions as Awaiting[]).map((awaiting) => ({
        resource: info.resource,
        namespace: metadata.namespace ?? '',
        name: metadata.name,
        awaiting,
      })),
    );
    return pending('condition', { left, deadline, timeoutMs } satisfies ConditionState);
  },
};
