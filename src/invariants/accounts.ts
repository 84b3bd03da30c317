/** What service accounts promise: a namespace has its own, and no token outlives the account it is of. */
import { ACCOUNT_NAME, accountNameOf } from '../sim/api/accountname.ts';
import { isFromTheBeginning } from './beginning.ts';
import { defineInvariant, named, told } from './define.ts';
import type { Violation } from './types.ts';

const DEFAULT = 'default';

export const defaultAccountsThere = defineInvariant<null>({
  name: 'default-accounts-there',
  asks: 'api',
  about: 'In the end every namespace that is not ending has a service account "default".',
  why: 'Pods that name no account run as it, and none can be made without it',
  fails: 'In the end a namespace had no service account "default", though nobody was ending the namespace.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const namespace of view.list('Namespace')) {
      const { name, deletionTimestamp } = namespace.metadata;
      if (deletionTimestamp !== undefined || view.find('ServiceAccount', name, DEFAULT) !== undefined)
        continue;
      if (isFromTheBeginning({ kind: 'ServiceAccount', namespace: name, name: DEFAULT }, view)) continue;
      return { message: told('brokenNoDefaultAccount', { namespace: name }), objects: [namespace] };
    }
    return undefined;
  },
});

export const tokenSecretsFollow = defineInvariant<null>({
  name: 'token-secrets-follow',
  asks: 'api',
  about: 'In the end no Secret holds a token of a service account that is gone, or was another of its name.',
  why: 'whoever finds it takes for a credential what lets nobody in',
  fails: 'In the end a Secret of type kubernetes.io/service-account-token was of no account that is there.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const secret of view.list('Secret')) {
      const account = accountNameOf(secret);
      if (account === undefined) continue;
      const found = view.find('ServiceAccount', secret.metadata.namespace!, account);
      const uid = secret.metadata.annotations?.[ACCOUNT_NAME.replace(/name$/, 'uid')];
      // One that the history does not tell of was there from the beginning.
      if (found === undefined && account === DEFAULT) continue;
      if (found !== undefined && (uid === undefined || uid === found.metadata.uid)) continue;
      const message = told('brokenTokenLeft', { secret: named(secret), account });
      return { message, objects: [secret] };
    }
    return undefined;
  },
});
