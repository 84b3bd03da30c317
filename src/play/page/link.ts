/** Links that hold a life: what it began with and what was done, gzipped, in the hash of the address. */
import type { Beginning } from './protocol.ts';

const PREFIX = 'play=';

const piped = async (bytes: Uint8Array<ArrayBuffer>, through: GenericTransformStream): Promise<Uint8Array> =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(through)).arrayBuffer());

/** Without what addresses use for something else. */
const base64url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

/** @returns the hash, without its `#` */
export async function linkOf(beginning: Beginning): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(beginning));
  return PREFIX + base64url(await piped(bytes, new CompressionStream('gzip')));
}

/** @returns undefined where the hash holds none, or is damaged */
export async function beginningIn(hash: string): Promise<Beginning | undefined> {
  const text = hash.replace(/^#/, '');
  if (!text.startsWith(PREFIX)) return undefined;
  try {
    const bytes = await piped(bytesOf(text.slice(PREFIX.length)), new DecompressionStream('gzip'));
    const beginning = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Beginning>;
    return typeof beginning.seed === 'string' && Array.isArray(beginning.acts)
      ? (beginning as Beginning)
      : undefined;
  } catch {
    return undefined;
  }
}
