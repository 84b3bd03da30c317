/**
 * Reads a scenario's YAML: `name`, `nodes`, `until`, and `actions`, each `at` a time an `apply`, a `kubectl`
 * line or a `node: {stop|start: NAME}`. A node that is started and was not there before joins.
 */
import { MOST_NODES } from '../dsl/boot.ts';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { parseDuration } from '../chaos/duration.ts';
import { InputError } from '../dsl/errors.ts';
import type { Action, Scenario } from './types.ts';

/** What a document says. @throws InputError for an alias of nothing, or of too much */
function valueOf(doc: Document.Parsed, file: string): unknown {
  try {
    return doc.toJS();
  } catch (error) {
    throw new InputError(`${file}: ${(error as Error).message}`);
  }
}

/** @throws InputError naming file, line, path and what was expected */
export function readScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines });
  if (doc.errors.length > 0) throw new InputError(`${file}: ${doc.errors[0]!.message}`);
  const fail = (path: readonly (string | number)[], expected: string): never => {
    let at = doc.getIn(path, true) as { range?: [number, number, number] } | undefined;
    for (let up = path.slice(0, -1); at?.range === undefined && up.length > 0; up = up.slice(0, -1))
      at = doc.getIn(up, true) as typeof at;
    const where =
      at?.range === undefined ? '' : `:${lines.linePos(at.range[0]).line}:${lines.linePos(at.range[0]).col}`;
    throw new InputError(`${file}${where}: ${path.join('.') || 'the file'}: expected ${expected}`);
  };
  const root = valueOf(doc, file) as Record<string, unknown> | null;
  if (typeof root !== 'object' || root === null || Array.isArray(root))
    return fail([], 'a mapping with name, nodes, until and actions');
  const duration = (value: unknown, path: readonly (string | number)[]): number =>
    (typeof value === 'string'
      ? parseDuration(value)
      : typeof value === 'number'
        ? value * 1000
        : undefined) ?? fail(path, 'a time such as 20s');
  const nodes = root['nodes'] ?? 3;
  if (typeof nodes !== 'number' || !Number.isInteger(nodes) || nodes < 1 || nodes > MOST_NODES)
    return fail(['nodes'], `a number of nodes, at most ${MOST_NODES}`);
  const list = root['actions'];
  if (!Array.isArray(list)) return fail(['actions'], 'a list of actions');
  const actions = list.map((entry: unknown, i): Action => {
    const path = ['actions', i];
    if (typeof entry !== 'object' || entry === null)
      return fail(path, 'a mapping with at, and apply, kubectl or node');
    const action = entry as Record<string, unknown>;
    const at = duration(action['at'] ?? '0s', [...path, 'at']);
    const { apply, kubectl, node } = action;
    if (typeof apply === 'string') return { at, type: 'apply', manifest: apply };
    if (typeof kubectl === 'string')
      return { at, type: 'kubectl', line: kubectl, background: action['background'] === true };
    if (typeof node === 'object' && node !== null) {
      const [[does, name] = ['', '']] = Object.entries(node);
      if ((does === 'stop' || does === 'start') && typeof name === 'string')
        return { at, type: 'node', does, node: name };
      return fail([...path, 'node'], '{stop: NAME} or {start: NAME}');
    }
    return fail(path, 'one of apply (a manifest), kubectl (a line) or node');
  });
  const sorted = actions
    .map((action, i) => ({ action, i }))
    .sort((a, b) => a.action.at - b.action.at || a.i - b.i)
    .map((x) => x.action);
  const known = new Set(Array.from({ length: nodes }, (_, i) => `node-${i + 1}`));
  for (const action of sorted) {
    if (action.type !== 'node') continue;
    if (action.does === 'stop' && !known.has(action.node))
      fail(
        ['actions', actions.indexOf(action), 'node', 'stop'],
        `a node that is there by then (${[...known].join(', ')})`,
      );
    known.add(action.node);
  }
  return {
    file: file.slice(file.lastIndexOf('/') + 1),
    name: String(root['name'] ?? file),
    nodes,
    untilMs:
      root['until'] === undefined
        ? (sorted[sorted.length - 1]?.at ?? 0) + 60_000
        : duration(root['until'], ['until']),
    actions: sorted,
  };
}
