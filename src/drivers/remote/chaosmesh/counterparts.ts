/**
 * Which faults Chaos Mesh can bring about, and by which of its experiments. What it would do otherwise than
 * the catalogue says has no counterpart here. Models api/v1alpha1/{podchaos,networkchaos,stresschaos,
 * httpchaos,iochaos}_types.go and dnschaos_type.go of chaos-mesh/chaos-mesh.
 */
import { valueOf } from '../../../chaos/fields.ts';
import { nodesOf, podName, podsMatching, podsOf } from '../../../chaos/target.ts';
import {
  type Fault,
  type FaultCall,
  type FaultContext,
  type FaultField,
  misses,
} from '../../../chaos/types.ts';
import { ApiError } from '../../../sim/api/errors.ts';
import { splitName } from '../../../sim/api/qualifiedname.ts';
import { milliValue, wholeValue } from '../../../sim/api/quantity.ts';
import type { Container, Pod } from '../../../sim/api/types.ts';
import { isFinished } from '../../../sim/api/validation/jobstatus.ts';
import { controllerOf } from '../../../sim/controlplane/refs.ts';
import { outOfScope, type Scope } from '../gate.ts';
import { type InWords, NotPlayed, said } from '../words.ts';

export const EXPERIMENT_KINDS = [
  'PodChaos',
  'NetworkChaos',
  'StressChaos',
  'HTTPChaos',
  'IOChaos',
  'DNSChaos',
] as const;
export type ExperimentKind = (typeof EXPERIMENT_KINDS)[number];

/** An experiment to be made. */
export interface Draft {
  readonly kind: ExperimentKind;
  readonly namespace: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** What a strike meets, and by what. */
interface Meeting {
  readonly targets: readonly string[];
  readonly drafts: readonly Draft[];
}

/** What counterparts are given to strike with. */
export interface Striking {
  readonly fault: Fault;
  readonly call: FaultCall;
  readonly ctx: FaultContext;
  readonly scope: Scope;
}

export interface Counterpart {
  readonly kind: ExperimentKind;
  /** What of that kind: `container-kill`. */
  readonly action: string;
  /** It is over when it has begun: nothing lasts, and nothing is healed. */
  readonly isOneShot?: true;
  /** Why this call has no counterpart, though others of the fault have. */
  readonly lacks?: (call: FaultCall, fault: Fault) => InWords | undefined;
  /** @throws FaultError when it meets no target */
  readonly meet: (striking: Striking) => Meeting;
}

/** A running container that was met. */
interface Met {
  readonly pod: Pod;
  readonly container: Container;
}

const isRunning = ({ status }: Pod, name: string): boolean =>
  (status?.containerStatuses ?? []).some((c) => c.name === name && c.state?.running !== undefined);

/** Those of a Pod that run, as the API says; Chaos Mesh looks at no init containers, nor at sidecars. */
const running = (pod: Pod, name?: string): readonly Container[] =>
  pod.spec.containers.filter((c) => (name ?? c.name) === c.name && isRunning(pod, c.name));

/** Of each Pod that a call names the container, or one that runs. */
function containersMet({ call, ctx }: Striking): Met[] {
  return podsOf(call, ctx, (pod) => running(pod, call.container).length > 0).map((pod) => {
    const found = running(pod, call.container);
    const container = found[Math.floor(ctx.random() * found.length)];
    if (container !== undefined) return { pod, container };
    const others = pod.spec.containers.map((c) => c.name);
    const { name } = pod.metadata;
    if (call.container !== undefined && !others.includes(call.container))
      throw misses('noContainer', { of: `pod "${name}"`, container: call.container, others });
    throw misses('containerNotRunning', { container: call.container ?? others.join(', '), pod: name });
  });
}

/** A Pod of a Job that runs, with the first of its containers that does. */
function jobPodMet({ call, ctx }: Striking): Met {
  const { namespace, name } = splitName(call.job ?? '', ctx.namespace);
  const job = ctx.api.find('Job', namespace, name);
  if (job === undefined) throw misses('notThere', { what: 'job', name, namespace });
  if (isFinished(job)) throw misses('jobEnded', { name });
  const pods = ctx.api
    .list('Pod', { namespace })
    .filter(
      (pod) =>
        controllerOf(pod)?.uid === job.metadata.uid &&
        pod.metadata.deletionTimestamp === undefined &&
        running(pod).length > 0,
    );
  const pod = pods[Math.floor(ctx.random() * pods.length)];
  if (pod === undefined) throw misses('noJobPod', { name });
  return { pod, container: running(pod)[0]! };
}

const namespaceOf = (pod: Pod): string => pod.metadata.namespace ?? '';
const targetOf = ({ pod, container }: Met): string => `${podName(pod)}/${container.name}`;

/** A selector of these very Pods: who is met is known, and nobody else is (`PodSelectorSpec.pods`). */
function aimedAt(pods: readonly Pod[]): { readonly mode: 'all'; readonly selector: object } {
  const named: Record<string, string[]> = {};
  for (const pod of pods) (named[namespaceOf(pod)] ??= []).push(pod.metadata.name);
  return { mode: 'all', selector: { namespaces: Object.keys(named), pods: named } };
}

/** An experiment for all that say the same, in the namespace of its Pods. */
function together(
  kind: ExperimentKind,
  met: readonly { readonly pod: Pod; readonly spec: Readonly<Record<string, unknown>> }[],
): Draft[] {
  const groups = new Map<string, { namespace: string; spec: object; pods: Pod[] }>();
  for (const { pod, spec } of met) {
    const namespace = namespaceOf(pod);
    const key = JSON.stringify([namespace, spec]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { namespace, spec, pods: [pod] });
    else group.pods.push(pod);
  }
  return [...groups.values()].map(({ namespace, spec, pods }) => ({
    kind,
    namespace,
    spec: { ...spec, ...aimedAt(pods) },
  }));
}

/** Experiments in one container of each Pod. */
const inContainers = (
  kind: ExperimentKind,
  met: readonly Met[],
  spec: (met: Met) => Readonly<Record<string, unknown>>,
): Meeting => {
  const asked = met.map((m) => ({ pod: m.pod, spec: { ...spec(m), containerNames: [m.container.name] } }));
  return { targets: met.map(targetOf), drafts: together(kind, asked) };
};

/** A process that is killed ends with 128 and the number of SIGKILL. */
const KILLED = 137;

const killed = (
  lacks: NonNullable<Counterpart['lacks']>,
  met: (striking: Striking) => readonly Met[] = containersMet,
): Counterpart => ({
  kind: 'PodChaos',
  action: 'container-kill',
  isOneShot: true,
  lacks,
  meet: (striking) => inContainers('PodChaos', met(striking), () => ({ action: 'container-kill' })),
});

const killsOnly = said('planKillsOnly', {});
const endsKilled: NonNullable<Counterpart['lacks']> = (call, fault) =>
  valueOf(fault, call, 'exitCode') === KILLED ? undefined : killsOnly;

/**
 * Every container of the Pod is started anew from the image `pause`, which listens on nothing; a restart does
 * not end that, hence no Pod whose restarts would be heard of.
 */
const failed: Counterpart = {
  kind: 'PodChaos',
  action: 'pod-failure',
  meet(striking) {
    const met = containersMet(striking);
    for (const { pod } of met) {
      const [only, ...others] = pod.spec.containers;
      const { command, livenessProbe, startupProbe } = only!;
      const sidecars = (pod.spec.initContainers ?? []).length;
      if (others.length + sidecars > 0 || (command ?? livenessProbe ?? startupProbe) !== undefined)
        throw new NotPlayed(said('notOnlyContainer', { pod: pod.metadata.name }));
    }
    const asked = met.map(({ pod }) => ({ pod, spec: { action: 'pod-failure' } }));
    return { targets: met.map(targetOf), drafts: together('PodChaos', asked) };
  },
};

/** On every port that the container declares: who answers by a proxy has to be told where. */
const answering = (
  action: string,
  spec: (number: <F extends FaultField>(field: F) => NonNullable<FaultCall[F]>) => object,
): Counterpart => ({
  kind: 'HTTPChaos',
  action,
  meet(striking) {
    const { call, fault } = striking;
    const met = containersMet(striking);
    const asked = met.flatMap(({ pod, container }) => {
      const ports = (container.ports ?? []).filter(({ protocol = 'TCP' }) => protocol === 'TCP');
      if (ports.length === 0 || pod.spec.hostNetwork === true)
        throw new NotPlayed(said('noPortDeclared', { container: container.name, pod: pod.metadata.name }));
      return ports.map(({ containerPort }) => ({
        pod,
        spec: { target: 'Response', port: containerPort, ...spec((field) => valueOf(fault, call, field)) },
      }));
    });
    return { targets: met.map(targetOf), drafts: together('HTTPChaos', asked) };
  },
});

function capacityOf({ pod }: Met, { ctx }: Striking, resource: 'cpu' | 'memory'): string {
  const { nodeName = '' } = pod.spec;
  return String(ctx.api.find('Node', '', nodeName)?.status?.capacity?.[resource] ?? '0');
}

/** Stress in the container's own cgroup: its limits are the program's. */
const burning: Counterpart = {
  kind: 'StressChaos',
  action: 'cpu',
  meet: (striking) =>
    inContainers('StressChaos', containersMet(striking), (met) => {
      const milli = milliValue(striking.call.amount ?? capacityOf(met, striking, 'cpu'));
      const workers = Math.max(1, Math.ceil(milli / 1000));
      const load = Math.min(100, Math.max(1, Math.round(milli / 10 / workers)));
      return { stressors: { cpu: { workers, load } } };
    }),
};

/** Up to the container's limit, or all that its node has; the kernel is to end the program by it. */
const leaking: Counterpart = {
  kind: 'StressChaos',
  action: 'memory',
  meet: (striking) =>
    inContainers('StressChaos', containersMet(striking), (met) => {
      const { call, fault } = striking;
      const limit = met.container.resources?.limits?.['memory'];
      const bytes = wholeValue(limit ?? capacityOf(met, striking, 'memory'));
      const seconds = Math.ceil(bytes / Math.max(1, wholeValue(valueOf(fault, call, 'perSecond'))));
      // Flags of chaos-mesh/memStress: the time in which the size is reached.
      const memory = { workers: 1, size: `${bytes}B`, oomScoreAdj: -1000, options: [`--time ${seconds}s`] };
      return { stressors: { memory } };
    }),
};

/** What needs room on the disk. */
const WRITES = ['write', 'create', 'mkdir', 'mknod', 'symlink', 'link'];
const ENOSPC = 28;

const full: Counterpart = {
  kind: 'IOChaos',
  action: 'fault ENOSPC',
  meet({ call, ctx }) {
    const { namespace, name } = splitName(call.claim ?? '', ctx.namespace);
    if (ctx.api.find('PersistentVolumeClaim', namespace, name) === undefined)
      throw misses('notThere', { what: 'persistent volume claim', name, namespace });
    const asked = ctx.api.list('Pod', { namespace }).flatMap((pod) => {
      const volumes = (pod.spec.volumes ?? [])
        .filter((v) => v.persistentVolumeClaim?.claimName === name)
        .map((v) => v.name);
      return pod.spec.containers
        .filter((container) => isRunning(pod, container.name))
        .flatMap((container) =>
          (container.volumeMounts ?? [])
            .filter((mount) => volumes.includes(mount.name))
            .map(({ mountPath }) => ({
              pod,
              spec: {
                action: 'fault',
                errno: ENOSPC,
                volumePath: mountPath,
                methods: WRITES,
                percent: 100,
                containerNames: [container.name],
              },
            })),
        );
    });
    if (asked.length === 0) throw misses('claimUnmounted', { claim: call.claim ?? '' });
    return { targets: [call.claim ?? ''], drafts: together('IOChaos', asked) };
  },
};

/** The Pods that run in the namespaces that may be touched and have a network of their own. */
const podsWithin = ({ ctx, scope }: Striking, fits: (pod: Pod) => boolean = () => true): readonly Pod[] =>
  scope.namespaces
    .flatMap((namespace) => ctx.api.list('Pod', { namespace }))
    .filter(
      (pod) =>
        pod.status?.phase === 'Running' &&
        pod.metadata.deletionTimestamp === undefined &&
        pod.spec.hostNetwork !== true &&
        fits(pod),
    );

/** Of a node that may be touched. @throws FaultError for one without such Pods, ApiError for another */
function podsOn(node: string, striking: Striking): readonly Pod[] {
  const { ctx, scope } = striking;
  const why = outOfScope(scope, ctx.resources.get('Node'), '', node);
  if (why !== undefined) throw new ApiError('Forbidden', why);
  const pods = podsWithin(striking, (pod) => pod.spec.nodeName === node);
  if (pods.length === 0) throw new NotPlayed(said('noPodsOnNode', { node }));
  return pods;
}

/**
 * Packets of a node's Pods. Traffic control is of what leaves a Pod, and the catalogue's faults are of both
 * ways: what both would come to is laid upon the one, so that a round trip is as late, or as seldom whole.
 */
const impairing = (
  action: string,
  spec: (number: <F extends FaultField>(field: F) => NonNullable<FaultCall[F]>) => object,
): Counterpart => ({
  kind: 'NetworkChaos',
  action,
  meet(striking) {
    const { call, ctx, fault } = striking;
    const targets = nodesOf(call, ctx);
    const asked = targets
      .flatMap((node) => podsOn(node, striking))
      .map((pod) => ({
        pod,
        spec: { action, direction: 'to', ...spec((field) => valueOf(fault, call, field)) },
      }));
    return { targets, drafts: together('NetworkChaos', asked) };
  },
});

const parting = (direction: 'to' | 'both', from: readonly Pod[], to: readonly Pod[]): Draft => ({
  kind: 'NetworkChaos',
  namespace: namespaceOf(from[0]!),
  spec: { action: 'partition', direction, ...aimedAt(from), target: aimedAt(to) },
});

const partingNodes = (direction: 'to' | 'both'): Counterpart => ({
  kind: 'NetworkChaos',
  action: 'partition',
  meet(striking) {
    const { node = '', otherNode = '' } = striking.call;
    if (node === otherNode) throw misses('selfPartition', { node });
    const [from, to] = [podsOn(node, striking), podsOn(otherNode, striking)];
    return { targets: [`${node} ${otherNode}`], drafts: [parting(direction, from, to)] };
  },
});

const partingPods: Counterpart = {
  kind: 'NetworkChaos',
  action: 'partition',
  meet({ call, ctx }) {
    const { selector, otherSelector = '' } = call;
    if (selector === undefined) throw misses('selectorOnly', { fault: call.kind });
    const ownNetwork = (pod: Pod): boolean => pod.spec.hostNetwork !== true;
    const [from, to] = [selector, otherSelector].map((text) => podsMatching(text, ctx, ownNetwork));
    return {
      targets: [`${ctx.namespace} ${selector} ${otherSelector}`],
      drafts: [parting('both', from!, to!)],
    };
  },
};

const nameless: Counterpart = {
  kind: 'DNSChaos',
  action: 'error or random',
  lacks: (call, fault) => (valueOf(fault, call, 'value') === 'slow' ? said('planDnsNotSlow', {}) : undefined),
  meet(striking) {
    const { call, fault } = striking;
    const pods = podsWithin(striking);
    if (pods.length === 0)
      throw misses('noPodMatching', { selector: '', namespace: striking.scope.namespaces.join(', ') });
    const asked = pods.flatMap((pod) =>
      pod.spec.containers.map(({ name }) => ({
        pod,
        spec: { action: valueOf(fault, call, 'value'), containerNames: [name] },
      })),
    );
    return { targets: ['DNS'], drafts: together('DNSChaos', asked) };
  },
};

/** By the kinds of faults. */
export const COUNTERPARTS: Readonly<Record<string, Counterpart>> = {
  ContainerCrash: killed(endsKilled),
  JobPodFailure: killed(endsKilled, (striking) => [jobPodMet(striking)]),
  ContainerKill: killed((call, fault) =>
    valueOf(fault, call, 'signal') === 'SIGKILL' ? undefined : killsOnly,
  ),
  ContainerRefuse: failed,
  ContainerSlowAnswers: answering('delay', (value) => ({ delay: `${value('delayMs')}ms` })),
  ContainerErrors: answering('replace', (value) => ({ replace: { code: Number(value('status')) } })),
  ContainerCpuHog: burning,
  ContainerMemoryLeak: leaking,
  VolumeFull: full,
  PodsPartition: partingPods,
  NodesPartition: partingNodes('both'),
  OneWayPartition: partingNodes('to'),
  PacketLoss: impairing('loss', (value) => {
    const passes = 1 - Number(value('percent')) / 100;
    return { loss: { loss: (100 * (1 - passes * passes)).toFixed(2) } };
  }),
  // A jitter of netem is as much less as more.
  PacketDelay: impairing('delay', (value) => ({
    delay: {
      latency: `${2 * Number(value('delayMs')) + Number(value('periodMs'))}ms`,
      jitter: `${value('periodMs')}ms`,
    },
  })),
  DnsFailure: nameless,
};
