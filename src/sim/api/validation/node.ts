/** Nodes. Models ValidateNode and ValidateNodeUpdate of pkg/apis/core/validation/validation.go. */
import type { Node } from '../types.ts';
import { forbidden, required, type Causes } from './field.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';
import { validateTaints } from './scheduling.ts';
import { subdomainProblems } from './text.ts';

export function validateNode(node: Node, out: Causes): void {
  validateMeta(node.metadata, false, subdomainProblems, out);
  validateTaints(node.spec.taints, 'spec.taints', out);
  // A kubelet registers its machine with a status. Upstream takes a Node without one, on which nothing fits.
  if (node.status === undefined || node.status === null)
    out.push(
      required(
        'status',
        'a Node that no machine registers says itself what it has; "a cluster with nodes:" names machines',
      ),
    );
}

export function validateNodeUpdate(next: Node, old: Node, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.spec.taints !== old.spec.taints) validateTaints(next.spec.taints, 'spec.taints', out);
  if (old.spec.providerID && old.spec.providerID !== next.spec.providerID) {
    out.push(forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid'));
  }
}
