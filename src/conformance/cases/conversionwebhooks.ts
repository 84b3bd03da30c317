/** What a conversion webhook makes of objects, and what is said where nothing comes of asking it. */
import { callConverter } from '../../sim/network/webhooks.ts';
import type { NetworkEnv } from '../../sim/network/types.ts';
import { emptyWorld } from '../../sim/node/world.ts';
import { webhooksIn, type ConversionBehaviour, type WebhookTrouble } from '../../sim/node/webhooks.ts';
import { conversionFailed, convertedBy } from '../../sim/api/resources/conversion.ts';
import type { VersionConversion } from '../../sim/api/resources/versionconversion.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { object, type Fields } from './api-objects.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const NAME = 'multiversion.stable.example.com';
const multiversion = (fields: Fields, metadata: Fields = {}): KubeObject =>
  ({ ...object('stable.example.com/v1beta1', 'MultiVersion', undefined, metadata, false), ...fields }) as KubeObject;

/** hostPort of v1beta1 is host and port of v1, as in the tests of the e2e suite's webhook. */
const SPLIT: readonly VersionConversion[] = [
  { from: 'v1beta1', to: 'v1', sets: { host: "object.hostPort.split(':')[0]", port: "object.hostPort.split(':')[1]" }, drops: ['hostPort'] },
  { from: 'v1', to: 'v1beta1', sets: { hostPort: "object.host + ':' + object.port" }, drops: ['host', 'port'] },
];
const MOVED: readonly VersionConversion[] = [
  { from: 'v1alpha1', to: 'v1beta1', moves: { 'content.key': 'content.name' } },
  { from: 'v1beta1', to: 'v1', moves: { 'content.name': 'spec.id' } },
];

type Conversion = readonly [name: string, rules: readonly VersionConversion[], given: KubeObject, from: string, to: string, expected: unknown];
const fieldsOf = ({ apiVersion: _, kind: __, metadata: ___, spec, ...fields }: KubeObject): unknown => (spec === undefined ? fields : { ...fields, spec });
const CONVERSIONS: readonly Conversion[] = [
  ['nothing said: the fields stay', [], multiversion({ content: { key: 'value' } }), 'v1beta1', 'v1', { content: { key: 'value' } }],
  ['a field becomes two', SPLIT, multiversion({ hostPort: 'localhost:80' }), 'v1beta1', 'v1', { host: 'localhost', port: '80' }],
  ['two become one', SPLIT, multiversion({ host: 'localhost', port: '80' }), 'v1', 'v1beta1', { hostPort: 'localhost:80' }],
  ['a field moves', MOVED, multiversion({ content: { name: 'a' }, num: { num1: 1 } }), 'v1beta1', 'v1', { content: {}, num: { num1: 1 }, spec: { id: 'a' } }],
  ['the way back of what moves follows', MOVED, multiversion({ spec: { id: 'a' } }), 'v1', 'v1beta1', { content: { name: 'a' }, spec: {} }],
  ['over a version between', MOVED, multiversion({ content: { key: 'a' } }), 'v1alpha1', 'v1', { content: {}, spec: { id: 'a' } }],
  ['and back', MOVED, multiversion({ spec: { id: 'a' } }), 'v1', 'v1alpha1', { content: { key: 'a' }, spec: {} }],
  ['what is not there does not move', MOVED, multiversion({ other: 1 }), 'v1beta1', 'v1', { other: 1 }],
  ['two fields that change places', [{ from: 'v1beta1', to: 'v1', moves: { a: 'b', b: 'a' } }], multiversion({ a: 1, b: 2 }), 'v1beta1', 'v1', { a: 2, b: 1 }],
  ['numbers stay numbers', [{ from: 'v1beta1', to: 'v1', sets: { 'spec.replicas': 'object.replicas + 1' }, drops: ['replicas'] }], multiversion({ replicas: 1 }), 'v1beta1', 'v1', { spec: { replicas: 2 } }],
];

const metadataAfter = (rules: readonly VersionConversion[], metadata: Fields): unknown => {
  const { name, uid, labels, annotations } = convertedBy(rules, multiversion({}, { name: 'a', uid: 'x', ...metadata }), 'v1beta1', 'v1').metadata;
  return { name, uid, ...(labels && { labels }), ...(annotations && { annotations }) };
};
const set = (path: string, expression: string): readonly VersionConversion[] => [{ from: 'v1beta1', to: 'v1', sets: { [path]: expression } }];

const failing = (run: () => unknown): string => {
  try {
    run();
    return 'converted';
  } catch (error) {
    return (error as Error).message;
  }
};

const SERVICE = { namespace: 'default', name: 'converter', path: '/convert' };
/** @param service what the API has of it */
function asked(behaviour: ConversionBehaviour, trouble: WebhookTrouble = {}, service?: Fields, client: Fields = { url: 'https://converter.example.com/convert' }): string {
  const world = emptyWorld();
  const webhooks = webhooksIn(world);
  (webhooks.conversions = new Map()).set(NAME, behaviour);
  webhooks.troubles.set(NAME, trouble);
  const env: NetworkEnv = { world, now: 0, random: () => 0, hop: () => 0 };
  const view = { find: () => (service === undefined ? undefined : object('v1', 'Service', service, { name: 'converter', namespace: 'default' })) };
  const why = callConverter(env, { name: NAME, client, view: view as never });
  return why === undefined ? 'converted' : conversionFailed('stable.example.com/v1', 'MultiVersion', why).message;
}
const POST = 'conversion webhook for stable.example.com/v1, Kind=MultiVersion failed: Post "https://converter.example.com/convert?timeout=30s": ';
const TO_SERVICE = 'conversion webhook for stable.example.com/v1, Kind=MultiVersion failed: Post "https://converter.default.svc:443/convert?timeout=30s": ';
const X509 = 'tls: failed to verify certificate: x509: ';

type Asking = readonly [name: string, run: ConformanceCase['run'], expected: string];
const ASKING: readonly Asking[] = [
  ['it answers', () => asked({}), 'converted'],
  ['it is down', () => asked({}, { down: true }), `${POST}dial tcp converter.example.com:443: connect: connection refused`],
  ['it answers after its time-out', () => asked({ afterMs: 30_000 }), `${POST}context deadline exceeded`],
  ['it answers just in time', () => asked({ afterMs: 29_999 }), 'converted'],
  ['it is slower than it was', () => asked({ afterMs: 20_000 }, { slowMs: 10_000 }), `${POST}context deadline exceeded`],
  ['it says why it fails', () => asked({ fails: 'unexpected conversion version' }), 'conversion webhook for stable.example.com/v1, Kind=MultiVersion failed: unexpected conversion version'],
  ['its certificate is nobody’s', () => asked({ certificate: 'unknown authority' }), `${POST}${X509}certificate signed by unknown authority`],
  ['its certificate has expired', () => asked({ certificate: 'expired' }), `${POST}${X509}certificate has expired or is not yet valid`],
  ['its certificate is another’s', () => asked({ certificate: 'other name' }), `${POST}${X509}certificate is valid for other.example.com, not converter.example.com`],
  ['its Service is not there', () => asked({}, {}, undefined, { service: SERVICE }), `${TO_SERVICE}service "converter" not found`],
  ['its Service has no such port', () => asked({}, {}, { clusterIP: '10.96.0.9', ports: [{ port: 8443 }] }, { service: SERVICE }), `${TO_SERVICE}no service port 443 found for service "converter"`],
  ['its Service has no address', () => asked({}, {}, { clusterIP: 'None', ports: [{ port: 443 }] }, { service: SERVICE }), `${TO_SERVICE}cannot route to service with ClusterIP "None"`],
];

export const conversionWebhookCases: CaseArea = {
  area: 'conversion webhooks',
  source: 'staging/src/k8s.io/apiextensions-apiserver/{pkg/apiserver/conversion/webhook_converter.go,test/integration/conversion/conversion_test.go}',
  cases: [
    ...CONVERSIONS.map(([name, rules, given, from, to, expected]): ConformanceCase => ({ name, run: () => fieldsOf(convertedBy(rules, given, from, to)), expected })),
    { name: 'labels and annotations may change', run: () => metadataAfter(set('metadata.annotations.was', "'v1beta1'"), { labels: { a: 'b' } }), expected: { name: 'a', uid: 'x', labels: { a: 'b' }, annotations: { was: 'v1beta1' } } },
    { name: 'the rest of metadata stays as it was', run: () => metadataAfter(set('metadata.uid', "'other'"), {}), expected: { name: 'a', uid: 'x' } },
    {
      name: 'an expression that fails is the webhook’s failure',
      run: () => failing(() => convertedBy(set('spec.a', 'object.no.such'), multiversion({}), 'v1beta1', 'v1')),
      expected: 'conversion webhook for stable.example.com/v1beta1, Kind=MultiVersion failed: no such key: no',
    },
    ...ASKING.map(([name, run, expected]): ConformanceCase => ({ name, run, expected })),
  ],
};
