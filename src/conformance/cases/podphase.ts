/** A pod's phase from its containers' states. */
import type { ContainerStatus, PodSpec } from '../../sim/api/types.ts';
import { podPhase } from '../../sim/node/kubelet/phase.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

/**
 * A container's state in one letter: r running, R running and started, s ended with 0, f ended with 1, w
 * waiting, b waiting after an end (crash loop, exit code 1), - nothing known.
 */
type Letter = 'r' | 'R' | 's' | 'f' | 'w' | 'b' | '-';

function statusOf(name: string, letter: Letter): ContainerStatus[] {
  const base = { name, image: '', imageID: '', ready: false, restartCount: 0 };
  switch (letter) {
    case 'r': return [{ ...base, state: { running: {} } }];
    case 'R': return [{ ...base, started: true, state: { running: {} } }];
    case 's': return [{ ...base, state: { terminated: { exitCode: 0 } } }];
    case 'f': return [{ ...base, state: { terminated: { exitCode: 1 } } }];
    case 'w': return [{ ...base, state: { waiting: {} } }];
    case 'b': return [{ ...base, state: { waiting: {} }, lastState: { terminated: { exitCode: 1 } } }];
    case '-': return [];
  }
}

/** `init`: letters of init containers; upper-case names are sidecars. */
function phaseOf(policy: string, init: string, sidecars: boolean, regular: string, terminal: boolean, initialized: boolean): string {
  const inits = [...init].map((_, i) => ({ name: `init${i}`, ...(sidecars ? { restartPolicy: 'Always' } : {}) }));
  const containers = [...regular].map((_, i) => ({ name: `c${i}` }));
  const spec = { restartPolicy: policy, initContainers: inits, containers } as unknown as PodSpec;
  const statuses = [
    ...[...init].flatMap((letter, i) => statusOf(`init${i}`, letter as Letter)),
    ...[...regular].flatMap((letter, i) => statusOf(`c${i}`, letter as Letter)),
  ];
  return podPhase(spec, statuses, terminal, initialized);
}

type Row = readonly [name: string, policy: string, init: string, regular: string, terminal: boolean, expected: string];

const PLAIN: readonly Row[] = [
  ['nothing known', 'Always', '', '--', false, 'Pending'],
  ['all run', 'Always', '', 'rr', false, 'Running'],
  ['all stopped, to be restarted', 'Always', '', 'ff', false, 'Running'],
  ['all succeeded and terminal', 'Always', '', 'ss', true, 'Succeeded'],
  ['all failed and terminal', 'Always', '', 'ff', true, 'Failed'],
  ['one runs, one succeeded, terminal', 'Always', '', 'rs', true, 'Running'],
  ['one runs, one failed', 'Always', '', 'rf', false, 'Running'],
  ['one runs, one unknown', 'Always', '', 'r-', false, 'Pending'],
  ['one runs, one waits', 'Always', '', 'rw', false, 'Pending'],
  ['one runs, one in crash loop', 'Always', '', 'rb', false, 'Running'],
  ['nothing known', 'Never', '', '--', false, 'Pending'],
  ['all run', 'Never', '', 'rr', false, 'Running'],
  ['all succeeded', 'Never', '', 'ss', false, 'Succeeded'],
  ['all failed', 'Never', '', 'ff', false, 'Failed'],
  ['one runs, one succeeded', 'Never', '', 'rs', false, 'Running'],
  ['one runs, one unknown', 'Never', '', 'r-', false, 'Pending'],
  ['nothing known', 'OnFailure', '', '--', false, 'Pending'],
  ['all run', 'OnFailure', '', 'rr', false, 'Running'],
  ['all succeeded', 'OnFailure', '', 'ss', false, 'Succeeded'],
  ['all failed', 'OnFailure', '', 'ff', false, 'Running'],
  ['one runs, one failed', 'OnFailure', '', 'rf', false, 'Running'],
  ['one runs, one unknown', 'OnFailure', '', 'r-', false, 'Pending'],
  ['one runs, one waits', 'OnFailure', '', 'rw', false, 'Pending'],
  ['one runs, one in crash loop', 'OnFailure', '', 'rb', false, 'Running'],
];

const WITH_INIT: readonly Row[] = [
  ['init unknown', 'Always', '-', '--', false, 'Pending'],
  ['init waits', 'Always', 'w', 'ww', false, 'Pending'],
  ['init runs', 'Always', 'r', 'ww', false, 'Pending'],
  ['init failed, restarted', 'Always', 'f', 'ww', false, 'Pending'],
  ['init in crash loop', 'Always', 'b', 'ww', false, 'Pending'],
  ['init done, containers run', 'Always', 's', 'rr', false, 'Running'],
  ['init done, containers wait', 'Always', 's', 'ww', false, 'Pending'],
  ['init failed for good', 'Never', 'f', 'ww', false, 'Failed'],
  ['init in back-off for good', 'Never', 'b', 'ww', false, 'Failed'],
  ['init waits', 'Never', 'w', 'ww', false, 'Pending'],
  ['init runs', 'Never', 'r', 'ww', false, 'Pending'],
  ['second init waits', 'Never', 'sw', 'ww', false, 'Pending'],
  ['inits done, one runs', 'Never', 'ss', 'rs', false, 'Running'],
  ['inits done, all succeeded', 'Never', 'ss', 'ss', false, 'Succeeded'],
  ['inits done, one failed', 'Never', 'ss', 'sf', false, 'Failed'],
  ['init failed', 'OnFailure', 'f', 'ww', false, 'Pending'],
  ['init failed, containers run on', 'OnFailure', 'f', 'rr', false, 'Running'],
];

/** Sidecars: name, policy, sidecars, regular, terminal, initialized, expected. */
const SIDECARS: readonly (readonly [string, string, string, string, boolean, boolean, string])[] = [
  ['sidecar unknown', 'Always', '-', 'ww', false, false, 'Pending'],
  ['sidecar runs, not started, containers wait', 'Always', 'r', 'ww', false, false, 'Pending'],
  ['sidecar runs, not started, containers run before', 'Always', 'r', 'rr', false, true, 'Running'],
  ['sidecar runs, not started, containers have not run', 'Always', 'r', 'rr', false, false, 'Pending'],
  ['sidecar started, containers run', 'Always', 'R', 'rr', false, true, 'Running'],
  ['sidecar started, one container waits', 'Always', 'R', 'rw', false, true, 'Pending'],
  ['sidecar in crash loop, containers run', 'Always', 'b', 'rr', false, true, 'Running'],
  ['sidecar started, all succeeded', 'Never', 'R', 'ss', false, true, 'Running'],
  ['sidecar ended, all succeeded', 'Never', 's', 'ss', false, true, 'Succeeded'],
  ['sidecar failed, all succeeded', 'Never', 'f', 'ss', false, true, 'Succeeded'],
  ['sidecar ended, one failed', 'Never', 's', 'sf', false, true, 'Failed'],
  ['sidecar ended, all succeeded, terminal', 'Always', 's', 'ss', true, true, 'Succeeded'],
  ['sidecar ended, all failed, terminal', 'Always', 's', 'ff', true, true, 'Failed'],
];

const cases: ConformanceCase[] = [
  ...[...PLAIN, ...WITH_INIT].map(([name, policy, init, regular, terminal, expected]) => ({
    name: `restart ${policy}: ${name}`, run: () => phaseOf(policy, init, false, regular, terminal, false), expected,
  })),
  ...SIDECARS.map(([name, policy, sidecars, regular, terminal, initialized, expected]) => ({
    name: `restart ${policy}: ${name}`, run: () => phaseOf(policy, sidecars, true, regular, terminal, initialized), expected,
  })),
];

export const podPhaseCases: CaseArea = { area: 'pod phase', source: 'pkg/kubelet/kubelet_pods_test.go', cases };
