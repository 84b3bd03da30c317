/** What a pod needs next, by its spec, its containers and its probes. */
import type { Pod } from '../../sim/api/types.ts';
import { podActions } from '../../sim/node/kubelet/actions.ts';
import { adoptContainer, newProbeWorker, type ProbeKind, type ProbeWorker } from '../../sim/node/kubelet/probeworker.ts';
import type { RuntimeContainer, Sandbox } from '../../sim/node/world.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

/**
 * One letter a container: r runs, s ended with 0, f ended with 1, o runs with another image than the spec's,
 * - none.
 */
interface Row {
  readonly name: string;
  readonly policy?: 'Always' | 'OnFailure' | 'Never';
  readonly init?: string;
  readonly sidecars?: string;
  readonly containers: string;
  readonly ephemeral?: string;
  readonly sandbox?: 'ready' | 'dead' | 'none';
  /** Failed (or, for startup, succeeded: `startup+`) probes by container. */
  readonly probes?: Readonly<Record<string, 'liveness-' | 'startup-' | 'startup?' | 'startup+'>>;
  readonly expected: { readonly sandbox?: true; readonly killPod?: true; readonly kill?: readonly string[]; readonly start?: readonly string[] };
}

const record = (name: string, letter: string, createdAt: number): RuntimeContainer => ({
  id: `id-${name}`, name, image: letter === 'o' ? 'other' : 'image', createdAt, state: 'ro'.includes(letter) ? 'running' : 'exited', exitCode: letter === 'f' ? 1 : 0,
} as RuntimeContainer);

function probeOf(name: string, what: string): ProbeWorker {
  const kind = what.slice(0, -1) as ProbeKind;
  const p = newProbeWorker({ name, [`${kind}Probe`]: {} } as never, kind, 0);
  adoptContainer(p, `id-${name}`);
  if (!what.endsWith('?')) p.result = what.endsWith('+') ? 'success' : 'failure';
  return p;
}

/** As upstream tells it: with a new sandbox, what is started in it is part of the same answer. */
function play(row: Row): unknown {
  const named = (letters: string | undefined, prefix: string): [string, string][] => [...letters ?? ''].map((letter, i) => [`${prefix}${i + 1}`, letter]);
  const inits = [...named(row.init, 'init'), ...named(row.sidecars, 'side')];
  const regular = named(row.containers, 'c');
  const ephemeral = named(row.ephemeral, 'debug');
  const pod = {
    spec: {
      restartPolicy: row.policy ?? 'Always', containers: regular.map(([name]) => ({ name, image: 'image' })),
      initContainers: inits.map(([name]) => ({ name, image: 'image', ...(name.startsWith('side') ? { restartPolicy: 'Always' } : {}) })),
      ephemeralContainers: ephemeral.map(([name]) => ({ name, image: 'image' })),
    },
  } as unknown as Pod;
  const records = [...inits, ...regular, ...ephemeral].filter(([, letter]) => letter !== '-').map(([name, letter]) => record(name, letter, 5));
  const sandbox = row.sandbox === 'none' ? undefined : ({ ready: row.sandbox !== 'dead', createdAt: 0 } as Sandbox);
  const probes = Object.entries(row.probes ?? {}).map(([name, what]) => probeOf(name, what));
  const actions = podActions({ pod, sandbox, records, probes });
  let { start } = actions;
  if (actions.createSandbox) {
    const ended = records.map((r) => (r.state === 'running' ? { ...r, state: 'exited' as const, exitCode: 137 } : r));
    start = podActions({ pod, sandbox: { ready: true, createdAt: 10 } as Sandbox, records: ended, probes: [] }).start;
  }
  return {
    ...(actions.createSandbox ? { sandbox: true } : {}),
    ...(actions.killPod ? { killPod: true } : {}),
    ...(actions.kill.length > 0 ? { kill: actions.kill.map((k) => k.container.name) } : {}),
    ...(start.length > 0 ? { start } : {}),
  };
}

const ROWS: readonly Row[] = [
  { name: 'everything is good', containers: 'rrr', expected: {} },
  { name: 'a new pod gets a sandbox and all containers', containers: '---', sandbox: 'none', expected: { sandbox: true, start: ['c1', 'c2', 'c3'] } },
  { name: 'exited containers restart with Always', containers: 'sfr', expected: { start: ['c1', 'c2'] } },
  { name: 'failed containers restart with OnFailure', policy: 'OnFailure', containers: 'sfr', expected: { start: ['c2'] } },
  { name: 'nothing restarts with Never', policy: 'Never', containers: 'sfr', expected: {} },
  { name: 'a dead sandbox: everything anew with Always', containers: 'rrr', sandbox: 'dead', expected: { sandbox: true, start: ['c1', 'c2', 'c3'] } },
  { name: 'a dead sandbox: all but the succeeded with OnFailure', policy: 'OnFailure', containers: 'rsr', sandbox: 'dead', expected: { sandbox: true, start: ['c1', 'c3'] } },
  { name: 'a container whose spec changed is killed', containers: 'ror', expected: { kill: ['c2'] } },
  { name: 'a container whose liveness probe failed is killed', containers: 'rrr', probes: { c2: 'liveness-' }, expected: { kill: ['c2'] } },
  { name: 'a container whose startup probe failed is killed', containers: 'rrr', probes: { c2: 'startup-' }, expected: { kill: ['c2'] } },
  { name: 'no new sandbox with Never when all have exited', policy: 'Never', containers: 'sss', sandbox: 'dead', expected: {} },
  { name: 'no new sandbox with OnFailure when all succeeded', policy: 'OnFailure', containers: 'sss', sandbox: 'dead', expected: {} },
  { name: 'a new sandbox with Never when no container was ever made', policy: 'Never', containers: '---', sandbox: 'dead', expected: { sandbox: true, start: ['c1', 'c2', 'c3'] } },
  { name: 'liveness failure with Never kills too', policy: 'Never', containers: 'rrr', probes: { c2: 'liveness-' }, expected: { kill: ['c2'] } },
  { name: 'initialization is done', init: 'sss', containers: '---', expected: { start: ['c1', 'c2', 'c3'] } },
  { name: 'no init container has been started', init: '---', containers: '---', expected: { start: ['init1'] } },
  { name: 'initialization goes on', init: 'ssr', containers: '---', expected: {} },
  { name: 'the next init container', init: 's--', containers: '---', expected: { start: ['init2'] } },
  { name: 'a dead sandbox: the first init container again', init: 'sss', containers: '---', sandbox: 'dead', expected: { sandbox: true, start: ['init1'] } },
  { name: 'a failed init container restarts with Always', init: 'ssf', containers: '---', expected: { start: ['init3'] } },
  { name: 'a failed init container restarts with OnFailure', policy: 'OnFailure', init: 'ssf', containers: '---', expected: { start: ['init3'] } },
  { name: 'a failed init container ends it with Never', policy: 'Never', init: 'ssf', containers: '---', expected: {} },
  { name: 'containers restart without the init containers', init: 'sss', containers: 'sfr', expected: { start: ['c1', 'c2'] } },
  { name: 'a sidecar first', sidecars: '-', containers: '-', expected: { start: ['side1'] } },
  { name: 'a sidecar that runs lets the rest go on', sidecars: 'r', containers: '-', expected: { start: ['c1'] } },
  { name: 'a sidecar whose startup probe has not succeeded holds the rest', sidecars: 'r', containers: '-', probes: { side1: 'startup?' }, expected: {} },
  { name: 'a sidecar whose startup probe succeeded lets the rest go on', sidecars: 'r', containers: '-', probes: { side1: 'startup+' }, expected: { start: ['c1'] } },
  { name: 'a sidecar that ended is restarted beside running containers', sidecars: 's', containers: 'r', expected: { start: ['side1'] } },
  { name: 'a sidecar is restarted with Never too', policy: 'Never', sidecars: 'f', containers: 'r', expected: { start: ['side1'] } },
  { name: 'a sidecar whose liveness probe failed is killed', sidecars: 'r', containers: 'r', probes: { side1: 'liveness-' }, expected: { kill: ['side1'] } },
  { name: 'a sidecar does not outlive the containers with Never', policy: 'Never', sidecars: 'r', containers: 'sf', expected: { killPod: true } },
  { name: 'a sidecar does not outlive succeeded containers with OnFailure', policy: 'OnFailure', sidecars: 'r', containers: 'ss', expected: { killPod: true } },
  { name: 'a sidecar goes on while a failed container is to be restarted', policy: 'OnFailure', sidecars: 'r', containers: 'sf', expected: { start: ['c2'] } },
  { name: 'a sidecar that ended is not brought back when the containers are done', policy: 'Never', sidecars: 's', containers: 's', expected: { killPod: true } },
  { name: 'a sidecar whose liveness probe failed goes with the rest when the containers are done', policy: 'Never', sidecars: 'r', containers: 's', probes: { side1: 'liveness-' }, expected: { killPod: true } },
  { name: 'liveness failure of the only container with Never ends the pod', policy: 'Never', sidecars: 'r', containers: 'r', probes: { c1: 'liveness-' }, expected: { killPod: true } },
  { name: 'an ephemeral container is started', containers: 'rr', ephemeral: '-', expected: { start: ['debug1'] } },
  { name: 'an ephemeral container that runs is left alone', containers: 'rr', ephemeral: 'r', expected: {} },
  { name: 'an ephemeral container that ended is not started again', containers: 'rr', ephemeral: 'sf', expected: {} },
  { name: 'a new one beside one that has ended', containers: 'rr', ephemeral: 's-', expected: { start: ['debug2'] } },
  { name: 'an ephemeral container with a container that is to restart', containers: 'sr', ephemeral: '-', expected: { start: ['debug1', 'c1'] } },
  { name: 'an ephemeral container while the pod is initialized', init: 'r', containers: '-', ephemeral: '-', expected: { start: ['debug1'] } },
  { name: 'an ephemeral container and the first init container', init: '-', containers: '-', ephemeral: '-', expected: { start: ['debug1', 'init1'] } },
  { name: 'an ephemeral container after the sandbox died', containers: 'rr', ephemeral: 'r', sandbox: 'dead', expected: { sandbox: true, start: ['c1', 'c2'] } },
  { name: 'an ephemeral container does not keep a pod that has ended', policy: 'Never', containers: 's', ephemeral: 'r', expected: { killPod: true } },
  { name: 'none is started in a pod that has ended', policy: 'Never', containers: 's', ephemeral: '-', expected: { killPod: true } },
  { name: 'a changed definition starts the only container anew with Never', policy: 'Never', sidecars: 'r', containers: 'o', expected: { kill: ['c1'] } },
];

const cases: ConformanceCase[] = ROWS.map((row) => ({ name: row.name, run: () => play(row), expected: row.expected }));

export const podActionCases: CaseArea = { area: 'pod actions', source: 'pkg/kubelet/kuberuntime/kuberuntime_manager_test.go', cases };
