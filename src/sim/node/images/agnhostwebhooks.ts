/** What the admission webhooks of the agnhost image answer, by path. Models test/images/agnhost/webhook. */
import type { WebhookAnswers, WebhookBehaviour } from '../webhooks.ts';

const DENIED = 'Unknown';

const denies = (when: string, message: string): WebhookAnswers => ({
  when,
  denies: { message, reason: DENIED },
});

/** `webhook-disallow` in an object's data forbids that it is written, `webhook-nondeletable` that it goes. */
const guarded = (written: string, deleted: string): WebhookBehaviour => {
  const has = (object: string, value: string): string =>
    `has(${object}.data) && 'webhook-e2e-test' in ${object}.data && ` +
    `${object}.data['webhook-e2e-test'] == '${value}'`;
  return {
    answers: [
      denies(`request.operation != 'DELETE' && ${has('object', 'webhook-disallow')}`, written),
      denies(`request.operation == 'DELETE' && ${has('oldObject', 'webhook-nondeletable')}`, deleted),
    ],
  };
};

/** A stage after the other, the second where the first was done before. */
const staged = (): WebhookBehaviour => ({
  answers: [1, 2].map((stage) => {
    const before = stage === 1 ? 'mutation-start' : 'mutation-stage-1';
    const isDone = (key: string): string => `('${key}' in object.data && object.data['${key}'] == 'yes')`;
    // Of two that fit, the later one is answered.
    const later = stage === 1 ? ` && !${isDone('mutation-stage-1')}` : '';
    return {
      when: `has(object.data) && ${isDone(before)}${later}`,
      patches: [{ op: 'add', path: `/data/mutation-stage-${stage}`, value: 'yes' }],
    };
  }),
});

const LABELS = 'has(object.metadata.labels) && object.metadata.labels.size() > 0';
const TEST_LABEL = "has(object.metadata.labels) && 'webhook-e2e-test' in object.metadata.labels";
const isLabelled = (value: string): string =>
  `${TEST_LABEL} && object.metadata.labels['webhook-e2e-test'] == '${value}'`;

const IS_NAMED_SO = "object.spec.containers.exists(c, c.name.contains('webhook-disallow'))";
const LABEL_UNWANTED = 'the pod contains unwanted label;';
const NAME_UNWANTED = 'the pod contains unwanted container name;';

const ADDED = 'webhook-added-init-container';

export const agnhostWebhooks = (): Readonly<Record<string, WebhookBehaviour>> => ({
  '/always-allow-delay-5s': { afterMs: 5000 },
  '/always-deny': { answers: [{ denies: { message: 'this webhook denies all requests', reason: DENIED } }] },
  '/add-label': {
    answers: [
      {
        when: `!(${LABELS})`,
        patches: [{ op: 'add', path: '/metadata/labels', value: { 'added-label': 'yes' } }],
      },
      { when: LABELS, patches: [{ op: 'add', path: '/metadata/labels/added-label', value: 'yes' }] },
    ],
  },
  '/pods': {
    answers: [
      { when: isLabelled('wait-forever'), afterMs: Number.POSITIVE_INFINITY },
      denies(`${isLabelled('webhook-disallow')} && ${IS_NAMED_SO}`, `${LABEL_UNWANTED} ${NAME_UNWANTED}`),
      denies(isLabelled('webhook-disallow'), LABEL_UNWANTED),
      denies(IS_NAMED_SO, NAME_UNWANTED),
    ],
  },
  '/pods/attach': {
    answers: [
      denies(
        "request.name == 'to-be-attached-pod' && has(object.stdin) && object.stdin && " +
          "has(object.container) && object.container == 'container1'",
        "attaching to pod 'to-be-attached-pod' is not allowed",
      ),
    ],
  },
  '/mutating-pods': {
    answers: [
      {
        when:
          "object.metadata.name == 'webhook-to-be-mutated' && (!has(object.spec.initContainers) || " +
          `!object.spec.initContainers.exists(c, c.name == '${ADDED}'))`,
        patches: [
          {
            op: 'add',
            path: '/spec/initContainers',
            value: [{ image: 'webhook-added-image', name: ADDED, resources: {} }],
          },
        ],
      },
    ],
  },
  '/configmaps': guarded(
    'the configmap contains unwanted key and value',
    'the configmap cannot be deleted because it contains unwanted key and value',
  ),
  '/mutating-configmaps': staged(),
  '/custom-resource': guarded(
    'the custom resource contains unwanted data',
    'the custom resource cannot be deleted because it contains unwanted key and value',
  ),
  '/mutating-custom-resource': staged(),
  '/crd': { answers: [denies(isLabelled('webhook-disallow'), 'the crd contains unwanted label')] },
});
