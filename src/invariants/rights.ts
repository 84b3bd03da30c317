/** What RBAC promises: who is bound to a role no longer writes no longer. */
import type { Binding } from '../sim/api/resources/rbac.ts';
import { defineInvariant, told } from './define.ts';
import type { InvariantView, Violation } from './types.ts';

/** Of the bindings by which controllers have their rights: `system:controller:job-controller`. */
const PREFIX = 'system:controller:';

/** Names of controllers whose own binding is gone. */
type Unbound = string[];

function isBoundOtherwise(controller: string, view: InvariantView): boolean {
  const bindings = [...view.list('ClusterRoleBinding'), ...view.list('RoleBinding')] as unknown as Binding[];
  return bindings.some(({ subjects = [] }) =>
    subjects.some(({ kind, name }) => kind === 'ServiceAccount' && name === controller),
  );
}

export const rightsHeld = defineInvariant<Unbound>({
  name: 'rights-held',
  asks: 'api',
  about: 'A controller whose binding was deleted writes nothing until it is bound again.',
  why: 'whom a right was taken from must not go on as if nobody had',
  fails:
    'Something was written by a controller whose ClusterRoleBinding, system:controller:NAME, was gone, and ' +
    'whose account no other binding names.',
  init: () => [],
  observe(entry, unbound, view): Violation | undefined {
    if (entry.type !== 'api') return undefined;
    if (entry.kind === 'ClusterRoleBinding' && entry.name.startsWith(PREFIX)) {
      const controller = entry.name.slice(PREFIX.length);
      const at = unbound.indexOf(controller);
      if (entry.after === undefined) unbound.push(controller);
      else if (at >= 0) unbound.splice(at, 1);
      return undefined;
    }
    if (!unbound.includes(entry.by) || isBoundOtherwise(entry.by, view)) return undefined;
    const { kind, namespace, name } = entry;
    const object = `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`;
    const message = told('brokenUnboundWrote', { controller: entry.by, object });
    return { message, objects: [], entry: entry.id };
  },
});
