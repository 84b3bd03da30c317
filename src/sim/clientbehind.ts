/** A client of a server behind an APIService. */
import type { ApiClient, Extension } from './api/client.ts';
import { actingAs, AUTHENTICATED, MASTERS, userInfoOf } from './api/authentication/user.ts';
import { ApiError } from './api/errors.ts';
import type { ApiServer, ExtensionServer } from './api/server.ts';
import { Client } from './client.ts';
import type { By } from './kernel/types.ts';

const REVIEW = {
  verb: 'create',
  group: 'authorization.k8s.io',
  resource: 'subjectaccessreviews',
  subresource: '',
  namespace: '',
  name: '',
} as const;

/**
 * Who was let through by the API server is let through there, too, once that can ask whether he may: models
 * DelegatingAuthorizationOptions of staging/src/k8s.io/apiserver/pkg/server/options/authorization.go.
 * @throws ApiError where it cannot
 */
export function clientBehind(own: ApiServer, { server, account }: ExtensionServer, by: By): ApiClient {
  const user = userInfoOf(by);
  if (!user.groups.includes(MASTERS)) {
    if (account === undefined) throw new ApiError('InternalError', 'Internal Server Error: Unauthorized');
    try {
      own.authorizer.check({ actor: account, user: account, cause: by.cause }, REVIEW);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new ApiError('InternalError', `Internal Server Error: ${error.message}`);
    }
  }
  const asked = actingAs(by, { ...user, groups: [MASTERS, AUTHENTICATED] });
  return new Client({ reach: () => server }, asked);
}

export const extensionOf = (own: ApiServer, reached: ExtensionServer): Extension => ({
  serves: reached.server.serves,
  revision: reached.server.state.store.revision,
  writes: reached.writes,
  client: (by) => clientBehind(own, reached, by),
});
