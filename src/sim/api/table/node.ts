/** What a Node's columns are made from. Source: pkg/printers/internalversion/printers.go (`printNode`). */
import type { Node } from '../types.ts';
import { NONE } from './column.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';

export function nodeRoles(node: Node): string[] {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(node.metadata.labels ?? {})) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length)
      roles.add(key.slice(ROLE_PREFIX.length));
    else if (key === 'kubernetes.io/role' && value !== '') roles.add(value);
  }
  return [...roles].sort();
}

/** `Ready`, `NotReady,SchedulingDisabled`, `Unknown`. */
export function nodeStatus(node: Node): string {
  const ready = (node.status.conditions ?? []).find((c) => c.type === 'Ready');
  const parts = [ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'];
  if (node.spec.unschedulable) parts.push('SchedulingDisabled');
  return parts.join(',');
}

/** The Node's first address of a type. */
export const nodeAddress = (node: Node, type: string): string =>
  (node.status.addresses ?? []).find((a) => a.type === type)?.address ?? NONE;
