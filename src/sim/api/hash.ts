/**
 * The short hashes in names: pod templates of ReplicaSets and DaemonSets, revisions of StatefulSets and
 * DaemonSets. Models pkg/controller/controller_utils.go (ComputeHash),
 * pkg/controller/history/controller_history.go (HashControllerRevision) and
 * staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go. Kubernetes hashes a dump of Go's structures; this
 * one hashes a text with sorted keys, so the letters differ from a real cluster's while every property holds.
 */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** No vowels and none of 0, 1, 3, so that no word is spelled by chance. */
const SAFE_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

const step = (hash: number, byte: number): number => Math.imul(hash ^ byte, FNV_PRIME);

/** FNV-1a, 32 bits, over the text as UTF-8; `seed` continues an earlier hash. */
export function fnv1a32(text: string, seed = FNV_OFFSET): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      hash = step(hash, code);
      continue;
    }
    if (code >= 0xd800 && code < 0xdc00 && i + 1 < text.length) {
      code = 0x10000 + ((code - 0xd800) << 10) + (text.charCodeAt(++i) - 0xdc00);
    }
    if (code < 0x800) {
      hash = step(hash, 0xc0 | (code >> 6));
    } else {
      if (code < 0x10000) {
        hash = step(hash, 0xe0 | (code >> 12));
      } else {
        hash = step(hash, 0xf0 | (code >> 18));
        hash = step(hash, 0x80 | ((code >> 12) & 0x3f));
      }
      hash = step(hash, 0x80 | ((code >> 6) & 0x3f));
    }
    hash = step(hash, 0x80 | (code & 0x3f));
  }
  return hash >>> 0;
}

/** rand.SafeEncodeString: each character as one of a safe alphabet. */
export function safeEncode(text: string): string {
  let result = '';
  for (let i = 0; i < text.length; i++) result += SAFE_ALPHABET[text.charCodeAt(i) % SAFE_ALPHABET.length];
  return result;
}

/**
 * A text that equal values share, whatever the order of their keys; absent (undefined) and null members are
 * left out.
 */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const record = value as Record<string, unknown>;
  let text = '{';
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member === undefined || member === null) continue;
    text += `${text.length > 1 ? ',' : ''}${JSON.stringify(key)}:${canonicalText(member)}`;
  }
  return `${text}}`;
}

const templates = new WeakMap<object, number>();

/**
 * `pod-template-hash`. The template must not change afterwards (stored objects do not).
 * @param collisionCount of the owner's status; each one gives another hash
 */
export function templateHash(template: object, collisionCount?: number): string {
  let hash = templates.get(template);
  if (hash === undefined) {
    hash = fnv1a32(canonicalText(template));
    templates.set(template, hash);
  }
  if (collisionCount !== undefined) {
    for (let shift = 0; shift < 64; shift += 8)
      hash = step(hash, shift < 32 ? (collisionCount >>> shift) & 0xff : 0);
  }
  return safeEncode(String(hash >>> 0));
}

/** `controller-revision-hash`: of a ControllerRevision's data, with the collision count as probe. */
export function controllerRevisionHash(data: unknown, collisionCount?: number): string {
  const hash = fnv1a32(canonicalText(data));
  return safeEncode(String(collisionCount === undefined ? hash : fnv1a32(String(collisionCount), hash)));
}
