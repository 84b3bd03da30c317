/** A command in a container of a real cluster, over the WebSocket channels of its API server. */
import type { Executed } from '../../kubectl/index.ts';
import { ApiError } from '../../sim/api/errors.ts';
import { type Connection, refusal } from './client.ts';
import { outOfScope } from './gate.ts';
import { pathOf } from './paths.ts';

interface ExecStatus {
  readonly status?: string;
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] };
}

/** @throws ApiError */
export function execIn(
  { line, resources, scope, server }: Connection,
  namespace: string,
  pod: string,
  container: string,
  command: readonly string[],
): Executed {
  const definition = resources.get('Pod');
  const why = outOfScope(scope, definition, namespace, pod);
  if (why !== undefined) throw new ApiError('Forbidden', why);
  const query = new URLSearchParams([
    ...command.map((word) => ['command', word] as [string, string]),
    ['container', container],
    ['stdout', 'true'],
    ['stderr', 'true'],
  ]);
  const answer = line.exec({ path: `${pathOf(definition, namespace, pod, 'exec')}?${query.toString()}` });
  if (answer.status !== 200) throw refusal(answer, server);
  const { stdout, stderr, status } = JSON.parse(answer.body) as Record<
    'stdout' | 'stderr' | 'status',
    string
  >;
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
