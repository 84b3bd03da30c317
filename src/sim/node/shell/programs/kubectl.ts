/**
 * kubectl in a container: it reaches the API server over the Pod's network, and is played by what the cluster
 * was given as its program.
 */
import type { Call, Outcome, Program } from '../call.ts';
import { absolute } from '../paths.ts';

const PORT = 443;
const TIMEOUT_MS = 30_000;

/** What it keeps while it goes on. */
interface Kept {
  readonly reached: true;
  readonly own?: unknown;
}

/** The way to the API server, with the time that it takes. */
function reach(call: Call): Outcome {
  const host = call.environment['KUBERNETES_SERVICE_HOST'] ?? 'kubernetes.default.svc';
  const { kind, afterMs } = call.env.network.connect(host, PORT, TIMEOUT_MS);
  if (kind === 'open') return { waitMs: afterMs, state: { reached: true } satisfies Kept };
  call.err(
    kind === 'timedOut'
      ? `Unable to connect to the server: dial tcp ${host}:${PORT}: i/o timeout\n`
      : `The connection to the server ${host}:${PORT} was refused - did you specify the right host or ` +
          'port?\n',
  );
  return 1;
}

/** `-f -`: what it reads from its standard input. */
const READS = /(?:^|\s)(?:-f|--filename)[= ]?-(?:\s|$)/;

export const kubectl: Program = (call) => {
  const { env, argv, cwd, input } = call;
  const kept = call.state as Kept | undefined;
  if (kept === undefined) return reach(call);
  const reads = kept.own === undefined && READS.test(argv.join(' '));
  if (reads && !input.ended) return { input: true, state: kept };
  const outcome = env.client?.('kubectl', {
    argv: argv.slice(1),
    stdin: reads ? input.take() : '',
    state: kept.own,
    read: (path) => env.files.read(absolute(cwd, path)),
    list: (path) => env.files.list(absolute(cwd, path)),
  });
  if (outcome === undefined) {
    env.passOver(argv.join(' '));
    return 0;
  }
  for (const { stream, text } of outcome.written) (stream === 'out' ? call.out : call.err)(text);
  const { goesOn } = outcome;
  return typeof goesOn === 'number'
    ? goesOn
    : { waitMs: goesOn.afterMs, state: { reached: true, own: goesOn.state } satisfies Kept };
};
