/**
 * Containers and their states. Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go
 * (`describeContainers`), v1.36.
 */
import { canonicalQuantity } from '../../sim/api/quantity.ts';
import type { Container, ContainerStatus, Pod, Probe } from '../../sim/api/types.ts';
import { rfc1123 } from './writer.ts';
import type { DescribeWriter } from './writer.ts';

/** What the value of a field reference is in a pod; '' in a template. */
export type FieldResolver = (fieldPath: string) => string;

export function describeContainers(
  w: DescribeWriter,
  title: string,
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
  space: string,
  resolve?: FieldResolver,
): void {
  w.write(0, `${space}${title}:${containers.length === 0 ? ' <none>' : ''}\n`);
  const indent = space === '' ? '' : ' ';
  for (const c of containers) {
    const status = statuses.find((s) => s.name === c.name);
    w.write(1, `${indent}${c.name}:\n`);
    if (status !== undefined) w.write(2, `Container ID:\t${status.containerID ?? ''}\n`);
    w.write(2, `Image:\t${c.image ?? ''}\n`);
    if (status !== undefined) w.write(2, `Image ID:\t${status.imageID ?? ''}\n`);
    describePorts(w, c);
    describeWords(w, 'Command', c.command);
    describeWords(w, 'Args', c.args);
    if (status !== undefined) describeStatus(w, status);
    describeAmounts(w, 'Limits', c.resources?.limits);
    describeAmounts(w, 'Requests', c.resources?.requests);
    if (c.livenessProbe) w.write(2, `Liveness:\t${probeText(c.livenessProbe)}\n`);
    if (c.readinessProbe) w.write(2, `Readiness:\t${probeText(c.readinessProbe)}\n`);
    if (c.startupProbe) w.write(2, `Startup:\t${probeText(c.startupProbe)}\n`);
    describeEnv(w, c, resolve);
    const mounts = [...(c.volumeMounts ?? [])].sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1));
    w.write(2, `Mounts:${mounts.length === 0 ? '\t<none>' : ''}\n`);
    for (const m of mounts)
      w.write(
        3,
        `${m.mountPath} from ${m.name} ` +
          `(${m.readOnly ? 'ro' : 'rw'}${m.subPath ? `,path="${m.subPath}"` : ''})\n`,
      );
  }
}

function describePorts(w: DescribeWriter, c: Container): void {
  const ports = c.ports ?? [];
  const text = (numbers: (number | undefined)[]): string =>
    ports
      .map((p, i) => `${numbers[i] ?? 0}/${p.protocol ?? 'TCP'}${p.name ? ` (${p.name})` : ''}`)
      .join(', ');
  const own = text(ports.map((p) => p.containerPort));
  const host = text(ports.map((p) => p.hostPort));
  w.write(2, own.includes(',') ? `Ports:\t${own}\n` : `Port:\t${own || '<none>'}\n`);
  w.write(2, host.includes(',') ? `Host Ports:\t${host}\n` : `Host Port:\t${host || '<none>'}\n`);
}

function describeWords(w: DescribeWriter, title: string, words: readonly string[] | undefined): void {
  if (words === undefined || words.length === 0) return;
  w.write(2, `${title}:\n`);
  for (const word of words) for (const line of word.split('\n')) w.write(3, `${line}\n`);
}

function describeAmounts(
  w: DescribeWriter,
  title: string,
  amounts: Readonly<Record<string, unknown>> | undefined,
): void {
  const names = Object.keys(amounts ?? {}).sort();
  if (names.length > 0) w.write(2, `${title}:\n`);
  for (const name of names) w.write(3, `${name}:\t${canonicalQuantity(amounts![name] as string)}\n`);
}

type State = NonNullable<ContainerStatus['state']>;

function describeState(w: DescribeWriter, title: string, state: State | undefined): void {
  if (state?.running) {
    w.write(2, `${title}:\tRunning\n`);
    w.write(3, `Started:\t${rfc1123(state.running.startedAt as string)}\n`);
  } else if (state?.terminated) {
    const t = state.terminated;
    w.write(2, `${title}:\tTerminated\n`);
    if (t.reason) w.write(3, `Reason:\t${t.reason}\n`);
    if (t.message) w.write(3, `Message:\t${t.message}\n`);
    w.write(3, `Exit Code:\t${t.exitCode}\n`);
    if (t.signal) w.write(3, `Signal:\t${t.signal}\n`);
    w.write(3, `Started:\t${rfc1123(t.startedAt as string)}\n`);
    w.write(3, `Finished:\t${rfc1123(t.finishedAt as string)}\n`);
  } else {
    w.write(2, `${title}:\tWaiting\n`);
    if (state?.waiting?.reason) w.write(3, `Reason:\t${state.waiting.reason}\n`);
  }
}

function describeStatus(w: DescribeWriter, status: ContainerStatus): void {
  describeState(w, 'State', status.state);
  if (status.lastState?.terminated) describeState(w, 'Last State', status.lastState);
  w.write(2, `Ready:\t${status.ready ? 'True' : 'False'}\n`);
  w.write(2, `Restart Count:\t${status.restartCount}\n`);
}

function probeText(probe: Probe): string {
  const attributes =
    `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 1}s ` +
    `period=${probe.periodSeconds ?? 10}s ` +
    `#success=${probe.successThreshold ?? 1} #failure=${probe.failureThreshold ?? 3}`;
  if (probe.exec) return `exec [${(probe.exec.command ?? []).join(' ')}] ${attributes}`;
  if (probe.httpGet) {
    const { scheme, host, port, path } = probe.httpGet;
    return `http-get ${(scheme ?? 'HTTP').toLowerCase()}://${host ?? ''}:${port}${path ?? ''} ${attributes}`;
  }
  if (probe.tcpSocket)
    return `tcp-socket ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port} ${attributes}`;
  if (probe.grpc) return `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ''} ${attributes}`;
  return `unknown ${attributes}`;
}

function describeEnv(w: DescribeWriter, c: Container, resolve: FieldResolver | undefined): void {
  const from = c.envFrom ?? [];
  if (from.length > 0) w.write(2, 'Environment Variables from:\n');
  for (const f of from) {
    const [name, kind, optional] = f.configMapRef
      ? [f.configMapRef.name, 'ConfigMap', f.configMapRef.optional]
      : [f.secretRef?.name ?? '', 'Secret', f.secretRef?.optional];
    w.write(
      3,
      `${name}\t${kind}${f.prefix ? ` with prefix '${f.prefix}'` : ''}\tOptional: ${optional ?? false}\n`,
    );
  }
  const env = c.env ?? [];
  w.write(2, `Environment:${env.length === 0 ? '\t<none>' : ''}\n`);
  for (const e of env) {
    const v = e.valueFrom;
    if (!v)
      (e.value ?? '')
        .split('\n')
        .forEach((line, i) => w.write(3, i === 0 ? `${e.name}:\t${line}\n` : `\t${line}\n`));
    else if (v.fieldRef)
      w.write(
        3,
        `${e.name}:\t${resolve?.(v.fieldRef.fieldPath) ?? ''} ` +
          `(${v.fieldRef.apiVersion ?? 'v1'}:${v.fieldRef.fieldPath})\n`,
      );
    else if (v.resourceFieldRef)
      w.write(
        3,
        `${e.name}:\t${resourceValue(c, v.resourceFieldRef.resource)} (${v.resourceFieldRef.resource})\n`,
      );
    else if (v.secretKeyRef) {
      w.write(
        3,
        `${e.name}:\t<set to the key '${v.secretKeyRef.key}' in secret ` +
          `'${v.secretKeyRef.name}'>\tOptional: ${v.secretKeyRef.optional ?? false}\n`,
      );
    } else if (v.configMapKeyRef) {
      w.write(
        3,
        `${e.name}:\t<set to the key '${v.configMapKeyRef.key}' of config map ` +
          `'${v.configMapKeyRef.name}'>\tOptional: ${v.configMapKeyRef.optional ?? false}\n`,
      );
    }
  }
}

function resourceValue(c: Container, resource: string): string {
  const [kind, name] = resource.split(/\.(.*)/s) as [string, string];
  const amounts = (kind === 'limits' ? c.resources?.limits : c.resources?.requests) as
    | Record<string, unknown>
    | undefined;
  const value = amounts?.[name];
  if (value !== undefined) return String(value);
  return resource === 'limits.cpu' || resource === 'limits.memory' ? 'node allocatable' : '0';
}

/** Values of the downward API in a pod. */
export function podFields(pod: Pod): FieldResolver {
  return (path) => {
    const keyed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
    if (keyed !== null) return pod.metadata[keyed[1] as 'labels' | 'annotations']?.[keyed[2]!] ?? '';
    switch (path) {
      case 'metadata.name':
        return pod.metadata.name;
      case 'metadata.namespace':
        return pod.metadata.namespace ?? '';
      case 'metadata.uid':
        return pod.metadata.uid;
      case 'spec.nodeName':
        return pod.spec.nodeName ?? '';
      case 'spec.serviceAccountName':
        return pod.spec.serviceAccountName ?? '';
      case 'status.hostIP':
        return pod.status.hostIP ?? '';
      case 'status.podIP':
        return pod.status.podIP ?? '';
      default:
        return '';
    }
  };
}
