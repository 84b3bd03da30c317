/** Keys that stand more than once in an object of a JSON text, which readers of JSON pass over. */
import { fieldPath, type Path } from '../../sim/api/schema/check.ts';

export interface Repeated {
  readonly key: string;
  readonly path: Path;
  /** `spec.template.spec.containers[0].image` */
  readonly field: string;
  /** Of its later place, from 1. */
  readonly line: number;
}

/** What is open where a scan has come to: an object with the keys it has had, or a list. */
interface Open {
  readonly keys: Set<string> | undefined;
  at: string | number;
  /** A text that comes next is a key. */
  isKey: boolean;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:\n]/g;

/**
 * In the order of their places.
 * @param text well formed
 * @example repeatedKeys('{"spec": {"replicas": 1, "replicas": 2}}').map((r) => r.field) // ['spec.replicas']
 */
export function repeatedKeys(text: string): Repeated[] {
  const found: Repeated[] = [];
  const open: Open[] = [];
  let line = 1;
  for (const [token] of text.matchAll(TOKENS)) {
    const top = open.at(-1);
    switch (token[0]) {
      case '\n':
        line += 1;
        break;
      case '{':
        open.push({ keys: new Set(), at: '', isKey: true });
        break;
      case '[':
        open.push({ keys: undefined, at: 0, isKey: false });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ':':
        top!.isKey = false;
        break;
      case ',':
        if (top!.keys === undefined) top!.at = Number(top!.at) + 1;
        else top!.isKey = true;
        break;
      default:
        if (top?.isKey !== true) break;
        top.at = JSON.parse(token) as string;
        if (top.keys!.has(top.at)) {
          const path = open.map(({ at }) => at);
          found.push({ key: top.at, path, field: fieldPath(path), line });
        }
        top.keys!.add(top.at);
    }
  }
  return found;
}
