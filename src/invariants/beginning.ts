/** What namespaces had before the history begins, of which that does not tell. */
import type { InvariantView } from './types.ts';

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** Whether a namespace has had an object from the beginning, and the history tells nothing of it since. */
export function isFromTheBeginning(
  { kind, namespace, name }: { readonly kind: string; readonly namespace: string; readonly name: string },
  view: InvariantView,
): boolean {
  if (!NAMESPACES.includes(namespace)) return false;
  for (const change of view.changes())
    if (change.kind === kind && change.namespace === namespace && change.name === name) return false;
  return true;
}
