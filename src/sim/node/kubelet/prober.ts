/**
 * Carries a probe or hook out: what the container answers, in the words of the kubelet's prober. Models
 * pkg/kubelet/prober/prober.go, pkg/probe and pkg/kubelet/lifecycle/handlers.go.
 */
import type { Container, Pod, Probe } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { deepEqual } from '../../api/equal.ts';
import { remember } from '../accesslog.ts';
import { addedMs, httpGet, type HttpReply, listener, listeningSince } from '../answer.ts';
import { workMs } from '../cpu.ts';
import { execInContainer } from '../exec.ts';
import { programOf } from '../images.ts';
import { runsShell } from '../shell/program.ts';
import type { RuntimeContainer } from '../world.ts';
import { dial, isElsewhere } from './dial.ts';
import { formatPod, portNumber } from './podspec.ts';
import type { Kubelet } from './types.ts';
import { isSet } from '../isset.ts';

export interface ProbeVerdict {
  readonly ok: boolean;
  /** What the event says after `Liveness probe failed: `. */
  readonly output: string;
  /** Who answered is beyond the Pod: he may answer otherwise without the container's having changed. */
  readonly asksElsewhere?: boolean;
}

type HttpGetAction = NonNullable<Probe['httpGet']>;
interface Handler {
  exec?: { command?: string[] };
  httpGet?: HttpGetAction;
  tcpSocket?: { port: number | string; host?: string };
  grpc?: { port: number; service?: string };
  sleep?: { seconds: number };
}

const OK: ProbeVerdict = { ok: true, output: '' };
/** Go's net.Dialer gives up on a connection that nobody answers. */
const DIAL_TIMEOUT_MS = 30_000;

/** The pod's own address, where probes go unless they name a host. */
const addressOf = (k: Kubelet, record: RuntimeContainer): string =>
  k.machine.sandboxes.get(record.podUid)?.ip ?? '';

function pathOf({ path = '/' }: HttpGetAction): string {
  return path.startsWith('/') ? path : `/${path}`;
}

function urlOf(action: HttpGetAction, host: string, port: number): string {
  const scheme = ((action.scheme as string | undefined) ?? 'HTTP').toLowerCase();
  return `${scheme}://${host}:${port}${pathOf(action)}`;
}

/** An HTTP GET as probes and hooks make it: to the pod's own address unless it names a host. */
function askHttp(
  k: Kubelet,
  container: Container,
  record: RuntimeContainer,
  action: HttpGetAction,
): {
  readonly reply: HttpReply | { readonly kind: 'unresolved' };
  readonly dialled: ReturnType<typeof dial>;
  readonly url: string;
  readonly host: string;
  readonly port: number;
} {
  const port = portNumber(container, action.port);
  const host = action.host || addressOf(k, record);
  const dialled = dial(k, record, action.host ?? '', port);
  return {
    reply:
      typeof dialled === 'string'
        ? { kind: dialled }
        : httpGet(k.env.world, dialled.machine, dialled.podUid, port, pathOf(action), k.ctx.now),
    dialled,
    url: urlOf(action, host, port),
    host,
    port,
  };
}

/** Why a connection came to nothing, in the words of Go's net package. */
function dialError(why: 'refused' | 'silent' | 'unresolved', host: string, port: number): string {
  if (why === 'unresolved') return `dial tcp: lookup ${host}: no such host`;
  return `dial tcp ${host}:${port}: ${why === 'refused' ? 'connect: connection refused' : 'i/o timeout'}`;
}

export function runProbe(
  k: Kubelet,
  container: Container,
  record: RuntimeContainer,
  probe: Probe,
): ProbeVerdict {
  const { readinessProbe } = container;
  if (
    record.faults.has('unready') &&
    isSet(readinessProbe) &&
    asksTheSame(probe as Handler, readinessProbe as Handler)
  )
    return saysNo(k, container, record, probe as Handler);
  const verdict = runHandler(k, container, record, probe as Handler, (probe.timeoutSeconds ?? 1) * 1000);
  const host = (probe.httpGet ?? probe.tcpSocket)?.host;
  return host && isElsewhere(k, record, host) ? { ...verdict, asksElsewhere: true } : verdict;
}

const asksTheSame = (a: Handler, b: Handler): boolean =>
  deepEqual([a.exec, a.httpGet, a.tcpSocket, a.grpc], [b.exec, b.httpGet, b.tcpSocket, b.grpc]);

/** What is asked answers that it is not ready. */
function saysNo(k: Kubelet, container: Container, record: RuntimeContainer, handler: Handler): ProbeVerdict {
  if (isSet(handler.httpGet)) return { ok: false, output: 'HTTP probe failed with statuscode: 503' };
  if (isSet(handler.grpc)) return { ok: false, output: 'service unhealthy (responded with "NOT_SERVING")' };
  if (isSet(handler.exec)) return { ok: false, output: '' };
  const host = handler.tcpSocket?.host || addressOf(k, record);
  return {
    ok: false,
    output: `dial tcp ${host}:${portNumber(container, handler.tcpSocket?.port)}: connect: connection refused`,
  };
}

/** @param timeoutMs after which no answer counts as a failure */
function runHandler(
  k: Kubelet,
  container: Container,
  record: RuntimeContainer,
  handler: Handler,
  timeoutMs: Millis,
): ProbeVerdict {
  const {
    env: { world },
    machine,
  } = k;
  if (isSet(handler.exec)) return runExec(k, record, handler.exec.command ?? [], timeoutMs);
  if (isSet(handler.httpGet)) {
    const { reply, url, host, port } = askHttp(k, container, record, handler.httpGet);
    if (reply.kind === 'closed') return { ok: false, output: `Get "${url}": EOF` };
    if (reply.kind === 'refused' || reply.kind === 'unresolved')
      return { ok: false, output: `Get "${url}": ${dialError(reply.kind, host, port)}` };
    if (reply.kind === 'silent' || reply.afterMs > timeoutMs) {
      return {
        ok: false,
        output: `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      };
    }
    return reply.status >= 200 && reply.status < 400
      ? OK
      : { ok: false, output: `HTTP probe failed with statuscode: ${reply.status}` };
  }
  const podIp = addressOf(k, record);
  const port = portNumber(container, handler.tcpSocket?.port ?? handler.grpc?.port);
  const dialled = dial(k, record, handler.tcpSocket?.host ?? '', port);
  const host = handler.tcpSocket?.host || podIp;
  if (isSet(handler.grpc)) {
    if (
      typeof dialled === 'object' &&
      !record.faults.has('hang') &&
      workMs(world, machine, record, 0) + addedMs(record) <= timeoutMs
    )
      return OK;
    return {
      ok: false,
      output:
        `timeout: failed to connect service "${podIp}:${port}" within ${timeoutMs / 1000}s: context ` +
        'deadline exceeded',
    };
  }
  return typeof dialled === 'object' ? OK : { ok: false, output: dialError(dialled, host, port) };
}

function runExec(
  k: Kubelet,
  record: RuntimeContainer,
  command: readonly string[],
  timeoutMs: Millis,
): ProbeVerdict {
  const {
    env: { world },
    ctx: { now },
  } = k;
  const timedOut = `command timed out: "${command.join(' ')}" timed out after ${timeoutMs / 1000}s`;
  if (record.faults.has('hang')) return { ok: false, output: timedOut };
  const result = execInContainer(k.env, k.machine, record, command, k.reach, timeoutMs);
  if (result.unknown) {
    // A program of the image's own that we cannot play: it answers well once the server it asks is up.
    const up =
      now >= listeningSince(world, record) ||
      runsShell(world, record) ||
      programOf(world, record).listens?.length === 0;
    return up ? OK : { ok: false, output: '' };
  }
  const { asksElsewhere } = result;
  if (workMs(world, k.machine, record, result.afterMs) > timeoutMs)
    return { ok: false, output: timedOut, asksElsewhere };
  const output = result.code === 0 ? '' : result.stdout + result.stderr;
  return { ok: result.code === 0, output, asksElsewhere };
}

/** What becomes of a lifecycle hook. */
export interface HookOutcome {
  readonly durationMs: Millis;
  /** Why it fails, as a container's status tells it ('': it does not). Events do not repeat it. */
  readonly failure: string;
  /** It is a process in the container, gone when the container is. */
  readonly inContainer: boolean;
}

/**
 * Runs a lifecycle hook. Whatever an HTTP hook is answered, it was answered; a handler that hooks do not know
 * (tcpSocket) fails. Models Run of pkg/kubelet/lifecycle/handlers.go.
 */
export function runHook(
  k: Kubelet,
  pod: Pod,
  container: Container,
  record: RuntimeContainer,
  hook: Handler,
): HookOutcome {
  const whose = `for Container "${container.name}" in Pod "${formatPod(pod)}" failed - error`;
  if (isSet(hook.sleep)) return { durationMs: hook.sleep.seconds * 1000, failure: '', inContainer: false };
  if (isSet(hook.exec)) {
    const command = hook.exec.command ?? [];
    const { code, stdout, stderr, afterMs, unknown } = execInContainer(
      k.env,
      k.machine,
      record,
      command,
      k.reach,
    );
    const error = `command '${command.join(' ')}' exited with ${code}: ${stderr}`;
    const output = JSON.stringify(stdout + stderr);
    return {
      durationMs: afterMs,
      failure:
        unknown || code === 0
          ? ''
          : `Exec lifecycle hook ([${command.join(' ')}]) ${whose}: ${error}, message: ${output}`,
      inContainer: true,
    };
  }
  if (!isSet(hook.httpGet))
    return { durationMs: 0, failure: 'Cannot run handler: invalid handler', inContainer: false };
  const { reply, dialled, url, host, port } = askHttp(k, container, record, hook.httpGet);
  if (reply.kind === 'answered') {
    const { world } = k.env;
    const { now } = k.ctx;
    const path = pathOf(hook.httpGet);
    if (typeof dialled !== 'string') {
      const { machine, podUid } = dialled;
      const asked = { from: k.machine.ip, host, path, agent: 'kube-lifecycle/1.36', reply };
      remember(world, machine, listener(world, machine, podUid, port, now)!, asked, now);
    }
    return { durationMs: reply.afterMs, failure: '', inContainer: false };
  }
  const why = reply.kind === 'closed' ? 'EOF' : dialError(reply.kind, host, port);
  const error = `Get "${url}": ${why}`;
  return {
    durationMs: reply.kind === 'silent' ? DIAL_TIMEOUT_MS : 0,
    failure: `HTTP lifecycle hook (${hook.httpGet.path ?? '/'}) ${whose}: ${error}`,
    inContainer: false,
  };
}
