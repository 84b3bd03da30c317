/** What is wrong with CustomResourceDefinitions and their schemas, and which of their versions come first. */
import { compareVersions } from '../../sim/api/resources/customresource.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { object, refusals, updateRefusals, type Fields } from './api-objects.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const version = (schema: Fields = {}, more: Fields = {}): Fields => ({
  name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', ...schema } }, ...more,
});
const definition = (spec: Fields = {}, metadata: Fields = {}): KubeObject =>
  object(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    { group: 'group.com', scope: 'Namespaced', names: { plural: 'plurals', singular: 'singular', kind: 'Plural', listKind: 'PluralList' }, versions: [version()], ...spec },
    { name: 'plurals.group.com', ...metadata },
    false,
  );
const schema = (fields: Fields, more: Fields = {}): KubeObject => definition({ versions: [version(fields, more)] });
const property = (fields: Fields): KubeObject => schema({ properties: { a: fields } });
const ROOT = 'spec.versions[0].schema.openAPIV3Schema';
const A = `${ROOT}.properties[a]`;
const keyed = (item: Fields, keys: readonly string[] = ['k'], more: Fields = {}): Fields => ({
  type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys, items: { type: 'object', ...item }, ...more,
});
const PROTECTED = { group: 'thing.k8s.io', names: { plural: 'plurals', kind: 'Plural' } };
const webhook = (clientConfig: Fields, conversionReviewVersions: readonly string[] = ['v1']): Fields => ({
  conversion: { strategy: 'Webhook', webhook: { clientConfig, conversionReviewVersions } },
});

type Refusal = readonly [name: string, draft: KubeObject, expected: readonly string[]];
const REFUSALS: readonly Refusal[] = [
  ['nothing is wrong', definition(), []],
  ['another name', definition({}, { name: 'plural.group.com' }), ['metadata.name: Invalid value']],
  ['a group without a dot', definition({ group: 'group' }, { name: 'plurals.group' }), ['spec.group: Invalid value']],
  ['a group that is no name', definition({ group: 'A.com' }, { name: 'plurals.A.com' }), ['metadata.name: Invalid value', 'spec.group: Invalid value']],
  ['a scope that there is not', definition({ scope: 'Everywhere' }), ['spec.scope: Unsupported value']],
  ['two versions stored', definition({ versions: [version(), version({}, { name: 'v2' })] }), ['spec.versions: Invalid value', 'status.storedVersions: Invalid value']],
  ['none stored', definition({ versions: [version({}, { storage: false })] }), ['spec.versions: Invalid value', 'status.storedVersions: Invalid value']],
  ['two versions of one name', definition({ versions: [version(), version({}, { storage: false })] }), ['spec.versions: Invalid value']],
  ['a version without a schema', definition({ versions: [{ name: 'v1', served: true, storage: true }] }), [`${ROOT}: Required value`]],
  ['kind and list kind the same', definition({ names: { plural: 'plurals', kind: 'Plural', listKind: 'Plural' } }), ['spec.names.listKind: Invalid value']],
  ['names that are none', definition({ names: { plural: 'plurals', singular: 'S_', kind: 'Plural', shortNames: ['_'], categories: ['_'] } }), ['spec.names.singular: Invalid value', 'spec.names.shortNames[0]: Invalid value', 'spec.names.categories[0]: Invalid value']],
  ['fields kept whatever they are', definition({ preserveUnknownFields: true }), ['spec.preserveUnknownFields: Invalid value']],
  ['a warning of what is not deprecated', schema({}, { deprecationWarning: 'old' }), ['spec.versions[0].deprecationWarning: Invalid value']],
  ['a group of the community without approval', definition(PROTECTED, { name: 'plurals.thing.k8s.io' }), ['metadata.annotations[api-approved.kubernetes.io]: Required value']],
  ['… approved', definition(PROTECTED, { name: 'plurals.thing.k8s.io', annotations: { 'api-approved.kubernetes.io': 'https://github.com/kubernetes/kubernetes/pull/1' } }), []],
  ['… with a reason not to be', definition(PROTECTED, { name: 'plurals.thing.k8s.io', annotations: { 'api-approved.kubernetes.io': 'unapproved, an experiment' } }), []],
  ['… with anything else', definition(PROTECTED, { name: 'plurals.thing.k8s.io', annotations: { 'api-approved.kubernetes.io': 'yes' } }), ['metadata.annotations[api-approved.kubernetes.io]: Invalid value']],
  ['a webhook without a place', definition(webhook({})), ['spec.conversion.webhookClientConfig: Required value']],
  ['a webhook with two', definition(webhook({ url: 'https://a.com', service: { name: 'a', namespace: 'b' } })), ['spec.conversion.webhookClientConfig: Required value']],
  ['a webhook that reads no review', definition(webhook({ url: 'https://a.com' }, ['v2'])), ['spec.conversion.conversionReviewVersions: Invalid value']],
  ['a webhook that nobody asks', definition({ conversion: { strategy: 'None', webhook: { conversionReviewVersions: ['v1'] } } }), ['spec.conversion.webhookClientConfig: Forbidden', 'spec.conversion.conversionReviewVersions: Forbidden']],
  ['replicas outside of spec', schema({}, { subresources: { scale: { specReplicasPath: '.replicas', statusReplicasPath: '.status.replicas' } } }), ['spec.versions[0].subresources.scale.specReplicasPath: Invalid value']],
  ['a selector outside of both', schema({}, { subresources: { scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas', labelSelectorPath: '.selector' } } }), ['spec.versions[0].subresources.scale.labelSelectorPath: Invalid value']],
  ['a column of no type that there is', schema({}, { additionalPrinterColumns: [{ name: 'a', type: 'text', jsonPath: '.spec.a' }] }), ['spec.versions[0].additionalPrinterColumns[0].type: Invalid value']],
  ['a column without a dot', schema({}, { additionalPrinterColumns: [{ name: 'a', type: 'string', jsonPath: 'spec.a' }] }), ['spec.versions[0].additionalPrinterColumns[0].JSONPath: Invalid value']],
  ['a selectable field', schema({ properties: { a: { type: 'string' } } }, { selectableFields: [{ jsonPath: '.a' }] }), []],
  ['one that is not there', schema({}, { selectableFields: [{ jsonPath: '.a' }] }), ['spec.versions[0].selectableFields[0].jsonPath: Invalid value']],
  ['one that is no scalar', schema({ properties: { a: { type: 'array', items: { type: 'string' } } } }, { selectableFields: [{ jsonPath: '.a' }] }), ['spec.versions[0].selectableFields[0].jsonPath: Invalid value']],
  ['one twice', schema({ properties: { a: { type: 'string' } } }, { selectableFields: [{ jsonPath: '.a' }, { jsonPath: '.a' }] }), ['spec.versions[0].selectableFields[1].jsonPath: Duplicate value']],
  ['a root that is no object', definition({ versions: [{ ...version(), schema: { openAPIV3Schema: { type: 'array', items: { type: 'string' } } } }] }), [`${ROOT}.type: Invalid value`]],
  ['a root that may be nothing', schema({ nullable: true }), [`${ROOT}.nullable: Forbidden`]],
  ['values of any name at the root', schema({ additionalProperties: { type: 'string' } }), [`${ROOT}.additionalProperties: Forbidden`]],
  ['a field of no type', property({}), [`${A}.type: Required value`]],
  ['a field of a type that there is not', property({ type: 'text' }), [`${A}.type: Unsupported value`]],
  ['an array of nothing', property({ type: 'array' }), [`${A}.items: Required value`]],
  ['an item of no type', property({ type: 'array', items: {} }), [`${A}.items.type: Required value`]],
  ['metadata that says more than names', schema({ properties: { metadata: { type: 'object', properties: { labels: { type: 'object' } } } } }), [`${ROOT}.properties[metadata]: Forbidden`]],
  ['metadata that says names', schema({ properties: { metadata: { type: 'object', properties: { name: { type: 'string', maxLength: 5 } } } } }), []],
  ['a type within any of some', property({ type: 'integer', anyOf: [{ type: 'integer', minimum: 1 }] }), [`${A}.anyOf[0].type: Forbidden`]],
  ['an integer or a string, said at length', property({ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] }), []],
  ['a default within not', property({ type: 'integer', not: { default: 1 } }), [`${A}.not.default: Forbidden`]],
  ['fields that only a narrowing says', schema({ anyOf: [{ properties: { b: { minLength: 1 } } }] }), [`${ROOT}.properties[b]: Required value`]],
  ['both properties and values of any name', property({ type: 'object', properties: { b: { type: 'string' } }, additionalProperties: { type: 'string' } }), [`${A}.additionalProperties: Forbidden`]],
  ['items without a second', property({ type: 'array', items: { type: 'string' }, uniqueItems: true }), [`${A}.uniqueItems: Forbidden`]],
  ['unknown fields not kept', property({ type: 'object', 'x-kubernetes-preserve-unknown-fields': false }), [`${A}.x-kubernetes-preserve-unknown-fields: Invalid value`]],
  ['an object within that says nothing', property({ type: 'object', 'x-kubernetes-embedded-resource': true }), [`${A}.properties: Required value`]],
  ['a pattern that is none', property({ type: 'string', pattern: '(' }), [`${A}.pattern: Invalid value`]],
  ['a map of a list without keys', property({ type: 'array', 'x-kubernetes-list-type': 'map', items: { type: 'object' } }), [`${A}.x-kubernetes-list-map-keys: Required value`]],
  ['keys without a map', property({ type: 'array', 'x-kubernetes-list-map-keys': ['k'], items: { type: 'object', properties: { k: { type: 'string' } } } }), [`${A}.x-kubernetes-list-type: Required value`]],
  ['keys that may be absent', property(keyed({ properties: { k: { type: 'string' } } })), [`${A}.items.properties[k].default: Required value`]],
  ['keys with a default', property(keyed({ properties: { k: { type: 'string', default: '' } } })), []],
  ['keys that may be nothing', property(keyed({ properties: { k: { type: 'string', nullable: true } }, required: ['k'] })), [`${A}.items.properties[k].nullable: Forbidden`]],
  ['keys that no item has', property(keyed({ properties: { j: { type: 'string' } } })), [`${A}.x-kubernetes-list-map-keys: Invalid value`]],
  ['a key that is a list', property(keyed({ properties: { k: { type: 'array', items: { type: 'string' } } }, required: ['k'] })), [`${A}.items.properties[k].type: Invalid value`]],
  ['a set of objects that are not atomic', property({ type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'object' } }), [`${A}.items.x-kubernetes-map-type: Invalid value`]],
  ['a list of a type that there is not', property({ type: 'array', 'x-kubernetes-list-type': 'bag', items: { type: 'string' } }), [`${A}.x-kubernetes-list-type: Unsupported value`]],
  ['a default that is none', property({ type: 'integer', default: 'x' }), [`${A}.default: Invalid value`]],
  ['a default with fields that nobody knows', property({ type: 'object', properties: { b: { type: 'string' } }, default: { c: 1 } }), [`${A}.default: Invalid value`]],
  ['a default of the name', schema({ properties: { metadata: { type: 'object', default: {} } } }), [`${ROOT}.properties[metadata].default: Forbidden`]],
  ['a rule of a field that is not there', property({ type: 'object', 'x-kubernetes-validations': [{ rule: 'self.b == 1' }] }), [`${A}.x-kubernetes-validations[0].rule: Invalid value`]],
  ['a rule that says nothing', property({ type: 'string', 'x-kubernetes-validations': [{ rule: ' ' }] }), [`${A}.x-kubernetes-validations[0].rule: Required value`]],
  ['a reason that there is not', property({ type: 'string', 'x-kubernetes-validations': [{ rule: 'true', reason: 'Bad' }] }), [`${A}.x-kubernetes-validations[0].reason: Unsupported value`]],
  ['a path to no field', property({ type: 'object', properties: { b: { type: 'string' } }, 'x-kubernetes-validations': [{ rule: 'true', fieldPath: '.c' }] }), [`${A}.x-kubernetes-validations[0].fieldPath: Invalid value`]],
  ['a transition in a list without keys', property({ type: 'array', items: { type: 'string', 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] } }), [`${A}.items.x-kubernetes-validations[0].rule: Invalid value`]],
];

const changed = (spec: Fields): ConformanceCase['run'] => () => updateRefusals(definition(), definition(spec));

export const definitionCases: CaseArea = {
  area: 'definitions of custom resources',
  source: 'staging/src/k8s.io/apiextensions-apiserver/pkg/{apis/apiextensions/validation,apiserver/schema}/validation_test.go',
  cases: [
    ...REFUSALS.map(([name, draft, expected]): ConformanceCase => ({ name, run: () => refusals(draft), expected })),
    { name: 'its plural stays', run: changed({ names: { plural: 'others', kind: 'Plural' } }), expected: ['spec.names.plural: Invalid value'] },
    { name: 'its kind may change until it is established', run: changed({ names: { plural: 'plurals', kind: 'Other' } }), expected: [] },
    { name: 'a version that was stored stays', run: changed({ versions: [version({}, { name: 'v2' })] }), expected: ['status.storedVersions[0]: Invalid value'] },
    {
      name: 'versions in their order',
      run: () => ['foo10', 'v1', 'v3beta1', 'v10', 'v11alpha2', 'v2', 'v12alpha1', 'v10beta3', 'foo1', 'v11beta2', 'v11'].sort(compareVersions),
      expected: ['v11', 'v10', 'v2', 'v1', 'v11beta2', 'v10beta3', 'v3beta1', 'v12alpha1', 'v11alpha2', 'foo1', 'foo10'],
    },
  ],
};
