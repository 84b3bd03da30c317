/** The conditions ContainersReady, Ready and Initialized of a pod. */
import type { ContainerStatus, Pod, PodCondition } from '../../sim/api/types.ts';
import { containersReady, podInitialized, podReady } from '../../sim/node/kubelet/conditions.ts';
import type { PodPhase } from '../../sim/node/kubelet/phase.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

/** `a b`: regular containers; `~a`: sidecars; `.a`: init containers. */
function podOf(names: string, gates: readonly string[] = []): Pod {
  const all = names.split(' ').filter((n) => n !== '');
  const initContainers = all.filter((n) => /^[~.]/.test(n)).map((n) => (n.startsWith('~') ? { name: n.slice(1), restartPolicy: 'Always' } : { name: n.slice(1) }));
  return {
    spec: { containers: all.filter((n) => !/^[~.]/.test(n)).map((name) => ({ name })), initContainers, readinessGates: gates.map((conditionType) => ({ conditionType })) },
  } as unknown as Pod;
}

/**
 * `a+`: ready; `a-`: not ready; `a!`: started; `a?`: not started; `a>`: runs; `a.`: has ended; `a_`: waits.
 */
const statuses = (text: string | undefined): ContainerStatus[] | undefined => text?.split(' ').filter((t) => t !== '').map((t) => {
  const mark = t.at(-1)!;
  return {
    name: t.slice(0, -1), image: '', imageID: '', restartCount: 0, ready: mark === '+', ...('!?'.includes(mark) ? { started: mark === '!' } : {}),
    state: mark === '>' ? { running: {} } : mark === '.' ? { terminated: { exitCode: 0 } } : mark === '_' ? { waiting: {} } : {},
  };
});

const said = (v: { status: string; reason?: string; message?: string }): string => [v.status, v.reason, v.message].filter((x) => x !== undefined).join('|');
const unready = (what: string): string => `False|ContainersNotReady|containers with ${what}`;

const READY: readonly (readonly [containers: string, known: string | undefined, phase: PodPhase, expected: string])[] = [
  ['', undefined, 'Running', 'False|UnknownContainerStatuses'],
  ['', '', 'Running', 'True'],
  ['1234', '', 'Running', unready('unknown status: [1234]')],
  ['1234 5678', '1234+ 5678+', 'Running', 'True'],
  ['1234 5678', '1234+', 'Running', unready('unknown status: [5678]')],
  ['1234 5678', '1234+ 5678-', 'Running', unready('unready status: [5678]')],
  ['1234', '1234-', 'Succeeded', 'False|PodCompleted'],
  ['1234', '1234-', 'Failed', 'False|PodFailed'],
  ['1234 5678', '', 'Running', unready('unknown status: [1234 5678]')],
  ['1234 5678 90', '5678- 90+', 'Running', unready('unknown status: [1234], containers with unready status: [5678]')],
  ['~side web', 'web+', 'Running', unready('unknown status: [side]')],
  ['~side ~other web', 'side+ other+ web+', 'Running', 'True'],
  ['~side ~other web', 'side+ web+', 'Running', unready('unknown status: [other]')],
  ['~side ~other web', 'side+ other- web+', 'Running', unready('unready status: [other]')],
];

const gate = (text: string): PodCondition[] => text.split(' ').filter((t) => t !== '').map((t) => ({ type: t.slice(0, -1), status: t.endsWith('+') ? 'True' : 'False' }) as PodCondition);
const missing = (name: string): string => `False|ReadinessGatesNotReady|corresponding condition of pod readiness gate "${name}" does not exist.`;
const notTrue = (name: string): string => `False|ReadinessGatesNotReady|the status of pod readiness gate "${name}" is not "True", but False`;
const GATES: readonly (readonly [gates: string, conditions: string, containers: string, known: string, expected: string])[] = [
  ['gate1', '', '', '', missing('gate1')],
  ['gate1', 'gate1-', '', '', notTrue('gate1')],
  ['gate1', 'gate1+', '', '', 'True'],
  ['gate1 gate2', 'gate1+', '', '', missing('gate2')],
  ['gate1 gate2', 'gate1+ gate2-', '', '', notTrue('gate2')],
  ['gate1 gate2', 'gate1+ gate2+', '', '', 'True'],
  ['gate1', 'gate1+', '1234', '1234-', unready('unready status: [1234]')],
];

const INITIALIZED: readonly (readonly [containers: string, known: string | undefined, phase: PodPhase, expected: string])[] = [
  ['.1234 .5678 regular', undefined, 'Running', 'False|UnknownContainerStatuses'],
  ['', '', 'Running', 'True'],
  ['.1234 regular', '', 'Running', 'False|ContainersNotInitialized'],
  ['.1234 .5678 regular', '1234+ 5678+', 'Running', 'True'],
  ['.1234 .5678 regular', '1234+', 'Running', 'False|ContainersNotInitialized'],
  ['.1234 .5678 regular', '1234+ 5678-', 'Running', 'False|ContainersNotInitialized'],
  ['.1234 regular', '1234+', 'Succeeded', 'True|PodCompleted'],
  ['~1234 regular', '1234?', 'Pending', 'False|ContainersNotInitialized'],
  ['~1234 regular', '1234!', 'Running', 'True'],
  ['~1234 regular', '1234? regular>', 'Running', 'True'],
  ['.1234 regular', '1234_ regular.', 'Running', 'True'],
];

const cases: ConformanceCase[] = [
  ...READY.map(([containers, known, phase, expected]) => ({
    name: `ContainersReady of [${containers}] knowing ${known === undefined ? 'nothing' : `[${known}]`}, ${phase}`,
    run: () => said(containersReady(podOf(containers), statuses(known), phase)), expected,
  })),
  ...READY.map(([containers, known, phase, expected]) => ({
    name: `Ready of [${containers}] knowing ${known === undefined ? 'nothing' : `[${known}]`}, ${phase}`,
    run: () => { const pod = podOf(containers); return said(podReady(pod, [], containersReady(pod, statuses(known), phase))); }, expected,
  })),
  ...GATES.map(([gates, conditions, containers, known, expected]) => ({
    name: `Ready with gates [${gates}] and conditions [${conditions}], containers [${known}]`,
    run: () => { const pod = podOf(containers, gates.split(' ')); return said(podReady(pod, gate(conditions), containersReady(pod, statuses(known), 'Running'))); }, expected,
  })),
  ...INITIALIZED.map(([containers, known, phase, expected]) => ({
    name: `Initialized of [${containers}] knowing ${known === undefined ? 'nothing' : `[${known}]`}, ${phase}`,
    run: () => { const { status, reason } = podInitialized(podOf(containers), statuses(known), phase); return said({ status, ...(reason === undefined ? {} : { reason }) }); }, expected,
  })),
];

export const podConditionCases: CaseArea = { area: 'pod readiness conditions', source: 'pkg/kubelet/status/generate_test.go', cases };
