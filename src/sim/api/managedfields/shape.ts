/**
 * How objects are owned field by field: what is one leaf to ownership, what tells items of a list apart. Of
 * Kubernetes' own kinds it follows from the strategic-merge keys of their schema, and from the few places
 * where both differ. Sources: structured-merge-diff/schema/elements.go;
 * client-go/applyconfigurations/internal/internal.go, which lists them for 1.36.
 */
import { type FieldType, fieldsOf, type Field, type ObjectType } from '../schema/types.ts';
import { propertySchema, type StructuralSchema, valuesSchema } from '../schema/structural/schema.ts';

export type Shape =
  | { readonly kind: 'leaf' }
  /** Whatever it turns out to be: maps by their fields, all else as one. */
  | { readonly kind: 'any' }
  | MapShape
  | ListShape;

export interface MapShape {
  readonly kind: 'map';
  readonly atomic: boolean;
  /** A field that the type declares. */
  declared(name: string): Shape | undefined;
  /** Of other fields; undefined where there may be none. */
  readonly values: Shape | undefined;
}

export interface ListShape {
  readonly kind: 'list';
  /** `atomic`: one leaf; `set`: of scalars; `map`: items are told apart by keys. */
  readonly relation: 'atomic' | 'set' | 'map';
  readonly keys: readonly string[];
  /** What a key is that an item does not say. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly item: Shape;
}

export const LEAF: Shape = { kind: 'leaf' };
export const ANY: Shape = { kind: 'any' };
const NO_DEFAULTS = {};

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Types whose objects are one leaf. */
const ATOMIC_TYPES = words(
  'v1.ConfigMapKeySelector v1.CrossVersionObjectReference v1.EndpointAddress v1.EndpointPort ' +
    'v1.EndpointPort#discovery v1.FileKeySelector v1.LabelSelector v1.LocalObjectReference ' +
    'v1.MatchResources v1.NamedRuleWithOperations v1.NodeSelector v1.NodeSelectorTerm ' +
    'v1.ObjectFieldSelector v1.ObjectReference v1.OwnerReference v1.ParamKind v1.ParamRef ' +
    'v1.ResourceFieldSelector v1.RoleRef v1.ScopeSelector v1.SecretKeySelector v1.SecretReference ' +
    'v1.ServiceBackendPort v1.Subject#rbac v1.TopologySelectorTerm v1.TypedLocalObjectReference v1.Variable',
);

/** Fields that are one leaf, whatever their type. */
const ATOMIC_FIELDS = words(
  'v1.JobStatus.conditions v1.PodSpec.nodeSelector v1.PodStatus.hostIPs ' +
    'v1.ReplicationControllerSpec.selector v1.ServiceSpec.selector v1.Scheduling.nodeSelector',
);

const SETS = words(
  'v1.ValidatingAdmissionPolicyBindingSpec.validationActions ' +
    'v1.PodFailurePolicyOnExitCodesRequirement.values v1.UncountedTerminatedPods.failed ' +
    'v1.UncountedTerminatedPods.succeeded ' +
    'v1.ContainerRestartRuleOnExitCodes.values v1.NodeAllocatableResourceClaimStatus.containers ' +
    'v1.Endpoint.addresses v1.NonResourcePolicyRule.nonResourceURLs v1.NonResourcePolicyRule.verbs ' +
    'v1.ResourcePolicyRule.apiGroups v1.ResourcePolicyRule.namespaces v1.ResourcePolicyRule.resources ' +
    'v1.ResourcePolicyRule.verbs v1.CSIDriverSpec.volumeLifecycleModes',
);

/** Lists whose items other keys tell apart than strategic merge patches go by. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'v1.Container.ports': ['containerPort', 'protocol'],
  'v1.EphemeralContainer.ports': ['containerPort', 'protocol'],
  'v1.ResourceClaimStatus.devices': ['driver', 'device', 'pool', 'shareID'],
  'v1.ResourceRequirements.claims': ['name'],
  'v1.ServiceSpec.ports': ['port', 'protocol'],
  'v1.ResourceStatus.resources': ['resourceID'],
  'v1.PodSpec.topologySpreadConstraints': ['topologyKey', 'whenUnsatisfiable'],
  'v1.ValidatingAdmissionPolicyStatus.conditions': ['type'],
  'v1.CertificateSigningRequestStatus.conditions': ['type'],
  'v1.AllocatedDeviceStatus.conditions': ['type'],
};
const PROTOCOL = { protocol: 'TCP' };

function ofField(owner: string, field: Field): Shape {
  const place = `${owner}.${field.name}`;
  const { type } = field;
  if (ATOMIC_FIELDS.has(place)) return LEAF;
  if (type.kind !== 'list') return ofType(type);
  const keys = KEYS[place] ?? (field.mergeKey === undefined ? [] : [field.mergeKey]);
  const relation =
    KEYS[place] !== undefined || (field.strategy === 'merge' && field.mergeKey !== undefined)
      ? 'map'
      : field.strategy === 'merge' || SETS.has(place)
        ? 'set'
        : 'atomic';
  const defaults = keys.includes('protocol') ? PROTOCOL : NO_DEFAULTS;
  return { kind: 'list', relation, keys, defaults, item: ofType(type.of) };
}

const TYPE_META: ReadonlySet<string> = new Set(['apiVersion', 'kind']);

function ofObject(type: ObjectType): Shape {
  return {
    kind: 'map',
    atomic: ATOMIC_TYPES.has(type.name),
    declared(name) {
      const field = fieldsOf(type).get(name);
      if (field !== undefined) return ofField(type.name, field);
      return type.typeMeta && TYPE_META.has(name) ? LEAF : undefined;
    },
    values: undefined,
  };
}

export function ofType(type: FieldType): Shape {
  switch (type.kind) {
    case 'object':
      return ofObject(type);
    case 'map':
      return { kind: 'map', atomic: false, declared: () => undefined, values: ofType(type.of) };
    case 'list':
      return { kind: 'list', relation: 'atomic', keys: [], defaults: NO_DEFAULTS, item: ofType(type.of) };
    default:
      return LEAF;
  }
}

/** Of a custom resource, or a part of one. Source: apiextensions-apiserver's managedfields/typeconverter. */
export function ofStructural(schema: StructuralSchema): Shape {
  if (schema['x-kubernetes-int-or-string'] === true) return LEAF;
  const { items, properties } = schema;
  if (schema.type === 'array' || items !== undefined) {
    const type = schema['x-kubernetes-list-type'];
    return {
      kind: 'list',
      relation: type === 'map' || type === 'set' ? type : 'atomic',
      keys: schema['x-kubernetes-list-map-keys'] ?? [],
      defaults: Object.fromEntries(
        Object.entries(items?.properties ?? {}).flatMap(([name, { default: value }]) =>
          value === undefined ? [] : [[name, value]],
        ),
      ),
      item: items === undefined ? ANY : ofStructural(items),
    };
  }
  const values = valuesSchema(schema);
  const takesAny = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (schema.type === 'object' || properties !== undefined || values !== undefined)
    return {
      kind: 'map',
      atomic: schema['x-kubernetes-map-type'] === 'atomic',
      declared(name) {
        const property = propertySchema(schema, name);
        return property && ofStructural(property);
      },
      values: values !== undefined ? ofStructural(values) : takesAny ? ANY : undefined,
    };
  return schema.type === undefined ? ANY : LEAF;
}

/** A custom resource: its own fields, and the metadata that every object has. */
export const ofCustom = (schema: StructuralSchema | undefined, metadata: Shape): Shape => {
  const own = schema === undefined ? undefined : ofStructural(schema);
  return {
    kind: 'map',
    atomic: false,
    declared(name) {
      if (name === 'metadata') return metadata;
      if (TYPE_META.has(name)) return LEAF;
      return own?.kind === 'map' ? own.declared(name) : undefined;
    },
    values: own?.kind === 'map' ? own.values : ANY,
  };
};
