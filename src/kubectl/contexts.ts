/**
 * The contexts of an operator's kubeconfig: all lead to the one cluster of a scenario, as its administrator,
 * and differ in the namespace that commands are for. Source: client-go/tools/clientcmd/api/types.go.
 */
import { KubectlError } from './errors.ts';

export const CLUSTER = 'kubernetes';
export const USER = 'kubernetes-admin';

/** Plain data. */
export interface Contexts {
  readonly current: string;
  /** The namespace of each, by name; '' of one that says none. */
  readonly namespaces: Readonly<Record<string, string>>;
}

/** As `kubeadm init` writes it. */
const INITIAL: Contexts = { current: `${USER}@${CLUSTER}`, namespaces: { [`${USER}@${CLUSTER}`]: '' } };

const DEFAULT = 'default';

/** Those of whoever runs commands; the current one has the namespace that the commands are for. */
export function contextsOf({
  contexts = INITIAL,
  namespace = DEFAULT,
}: {
  readonly contexts?: Contexts;
  readonly namespace?: string;
}): Contexts {
  const { current, namespaces } = contexts;
  const known = namespaces[current];
  if (known === undefined || namespace === (known || DEFAULT)) return contexts;
  return { current, namespaces: { ...namespaces, [current]: namespace } };
}

/** The namespace of commands in a context; of the current one unless it is named. @throws KubectlError */
export function namespaceIn(contexts: Contexts, context = contexts.current): string {
  const namespace = contexts.namespaces[context];
  if (namespace === undefined && context !== contexts.current)
    throw new KubectlError(`context "${context}" does not exist`);
  return namespace || DEFAULT;
}
