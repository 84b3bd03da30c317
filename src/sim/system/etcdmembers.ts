/**
 * Members of etcd: who leads, who follows, what each has. Models raft as etcd runs it
 * (server/etcdserver/raft.go, go.etcd.io/raft with PreVote and CheckQuorum): a leader needs a majority that
 * reaches it; whoever has not heard of one for an election time-out stands, and is elected where a majority
 * has no more than he has.
 * What is stored is the API server's state (api/store.ts): a write is committed when it is made, and members
 * that follow have it. Left out: the log's replication message by message, disks that are lost.
 */
import type { ControlPlane, Member } from '../api/controlplane.ts';
import type { Inside } from '../context.ts';
import { because, type By, type EntryId, type Millis } from '../kernel/types.ts';
import { CONTROL_PLANE, etcdProcess, reach, runs } from './links.ts';

/** --election-timeout: each waits for up to twice as long. */
const ELECTION_TIMEOUT_MS = 1_000;
/** Who stands within so long of another's doing so takes votes from it, and both must try again. */
const SPLIT_MS = 10;

export interface ElectionTask {
  readonly type: 'elected';
  readonly node: string;
}

const majorityOf = ({ members }: ControlPlane): number => Math.floor(members.size / 2) + 1;

/** Those that run and reach a member, itself among them. */
const peersOf = ({ state: { world } }: Inside, { members }: ControlPlane, node: string): Member[] =>
  [...members].filter(([other, { etcd }]) => etcd && reach(world, node, other)).map(([, member]) => member);

const hasMajority = (inside: Inside, plane: ControlPlane, node: string): boolean =>
  plane.members.get(node)!.etcd && peersOf(inside, plane, node).length >= majorityOf(plane);

/** Those whom a majority would elect: it has nothing that they have not. */
function electable(inside: Inside, plane: ControlPlane): string[] {
  const { planted } = inside.state.config;
  return [...plane.members.keys()].filter((node) => {
    if (!hasMajority(inside, plane, node)) return false;
    const { revision } = plane.members.get(node)!;
    return (
      planted === 'etcd-elects-the-outdated' ||
      peersOf(inside, plane, node).every((peer) => peer.revision <= revision)
    );
  });
}

/** @returns the history's entry of what follows */
export function etcdChanged(inside: Inside, plane: ControlPlane, by: By): EntryId {
  const { members } = plane;
  const { revision } = inside.server.state.store;
  for (const [node, member] of members) {
    if (member.follows) member.revision = revision;
    member.etcd = runs(inside, etcdProcess(node));
  }
  let { cause } = by;
  if (plane.leader !== '' && !hasMajority(inside, plane, plane.leader)) {
    plane.leader = '';
    const goesOn = [...members.keys()].some((node) => hasMajority(inside, plane, node));
    cause = inside.control.note(goesOn ? 'etcdLeaderless' : 'etcdQuorumLost', {}, by);
    inside.control.setQuorum(false, because(by, cause));
  }
  follow(inside, plane);
  if (plane.leader === '') stand(inside, plane, because(by, cause));
  return cause;
}

/** Who runs and reaches the leader follows, and has what it has. */
function follow(inside: Inside, { leader, members }: ControlPlane): void {
  for (const [node, member] of members) {
    member.follows = leader !== '' && member.etcd && reach(inside.state.world, leader, node);
    if (member.follows) member.revision = inside.server.state.store.revision;
  }
}

/** The first whose time-out is over will be elected, if one can be. */
function stand(inside: Inside, plane: ControlPlane, by: By): void {
  const { control } = inside;
  if (plane.election !== 0) control.cancel(plane.election);
  plane.election = 0;
  const candidates = electable(inside, plane);
  if (candidates.length === 0) return;
  const [node, afterMs] = firstOf(candidates, () => control.random('etcd'));
  const task: ElectionTask = { type: 'elected', node };
  plane.election = control.scheduleFor(CONTROL_PLANE, afterMs, task, by);
}

/** Who is elected, and after how long. */
function firstOf(candidates: readonly string[], draw: () => number): [node: string, Millis] {
  let spentMs = 0;
  for (;;) {
    const waits = candidates
      .map((node) => [node, ELECTION_TIMEOUT_MS * (1 + draw())] as const)
      .sort(([, a], [, b]) => a - b);
    const [first, second] = waits;
    spentMs += first![1];
    if (second === undefined || second[1] - first![1] >= SPLIT_MS) return [first![0], Math.ceil(spentMs)];
  }
}

/** A member has the votes of a majority, if it is one yet. @returns the history's entry of that */
export function elected(inside: Inside, plane: ControlPlane, node: string, by: By): EntryId {
  plane.election = 0;
  if (!electable(inside, plane).includes(node)) return by.cause;
  plane.leader = node;
  plane.term += 1;
  const cause = inside.control.note('etcdElected', { node, term: plane.term }, by);
  const { revision } = plane.members.get(node)!;
  if ([...plane.members.values()].some((other) => other.revision > revision))
    inside.server.goBackTo(revision, inside.kernel.log.entries());
  inside.control.setQuorum(true, because(by, cause));
  return cause;
}
