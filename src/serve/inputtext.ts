/** Inputs of a served cluster as people read them: who asked for what, and what was sent along. */
import { decodeProtobuf } from './protobuf/decode.ts';
import { bytesOfBase64 } from './bytes.ts';
import { CONNECTS } from './api/requestinfo.ts';
import type { Input } from './served.ts';

export interface InputText {
  /** One line. */
  readonly text: string;
  /** What was sent along, as text. */
  readonly detail?: string;
}

type Requested = Extract<Input, { readonly kind: 'request' | 'exec' }>['request'];

/** A text longer than that is told by its beginning. */
const DETAIL_LENGTH = 4_000;
const TYPED_LENGTH = 400;

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length)}…` : text;

/** Bytes that are no text are not shown. */
const printable = (text: string): string => text.replace(/[^\P{C}\n\t]+/gu, '…');

function bodyOf({ headers, body }: Requested): string | undefined {
  if (body === '') return undefined;
  const bytes = bytesOfBase64(body);
  const type = headers['content-type'] ?? '';
  try {
    if (type.includes('protobuf')) return JSON.stringify(decodeProtobuf(bytes), undefined, 2);
    const text = new TextDecoder().decode(bytes);
    return type.includes('json') ? JSON.stringify(JSON.parse(text), undefined, 2) : text;
  } catch {
    // What was sent could not be read; its answer says so.
    return undefined;
  }
}

const whoOf = ({ user, headers }: Requested): string =>
  headers['impersonate-user'] ?? user?.username ?? 'system:anonymous';

/** `exec web-5d…: ls /etc` where a Pod is connected to; else method and path. */
function askedOf({ method, url }: Requested): string {
  const { pathname, searchParams } = new URL(url, 'https://127.0.0.1');
  const path = decodeURIComponent(pathname);
  const [, pod, subresource = ''] = /\/pods\/([^/]+)\/(\w+)$/.exec(path) ?? [];
  if (pod === undefined || subresource === 'proxy' || !CONNECTS.has(subresource)) {
    const dry = searchParams.has('dryRun') ? ' (dry run)' : '';
    return `${method} ${path}${dry}`;
  }
  const command = searchParams.getAll('command');
  const what = command.length === 0 ? '' : `: ${cut(printable(command.join(' ')), TYPED_LENGTH)}`;
  return `${subresource} ${pod}${what}`;
}

/** @example inputText(log.inputs[0]).text // 'kubernetes-admin: POST /api/v1/namespaces/default/pods' */
export function inputText(input: Input): InputText {
  if (input.kind === 'step') {
    const detail = (input.table ?? []).map((row) => `| ${row.join(' | ')} |`).join('\n');
    return { text: input.text, ...(detail === '' ? {} : { detail }) };
  }
  if (input.kind === 'forwarded') {
    const { method, path } = input.request;
    return { text: `port-forward ${input.to.pod}: ${method} ${path}` };
  }
  if (input.kind === 'typed') {
    const detail = printable(input.text ?? '');
    return {
      text: `exec #${input.session}`,
      ...(detail === '' ? {} : { detail: cut(detail, TYPED_LENGTH) }),
    };
  }
  const detail = bodyOf(input.request);
  return {
    text: `${whoOf(input.request)}: ${askedOf(input.request)}`,
    ...(detail === undefined ? {} : { detail: cut(detail, DETAIL_LENGTH) }),
  };
}
