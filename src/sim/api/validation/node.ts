/** Nodes. Models ValidateNode and ValidateNodeUpdate of pkg/apis/core/validation/validation.go. */
import type { Node } from '../types.ts';
import { forbidden, type Causes } from './field.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';
import { validateTaints } from './scheduling.ts';
import { subdomainProblems } from './text.ts';

export function validateNode(node: Node, out: Causes): void {
  validateMeta(node.metadata, false, subdomainProblems, out);
  validateTaints(node.spec.taints, 'spec.taints', out);
}

export function validateNodeUpdate(next: Node, old: Node, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.spec.taints !== old.spec.taints) validateTaints(next.spec.taints, 'spec.taints', out);
  if (old.spec.providerID && old.spec.providerID !== next.spec.providerID) {
    out.push(forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid'));
  }
}
