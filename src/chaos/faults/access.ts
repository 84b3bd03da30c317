/** Accounts and rights that go: what acted by them is let in no more, or is refused what it did before. */
import { splitName } from '../../sim/api/qualifiedname.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { type Fault, type FaultCall, type FaultContext, misses, type Struck } from '../types.ts';

type Kind = 'ServiceAccount' | 'RoleBinding' | 'ClusterRoleBinding';

interface Met {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
}

/** A binding of the whole cluster unless the name has a namespace, or only that has one of the name. */
function bindingOf({ binding = '' }: FaultCall, { api, namespace }: FaultContext): Met {
  if (!binding.includes('/') && api.find('ClusterRoleBinding', '', binding) !== undefined)
    return { kind: 'ClusterRoleBinding', namespace: '', name: binding };
  return { kind: 'RoleBinding', ...splitName(binding, namespace) };
}

const accountOf = ({ account = '' }: FaultCall, { namespace }: FaultContext): Met => ({
  kind: 'ServiceAccount',
  ...splitName(account, namespace),
});

/** @throws FaultError when there is none */
function remove({ kind, namespace, name }: Met, ctx: FaultContext): Struck {
  const object = ctx.api.find(kind, namespace, name) as KubeObject | undefined;
  if (object === undefined)
    throw misses('noneSuch', { what: kind, name: namespace === '' ? name : `${namespace}/${name}` });
  ctx.api.delete(kind, namespace, name);
  const { uid: _, resourceVersion: __, creationTimestamp: ___, ...metadata } = object.metadata;
  return {
    targets: [namespace === '' ? name : `${namespace}/${name}`],
    undo: { kind, namespace, name, before: { ...object, metadata } },
  };
}

/** As it was, unless somebody has made it since. */
function putBack({ undo }: Struck, ctx: FaultContext): void {
  const { kind, namespace, name, before } = undo as unknown as Met & { before: KubeObject };
  if (ctx.api.find(kind, namespace, name) === undefined) ctx.api.create(before);
}

export const serviceAccountDeleted: Fault = defineFault({
  kind: 'ServiceAccountDeleted',
  family: 'change',
  needs: 'api',
  target: 'account',
  about:
    'A service account is deleted: its tokens count no more, also when an account of its name is there ' +
    'again, Secrets that hold one go, and Pods that are to run as it cannot be made.',
  heals:
    'It is made anew, with another uid, unless somebody has made it since; the `default` of a namespace is ' +
    'left to its controller.',
  phrases: [
    say(
      'service account {string:account} is missing[forMs]',
      '[forMs]サービスアカウント{string:account}が失われる',
    ),
  ],
  strike: (call, ctx) => remove(accountOf(call, ctx), ctx),
  heal(call, struck, ctx) {
    if (accountOf(call, ctx).name !== 'default') putBack(struck, ctx);
  },
});

export const bindingDeleted: Fault = defineFault({
  kind: 'BindingDeleted',
  family: 'change',
  needs: 'api',
  target: 'binding',
  about:
    'A RoleBinding or ClusterRoleBinding is deleted: its subjects are refused what only it allowed them. ' +
    'The components of the cluster have their rights by such, too (`system:kube-scheduler`).',
  heals: 'It is made anew, unless somebody has made it since.',
  phrases: [
    say('binding {string:binding} is missing[forMs]', '[forMs]バインディング{string:binding}が失われる'),
  ],
  strike: (call, ctx) => remove(bindingOf(call, ctx), ctx),
  heal: (_call, struck, ctx) => putBack(struck, ctx),
});
