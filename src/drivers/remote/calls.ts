/** Requests to a cluster's API server, one by one. */
import { type Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import type { Access } from './kubeconfig.ts';
import type { Answered, Call } from './messages.ts';

/** How long a server may take to begin an answer. */
export const ANSWER_MS = 30_000;

export const tlsOf = ({ ca, certificate, key, serverName, unverified }: Access): RequestOptions => ({
  ...(ca === undefined ? {} : { ca }),
  ...(certificate === undefined ? {} : { cert: certificate, key }),
  ...(serverName === undefined ? {} : { servername: serverName }),
  ...(unverified === true ? { rejectUnauthorized: false } : {}),
});

export const headersOf = ({ token }: Access): Readonly<Record<string, string>> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

/** `299 - "unknown field \"spec.x\""`, several of them with commas between. */
const warningsOf = (header: string | undefined): string[] =>
  [...(header ?? '').matchAll(/299 \S+ ("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text!) as string);

/** @returns what sends a request and gives its answer; it never rejects */
export const callsTo =
  (access: Access, agent: Agent) =>
  ({ method, path, body, type }: Call): Promise<Answered> =>
    new Promise((resolve) => {
      const request = httpsRequest(
        `${access.server}${path}`,
        {
          ...tlsOf(access),
          agent,
          method,
          timeout: ANSWER_MS,
          headers: {
            ...headersOf(access),
            accept: 'application/json, */*',
            'user-agent': 'seatrial',
            ...(body === undefined
              ? {}
              : { 'content-type': type ?? 'application/json', 'content-length': Buffer.byteLength(body) }),
          },
        },
        (response) => {
          const pieces: Buffer[] = [];
          response.on('data', (piece: Buffer) => void pieces.push(piece));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: Buffer.concat(pieces).toString('utf8'),
              warnings: warningsOf(response.headers['warning']),
            }),
          );
          response.on('error', ({ message }) => resolve({ status: 0, body: message }));
        },
      );
      request.on('timeout', () => request.destroy(new Error(`no answer within ${ANSWER_MS / 1000} s`)));
      request.on('error', ({ message }) => resolve({ status: 0, body: message }));
      request.end(body);
    });
