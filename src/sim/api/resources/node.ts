/** Nodes. Models pkg/registry/core/node and pkg/printers/internalversion/printers.go. */
import { fill, into, isNil } from '../defaults/fill.ts';
import { defaultResourceList } from '../defaults/resources.ts';
import { keepStatus } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME, NONE, wide } from '../table/column.ts';
import { nodeAddress, nodeRoles, nodeStatus } from '../table/node.ts';
import type { Node } from '../types.ts';
import { validateNode, validateNodeUpdate } from '../validation/node.ts';
import { defineResource } from './definition.ts';

const orUnknown = (text: string | undefined): string => text || '<unknown>';

export const nodes = defineResource<Node>({
  group: '',
  kind: 'Node',
  plural: 'nodes',
  shortNames: ['no'],
  namespaced: false,
  subresources: { status: true },
  defaults: (node) =>
    into(fill(node, { spec: {}, status: {} }), 'status', (status) => {
      const listed = into(into(status, 'capacity', defaultResourceList), 'allocatable', defaultResourceList);
      return isNil(listed.allocatable) && !isNil(listed.capacity)
        ? { ...listed, allocatable: listed.capacity }
        : listed;
    }),
  strategy: { update: keepStatus },
  validation: { create: validateNode, update: validateNodeUpdate },
  selectableFields: { 'spec.unschedulable': (n) => String(n.spec.unschedulable ?? false) },
  columns: [
    NAME,
    column('Status'),
    column('Roles'),
    AGE,
    column('Version'),
    wide('Internal-IP'),
    wide('External-IP'),
    wide('OS-Image'),
    wide('Kernel-Version'),
    wide('Container-Runtime'),
  ],
  row(node, { now }) {
    const info = node.status.nodeInfo;
    return [
      node.metadata.name,
      nodeStatus(node),
      nodeRoles(node).join(',') || NONE,
      ageOf(created(node), now),
      info?.kubeletVersion ?? '',
      nodeAddress(node, 'InternalIP'),
      nodeAddress(node, 'ExternalIP'),
      orUnknown(info?.osImage),
      orUnknown(info?.kernelVersion),
      orUnknown(info?.containerRuntimeVersion),
    ];
  },
});
