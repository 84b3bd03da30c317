/**
 * Whether an authority can have signed what a server shows: by the names and the key identifiers that both
 * carry (RFC 5280, 4.1 and 4.2.1); the signature itself is not reckoned.
 */
import { bytesFromBase64 } from '../../api/base64.ts';

/** Of a certificate, bytes as text. */
interface Names {
  readonly issuer: string;
  readonly subject: string;
  readonly issuerKey: string | undefined;
  readonly subjectKey: string | undefined;
}

const SEQUENCE = 0x30;
const VERSION = 0xa0;

/** Where an element's content begins and ends. @throws RangeError where it is cut off */
function elementAt(bytes: Uint8Array, at: number): { tag: number; from: number; to: number } {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) throw new RangeError('cut off');
  let from = at + 2;
  let length = first;
  if (first >= 0x80) {
    length = 0;
    for (const end = from + (first & 0x7f); from < end; from += 1) length = length * 256 + (bytes[from] ?? 0);
  }
  if (from + length > bytes.length) throw new RangeError('cut off');
  return { tag, from, to: from + length };
}

const textIn = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** What stands behind a key identifier's object identifier (2.5.29.14, 2.5.29.35); 20 bytes, as usual. */
const keyBehind = (whole: string, identifier: string): string | undefined =>
  new RegExp(`\\x06\\x03\\x55\\x1d${identifier}[^]{1,8}?(?:\\x04\\x14|\\x80\\x14)([^]{20})`).exec(whole)?.[1];

/** Undefined: it is no certificate. */
function namesIn(base64: string): Names | undefined {
  try {
    const bytes = bytesFromBase64(base64);
    const whole = elementAt(bytes, 0);
    const signed = elementAt(bytes, whole.from);
    const parts = [];
    for (let at = signed.from; at < signed.to && parts.length < 8; ) {
      const part = elementAt(bytes, at);
      parts.push(part);
      at = part.to;
    }
    if (parts[0]?.tag === VERSION) parts.shift();
    const [, , issuer, , subject] = parts;
    if (issuer?.tag !== SEQUENCE || subject?.tag !== SEQUENCE) return undefined;
    const text = textIn(bytes, 0, bytes.length);
    return {
      issuer: textIn(bytes, issuer.from, issuer.to),
      subject: textIn(bytes, subject.from, subject.to),
      issuerKey: keyBehind(text, '\\x23'),
      subjectKey: keyBehind(text, '\\x0e'),
    };
  } catch {
    return undefined;
  }
}

const certificatesIn = (pem: string): (Names | undefined)[] =>
  [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)].map(([, body]) =>
    namesIn(body!.replaceAll(/\s+/g, '')),
  );

/**
 * @param shown PEM of a server, its own certificate first @param bundle PEM of those that are trusted
 * @returns false where no certificate of the bundle can have signed any that is shown; what cannot be read is
 * let pass
 */
export function maySign(shown: string, bundle: string): boolean {
  const chain = certificatesIn(shown);
  const trusted = certificatesIn(bundle);
  if (chain.length === 0 || trusted.length === 0 || [...chain, ...trusted].includes(undefined)) return true;
  return chain.some((own) =>
    trusted.some(
      (authority) =>
        authority!.subject === own!.issuer &&
        (own!.issuerKey === undefined ||
          authority!.subjectKey === undefined ||
          own!.issuerKey === authority!.subjectKey),
    ),
  );
}
