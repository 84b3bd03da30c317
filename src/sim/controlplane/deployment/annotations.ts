/**
 * What a Deployment and its ReplicaSets remember in annotations: revisions, and the size they were scaled
 * for. Models pkg/controller/deployment/util/deployment_util.go.
 */
import type { Deployment, ReplicaSet } from '../../api/types.ts';

export const REVISION = 'deployment.kubernetes.io/revision';
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';
/** How long the list of revisions a ReplicaSet once was may become. */
const HISTORY_LIMIT_CHARS = 2000;

/** Not copied from a Deployment to its ReplicaSets. */
const SKIPPED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
]);

type Annotations = Readonly<Record<string, string>> | undefined;
type Annotated = { metadata: { annotations?: Record<string, string> } };

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^[+-]?[0-9]+$/.test(text) ? Number(text) : undefined;
}

/** An int64, which may be more than a number holds. */
const revision = (text: string): bigint | undefined =>
  /^[+-]?[0-9]+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;

/** 0 without one, undefined for one that is no number. */
export function revisionOf(o: Annotated): bigint | undefined {
  const text = o.metadata.annotations?.[REVISION];
  return text === undefined ? 0n : revision(text);
}

/** The revision after those of the sets. */
export function nextRevision(sets: readonly ReplicaSet[]): bigint {
  let max = 0n;
  for (const rs of sets) {
    const its = revisionOf(rs) ?? 0n;
    if (its > max) max = its;
  }
  return max + 1n;
}

export const desiredReplicas = (rs: ReplicaSet): number | undefined =>
  integer(rs.metadata.annotations?.[DESIRED_REPLICAS]);
export const maxReplicasAnnotation = (rs: ReplicaSet): number | undefined =>
  integer(rs.metadata.annotations?.[MAX_REPLICAS]);

/** The annotations with both sizes set; the same object when they were. */
export function withReplicas(annotations: Annotations, desired: number, max: number): Annotations {
  if (annotations?.[DESIRED_REPLICAS] === String(desired) && annotations[MAX_REPLICAS] === String(max))
    return annotations;
  return { ...annotations, [DESIRED_REPLICAS]: String(desired), [MAX_REPLICAS]: String(max) };
}

/**
 * A ReplicaSet's annotations as the Deployment's newest: the Deployment's own ones copied, its revision
 * raised, and the revision it had before (it is rolled back to) added to its history. The same object when
 * nothing changes.
 */
export function withRevision(annotations: Annotations, d: Deployment, wanted: bigint): Annotations {
  let result = annotations;
  const source = d.metadata.annotations ?? {};
  for (const key of Object.keys(source)) {
    if (!SKIPPED.has(key) && result?.[key] !== source[key]) result = { ...result, [key]: source[key]! };
  }
  const text = annotations?.[REVISION];
  const old = text === undefined || text === '' ? 0n : revision(text);
  if (old === undefined || old >= wanted) return result;
  result = { ...result, [REVISION]: String(wanted) };
  if (text !== undefined) {
    const history = longerHistory(result[REVISION_HISTORY] ?? '', text);
    if (history !== undefined) result = { ...result, [REVISION_HISTORY]: history };
  }
  return result;
}

/**
 * The list with one more, the oldest dropped where it grows too long; undefined when it cannot be made to
 * fit.
 */
function longerHistory(history: string, revision: string): string | undefined {
  if (history === '') return revision;
  const revisions = history.split(',');
  let length = history.length + revision.length + 1;
  let start = 0;
  while (length > HISTORY_LIMIT_CHARS && start < revisions.length) {
    length -= revisions[start]!.length + 1;
    start++;
  }
  return length <= HISTORY_LIMIT_CHARS ? [...revisions.slice(start), revision].join(',') : undefined;
}
