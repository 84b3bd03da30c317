/**
 * Probes and life cycle handlers. Models validateProbe, validateHandler and validateLifecycle of
 * pkg/apis/core/validation/validation.go.
 */
import { isNil } from '../defaults/fill.ts';
import type { Container, IntOrString, Probe } from '../types.ts';
import {
  forbidden,
  invalidValue,
  nonNegative,
  problemsAt,
  required,
  unsupported,
  type Causes,
} from './field.ts';
import { headerNameProblems, portNameProblems, portNumberProblems } from './text.ts';

type Lifecycle = NonNullable<Container['lifecycle']>;
interface Handler {
  exec?: { command?: string[] };
  httpGet?: { path?: string; port: IntOrString; scheme?: string; httpHeaders?: { name: string }[] };
  tcpSocket?: { port: IntOrString };
  grpc?: { port: number };
  sleep?: { seconds: number };
}

export function validatePort(port: IntOrString | undefined, field: string, out: Causes): void {
  if (typeof port === 'string') problemsAt(field, port, portNameProblems(port), out);
  else problemsAt(field, port ?? 0, portNumberProblems(port ?? 0), out);
}

function validateHttpGet(action: NonNullable<Handler['httpGet']>, field: string, out: Causes): void {
  if (!action.path) out.push(required(`${field}.path`));
  validatePort(action.port, `${field}.port`, out);
  if (action.scheme !== 'HTTP' && action.scheme !== 'HTTPS')
    out.push(unsupported(`${field}.scheme`, action.scheme ?? '', ['HTTP', 'HTTPS']));
  for (const header of action.httpHeaders ?? [])
    problemsAt(`${field}.httpHeaders`, header.name, headerNameProblems(header.name), out);
}

function validateHandler(
  handler: Handler,
  graceSeconds: number | undefined,
  field: string,
  out: Causes,
): void {
  const checks: Record<keyof Handler, (at: string) => void> = {
    exec: (at) => {
      if ((handler.exec!.command ?? []).length === 0) out.push(required(`${at}.command`));
    },
    httpGet: (at) => validateHttpGet(handler.httpGet!, at, out),
    tcpSocket: (at) => validatePort(handler.tcpSocket!.port, `${at}.port`, out),
    grpc: (at) => validatePort(handler.grpc!.port, `${at}.port`, out),
    sleep: (at) => {
      const { seconds } = handler.sleep!;
      if (graceSeconds !== undefined && (seconds < 0 || seconds > graceSeconds)) {
        out.push(
          invalidValue(
            at,
            seconds,
            `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`,
          ),
        );
      }
    },
  };
  let handlers = 0;
  for (const type of ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const) {
    if (handler[type] === undefined || handler[type] === null) continue;
    handlers += 1;
    if (handlers > 1) out.push(forbidden(`${field}.${type}`, 'may not specify more than 1 handler type'));
    else checks[type](`${field}.${type}`);
  }
  if (handlers === 0) out.push(required(field, 'must specify a handler type'));
}

function validateProbe(probe: Probe, field: string, out: Causes): void {
  const { exec, httpGet, tcpSocket, grpc } = probe;
  validateHandler({ exec, httpGet, tcpSocket, grpc } as Handler, undefined, field, out);
  for (const name of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const) {
    nonNegative(probe[name], `${field}.${name}`, out);
  }
  const grace = probe.terminationGracePeriodSeconds;
  if (typeof grace === 'number' && grace <= 0)
    out.push(invalidValue(`${field}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'));
}

/** The three probes of a container that runs on. */
export function validateProbes(container: Container, field: string, out: Causes): void {
  const { livenessProbe, readinessProbe, startupProbe } = container;
  if (!isNil(livenessProbe)) validateOnceSucceeding(livenessProbe, `${field}.livenessProbe`, out);
  if (!isNil(readinessProbe)) {
    validateProbe(readinessProbe, `${field}.readinessProbe`, out);
    if (!isNil(readinessProbe.terminationGracePeriodSeconds)) {
      out.push(
        invalidValue(
          `${field}.readinessProbe.terminationGracePeriodSeconds`,
          readinessProbe.terminationGracePeriodSeconds,
          'must not be set for readinessProbes',
        ),
      );
    }
  }
  if (!isNil(startupProbe)) validateOnceSucceeding(startupProbe, `${field}.startupProbe`, out);
}

/** Liveness and startup need one success, no more. */
function validateOnceSucceeding(probe: Probe, field: string, out: Causes): void {
  validateProbe(probe, field, out);
  if (probe.successThreshold !== 1)
    out.push(invalidValue(`${field}.successThreshold`, probe.successThreshold ?? 0, 'must be 1'));
}

export function validateLifecycle(
  lifecycle: Lifecycle,
  graceSeconds: number | undefined,
  field: string,
  out: Causes,
): void {
  if (!isNil(lifecycle.postStart))
    validateHandler(lifecycle.postStart as Handler, graceSeconds, `${field}.postStart`, out);
  if (!isNil(lifecycle.preStop))
    validateHandler(lifecycle.preStop as Handler, graceSeconds, `${field}.preStop`, out);
}
