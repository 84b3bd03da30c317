/**
 * Certificate signing requests as openssl writes them: the subject of a PKCS #10 request (RFC 2986), which is
 * all of it that counts here; keys, signatures and alternative names are not looked at. Models ParseCSR of
 * pkg/apis/certificates/helpers.go.
 */

/** Who asks for a certificate. */
export interface Subject {
  readonly commonName: string;
  readonly organizations: readonly string[];
}

const COMMON_NAME = '55,4,3';
const ORGANIZATION = '55,4,a';
const SEQUENCE = 0x30;
const SET = 0x31;
const OBJECT_IDENTIFIER = 0x06;

/** A value of DER: its tag, and the bytes of its content. */
interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** The values that stand one after another. @throws Error where they are cut off */
function elementsOf(bytes: Uint8Array): Element[] {
  const out: Element[] = [];
  let at = 0;
  const next = (): number => {
    if (at >= bytes.length) throw new Error('asn1: syntax error: data truncated');
    return bytes[at++]!;
  };
  while (at < bytes.length) {
    const tag = next();
    let length = next();
    if (length >= 0x80) {
      const count = length & 0x7f;
      length = 0;
      for (let i = 0; i < count; i += 1) length = length * 256 + next();
    }
    if (at + length > bytes.length) throw new Error('asn1: syntax error: data truncated');
    out.push({ tag, content: bytes.subarray(at, at + length) });
    at += length;
  }
  return out;
}

function inside(element: Element | undefined, tag: number): Element[] {
  if (element?.tag !== tag) throw new Error("asn1: structure error: tags don't match");
  return elementsOf(element.content);
}

function subjectIn(bytes: Uint8Array): Subject {
  const [whole] = elementsOf(bytes);
  const [info] = inside(whole, SEQUENCE);
  const [, name] = inside(info, SEQUENCE);
  let commonName = '';
  const organizations: string[] = [];
  for (const set of inside(name, SEQUENCE))
    for (const pair of inside(set, SET)) {
      const [type, value] = inside(pair, SEQUENCE);
      if (type?.tag !== OBJECT_IDENTIFIER || value === undefined) continue;
      const text = new TextDecoder().decode(value.content);
      const identifier = [...type.content].map((byte) => byte.toString(16)).join(',');
      if (identifier === COMMON_NAME) commonName = text;
      else if (identifier === ORGANIZATION) organizations.push(text);
    }
  return { commonName, organizations };
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

const PEM = /-----BEGIN ((?:NEW )?CERTIFICATE REQUEST)-----([\s\S]*?)-----END \1-----/;

/** @param request as `spec.request` has it: base64 of PEM. @returns why it cannot be read, in Go's words */
export function subjectOf(request: string): Subject | string {
  try {
    const text = atob(request.replaceAll(/\s/g, ''));
    const found = PEM.exec(text);
    if (found === null) return 'PEM block type must be CERTIFICATE REQUEST';
    return subjectIn(bytesOf(found[2]!.replaceAll(/\s/g, '')));
  } catch (error) {
    return error instanceof Error && error.message.startsWith('asn1:')
      ? error.message
      : 'PEM block type must be CERTIFICATE REQUEST';
  }
}
