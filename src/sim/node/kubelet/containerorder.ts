/**
 * What the kubelet asks the runtime for when it starts a container. Models generateContainerConfig of
 * pkg/kubelet/kuberuntime/kuberuntime_container*.go.
 */
import { milliValue, wholeValue } from '../../api/quantity.ts';
import type { Container, EphemeralContainer, Pod } from '../../api/types.ts';
import type { ContainerOrder } from '../runtime.ts';
import { isSet } from '../isset.ts';
import { DEFAULT_MESSAGE_PATH, type Machine } from '../world.ts';
import { isLoopback } from './dial.ts';
import { expandedCommand } from './environment.ts';
import { type ContainerList, initContainersOf, isSidecar } from './podspec.ts';
import { rightsOf } from './securitycontext.ts';
import type { ContainerConfiguration } from './types.ts';

const NODE_CRITICAL = 2_000_001_000;
const [GUARANTEED, BEST_EFFORT] = [-997, 1000];

const valueOf = (
  container: Container,
  list: 'requests' | 'limits',
  name: string,
  read: (text: string) => number,
): number => {
  const text = container.resources?.[list]?.[name] as string | undefined;
  return text === undefined ? 0 : read(text);
};

const memoryRequest = (container: Container): number => valueOf(container, 'requests', 'memory', wholeValue);

/**
 * The less of the machine's memory (`capacity`) a container asked for, the sooner it goes; a sidecar not
 * before the container that asked for least. Models pkg/kubelet/qos/policy.go.
 */
export function oomScoreAdj(pod: Pod, container: Container, capacity: string): number {
  if ((pod.spec.priority ?? 0) >= NODE_CRITICAL || pod.status.qosClass === 'Guaranteed') return GUARANTEED;
  if (pod.status.qosClass !== 'Burstable') return BEST_EFFORT;
  const isOfInit = initContainersOf(pod).some((c) => c.name === container.name);
  const least =
    isOfInit && isSidecar(container) ? Math.min(...pod.spec.containers.map((c) => memoryRequest(c))) : 0;
  const requested = Math.max(memoryRequest(container), least);
  return Math.min(
    BEST_EFFORT - 1,
    Math.max(1000 + GUARANTEED, 1000 - Math.floor((1000 * requested) / wholeValue(capacity))),
  );
}

const DEFAULT_ACCOUNT = 'default';

const isOfJob = (pod: Pod): boolean =>
  pod.metadata.ownerReferences?.some((o) => o.controller === true && o.kind === 'Job') === true;

const declaredPorts = (container: Container): number[] =>
  (container.ports ?? []).filter((p) => (p.protocol ?? 'TCP') === 'TCP').map((p) => p.containerPort);

interface Ask {
  readonly port: number | string;
  readonly host?: string;
}

/** Ports of the container itself that its probes and hooks ask, by number. */
function askedPorts({ startupProbe, readinessProbe, livenessProbe, lifecycle }: Container): number[] {
  const ports: number[] = [];
  for (const handler of [
    startupProbe,
    readinessProbe,
    livenessProbe,
    lifecycle?.postStart,
    lifecycle?.preStop,
  ]) {
    if (!isSet(handler)) continue;
    const { httpGet, tcpSocket, grpc } = handler as Partial<
      Record<'httpGet' | 'tcpSocket' | 'grpc', Ask | null>
    >;
    for (const ask of [httpGet, tcpSocket, grpc])
      if (isSet(ask) && typeof ask.port === 'number' && (!ask.host || isLoopback(ask.host)))
        ports.push(ask.port);
  }
  return ports;
}

/** Ports that a container declares, and that its probes ask where no other of its Pod is to listen there. */
function portsOf(pod: Pod, container: Container): readonly number[] {
  const declared = declaredPorts(container);
  const asked = askedPorts(container).filter((port) => !declared.includes(port));
  if (asked.length === 0) return declared;
  const others = [...pod.spec.containers, ...initContainersOf(pod)].filter((c) => c.name !== container.name);
  const first = others.slice(0, pod.spec.containers.indexOf(container));
  const taken = new Set([...others.flatMap(declaredPorts), ...first.flatMap(askedPorts)]);
  return [...new Set([...declared, ...asked.filter((port) => !taken.has(port))])];
}

/** What of its resources the runtime is told. */
export const resourcesOf = (
  container: Container,
): Pick<ContainerOrder, 'memoryLimit' | 'cpuRequestMilli' | 'cpuLimitMilli'> => ({
  memoryLimit: valueOf(container, 'limits', 'memory', wholeValue),
  cpuRequestMilli: valueOf(container, 'requests', 'cpu', milliValue),
  cpuLimitMilli: valueOf(container, 'limits', 'cpu', milliValue),
});

export function containerOrder(
  machine: Machine,
  pod: Pod,
  container: Container,
  list: ContainerList,
  attempt: number,
  given: ContainerConfiguration,
): ContainerOrder {
  const init = list === 'initContainers';
  const shared = pod.spec.shareProcessNamespace === true || pod.spec.hostPID === true;
  const messagePath = container.terminationMessagePath ?? DEFAULT_MESSAGE_PATH;
  const target = (container as Partial<EphemeralContainer>).targetContainerName || undefined;
  return {
    name: container.name,
    image: container.image!,
    init,
    attempt,
    ports: portsOf(pod, container),
    command: expandedCommand([...(container.command ?? []), ...(container.args ?? [])], given.environment),
    ownCommand: (container.command ?? []).length > 0,
    stdin: container.stdin === true,
    ends: (init && !isSidecar(container)) || isOfJob(pod),
    ...resourcesOf(container),
    oomScoreAdj: oomScoreAdj(pod, container, machine.capacity.memory),
    sharesPids: shared || target !== undefined,
    ...(target === undefined || shared ? {} : { target }),
    ...(pod.spec.hostPID === true ? { hostPids: true } : {}),
    mounts: given.mounts,
    environment: given.environment,
    ...(pod.spec.automountServiceAccountToken === false
      ? {}
      : { account: pod.spec.serviceAccountName || DEFAULT_ACCOUNT }),
    workingDir: container.workingDir ?? '/',
    readOnlyRoot: container.securityContext?.readOnlyRootFilesystem === true,
    ...(messagePath === DEFAULT_MESSAGE_PATH ? {} : { messagePath }),
    ...rightsOf(pod, container),
  };
}
