/**
 * Texts that stand for any bytes: UTF-8 as it reads, and each byte that is none as a low surrogate of its own
 * (U+DC80 to U+DCFF), as Python's `surrogateescape` has it. Files and pipes hold such texts.
 */

const ESCAPED = 0xdc_00;

/** How many bytes a UTF-8 sequence has that begins with this one; 0: none does. */
function lengthAt(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lax = new TextEncoder();

function readOrUndefined(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** @example textOfBytes(Uint8Array.of(0x61, 0xff)) // 'a\udcff' */
export function textOfBytes(bytes: Uint8Array): string {
  const whole = readOrUndefined(bytes);
  if (whole !== undefined) return whole;
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = lengthAt(bytes[at]!);
    const read = length === 0 ? undefined : readOrUndefined(bytes.subarray(at, at + length));
    text += read ?? String.fromCharCode(ESCAPED + bytes[at]!);
    at += read === undefined ? 1 : length;
  }
  return text;
}

const isEscaped = (code: number): boolean => code >= ESCAPED + 0x80 && code <= ESCAPED + 0xff;

/** The bytes of which `textOfBytes` makes the text. */
export function bytesOfText(text: string): Uint8Array {
  if (!/[\udc80-\udcff]/.test(text)) return lax.encode(text);
  const out: number[] = [];
  // By code points: of a pair the low surrogate is none of its own.
  for (const point of text) {
    const code = point.codePointAt(0)!;
    if (isEscaped(code)) out.push(code - ESCAPED);
    else for (const byte of lax.encode(point)) out.push(byte);
  }
  return Uint8Array.from(out);
}

/** Where in bytes a sequence begins whose end has not come; their length where there is none. */
export function wholeUntil(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const length = lengthAt(bytes[bytes.length - back]!);
    if (length === 0 && bytes[bytes.length - back]! < 0xc0) continue;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
