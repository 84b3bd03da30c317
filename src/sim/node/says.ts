/** What stands in answers that are made up when they are asked for. */
import { rfc3339 } from '../api/time.ts';
import type { Millis } from '../kernel/types.ts';
import type { HttpAnswer, RuntimeContainer } from './world.ts';

/** What an answer is made of. */
export interface Asked {
  /** With its query. */
  readonly path: string;
  /** Address of the client as the server sees it; '': nobody's. */
  readonly from: string;
  readonly now: Millis;
  readonly port: number;
}

/** A port that a client's kernel chooses for it. */
const CLIENT_PORT = 40_000;

const queryOf = (path: string): URLSearchParams =>
  new URLSearchParams(path.includes('?') ? path.slice(path.indexOf('?') + 1) : '');

/** @returns the status and what stands in the body */
export function said(
  { status, body = '', says }: HttpAnswer & object,
  container: RuntimeContainer,
  { path, from, now }: Asked,
): { readonly status: number; readonly body: string } {
  switch (says) {
    case undefined:
      return { status, body };
    case 'hostname':
      return { status, body: body + container.podName };
    case 'path':
      return { status, body: body + path };
    case 'client':
      return { status, body: `${body}${from}:${CLIENT_PORT}` };
    case 'time':
      return { status, body: body + rfc3339(now) };
    case 'message': {
      const query = queryOf(path);
      const code = query.get('code') ?? '';
      return /^[1-5]\d\d$/.test(code) || code === ''
        ? { status: Number(code || status), body: body + (query.get('msg') ?? '') }
        : { status, body: `argument 'code' must be an integer or empty, got ${JSON.stringify(code)}\n` };
    }
  }
}
