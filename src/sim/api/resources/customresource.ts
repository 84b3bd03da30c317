/**
 * Which resource a CustomResourceDefinition makes an API server serve. Models crdHandler of
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/customresource_handler.go, and the order of
 * versions of staging/src/k8s.io/apimachinery/pkg/version/helpers.go.
 */
import type { ICustomResourceDefinition } from 'kubernetes-models/apiextensions.k8s.io/v1';
import type { StructuralSchema } from '../schema/structural/schema.ts';
import type { Modelled } from '../types.ts';
import type { AddedResource } from './registry.ts';
import type { DynamicResource, DynamicVersion, PrinterColumn } from './dynamic.ts';
import type { VersionConversion } from './versionconversion.ts';

export type CustomResourceDefinition = Modelled<ICustomResourceDefinition>;
type Version = CustomResourceDefinition['spec']['versions'][number];

export const CUSTOM_RESOURCE_DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

/** Whether a condition of a definition is True. */
export const isTrue = ({ status }: CustomResourceDefinition, type: string): boolean =>
  status.conditions?.some((c) => c.type === type && c.status === 'True') === true;

/** `v2` before `v1`, both before `v2beta1`, `v2beta1` before `v2alpha1`, then other names by the alphabet. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((name) => /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/.exec(name));
  if (!x || !y) return x ? -1 : y ? 1 : a < b ? -1 : Number(a > b);
  const stability = (match: RegExpExecArray): number => ['alpha', 'beta', undefined].indexOf(match[2]);
  return stability(y) - stability(x) || Number(y[1]) - Number(x[1]) || Number(y[3] ?? 0) - Number(x[3] ?? 0);
}

/** What who asks for a version is warned of (defaultDeprecationWarning). */
function deprecationOf(
  { name, deprecated, deprecationWarning }: Version,
  { group, names: { kind }, versions }: CustomResourceDefinition['spec'],
): string | undefined {
  if (deprecated !== true) return undefined;
  if (typeof deprecationWarning === 'string') return deprecationWarning;
  const [better] = versions
    .filter((v) => v.served && v.deprecated !== true && compareVersions(v.name, name) < 0)
    .map((v) => v.name)
    .sort(compareVersions);
  const instead = better === undefined ? '' : `; use ${group}/${better} ${kind}`;
  return `${group}/${name} ${kind} is deprecated${instead}`;
}

function dynamicVersion(version: Version, spec: CustomResourceDefinition['spec']): DynamicVersion {
  const { name, schema, subresources, additionalPrinterColumns: columns = [], selectableFields } = version;
  const { status, scale } = subresources ?? {};
  const deprecated = deprecationOf(version, spec);
  return {
    name,
    schema: (schema?.openAPIV3Schema ?? {}) as StructuralSchema,
    subresources: {
      ...(status === undefined ? {} : { status: {} }),
      ...(scale === undefined
        ? {}
        : {
            scale: {
              specReplicas: scale.specReplicasPath,
              statusReplicas: scale.statusReplicasPath,
              ...(scale.labelSelectorPath ? { labelSelector: scale.labelSelectorPath } : {}),
            },
          }),
    },
    ...(columns.length === 0 ? {} : { additionalPrinterColumns: columns as readonly PrinterColumn[] }),
    ...(selectableFields === undefined ? {} : { selectableFields }),
    ...(deprecated === undefined ? {} : { deprecated }),
  };
}

/** What API servers serve of definitions as manifests have them, once they are established. */
export const servedByManifests = (objects: readonly object[]): AddedResource[] =>
  objects.flatMap((object) => {
    const { kind, spec } = object as CustomResourceDefinition;
    if (kind !== 'CustomResourceDefinition' || spec?.names?.plural === undefined) return [];
    const conditions = [{ type: 'Established', status: 'True' }];
    const established = { ...object, status: { acceptedNames: spec.names, conditions } };
    const resource = servedResource(established as unknown as CustomResourceDefinition);
    return resource === undefined ? [] : [{ resource, served: true }];
  });

/**
 * Undefined where nothing is served of it: until it is established, and where no version is served. The
 * version that clients prefer comes first; with a webhook of which nobody said what it makes of others, the
 * stored one does.
 * @param rules of its webhook, where they were said
 */
export function servedResource(
  definition: CustomResourceDefinition,
  rules?: readonly VersionConversion[],
): DynamicResource | undefined {
  const { group, scope, versions, conversion } = definition.spec;
  const { acceptedNames } = definition.status;
  if (!isTrue(definition, 'Established') || acceptedNames === undefined) return undefined;
  const webhook = conversion?.strategy === 'Webhook' ? conversion.webhook : undefined;
  const isUnknown = webhook !== undefined && rules === undefined;
  const [first, ...others] = versions
    .filter((v) => v.served)
    .sort((a, b) =>
      isUnknown && a.storage !== b.storage
        ? Number(b.storage) - Number(a.storage)
        : compareVersions(a.name, b.name),
    )
    .map((v) => dynamicVersion(v, definition.spec));
  if (first === undefined) return undefined;
  const stored = versions.find((v) => v.storage);
  const { kind, plural, singular, shortNames, categories } = acceptedNames;
  return {
    group,
    names: {
      kind,
      plural,
      ...(singular ? { singular } : {}),
      ...(shortNames === undefined ? {} : { shortNames }),
      ...(categories === undefined ? {} : { categories }),
    },
    scope: scope as DynamicResource['scope'],
    versions: [first, ...others],
    ...(webhook === undefined
      ? stored === undefined || stored.name === first.name
        ? {}
        : { storage: dynamicVersion(stored, definition.spec) }
      : {
          conversion:
            rules === undefined
              ? 'Webhook'
              : { stored: stored?.name ?? first.name, client: webhook.clientConfig ?? {}, rules },
        }),
  };
}
