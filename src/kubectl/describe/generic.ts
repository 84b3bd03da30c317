/**
 * Kinds without a describer of their own: every field in words. Source:
 * staging/src/k8s.io/kubectl/pkg/describe/describe.go (`printUnstructuredContent`).
 */
import type { KubeObject } from '../../sim/api/types.ts';
import { writeAnnotations, writeLabels } from './writer.ts';
import type { DescribeWriter } from './writer.ts';

const SKIPPED = [
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
];
const ACRONYMS = ['API', 'URL', 'UID', 'GUID'];

/** `resourceVersion` to `Resource Version`. */
function smartLabel(field: string): string {
  if (/[^\p{L}-]/u.test(field)) return field;
  const parts = field.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lu}+|-/gu) ?? [field];
  const words: string[] = [];
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i]!;
    if (part === '-' && words.length > 0 && i + 1 < parts.length) {
      words[words.length - 1] += `-${parts[i + 1]}`;
      i += 1;
    } else words.push(part);
  }
  return words
    .map((word) => {
      if (ACRONYMS.includes(word.toUpperCase())) return word.toUpperCase();
      return word.charAt(0).toUpperCase() + word.slice(1);
    })
    .join(' ');
}

function writeContent(
  w: DescribeWriter,
  level: number,
  content: Readonly<Record<string, unknown>>,
  prefix: string,
): void {
  for (const field of Object.keys(content).sort()) {
    const value = content[field];
    const path = `${prefix}.${field}`;
    if (value === undefined || SKIPPED.includes(path)) continue;
    if (Array.isArray(value)) {
      w.write(level, `${smartLabel(field)}:\n`);
      for (const child of value) {
        if (child !== null && typeof child === 'object' && !Array.isArray(child))
          writeContent(w, level + 1, child as Record<string, unknown>, path);
        else w.write(level + 1, `${child}\n`);
      }
    } else if (value !== null && typeof value === 'object') {
      w.write(level, `${smartLabel(field)}:\n`);
      writeContent(w, level + 1, value as Record<string, unknown>, path);
    } else w.write(level, `${smartLabel(field)}:\t${value === null ? '<nil>' : String(value)}\n`);
  }
}

export function describeGeneric(object: KubeObject, w: DescribeWriter): void {
  w.write(0, `Name:\t${object.metadata.name}\n`);
  w.write(0, `Namespace:\t${object.metadata.namespace ?? ''}\n`);
  writeLabels(w, 'Labels', object.metadata.labels);
  writeAnnotations(w, 'Annotations', object.metadata.annotations);
  writeContent(w, 0, object as unknown as Record<string, unknown>, '');
}
