/** What containers of a real cluster are asked: commands, over WebSocket channels, and what they printed. */
import type { Executed, LogOptions } from '../../kubectl/index.ts';
import { base64Bytes, bytesFromBase64 } from '../../sim/api/base64.ts';
import { ApiError } from '../../sim/api/errors.ts';
import { bytesOfText, textOfBytes } from '../../sim/node/files/bytetext.ts';
import { type Connection, refusal } from './client.ts';
import { outOfScope } from './gate.ts';
import { pathOf } from './paths.ts';

interface ExecStatus {
  readonly status?: string;
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] };
}

const textOf = (inBase64: string): string => textOfBytes(bytesFromBase64(inBase64));

/** @throws ApiError */
export function execIn(
  { line, resources, scope, server }: Connection,
  namespace: string,
  pod: string,
  container: string,
  command: readonly string[],
  stdin?: string,
): Executed {
  const definition = resources.get('Pod');
  const why = outOfScope(scope, definition, namespace, pod);
  if (why !== undefined) throw new ApiError('Forbidden', why);
  const query = new URLSearchParams([
    ...command.map((word) => ['command', word] as [string, string]),
    ['container', container],
    ['stdout', 'true'],
    ['stderr', 'true'],
    ...(stdin === undefined ? [] : [['stdin', 'true'] as [string, string]]),
  ]);
  const answer = line.exec({
    path: `${pathOf(definition, namespace, pod, 'exec')}?${query.toString()}`,
    ...(stdin === undefined ? {} : { stdin: base64Bytes(bytesOfText(stdin)) }),
  });
  if (answer.status !== 200) throw refusal(answer, server);
  const { status, ...written } = JSON.parse(answer.body) as Record<'stdout' | 'stderr' | 'status', string>;
  const [stdout, stderr] = [textOf(written.stdout), textOf(written.stderr)];
  const ended = (status === '' ? {} : JSON.parse(status)) as ExecStatus;
  if (ended.status === 'Success') return { stdout, stderr, code: 0 };
  const code = ended.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
  if (code === undefined)
    throw new ApiError(
      'InternalError',
      ended.message ?? 'the connection was closed before the command ended',
    );
  return { stdout, stderr, code: Number(code) };
}

/** @throws ApiError */
export function logOf(
  { line, resources, server }: Connection,
  namespace: string,
  pod: string,
  container: string,
  options: LogOptions,
): string {
  const set = Object.entries(options).filter(([, value]) => value !== false);
  const query = new URLSearchParams([['container', container], ...set.map(([k, v]) => [k, String(v)])]);
  const path = `${pathOf(resources.get('Pod'), namespace, pod, 'log')}?${query.toString()}`;
  const answer = line.call({ method: 'GET', path });
  if (answer.status !== 200) throw refusal(answer, server);
  return answer.body;
}
