/**
 * The table of `a cluster with nodes:`: `name, cpu, memory, pods, zone, labels, taints, role`; only `name` is
 * required.
 */
import { parseQuantity } from '../sim/api/quantity.ts';
import type { NodeOptions } from '../sim/cluster.ts';
import { wrong } from './errors.ts';

const COLUMNS = ['name', 'cpu', 'memory', 'pods', 'zone', 'labels', 'taints', 'role'];
const ROLE = 'control-plane';
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

const NODE_NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const LABEL_KEY = /^(?:[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;

function quantityOf(text: string, node: string, column: string): string {
  try {
    if (parseQuantity(text).nano > 0n) return text;
  } catch {
    // told below
  }
  throw wrong('nodeQuantity', { node, column, text, example: column === 'cpu' ? '500m' : '4Gi' });
}

/** `a=b, c=d` */
function labelsOf(text: string, node: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const part of text
    .split(',')
    .map((p) => p.trim())
    .filter((p) => p !== '')) {
    const at = part.indexOf('=');
    if (at < 1 || !LABEL_KEY.test(part.slice(0, at)) || !LABEL_VALUE.test(part.slice(at + 1)))
      throw wrong('nodeLabel', { node, label: part });
    labels[part.slice(0, at)] = part.slice(at + 1);
  }
  return labels;
}

/** `key=value:Effect, key:Effect` */
function taintsOf(text: string, node: string): NonNullable<NodeOptions['taints']> {
  return text
    .split(',')
    .map((p) => p.trim())
    .filter((p) => p !== '')
    .map((part) => {
      const match = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(part);
      const effect = EFFECTS.find((e) => e === match?.[3]);
      if (
        match === null ||
        effect === undefined ||
        !LABEL_KEY.test(match[1]!) ||
        !LABEL_VALUE.test(match[2] ?? '')
      ) {
        throw wrong('nodeTaint', { node, taint: part, effects: EFFECTS });
      }
      return { key: match[1]!, ...(match[2] === undefined ? {} : { value: match[2] }), effect };
    });
}

export function nodesOfTable(rows: readonly (readonly string[])[]): NodeOptions[] {
  const header = (rows[0] ?? []).map((c) => c.trim());
  for (const column of header) {
    if (!COLUMNS.includes(column)) throw wrong('noNodeColumn', { column, columns: COLUMNS });
  }
  if (!header.includes('name')) throw wrong('noNodeNames', { column: 'name' });
  const nodes = rows.slice(1).map((row, i): NodeOptions => {
    const cells = Object.fromEntries(header.map((column, at) => [column, (row[at] ?? '').trim()]));
    const name = cells['name']!;
    if (name === '') throw wrong('nodeWithoutName', { row: i + 1 });
    const options: NodeOptions = { name };
    if (!NODE_NAME.test(name)) throw wrong('nodeName', { name });
    if (cells['cpu']) options.cpu = quantityOf(cells['cpu'], name, 'cpu');
    if (cells['memory']) options.memory = quantityOf(cells['memory'], name, 'memory');
    if (cells['pods']) {
      if (!/^\d+$/.test(cells['pods'])) throw wrong('nodePods', { node: name, pods: cells['pods'] });
      options.pods = cells['pods'];
    }
    if (cells['zone']) {
      if (!LABEL_VALUE.test(cells['zone'])) throw wrong('nodeZone', { node: name, zone: cells['zone'] });
      options.zone = cells['zone'];
    }
    if (cells['labels']) options.labels = labelsOf(cells['labels'], name);
    if (cells['taints']) options.taints = taintsOf(cells['taints'], name);
    if (cells['role']) {
      if (cells['role'] !== ROLE) throw wrong('nodeRole', { node: name, role: cells['role'], known: ROLE });
      options.controlPlane = true;
    }
    return options;
  });
  const names = nodes.map((n) => n.name);
  const twice = names.find((n, i) => names.indexOf(n) !== i);
  if (twice !== undefined) throw wrong('nodeTwice', { name: twice });
  if (nodes.length === 0) throw wrong('noNodeRows', {});
  return nodes;
}

/** The table that `nodesOfTable` reads back; columns that no node fills are left out. */
export function tableOfNodes(nodes: readonly NodeOptions[]): string[][] {
  const cell: Readonly<Record<string, (n: NodeOptions) => string>> = {
    name: (n) => n.name,
    cpu: (n) => n.cpu ?? '',
    memory: (n) => n.memory ?? '',
    pods: (n) => n.pods ?? '',
    zone: (n) => n.zone ?? '',
    labels: (n) =>
      Object.entries(n.labels ?? {})
        .map(([k, v]) => `${k}=${v}`)
        .join(', '),
    taints: (n) =>
      (n.taints ?? [])
        .map((t) => `${t.key}${t.value === undefined ? '' : `=${t.value}`}:${t.effect}`)
        .join(', '),
    role: (n) => (n.controlPlane ? ROLE : ''),
  };
  const columns = COLUMNS.filter((c) => c === 'name' || nodes.some((n) => cell[c]!(n) !== ''));
  return [columns, ...nodes.map((n) => columns.map((c) => cell[c]!(n)))];
}
