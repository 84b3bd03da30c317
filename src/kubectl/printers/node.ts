/** Source: pkg/printers/internalversion/printers.go (`printNode`). */
import type { Node } from '../../sim/api/types.ts';
import { ageOf } from './age.ts';
import { clock, column, created, NONE, wide } from './printer.ts';
import type { Printer } from './printer.ts';

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

const address = (node: Node, type: string): string =>
  (node.status.addresses ?? []).find((a) => a.type === type)?.address ?? NONE;
const orUnknown = (text: string | undefined): string => text || '<unknown>';

export const nodePrinter: Printer<'Node'> = {
  kind: 'Node',
  columns: [
    column('NAME'),
    column('STATUS'),
    column('ROLES'),
    clock('AGE'),
    column('VERSION'),
    wide('INTERNAL-IP'),
    wide('EXTERNAL-IP'),
    wide('OS-IMAGE'),
    wide('KERNEL-VERSION'),
    wide('CONTAINER-RUNTIME'),
  ],
  row(node, { now }) {
    const info = node.status.nodeInfo;
    return [
      node.metadata.name,
      nodeStatus(node),
      nodeRoles(node).join(',') || NONE,
      ageOf(created(node), now),
      info?.kubeletVersion ?? '',
      address(node, 'InternalIP'),
      address(node, 'ExternalIP'),
      orUnknown(info?.osImage),
      orUnknown(info?.kernelVersion),
      orUnknown(info?.containerRuntimeVersion),
    ];
  },
};
