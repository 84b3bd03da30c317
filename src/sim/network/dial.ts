/**
 * What agnhost's netexec asks others for who asks it to: `/dial?host=…&port=…&request=hostname`. Models
 * dialHandler of test/images/agnhost/netexec/netexec.go.
 */
import type { HttpReply } from '../node/answer.ts';
import type { Millis } from '../kernel/types.ts';

/** What it asks of somebody, and what comes back. */
export type Ask = (
  protocol: 'http' | 'udp',
  host: string,
  port: number,
  request: string,
) => { readonly kind: string; readonly body?: string; readonly afterMs: Millis };

const MOST_TRIES = 100;

type Answered = HttpReply & { readonly kind: 'answered' };

const refusal = (body: string): Answered => ({
  kind: 'answered',
  status: 400,
  body: `${body}\n`,
  afterMs: 0,
});

/** @param path with its query */
export function dialled(path: string, ask: Ask): Answered {
  const query = new URLSearchParams(path.slice(path.indexOf('?') + 1));
  const [host, port, asked] = ['host', 'port', 'request'].map((name) => query.get(name) ?? '');
  const protocol = (query.get('protocol') ?? 'http').toLowerCase();
  const tries = Number(query.get('tries') ?? 1);
  if (asked === '') return refusal('request parameter not specified. <nil>');
  if (protocol !== 'http' && protocol !== 'udp') return refusal(`unsupported protocol. ${protocol}`);
  if (!(Number(port) >= 1) || !/^[\w.-]+$/.test(host!))
    return refusal(`host and/or port param are invalid. address ${host}:${port}`);
  const [responses, errors]: [string[], string[]] = [[], []];
  let afterMs = 0;
  for (let i = 0; i < Math.min(MOST_TRIES, tries); i++) {
    const got = ask(protocol, host!, Number(port), asked!);
    afterMs += got.afterMs;
    if (got.kind === 'answered') responses.push(got.body ?? '');
    else
      errors.push(
        protocol === 'udp'
          ? `reading from udp connection failed. err:'read udp ${host}:${port}: i/o timeout'`
          : `Get "http://${host}:${port}/${asked}": ${WHY[got.kind] ?? got.kind}`,
      );
  }
  const output = { ...(errors.length > 0 ? { errors } : {}), ...(responses.length > 0 ? { responses } : {}) };
  return { kind: 'answered', status: 200, body: JSON.stringify(output), afterMs };
}

/** In the words of Go's net package. */
const WHY: Readonly<Record<string, string>> = {
  refused: 'dial tcp: connect: connection refused',
  timedOut: 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
  notResolved: 'dial tcp: lookup: no such host',
};
