import { LETS_THROUGH } from './dynamic/webhookcall.ts';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../config.ts';
import { BUILT_IN } from '../resources/index.ts';
import { createdFrom } from '../resources/testing.ts';
import type { KubeObject, Pod } from '../types.ts';
import { admit, ADMISSION_PLUGINS, type AdmissionRequest } from './index.ts';

const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'default' },
  spec: {},
  status: {},
} as unknown as KubeObject;
const request = (object: KubeObject, more: Partial<AdmissionRequest> = {}): AdmissionRequest => ({
  operation: 'CREATE',
  definition: BUILT_IN.get('Pod'),
  namespace: 'default',
  name: object.metadata.name,
  object,
  old: undefined,
  subresource: '',
  user: 'u',
  config: DEFAULT_CONFIG,
  view: {
    find: ((kind: string) => (kind === 'Namespace' ? namespace : undefined)) as never,
    list: () => [],
    resources: BUILT_IN,
    now: 0,
    random: () => 0,
    decide: () => ({ allowed: true, reason: '' }),
    isExtended: false,
    callWebhook: () => LETS_THROUGH,
  },
  ...more,
});
const template = {
  containers: [{ name: 'c', image: 'i:1' }],
  tolerations: [{ key: 'k', operator: 'Exists' }],
};
const pod = (name: string): KubeObject =>
  createdFrom({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: template,
  } as never);

describe('admission', () => {
  it('has each plugin once', () => {
    const names = ADMISSION_PLUGINS.map((p) => p.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('changes nothing it has completed before', () => {
    const once = admit(ADMISSION_PLUGINS, request(pod('a')));
    expect(admit(ADMISSION_PLUGINS, request(once, { operation: 'UPDATE', old: once }))).toBe(once);
  });

  it('lets the Pods of one template share what it adds', () => {
    const [a, b] = ['a', 'b'].map((name) => admit(ADMISSION_PLUGINS, request(pod(name))) as unknown as Pod);
    expect(a!.spec.tolerations).toHaveLength(3);
    expect(a!.spec.tolerations).toBe(b!.spec.tolerations);
  });

  it('follows a change of the configured seconds', () => {
    const seconds = (value: number): unknown =>
      (
        admit(
          ADMISSION_PLUGINS,
          request(pod('a'), { config: { ...DEFAULT_CONFIG, defaultUnreachableTolerationSeconds: value } }),
        ) as unknown as Pod
      ).spec.tolerations![2];
    expect(seconds(10)).toMatchObject({ key: 'node.kubernetes.io/unreachable', tolerationSeconds: 10 });
    expect(seconds(20)).toMatchObject({ tolerationSeconds: 20 });
  });
});
