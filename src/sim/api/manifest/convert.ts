/**
 * A YAML document's nodes as the JSON values kubectl sends: plain scalars by go-yaml's rules, keys as
 * strings, aliases and merge keys expanded. Models sigs.k8s.io/yaml (yamlToJSONTarget,
 * convertToJSONableObject).
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Scalar as YamlScalar,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Path } from '../schema/check.ts';
import { resolvePlain, type Scalar } from './scalars.ts';

/** Said by the caller as a ManifestError, with the position of the node. */
export type Complain = (
  problem: string,
  node: Node | null | undefined,
  path: Path,
  expected?: string,
) => never;

interface Conversion {
  readonly document: Document;
  readonly complain: Complain;
  /** Nodes expanded through aliases, against documents made to explode. */
  expanded: number;
}

const EXPANSION_LIMIT = 100_000;
const TAG = 'tag:yaml.org,2002:';

export function toJson(document: Document, node: Node | null, complain: Complain): unknown {
  return convert(node, [], [], { document, complain, expanded: 0 });
}

function convert(
  node: Node | null | undefined,
  path: Path,
  aliases: readonly Node[],
  c: Conversion,
): unknown {
  if (node === null || node === undefined) return null;
  if (aliases.length > 0 && ++c.expanded > EXPANSION_LIMIT)
    c.complain('document contains excessive aliasing', node, path);
  if (isAlias(node)) {
    const target = node.resolve(c.document);
    if (target === undefined)
      c.complain(
        `unknown anchor ${JSON.stringify(node.source)} referenced`,
        node,
        path,
        'an anchor defined before',
      );
    if (aliases.includes(target as Node))
      c.complain(`anchor ${JSON.stringify(node.source)} value contains itself`, node, path);
    return convert(target, path, [...aliases, target as Node], c);
  }
  if (isScalar(node)) return scalarOf(node, path, c);
  if (isSeq(node)) return node.items.map((item, i) => convert(item as Node | null, [...path, i], aliases, c));
  if (isMap(node)) return mapOf(node, path, aliases, c);
  return null;
}

function scalarOf(node: YamlScalar, path: Path, c: Conversion): Scalar {
  const source = typeof node.value === 'string' ? node.value : (node.source ?? '');
  const tag = node.tag?.startsWith(TAG) === true ? node.tag.slice(TAG.length) : undefined;
  if (tag === 'str' || tag === 'binary') return source;
  if (tag === undefined && node.type !== YamlScalar.PLAIN && node.type !== undefined) return source;
  const value = resolvePlain(source);
  if (typeof value === 'number' && !Number.isFinite(value))
    c.complain(
      `json: unsupported value: ${value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN'}`,
      node,
      path,
      'a finite number',
    );
  if (tag !== undefined) {
    const is =
      value === null
        ? 'null'
        : typeof value === 'boolean'
          ? 'bool'
          : typeof value === 'string'
            ? 'str'
            : Number.isInteger(value)
              ? 'int'
              : 'float';
    if (is !== tag && !(tag === 'float' && is === 'int') && ['int', 'float', 'bool', 'null'].includes(tag)) {
      c.complain(`cannot decode !!${is} \`${source}\` as a !!${tag}`, node, path, `!!${tag}`);
    }
  }
  return value;
}

/** As Go's %#v prints what YAML holds: `{{x}}` of a template that was not filled in is a map for a key. */
function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${goSyntax(inner)}`);
  return `map[interface {}]interface {}{${members.join(', ')}}`;
}

function keyOf(node: unknown, path: Path, c: Conversion): string {
  const resolved = isAlias(node) ? node.resolve(c.document) : node;
  if (!isScalar(resolved)) {
    const key = goSyntax(convert(resolved as Node | null, path, [], c));
    const text = `error converting YAML to JSON: yaml: invalid map key: ${key}`;
    return c.complain(text, node as Node | null, path, 'a key');
  }
  const value = scalarOf(resolved, path, c);
  if (value === null) return c.complain('unsupported map key: null', resolved, path, 'a key');
  return String(value);
}

const isMergeKey = (pair: Pair): boolean =>
  isScalar(pair.key) &&
  pair.key.value === '<<' &&
  pair.key.type === YamlScalar.PLAIN &&
  pair.key.tag === undefined;

function mapOf(node: YAMLMap, path: Path, aliases: readonly Node[], c: Conversion): Record<string, unknown> {
  const own = new Map<string, unknown>();
  const merged = new Map<string, unknown>();
  for (const pair of node.items) {
    if (isMergeKey(pair)) {
      mergeInto(merged, pair.value as Node | null, path, aliases, c);
      continue;
    }
    const key = keyOf(pair.key, path, c);
    const inner = [...path, key];
    // Of a key that stands there twice kubectl takes the last one, and says nothing (go.yaml.in/yaml/v2).
    own.set(key, convert(pair.value as Node | null, inner, aliases, c));
  }
  const result: Record<string, unknown> = {};
  const put = (value: unknown, key: string): void => {
    if (key === '__proto__')
      Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
    else result[key] = value;
  };
  for (const [key, value] of merged) if (!own.has(key)) put(value, key);
  own.forEach(put);
  return result;
}

/** `<<: *base` or `<<: [*a, *b]`; earlier ones win. */
function mergeInto(
  merged: Map<string, unknown>,
  node: Node | null,
  path: Path,
  aliases: readonly Node[],
  c: Conversion,
): void {
  const target = isAlias(node) ? (node.resolve(c.document) as Node | undefined) : node;
  const sources = isSeq(target) ? (target.items as Node[]) : [node];
  for (const source of sources) {
    const value = convert(source, path, aliases, c);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      c.complain('map merge requires map or sequence of maps as the value', source, path, 'a map');
    for (const [key, inner] of Object.entries(value as Record<string, unknown>))
      if (!merged.has(key)) merged.set(key, inner);
  }
}

/** The node at a path, or the deepest on the way to it; keys are given as the converted values have them. */
export function nodeAt(document: Document, root: Node | null, path: Path, of: 'key' | 'value'): Node | null {
  let node = root;
  let best = root;
  for (let i = 0; i < path.length; i++) {
    const step = path[i]!;
    while (isAlias(node)) node = (node.resolve(document) as Node | undefined) ?? null;
    let next: Node | null | undefined;
    if (isMap(node)) {
      const pair = node.items.findLast((p) => isScalar(p.key) && keyText(p.key) === String(step));
      const wantsKey = pair !== undefined && (i < path.length - 1 ? false : of === 'key');
      next =
        pair === undefined
          ? undefined
          : wantsKey || pair.value === null
            ? (pair.key as Node)
            : (pair.value as Node);
      if (pair !== undefined && (next as Node).range === undefined) next = pair.key as Node;
    } else if (isSeq(node) && typeof step === 'number') {
      next = node.items[step] as Node | undefined;
    }
    if (next === undefined || next === null) return best;
    node = next;
    best = next;
  }
  return best;
}

const keyText = (key: YamlScalar): string =>
  key.type === YamlScalar.PLAIN && typeof key.value === 'string'
    ? String(resolvePlain(key.value))
    : String(key.value);
