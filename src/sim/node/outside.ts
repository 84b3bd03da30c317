/**
 * What is outside of the cluster. Nothing there is simulated: hosts of the internet are taken to be there,
 * and to answer 200 with nothing, so that a script that downloads something goes on.
 */
import type { Millis } from '../kernel/types.ts';
import type { ShellNetwork } from './shell/env.ts';

/** Of the block for documentation (RFC 5737). */
const SOMEWHERE = '203.0.113.80';
const AWAY_MS: Millis = 50;

/**
 * Names that no cluster's DNS has. Those whose last label may well be a namespace count with three labels
 * only, unless everyone knows them: `web.dev` is a Service that is missing.
 */
const PUBLIC =
  /\.(?:com|org|net|edu|gov|info|ch|jp|uk|de|cn|eu)\.?$|^[^.]+\.[^.]+\.(?:io|dev|sh|app|ai|cloud)\.?$/i;
const KNOWN = /^(?:docker|gcr|ghcr|istio|k8s|kubernetes|quay)\.io\.?$/i;

const hostOf = (url: string): string => /^\w+:\/\/([^/:?#]+)/.exec(url)?.[1] ?? '';

/** @param tell is called where a host was taken to be there */
export function withOutside(inside: ShellNetwork, tell: (what: string) => void): ShellNetwork {
  const isOutside = (host: string): boolean => {
    if (!PUBLIC.test(host) && !KNOWN.test(host)) return false;
    const { addresses, failed } = inside.resolve(host);
    return addresses.length === 0 && failed === undefined;
  };
  return {
    fetch: (request) => {
      const host = hostOf(request.url);
      if (!isOutside(host)) return inside.fetch(request);
      tell(`http://${host}`);
      return { kind: 'answered', status: 200, body: '', afterMs: AWAY_MS };
    },
    connect: (host, port, timeoutMs) => {
      if (!isOutside(host)) return inside.connect(host, port, timeoutMs);
      tell(`${host}:${port}`);
      return { kind: 'open', afterMs: AWAY_MS };
    },
    records: (name, type) => inside.records?.(name, type) ?? [],
    datagram: (host, port, text, timeoutMs) => inside.datagram?.(host, port, text, timeoutMs),
    resolve: (name) => (isOutside(name) ? { addresses: [SOMEWHERE], afterMs: 0 } : inside.resolve(name)),
  };
}
