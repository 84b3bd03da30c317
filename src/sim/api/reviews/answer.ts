/**
 * The answers to reviews. Models pkg/registry/authorization/{subject,localsubject,selfsubject}accessreview,
 * selfsubjectrulesreview and pkg/registry/authentication/{tokenreview,selfsubjectreview}, with
 * pkg/apis/authorization/validation.
 */
import type {
  IResourceAttributes,
  ISelfSubjectAccessReviewSpec,
  ISubjectAccessReviewSpec,
} from 'kubernetes-models/authorization.k8s.io/v1';
import type { IUserInfo } from 'kubernetes-models/authentication.k8s.io/v1';
import type { By } from '../../kernel/types.ts';
import { ISSUER, userOfToken, type TokenView } from '../authentication/tokens.ts';
import { userInfoOf, type UserInfo } from '../authentication/user.ts';
import type { Attributes } from '../authorization/attributes.ts';
import type { Authorizer } from '../authorization/authorizer.ts';
import { compacted } from '../authorization/rules.ts';
import { badRequest, invalid } from '../errors.ts';
import type { ResourceDefinition } from '../resources/definition.ts';
import { rfc3339 } from '../time.ts';
import type { KubeObject } from '../types.ts';
import { invalidValue, type Causes } from '../validation/field.ts';

type AccessSpec = ISelfSubjectAccessReviewSpec & Partial<ISubjectAccessReviewSpec>;

export interface Asked {
  readonly authorizer: Authorizer;
  readonly view: TokenView;
  readonly by: By;
}

const isEmpty = (metadata: object, ...but: readonly string[]): boolean =>
  Object.entries(metadata).every(
    ([key, value]) => but.includes(key) || value === undefined || value === null || value === '',
  );

/** What is wrong with a question of the access of somebody; of oneself, no subject is named. */
export function validateAccess({ kind, metadata, spec }: KubeObject, out: Causes): void {
  const { resourceAttributes: resource, nonResourceAttributes: path, user, groups } = spec as AccessSpec;
  if (resource && path)
    out.push(
      invalidValue(
        'spec.nonResourceAttributes',
        path,
        'cannot be specified in combination with resourceAttributes',
      ),
    );
  if (!resource && !path)
    out.push(
      invalidValue(
        'spec.resourceAttributes',
        null,
        'exactly one of nonResourceAttributes or resourceAttributes must be specified',
      ),
    );
  if (kind !== 'SelfSubjectAccessReview' && !user && (groups ?? []).length === 0)
    out.push(invalidValue('spec.user', '', 'at least one of user or group must be specified'));
  const isLocal = kind === 'LocalSubjectAccessReview';
  if (!isEmpty(metadata, ...(isLocal ? ['namespace'] : [])))
    out.push(
      invalidValue('metadata', metadata, isLocal ? 'must be empty except for namespace' : 'must be empty'),
    );
  if (!isLocal) return;
  const within = resource?.namespace ?? '';
  if (resource && within !== (metadata.namespace ?? ''))
    out.push(invalidValue('spec.resourceAttributes.namespace', within, 'must match metadata.namespace'));
  if (path) out.push(invalidValue('spec.nonResourceAttributes', path, 'disallowed on this kind of request'));
}

function attributesOf({ resourceAttributes, nonResourceAttributes }: AccessSpec): Attributes {
  if (nonResourceAttributes)
    return { verb: nonResourceAttributes.verb ?? '', path: nonResourceAttributes.path ?? '' };
  const {
    verb = '',
    group = '',
    resource = '',
    subresource = '',
    namespace = '',
    name = '',
  } = resourceAttributes as IResourceAttributes;
  return { verb, group, resource, subresource, namespace, name };
}

function accessOf(object: KubeObject, { authorizer, by }: Asked): object {
  const causes: Causes = [];
  validateAccess(object, causes);
  if (causes.length > 0) throw invalid(object.kind, 'authorization.k8s.io', '', causes);
  const spec = object.spec as AccessSpec;
  const { user = '', groups = [], uid, extra } = spec;
  const who: UserInfo =
    object.kind === 'SelfSubjectAccessReview'
      ? userInfoOf(by)
      : {
          username: user,
          groups,
          ...(uid ? { uid } : {}),
          ...(extra ? { extra: extra as NonNullable<UserInfo['extra']> } : {}),
        };
  const { allowed, reason } = authorizer.decide(who, attributesOf(spec));
  return { allowed, ...(reason === '' ? {} : { reason }) };
}

function rulesOf({ spec }: KubeObject, { authorizer, by }: Asked): object {
  const { namespace = '' } = spec as { namespace?: string };
  if (namespace === '') throw badRequest('no namespace on request');
  const { rules, problems } = authorizer.current.rightsOf(userInfoOf(by), namespace);
  const resourceRules = [];
  const nonResourceRules = [];
  for (const { verbs, apiGroups, resources, resourceNames, nonResourceURLs = [] } of compacted(rules))
    if (nonResourceURLs.length > 0) nonResourceRules.push({ nonResourceURLs, verbs });
    else resourceRules.push({ apiGroups, ...(resourceNames ? { resourceNames } : {}), resources, verbs });
  return {
    ...(problems.length === 0 ? {} : { evaluationError: problems.join(', ') }),
    incomplete: problems.length > 0,
    nonResourceRules,
    resourceRules,
  };
}

const told = ({ extra, groups, uid, username }: UserInfo): IUserInfo => ({
  ...(extra === undefined ? {} : { extra: extra as NonNullable<IUserInfo['extra']> }),
  groups: [...groups],
  ...(uid === undefined ? {} : { uid }),
  username,
});

function tokenOf({ spec }: KubeObject, { view }: Asked): object {
  const { token = '', audiences = [] } = spec as { token?: string; audiences?: readonly string[] };
  if (token === '') throw badRequest('token is required for TokenReview in authentication');
  const wanted = audiences.length === 0 ? [ISSUER] : audiences;
  const found = userOfToken(view, token, wanted);
  if (typeof found === 'string') return { error: found, user: {} };
  return { audiences: wanted, authenticated: true, user: told(found) };
}

/** The object as it comes back, with its status. @throws ApiError for a question that cannot be answered */
export function answerReview(definition: ResourceDefinition, sent: KubeObject, asked: Asked): KubeObject {
  const { apiVersion, kind, metadata, spec } = sent;
  // A Go struct is never absent.
  const object: KubeObject = { ...sent, spec: spec ?? {} };
  const within = definition.namespaced ? { namespace: metadata.namespace } : {};
  const statusOf = (): object => {
    switch (kind) {
      case 'TokenReview':
        return tokenOf(object, asked);
      case 'SelfSubjectReview':
        return { userInfo: told(userInfoOf(asked.by)) };
      case 'SelfSubjectRulesReview':
        return rulesOf(object, asked);
      default:
        return accessOf(object, asked);
    }
  };
  const answered: unknown = {
    apiVersion,
    kind,
    metadata: {
      ...within,
      ...(kind === 'SelfSubjectReview' ? { creationTimestamp: rfc3339(asked.view.now) } : {}),
    },
    ...(spec === undefined ? {} : { spec }),
    status: statusOf(),
  };
  return answered as KubeObject;
}
