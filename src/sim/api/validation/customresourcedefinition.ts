/**
 * Rules of CustomResourceDefinitions. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go. Messages name
 * fields as the internal version has them where upstream's do.
 */
import { deepEqual } from '../equal.ts';
import { isTrue, type CustomResourceDefinition } from '../resources/customresource.ts';
import type { StructuralSchema } from '../schema/structural/schema.ts';
import { isNil } from '../defaults/fill.ts';
import { schemaAt, validateSchema } from './customresourceschema.ts';
import { duplicate, forbidden, invalidValue, oneOf, required, tooMany, type Causes } from './field.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';
import { eachAt } from './rules.ts';
import { label1035Problems, subdomainProblems } from './text.ts';
import { validateWebhookClient } from './webhookclient.ts';

type Spec = CustomResourceDefinition['spec'];
type Version = Spec['versions'][number];
type Names = Spec['names'];

/** Approval of APIs in the groups of the community (pkg/apihelpers/helpers.go). */
const APPROVAL = 'api-approved.kubernetes.io';
const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];
const MOST_SELECTABLE = 8;
const REVIEW_VERSIONS = ['v1', 'v1beta1'];

export const isProtectedGroup = (group: string): boolean => /(^|\.)(k8s|kubernetes)\.io$/.test(group);

export interface Approval {
  readonly state: 'missing' | 'bypassed' | 'approved' | 'invalid';
  readonly reason: string;
}

export function approvalOf({ metadata }: CustomResourceDefinition): Approval {
  const text = metadata.annotations?.[APPROVAL] ?? '';
  const see = 'see https://github.com/kubernetes/enhancements/pull/1111';
  if (text === '')
    return {
      state: 'missing',
      reason: `protected groups must have approval annotation "${APPROVAL}", ${see}`,
    };
  if (text.startsWith('unapproved'))
    return { state: 'bypassed', reason: `not approved: ${JSON.stringify(text)}` };
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+/i.test(text))
    return { state: 'approved', reason: `approved in ${text}` };
  const either = 'with either a URL or a reason starting with "unapproved"';
  return {
    state: 'invalid',
    reason: `protected groups must have approval annotation "${APPROVAL}" ${either}, ${see}`,
  };
}

function validateApproval(
  definition: CustomResourceDefinition,
  old: CustomResourceDefinition | undefined,
  out: Causes,
): void {
  if (!isProtectedGroup(definition.spec.group ?? '')) return;
  const { state, reason } = approvalOf(definition);
  if (old !== undefined && approvalOf(old).state === state) return;
  const at = `metadata.annotations[${APPROVAL}]`;
  if (state === 'missing') out.push(required(at, reason));
  if (state === 'invalid') out.push(invalidValue(at, definition.metadata.annotations![APPROVAL], reason));
}

function validateNames(names: Names, at: string, out: Causes): void {
  const check = (name: string, value: string | undefined, mixed: boolean): void => {
    const problems = value ? label1035Problems(mixed ? value.toLowerCase() : value) : [];
    if (problems.length > 0)
      out.push(
        invalidValue(
          `${at}.${name}`,
          value,
          `${mixed ? 'may have mixed case, but should otherwise match: ' : ''}${problems.join(',')}`,
        ),
      );
  };
  check('plural', names.plural, false);
  check('singular', names.singular, false);
  check('kind', names.kind, true);
  check('listKind', names.listKind, true);
  (names.shortNames ?? []).forEach((name, i) => check(`shortNames[${i}]`, name, false));
  if (names.kind && names.kind === names.listKind)
    out.push(invalidValue(`${at}.listKind`, names.listKind, 'kind and listKind may not be the same'));
  (names.categories ?? []).forEach((name, i) => check(`categories[${i}]`, name, false));
}

function validateJsonPath(path: string | undefined, at: string, below: readonly string[], out: Causes): void {
  if (!path) return void out.push(required(at));
  if (!path.startsWith('.'))
    return void out.push(invalidValue(at, path, 'must be a simple json path starting with .'));
  if (below.length === 0 || below.some((root) => path.startsWith(`.${root}.`))) return;
  const roots = below.map((root) => `.${root}`).join(' or ');
  const either = below.length > 1 ? 'either ' : '';
  out.push(invalidValue(at, path, `should be a json path under ${either}${roots}`));
}

type PrinterColumns = NonNullable<Version['additionalPrinterColumns']>;

function validateColumn(column: PrinterColumns[number], at: string, out: Causes): void {
  const { name, type, format, jsonPath } = column;
  const oneOfTypes = `must be one of ${COLUMN_TYPES.join(',')}`;
  if (!name) out.push(required(`${at}.name`));
  if (!type) out.push(required(`${at}.type`, oneOfTypes));
  else if (!COLUMN_TYPES.includes(type)) out.push(invalidValue(`${at}.type`, type, oneOfTypes));
  if (format && !COLUMN_FORMATS.includes(format))
    out.push(invalidValue(`${at}.format`, format, `must be one of ${COLUMN_FORMATS.join(',')}`));
  validateJsonPath(jsonPath, `${at}.JSONPath`, [], out);
}

function validateSelectable({ selectableFields = [], schema }: Version, at: string, out: Causes): void {
  const root = schema?.openAPIV3Schema as StructuralSchema | undefined;
  const seen = new Set<string>();
  selectableFields.forEach(({ jsonPath }, i) => {
    const field = `${at}[${i}].jsonPath`;
    if (!jsonPath) return void out.push(required(field));
    const found = root && schemaAt(root, jsonPath);
    if (found === undefined) {
      const name = jsonPath.replace(/^.*\./, '');
      return void out.push(
        invalidValue(field, jsonPath, `is an invalid path: does not refer to a valid field: ${name}`),
      );
    }
    if (jsonPath.startsWith('.metadata'))
      out.push(invalidValue(field, jsonPath, 'must not point to fields in metadata'));
    if (!['string', 'boolean', 'integer'].includes(found.type ?? ''))
      out.push(
        invalidValue(
          field,
          jsonPath,
          'must point to a field of type string, boolean or integer. Enum string fields and strings with ' +
            'formats are allowed.',
        ),
      );
    if (seen.has(jsonPath)) out.push(duplicate(field, jsonPath));
    seen.add(jsonPath);
  });
  if (seen.size > MOST_SELECTABLE) out.push(tooMany(at, seen.size, MOST_SELECTABLE));
}

function validateVersion(version: Version, at: string, out: Causes): void {
  const { deprecated, deprecationWarning, schema, subresources } = version;
  if (deprecated !== true && !isNil(deprecationWarning))
    out.push(
      invalidValue(`${at}.deprecationWarning`, deprecationWarning, 'can only be set for deprecated versions'),
    );
  const root = schema?.openAPIV3Schema as StructuralSchema | undefined;
  if (!isNil(root)) validateSchema(root!, !isNil(subresources?.status), `${at}.schema.openAPIV3Schema`, out);
  const scale = subresources?.scale;
  if (!isNil(scale)) {
    validateJsonPath(scale!.specReplicasPath, `${at}.subresources.scale.specReplicasPath`, ['spec'], out);
    validateJsonPath(
      scale!.statusReplicasPath,
      `${at}.subresources.scale.statusReplicasPath`,
      ['status'],
      out,
    );
    if (scale!.labelSelectorPath)
      validateJsonPath(
        scale!.labelSelectorPath,
        `${at}.subresources.scale.labelSelectorPath`,
        ['spec', 'status'],
        out,
      );
  }
  eachAt(version.additionalPrinterColumns, `${at}.additionalPrinterColumns`, (c, field) =>
    validateColumn(c, field, out),
  );
  validateSelectable(version, `${at}.selectableFields`, out);
}

function validateConversion({ conversion }: Spec, out: Causes): void {
  const at = 'spec.conversion';
  oneOf(conversion?.strategy, ['None', 'Webhook'], `${at}.strategy`, out);
  const { webhook } = conversion ?? {};
  if (conversion?.strategy !== 'Webhook') {
    if (!isNil(webhook))
      out.push(
        forbidden(`${at}.webhookClientConfig`, 'should not be set when strategy is not set to Webhook'),
        forbidden(`${at}.conversionReviewVersions`, 'should not be set when strategy is not set to Webhook'),
      );
    return;
  }
  const config = webhook?.clientConfig;
  if (isNil(config))
    out.push(required(`${at}.webhookClientConfig`, 'required when strategy is set to Webhook'));
  else validateWebhookClient(config!, `${at}.webhookClientConfig`, out);
  const versions = webhook?.conversionReviewVersions ?? [];
  if (versions.length === 0) out.push(required(`${at}.conversionReviewVersions`));
  else if (!versions.some((v) => REVIEW_VERSIONS.includes(v)))
    out.push(
      invalidValue(
        `${at}.conversionReviewVersions`,
        versions,
        `must include at least one of ${REVIEW_VERSIONS.join(', ')}`,
      ),
    );
}

function validateSpec(spec: Spec, out: Causes): void {
  const { group, scope, names, preserveUnknownFields } = spec;
  const versions = spec.versions ?? [];
  if (!group) out.push(required('spec.group'));
  else if (subdomainProblems(group).length > 0)
    out.push(invalidValue('spec.group', group, subdomainProblems(group).join(',')));
  else if (!group.includes('.'))
    out.push(invalidValue('spec.group', group, 'should be a domain with at least one dot'));
  oneOf(scope, ['Cluster', 'Namespaced'], 'spec.scope', out);
  eachAt(versions, 'spec.versions', ({ schema }, at) => {
    if (isNil(schema?.openAPIV3Schema)) out.push(required(`${at}.schema.openAPIV3Schema`));
  });
  eachAt(versions, 'spec.versions', (version, at) => {
    const problems = label1035Problems(version.name ?? '');
    if (problems.length > 0) out.push(invalidValue(`${at}.name`, version.name, problems.join(',')));
    validateVersion(version, at, out);
  });
  const wrong = (detail: string): unknown => out.push(invalidValue('spec.versions', versions, detail));
  if (new Set(versions.map((v) => v.name)).size < versions.length) wrong('must contain unique version names');
  if (versions.filter((v) => v.storage).length !== 1)
    wrong('must have exactly one version marked as storage version');
  for (const name of ['plural', 'singular', 'kind', 'listKind'] as const)
    if (!names?.[name]) out.push(required(`spec.names.${name}`));
  if (!isNil(names)) validateNames(names, 'spec.names', out);
  if (preserveUnknownFields === true)
    out.push(
      invalidValue(
        'spec.preserveUnknownFields',
        true,
        'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema ' +
          'instead',
      ),
    );
  validateConversion(spec, out);
}

function validateStored({ spec, status }: CustomResourceDefinition, out: Causes): void {
  const stored = status.storedVersions ?? [];
  const at = 'status.storedVersions';
  if (stored.length === 0) {
    out.push(invalidValue(at, stored, 'must have at least one stored version'));
    return;
  }
  const versions = spec.versions ?? [];
  for (const { name, storage } of versions)
    if (storage && !stored.includes(name))
      out.push(invalidValue(at, stored, `must have the storage version ${name}`));
  stored.forEach((name, i) => {
    if (versions.some((v) => v.name === name)) return;
    out.push(
      invalidValue(
        `${at}[${i}]`,
        name,
        `missing from spec.versions; ${name} was previously a storage version, and must remain in ` +
          `spec.versions until a storage migration ensures no data remains persisted in ${name} and ` +
          `removes ${name} from status.storedVersions`,
      ),
    );
  });
}

export const customResourceDefinitionRules = {
  create(definition: CustomResourceDefinition, out: Causes): void {
    const { group, names } = definition.spec;
    validateMeta(definition.metadata, false, subdomainProblems, out);
    if (definition.metadata.name !== `${names?.plural ?? ''}.${group ?? ''}`)
      out.push(
        invalidValue('metadata.name', definition.metadata.name, 'must be spec.names.plural+"."+spec.group'),
      );
    validateSpec(definition.spec, out);
    validateStored(definition, out);
    validateApproval(definition, undefined, out);
  },
  update(next: CustomResourceDefinition, old: CustomResourceDefinition, out: Causes): void {
    validateMetaUpdate(next.metadata, old.metadata, out);
    if (!deepEqual(next.spec, old.spec)) validateSpec(next.spec, out);
    const immutable = (field: string, of: (spec: Spec) => unknown): void => {
      if (!deepEqual(of(next.spec), of(old.spec)))
        out.push(invalidValue(field, of(next.spec), 'field is immutable'));
    };
    if (isTrue(old, 'Established')) {
      immutable('spec.scope', (s) => s.scope);
      immutable('spec.names.kind', (s) => s.names.kind);
    }
    immutable('spec.group', (s) => s.group);
    immutable('spec.names.plural', (s) => s.names.plural);
    validateStored(next, out);
    validateApproval(next, old, out);
  },
  status(next: CustomResourceDefinition, _old: CustomResourceDefinition, out: Causes): void {
    if (next.status.acceptedNames !== undefined)
      validateNames(next.status.acceptedNames as Names, 'status.acceptedNames', out);
  },
};
