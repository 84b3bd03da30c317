/**
 * What there is to say of a resource, in one place: its names and versions, how the API server decodes,
 * defaults and validates its objects, by which fields they are selected, the table they are printed as, and,
 * of a workload, how to read it. The server, kubectl, claims, faults and reports ask the definition.
 *
 * Models what staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go gathers of a resource.
 */
import type { By, Millis } from '../../kernel/types.ts';
import type { StructuralSchema } from '../schema/structural/schema.ts';
import { typeOfKind, type ObjectType } from '../schema/types.ts';
import type { Cell, Column, RowOptions } from '../table/column.ts';
import type { KubeObject, LabelSelector, PodTemplateSpec } from '../types.ts';
import type { Causes } from '../validation/field.ts';
import { validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { subdomainProblems } from '../validation/text.ts';
import type { DeclaredConversion } from './versionconversion.ts';

export interface ResourceVersion {
  /** `v1`, `v1beta1`. */
  readonly name: string;
  /** What of an object of this version differs in the stored one, beside `apiVersion`. */
  toStored?(object: KubeObject): KubeObject;
  /** What of a stored object differs in this version, beside `apiVersion`. */
  fromStored?(object: KubeObject): KubeObject;
  /** What the server says beside its answers to who asks for it: it is on its way out. */
  readonly deprecated?: string | undefined;
  /** How objects of this version are printed where that is otherwise than those of the stored one. */
  readonly printed?: Pick<ResourceDefinition, 'columns' | 'row'>;
}

/** Where the scale subresource reads and writes, as in a CustomResourceDefinition: `.spec.replicas`. */
export interface ScalePaths {
  readonly specReplicas: string;
  readonly statusReplicas: string;
  /** Of a selector in words, `.status.selector`; absent: of a workload's own. */
  readonly labelSelector?: string;
}

export interface Subresources {
  /** `update` leaves status alone and `updateStatus` leaves the rest alone. */
  readonly status: boolean;
  readonly scale: ScalePaths | undefined;
}

/** Of what runs a number of replicas that its spec says. */
export const STATUS_AND_SCALE: Subresources = {
  status: true,
  scale: { specReplicas: '.spec.replicas', statusReplicas: '.status.replicas' },
};

/**
 * What a create or update may not decide itself (status, generation): PrepareForCreate and PrepareForUpdate
 * of pkg/registry/<group>/<kind>/strategy.go.
 */
export interface Strategy<T extends KubeObject> {
  /**
   * The draft with its initial status and generation, nothing of them taken from its author. @param uid that
   * the object will have
   * @param by who makes it
   */
  create(draft: T, now: Millis, uid: () => string, by: By): T;
  /** The new value with status as it was, and the generation counted on. */
  update(next: T, old: T): T;
  /** The new value with everything but status, and what of metadata is let through, as it was. */
  status(next: T, old: T, now: Millis): T;
  /** The new value of the subresource `approval`; absent: it has none. */
  approval?(next: T, old: T, now: Millis): T;
  /** What the first delete changes of it beside marking it: a finalizer that its controller takes away. */
  marked?(object: T, now: Millis): T;
}

/**
 * The rules of pkg/apis/<group>/validation, which say what the schema cannot: causes come in upstream's order
 * and words. Values are defaulted.
 */
export interface Validation<T extends KubeObject> {
  create(object: T, out: Causes): void;
  update(next: T, old: T, out: Causes): void;
  status(next: T, old: T, out: Causes): void;
  /** What whoever writes it is warned of, though it is valid. @param old undefined: it is created */
  warnings?(object: T, old: T | undefined): readonly string[];
}

/** A method's type, so that the definition of a kind is a definition of any object. */
export type FieldReader<T extends KubeObject = KubeObject> = { read(object: T): string }['read'];

/** How far a rollout has come, in the line that `kubectl rollout status` prints of it. */
export interface RolloutProgress {
  readonly said: string;
  /** `failed`: it has failed, or cannot be followed. */
  readonly state: 'waiting' | 'done' | 'failed';
}

export const rolloutWaits = (said: string): RolloutProgress => ({ said, state: 'waiting' });
export const rolloutDone = (said: string): RolloutProgress => ({ said, state: 'done' });
export const rolloutFailed = (said: string): RolloutProgress => ({ said, state: 'failed' });
/** Of what is replaced as its Pods are deleted. */
export const ROLLS_ONLY = rolloutFailed('rollout status is only available for RollingUpdate strategy type');

/** How far a change of a workload's template has come, by its status. */
export interface RolloutTraits<T extends KubeObject = KubeObject> {
  /** Whether the newest template has all Pods it is meant for, all are available, and none is too many. */
  complete(object: T): boolean;
  /** Whether its controller has given up expecting progress; absent: it never says so. */
  stuck?(object: T): boolean;
  /** As a client sees it who follows it: polymorphichelpers/rollout_status.go of kubectl. */
  progress(object: T): RolloutProgress;
  /** Whether it is held up by its author; absent: it cannot be. */
  paused?(object: T): boolean;
}

/**
 * How a controller keeps as many Pods as are wanted: all it lacks `atOnce`, `stepwise` (it waits for what is
 * not available yet, or still ends), or stepwise `inOrder`: a Pod that is held up holds up the others.
 */
export type Keeping = 'atOnce' | 'stepwise' | 'inOrder';

/** How a workload (what runs Pods of one template) is read. Numbers are of Pods. */
export interface WorkloadTraits<T extends KubeObject = KubeObject> {
  template(object: T): PodTemplateSpec;
  selector(object: T): LabelSelector | undefined;
  /** What its controller aims at. */
  wanted(object: T): number;
  ready(object: T): number;
  available(object: T): number;
  /** Of the newest template. */
  updated(object: T): number;
  /** Whether its controller has seen the newest spec; until then its counts are of an older one. */
  seen(object: T): boolean;
  /** Whether its controller has made all the Pods it will make for now, ready or not. */
  filled(object: T): boolean;
  /** Whether `kubectl expose` makes a Service of its selector. */
  readonly exposed?: boolean;
  /** Absent: its controller makes Pods through another resource, or not to stay. */
  readonly keeps?: Keeping;
  /**
   * What keeps the templates it had, for `kubectl rollout`; absent: it does not roll out. ReplicaSets make
   * its Pods, too.
   */
  readonly revisions?: 'ReplicaSet' | 'ControllerRevision';
  /** Absent: a change of its template replaces no Pods. */
  readonly rollout?: RolloutTraits<T>;
}

/**
 * What a simulated cluster does of a kind: `played`: what a real one does; `stored`: it is defaulted,
 * validated and kept, and nothing comes of it.
 */
export type Simulated = 'played' | 'stored';

/** A resource: all there is to say of one, built in or of a kit. */
export interface ResourceDefinition<T extends KubeObject = KubeObject> {
  /** `deployments.apps`, `pods`: the key of stores, caches, watches and the history. */
  readonly resource: string;
  /** The resource as which its objects are kept: itself, but of another group's view of them. */
  readonly keptAs: string;
  /** The same objects as other groups serve them. */
  readonly views: readonly ResourceDefinition[];
  /** '' for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  /** `all`: shown by `kubectl get all`. */
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  readonly simulated: Simulated;
  /** Those served, the stored one first. */
  readonly versions: readonly ResourceVersion[];
  /** Of what a webhook converts: etcd may have another version than the one that is kept here. */
  readonly conversion: DeclaredConversion | undefined;
  /** Of the stored version: `apps/v1`, `v1`. */
  readonly apiVersion: string;
  readonly subresources: Subresources;
  /**
   * The structural schemas of a custom resource, by version; undefined of a kind whose schema is in the
   * generated table, if it has one.
   */
  readonly schemas: Readonly<Record<string, StructuralSchema>> | undefined;
  /** The server behind it has its type in Go, as every aggregated one, beside those schemas. */
  readonly isTyped?: true;
  /**
   * The resource as it is written in each of its versions, by `v1beta1`, where their rules differ and no
   * webhook converts between them; undefined: one set of rules holds of all.
   */
  readonly rulesOf: Readonly<Record<string, ResourceDefinition>> | undefined;
  /** What is left of an object that was written to etcd and read again; undefined: all of it. */
  readonly throughEtcd: ((object: KubeObject) => KubeObject) | undefined;
  /** Whether `metadata.generation` counts changes of spec. */
  readonly generation: boolean;
  /** Whether its controller writes down, in `status.observedGeneration`, which of them it has seen. */
  readonly observed: boolean;
  /** Its fields are its author's own: decoding leaves nulls and absent structures in them alone. */
  readonly opaque: boolean;
  /** Adds what the API server adds to an object as it decodes it. Idempotent, of a decoded object. */
  defaults(object: T): T;
  readonly strategy: Strategy<T>;
  readonly validation: Validation<T>;
  /** By which objects are selected, beside name and namespace. */
  readonly selectableFields: Readonly<Record<string, FieldReader<T>>>;
  readonly columns: readonly Column[];
  /** A cell for every column. */
  row(object: T, options: RowOptions): readonly Cell[];
  readonly workload: WorkloadTraits<T> | undefined;
}

type Optional =
  | 'singular'
  | 'shortNames'
  | 'categories'
  | 'namespaced'
  | 'simulated'
  | 'schemas'
  | 'rulesOf'
  | 'throughEtcd'
  | 'conversion'
  | 'generation'
  | 'observed'
  | 'opaque'
  | 'defaults'
  | 'selectableFields'
  | 'workload';
type Derived =
  | 'resource'
  | 'keptAs'
  | 'views'
  | 'apiVersion'
  | 'versions'
  | 'subresources'
  | 'strategy'
  | 'validation';

/** How another group serves the objects of a resource: what it says of them, all else is as it is there. */
export interface GroupView<T extends KubeObject> {
  readonly group: string;
  /** None of them is the one that is stored. */
  readonly versions: readonly ResourceVersion[];
  readonly shortNames: readonly string[];
  readonly selectableFields: Readonly<Record<string, FieldReader<T>>>;
  /** Rules of stored objects; those left out are the resource's own. */
  readonly validation: Partial<Validation<T>>;
}

/** What a definition says; what it leaves out is as of most resources. */
export type ResourceParts<T extends KubeObject> = Omit<ResourceDefinition<T>, Optional | Derived> &
  Partial<Pick<ResourceDefinition<T>, Optional>> & {
    /** `v1` unless given. */
    readonly versions?: readonly ResourceVersion[];
    readonly alsoIn?: readonly GroupView<T>[];
    readonly subresources?: Partial<Subresources>;
    /** What is left out takes the object as it comes; a status update leaves the rest alone. */
    readonly strategy?: Partial<Strategy<T>>;
    /** Rules that are left out look at metadata alone, with a DNS subdomain for a name. */
    readonly validation?: Partial<Validation<T>>;
  };

/** `deployments.apps`, `pods`. */
const groupResource = (group: string, plural: string): string =>
  group === '' ? plural : `${plural}.${group}`;

/** `v1` of `apps/v1` and of `v1`. */
export const versionOf = (apiVersion: string): string => apiVersion.slice(apiVersion.indexOf('/') + 1);

/** `apps/v1`, `v1`. */
export const apiVersionText = (group: string, version: string): string =>
  group === '' ? version : `${group}/${version}`;

/** In which version a resource is asked for by whoever names none: `apps/v1`, `events.k8s.io/v1`. */
export const preferredVersion = ({ group, versions }: ResourceDefinition): string =>
  apiVersionText(group, versions[0]!.name);

/** The steps of a path of names, `.spec.replicas`. */
const stepsOf = (path: string): string[] => path.split('.').filter((step) => step !== '');

/** What stands at a path of names; undefined where nothing does. */
export const valueAtPath = (object: unknown, path: string): unknown =>
  stepsOf(path).reduce<unknown>(
    (value, step) => (value as Record<string, unknown> | undefined)?.[step],
    object,
  );

/** The object with a value at a path of names; the given one is not changed. */
export function withValueAt<T extends object>(object: T, path: string, value: unknown): T {
  const put = (into: unknown, [step, ...rest]: string[]): unknown =>
    step === undefined
      ? value
      : { ...(into as object), [step]: put((into as Record<string, unknown> | undefined)?.[step], rest) };
  return put(object, stepsOf(path)) as T;
}

/** The resource as it is written in a version. @param apiVersion the preferred one unless given */
export const ruledBy = (definition: ResourceDefinition, apiVersion?: string): ResourceDefinition =>
  definition.rulesOf?.[versionOf(apiVersion ?? definition.apiVersion)] ?? definition;

/**
 * By which its objects are checked and merged; undefined of a custom resource, and of a kit's that has none.
 * @param apiVersion the stored one unless given
 */
export const schemaOf = (
  definition: ResourceDefinition,
  apiVersion = definition.apiVersion,
): ObjectType | undefined =>
  definition.schemas === undefined ? typeOfKind(apiVersion, definition.kind) : undefined;

/**
 * By which strategic merge patches are merged; undefined: there are none, as structural schemas do not say
 * how lists merge. Of a type in Go that has nothing of the kind, its metadata is merged as all metadata is.
 */
export const mergeTypeOf = (definition: ResourceDefinition, apiVersion?: string): ObjectType | undefined =>
  definition.isTyped === true ? typeOfKind('v1', 'ConfigMap') : schemaOf(definition, apiVersion);

/** Whether strategic merge patches are taken. */
export const mergesStrategically = (definition: ResourceDefinition): boolean =>
  mergeTypeOf(definition) !== undefined;

/** `seen` of the workloads whose controllers write down the generation they have seen. */
export const hasObserved = ({ metadata, status }: KubeObject): boolean =>
  ((status as { observedGeneration?: number } | undefined)?.observedGeneration ?? 0) >=
  (metadata.generation ?? 0);

/**
 * The definition of a resource; what is left out is as of most. Every definition is made here, so that all
 * have one shape.
 * @example
 * const discounts = defineResource({
 *   group: 'example.com',
 *   kind: 'Discount',
 *   plural: 'discounts',
 *   categories: [],
 *   opaque: true,
 *   columns: [column('Name'), column('Percent', 'integer')],
 *   row: (o) => [o.metadata.name, o.spec.percent],
 * });
 * extendKit(standardKit, { resources: [discounts] });
 */
export function defineResource<T extends KubeObject>(parts: ResourceParts<T>): ResourceDefinition<T> {
  const { group, kind, plural, namespaced = true, versions = [{ name: 'v1' }], validation = {} } = parts;
  const resource = groupResource(group, plural);
  const definition: ResourceDefinition<T> = {
    resource,
    keptAs: resource,
    views: [],
    group,
    kind,
    plural,
    singular: parts.singular ?? kind.toLowerCase(),
    shortNames: parts.shortNames ?? [],
    categories: parts.categories ?? [],
    namespaced,
    simulated: parts.simulated ?? 'played',
    versions,
    apiVersion: apiVersionText(group, versions[0]!.name),
    subresources: { status: parts.subresources?.status ?? false, scale: parts.subresources?.scale },
    schemas: parts.schemas,
    rulesOf: parts.rulesOf,
    throughEtcd: parts.throughEtcd,
    conversion: parts.conversion,
    generation: parts.generation ?? false,
    observed: parts.observed ?? false,
    opaque: parts.opaque ?? false,
    defaults: parts.defaults ?? ((object) => object),
    strategy: {
      create: (draft) => draft,
      update: (next) => next,
      status: (next, old) => ({ ...next, spec: old.spec }),
      ...parts.strategy,
    },
    validation: {
      create: (object, out) => validateMeta(object.metadata, namespaced, subdomainProblems, out),
      update: (next, old, out) => validateMetaUpdate(next.metadata, old.metadata, out),
      status: () => {},
      ...validation,
    },
    selectableFields: parts.selectableFields ?? {},
    columns: parts.columns,
    row: parts.row,
    workload: parts.workload,
  };
  if (parts.alsoIn === undefined) return definition;
  const views = parts.alsoIn.map((view) => ({
    ...definition,
    ...view,
    resource: groupResource(view.group, plural),
    validation: { ...definition.validation, ...view.validation },
  }));
  return { ...definition, views: views as unknown as ResourceDefinition[] };
}
