/** What is asked before something is written: webhooks and policies. */
import type { ManifestObject } from '../../sim/api/manifest/read.ts';
import type { Path } from '../../sim/api/schema/check.ts';
import type { Draft, Edit } from '../edit.ts';
import { get, isFields, leftOut, list, setTo, text, type Fields } from '../shapes.ts';

const WEBHOOKS = 'reference/access-authn-authz/extensible-admission-controllers/';
const POLICIES = 'reference/access-authn-authz/validating-admission-policy/';

const CONFIGURATIONS = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

const each = (
  object: ManifestObject,
  draft: (webhook: Fields, path: Path) => readonly Draft[],
): readonly Draft[] =>
  CONFIGURATIONS.includes(object.kind)
    ? list(object, ['webhooks']).flatMap((w, i) => (isFields(w) ? draft(w, ['webhooks', i]) : []))
    : [];

const named = (webhook: Fields): { webhook: string } => ({ webhook: text(webhook, ['name']) ?? '' });

/** For guards that may be missed for a while rather than stop everybody. */
const webhookFailureIgnored: Edit = {
  name: 'WebhookFailureIgnored',
  direction: 'strengthen',
  words: {
    en: '{object}: what {webhook} does not answer for is let through (failurePolicy Ignore)',
    ja: '{object}: {webhook}が応答しないものは通す(failurePolicy Ignore)',
  },
  source: `${WEBHOOKS}#failure-policy`,
  drafts: (object, place) =>
    each(object, (webhook, path) =>
      text(webhook, ['failurePolicy']) === 'Ignore'
        ? []
        : [setTo(place, [...path, 'failurePolicy'], 'Ignore', named(webhook))],
    ),
};

/** Its own Pods and the cluster's own are made without it, so that it can come back. */
const webhookSparesSystem: Edit = {
  name: 'WebhookSparesSystem',
  direction: 'strengthen',
  words: {
    en: '{object}: {webhook} is not asked in {namespaces}',
    ja: '{object}: {webhook}を{namespaces}では呼ばない',
  },
  source: `${WEBHOOKS}#avoiding-operating-on-the-kube-system-namespace`,
  drafts: (object, place) =>
    each(object, (webhook, path) => {
      if (get(webhook, ['namespaceSelector']) !== undefined) return [];
      const own = text(webhook, ['clientConfig', 'service', 'namespace']);
      const values = [...new Set(['kube-system', ...(own === undefined ? [] : [own])])];
      const selector = { matchExpressions: [{ key: NAMESPACE_NAME, operator: 'NotIn', values }] };
      const args = { ...named(webhook), namespaces: values.join(', ') };
      return [setTo(place, [...path, 'namespaceSelector'], selector, args)];
    }),
};

const policyOnlyWarns: Edit = {
  name: 'AdmissionPolicyOnlyWarns',
  direction: 'weaken',
  words: {
    en: '{object}: what the policy does not allow is only warned of',
    ja: '{object}: ポリシーに反するものを警告だけで通す',
  },
  source: POLICIES,
  drafts: (object, place) =>
    object.kind === 'ValidatingAdmissionPolicyBinding' &&
    list(object, ['spec', 'validationActions']).includes('Deny')
      ? [setTo(place, ['spec', 'validationActions'], ['Warn'])]
      : [],
};

export const admission: readonly Edit[] = [
  leftOut('WebhookDropped', CONFIGURATIONS, WEBHOOKS),
  leftOut(
    'AdmissionPolicyDropped',
    ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'],
    POLICIES,
  ),
  policyOnlyWarns,
  webhookFailureIgnored,
  webhookSparesSystem,
];
