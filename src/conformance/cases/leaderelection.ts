/** Which of several instances acts: what one makes of the Lease that it finds, of who renews it, and of its own end. */
import type { Lease } from '../../sim/api/types.ts';
import type { Leadership } from '../../sim/api/controlplane.ts';
import { ApiError } from '../../sim/api/errors.ts';
import { rfc3339Micro } from '../../sim/api/time.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { type CandidateState, type CandidateTask, handle, release } from '../../sim/system/election.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const SECOND = 1000;
/** Long after virtual time 0. */
const NOW = 1_000 * SECOND;
/** The instance that is tried, and another. */
const [SELF, OTHER] = ['kube-scheduler@a', 'kube-scheduler@b'];

interface Given {
  /** The Lease as it is stored; absent: there is none. */
  readonly spec?: Partial<Lease['spec']>;
  /** What is known of whoever holds it. */
  readonly holder?: string;
  readonly renewing?: boolean;
  /** When it was last renewed, before now. */
  readonly renewedMsAgo?: Millis;
  readonly leads?: boolean;
  /** Whether it has begun to count down to its end as a leader. */
  readonly countsDown?: boolean;
  /** What writes are answered. */
  readonly error?: 'Conflict' | 'AlreadyExists' | 'ServerTimeout';
  /** Whether its API server answers, and etcd has a leader. */
  readonly connected?: boolean;
  readonly etcd?: boolean;
  readonly releasesOnExit?: boolean;
  readonly component?: string;
}

/** One instance with all that it touches, which writes down what it does. */
function instance(given: Given) {
  const { spec, holder, renewing = false, renewedMsAgo = 0, leads = false, connected = true, etcd = true, component = 'kube-scheduler' } = given;
  let lease = spec && ({ metadata: { name: component }, spec } as Lease);
  const did: string[] = [];
  const leaderships = new Map<string, Leadership>();
  if (holder !== undefined)
    leaderships.set(component, { holder, renewing, since: NOW - renewedMsAgo, ended: NOW - renewedMsAgo });
  const write = (verb: string, next: Lease): Lease => {
    did.push(verb);
    if (given.error !== undefined) throw new ApiError(given.error, given.error);
    lease = next;
    return next;
  };
  const plane = { leader: etcd ? 'a' : '', connections: new Map(connected ? [[SELF, 'a']] : []), leaderships };
  const state: CandidateState = { identity: 'baz', leads, attempt: 0, deadline: given.countsDown === true ? 7 : 0 };
  const context = {
    process: SELF, args: { member: 'a', leads: component }, now: NOW, by: { actor: SELF, user: '', cause: 0 },
    config: { controllerManagerReleaseLeaderElectionLockOnExit: given.releasesOnExit ?? true },
    random: () => 0.5,
    schedule(ms: Millis, task: CandidateTask) {
      did.push(`${task.type} in ${ms / SECOND}s`);
      return 9;
    },
    cancel: () => did.push('goes on'),
    event: (_: unknown, type: string, reason: string, message: string) => did.push(`${type} ${reason} ${message}`),
    note: () => 1,
    because: () => context,
    control: { plane, has: () => false, spawn: (name: string) => did.push(`starts ${name}`), start: () => undefined },
    world: { machines: new Map([['a', { containers: new Map() }]]) },
    api: {
      find() {
        did.push('get');
        return lease;
      },
      create: (next: Lease) => write('create', next),
      update: (next: Lease) => write('update', next),
    },
  };
  return { state, context: context as unknown as Parameters<typeof handle>[2], did, leaderships, component, leaseNow: () => lease };
}

/** After an attempt: whether it leads, who holds the Lease, how often that has changed, and what it asked of the API. */
function attempted(given: Given): unknown {
  const { state, context, did, leaseNow } = instance(given);
  handle({ type: 'attempt' }, state, context);
  const { holderIdentity = '', leaseTransitions = 0 } = leaseNow()?.spec ?? {};
  return [state.leads, holderIdentity, leaseTransitions, did.filter((act) => /^[a-z]+$/.test(act)).join(' ')];
}

const acts = (given: Given, task: CandidateTask['type']): readonly string[] => {
  const { state, context, did } = instance(given);
  handle({ type: task }, state, context);
  return did.filter((act) => act.includes(' '));
};

function released(given: Given): unknown {
  const { state, context, did, leaseNow, leaderships, component } = instance(given);
  release(state, context);
  const { holderIdentity = '', leaseDurationSeconds } = leaseNow()?.spec ?? {};
  return [did.join(' '), holderIdentity, leaseDurationSeconds, leaderships.get(component)?.holder];
}

function timesAfter(given: Given): unknown {
  const { state, context, leaseNow } = instance(given);
  handle({ type: 'attempt' }, state, context);
  const { acquireTime, renewTime, leaseDurationSeconds } = leaseNow()!.spec;
  return [acquireTime, renewTime, leaseDurationSeconds];
}

const LONG = 3_600 * SECOND;
const at = rfc3339Micro;
const cases = (rows: readonly (readonly [name: string, run: () => unknown, expected: unknown])[]): ConformanceCase[] =>
  rows.map(([name, run, expected]) => ({ name, run, expected }));

const led = { spec: { holderIdentity: 'bing' }, holder: OTHER! };
const own = { spec: { holderIdentity: 'baz', acquireTime: at(0), leaseTransitions: 3 }, holder: SELF!, leads: true };

export const leaderElectionCases: CaseArea = {
  area: 'leader election by Lease',
  source: 'staging/src/k8s.io/client-go/tools/leaderelection/{leaderelection_test.go,leaderelection.go}',
  cases: cases([
    ['acquire from no object', () => attempted({}), [true, 'baz', 0, 'get create']],
    ['acquire from an object without a record', () => attempted({ spec: {} }), [true, 'baz', 1, 'get update']],
    ['acquire from a led object, its duration over', () => attempted({ ...led, renewedMsAgo: 15 * SECOND }), [true, 'baz', 1, 'get update']],
    ['acquire from an unled object', () => attempted({ spec: { holderIdentity: '' } }), [true, 'baz', 1, 'get update']],
    ['acquire from a led, unacked object', () => attempted({ ...led, renewedMsAgo: LONG }), [true, 'baz', 1, 'get update']],
    ['acquire from an empty led, acked object', () => attempted({ spec: { holderIdentity: '' }, holder: '' }), [true, 'baz', 1, 'get update']],
    ['not from a led, acked object', () => attempted({ ...led, renewing: true }), [false, 'bing', 0, '']],
    ['not before the duration is over', () => attempted({ ...led, renewedMsAgo: 15 * SECOND - 1 }), [false, 'bing', 0, '']],
    ['renew an object that is held already', () => attempted({ ...own, renewing: true }), [true, 'baz', 3, 'get update']],
    ['a leader does not take back what another took', () => attempted({ spec: { holderIdentity: 'bing' }, holder: SELF!, leads: true }), [true, 'bing', 0, 'get']],
    ['transitions go on to be counted', () => attempted({ spec: { holderIdentity: 'bing', leaseTransitions: 4 }, holder: OTHER!, renewedMsAgo: LONG }), [true, 'baz', 5, 'get update']],
    ['a conflict is no acquisition', () => attempted({ ...led, renewedMsAgo: LONG, error: 'Conflict' }), [false, 'bing', 0, 'get update']],
    ['nor is an object that another has made meanwhile', () => attempted({ error: 'AlreadyExists' }), [false, '', 0, 'get create']],
    ['nor is no answer', () => attempted({ error: 'ServerTimeout' }), [false, '', 0, 'get create']],
    // JitterFactor 1.2 and RetryPeriod 2 s, with a draw of one half.
    ['after an error it tries again, jittered', () => acts({ error: 'Conflict' }, 'attempt'), ['attempt in 3.2s']],
    ['not where no API server answers it', () => acts({ error: 'ServerTimeout', connected: false }, 'attempt'), []],
    ['not where etcd has no leader', () => acts({ error: 'ServerTimeout', etcd: false }, 'attempt'), []],
    ['the new leader is told of, and acts', () => acts({}, 'attempt'), ['Normal LeaderElection baz became leader', `starts ${SELF}/leader`]],
    ['a renewal is told of nowhere', () => acts({ ...own, renewing: true }, 'attempt'), []],
    ['a renewal ends the count to its end', () => acts({ ...own, countsDown: true }, 'attempt'), ['goes on']],
    ['acquired: times and duration', () => timesAfter({ ...led, renewedMsAgo: LONG }), [at(NOW), at(NOW), 15]],
    ['renewed: acquired when it was', () => timesAfter(own), [at(0), at(NOW), 15]],
    // RenewDeadline 10 s from the renewal that should have been.
    ['a leader that cannot renew counts down', () => acts({ ...own, etcd: false }, 'look'), ['deadline in 12s']],
    ['from the last renewal, and not from now', () => acts({ ...own, etcd: false, renewedMsAgo: 5 * SECOND }, 'look'), ['deadline in 7s']],
    ['once', () => acts({ ...own, etcd: false, countsDown: true }, 'look'), []],
    ['a leader that can tries before', () => acts(own, 'look'), ['attempt in 1s', 'deadline in 12s']],
    ['a leader that renews does nothing', () => acts({ ...own, renewing: true }, 'look'), []],
    ['a standby waits out the duration since it saw the last renewal', () => acts(led, 'look'), ['attempt in 18.2s']],
    ['a standby of a released Lease looks when it would anyway', () => acts({ spec: {}, holder: '' }, 'look'), ['attempt in 1.6s']],
    ['a standby does nothing while another renews', () => acts({ ...led, renewing: true }, 'look'), []],
    ['a standby that nobody answers does nothing', () => acts({ ...led, etcd: false }, 'look'), []],
    ['release: the holder is nobody, for a second', () => released(own), ['get update', '', 1, '']],
    ['release asks who holds it first', () => released({ ...own, spec: { holderIdentity: 'bing', leaseDurationSeconds: 15 } }), ['get', 'bing', 15, SELF]],
    ['release of an object that is gone', () => released({ holder: SELF!, leads: true }), ['get', '', undefined, SELF]],
    ['who does not lead has nothing to release', () => released({ ...led, leads: false }), ['', 'bing', undefined, OTHER]],
    ['a release that fails leaves it to run out', () => released({ ...own, error: 'Conflict' }), ['get update', 'baz', undefined, SELF]],
    ['a controller manager lets go by a gate', () => released({ ...own, component: 'kube-controller-manager' }), ['get update', '', 1, '']],
    ['and without it does not', () => released({ ...own, component: 'kube-controller-manager', releasesOnExit: false }), ['', 'baz', undefined, SELF]],
  ]),
};
