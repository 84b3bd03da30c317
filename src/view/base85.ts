/**
 * Bytes as printable text: five characters for four bytes, where base64 takes six. As Z85 (RFC 32 of ZeroMQ),
 * but for the signs that mean something in HTML, and for a length that need not be a multiple of four.
 */
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?_|()[]{}@%$#~';

export function toBase85(bytes: Uint8Array): string {
  const words: string[] = [];
  for (let i = 0; i < bytes.length; i += 4) {
    const count = Math.min(4, bytes.length - i);
    let word = 0;
    for (let k = 0; k < 4; k += 1) word = word * 256 + (bytes[i + k] ?? 0);
    let digits = '';
    for (let k = 0; k < 5; k += 1) {
      digits = DIGITS[word % 85]! + digits;
      word = Math.floor(word / 85);
    }
    words.push(digits.slice(0, count + 1));
  }
  return words.join('');
}

/** @param text as `toBase85` makes it */
export function fromBase85(text: string): Uint8Array<ArrayBuffer> {
  const values = new Map([...DIGITS].map((digit, value) => [digit, value]));
  const bytes = new Uint8Array(Math.floor((text.length * 4) / 5));
  for (let i = 0, at = 0; i < text.length; i += 5) {
    // A short word's missing digits are the highest: what was cut off was less than one of the last digit.
    let word = 0;
    for (let k = 0; k < 5; k += 1) word = word * 85 + (i + k < text.length ? values.get(text[i + k]!)! : 84);
    for (let k = 3; k >= 0 && at < bytes.length; k -= 1, at += 1)
      bytes[at] = Math.floor(word / 256 ** k) % 256;
  }
  return bytes;
}
