/**
 * metadata.managedFields, of objects that somebody applies on the server's side. Until then an object keeps
 * no account of who wrote what; from then on every write to it does. Sources:
 * staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal (structuredmerge.go, managedfields.go,
 * managedfieldsupdater.go, skipnonapplied.go, stripmeta.go, conflict.go).
 */
import type { ApplyOptions } from '../client.ts';
import { ApiError } from '../errors.ts';
import { type ResourceDefinition, schemaOf, versionOf } from '../resources/definition.ts';
import { fieldsOf, typeOfKind } from '../schema/types.ts';
import type { KubeObject } from '../types.ts';
import {
  atOrBelow,
  comparePaths,
  decodeFields,
  difference,
  encodeFields,
  type FieldSet,
  type FieldsV1,
  fieldStep,
  pathText,
  setOf,
  union,
} from './fieldset.ts';
import { ofCustom, ofType, type Shape } from './shape.ts';
import { checkFields, TypedError } from './typed.ts';
import {
  applyManagers,
  type Filter,
  type Managed,
  ManagerConflicts,
  type Managers,
  sameManagers,
  updateManagers,
} from './updater.ts';
import { goKind } from '../gokind.ts';

/** One manager's fields, as an object holds them. */
export interface ManagedFieldsEntry {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly time?: string;
  readonly fieldsType: 'FieldsV1';
  readonly fieldsV1: FieldsV1;
  readonly subresource?: string;
}

/** The manager of all that an object had before it was first applied. */
const BEFORE = 'before-first-apply';
const CLIENT_SIDE = 'kubectl-client-side-apply';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** The writer in the course of a request, until it is known what it took. */
const CURRENT = 'current-operation';

const metadata = (name: string): readonly string[] => [fieldStep('metadata'), fieldStep(name)];

/** What the server keeps itself is nobody's. */
const STRIPPED: FieldSet = setOf(
  [fieldStep('apiVersion')],
  [fieldStep('kind')],
  [fieldStep('metadata')],
  ...['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'clusterName', 'generation'].map(metadata),
  ...['managedFields', 'resourceVersion'].map(metadata),
);

/** Kinds of Kubernetes' own have the metadata that all have. */
function shapeOf(definition: ResourceDefinition): Shape {
  const type = schemaOf(definition);
  if (type !== undefined) return ofType(type);
  const meta = fieldsOf(typeOfKind('v1', 'Pod')!).get('metadata')!;
  const schema = definition.schemas?.[versionOf(definition.apiVersion)];
  return ofCustom(schema, ofType(meta.type));
}

/** An entry's manager, told from others of its name by what it did. */
const idOf = ({
  manager,
  operation,
  apiVersion,
  subresource = '',
}: Omit<ManagedFieldsEntry, 'fieldsV1'>): string =>
  JSON.stringify([manager, operation, operation === 'Apply' ? '' : apiVersion, subresource]);

interface Account {
  readonly managers: Managers;
  readonly times: ReadonlyMap<string, string>;
}

function decoded(entries: readonly ManagedFieldsEntry[]): Account {
  const managers = new Map<string, Managed>();
  const times = new Map<string, string>();
  for (const entry of entries) {
    const id = idOf(entry);
    const applied = entry.operation === 'Apply';
    managers.set(id, { set: decodeFields(entry.fieldsV1), apiVersion: entry.apiVersion, applied });
    if (entry.time !== undefined) times.set(id, entry.time);
  }
  return { managers, times };
}

function encoded({ managers, times }: Account): ManagedFieldsEntry[] {
  const entries = [...managers].map(([id, { set, apiVersion }]): ManagedFieldsEntry => {
    const [manager, operation, , subresource] = JSON.parse(id) as [
      string,
      'Apply' | 'Update',
      string,
      string,
    ];
    const time = times.get(id);
    return {
      apiVersion,
      fieldsType: 'FieldsV1',
      fieldsV1: encodeFields(set),
      manager,
      operation,
      ...(subresource === '' ? {} : { subresource }),
      ...(time === undefined ? {} : { time }),
    };
  });
  const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);
  return entries.sort(
    (a, b) =>
      compare(a.operation, b.operation) ||
      compare(a.time, b.time) ||
      compare(a.manager, b.manager) ||
      compare(a.apiVersion, b.apiVersion) ||
      compare(a.subresource, b.subresource),
  );
}

/** An endpoint owns what it writes: the object's all but the status, the status' nothing else. */
function filterOf({ subresources }: ResourceDefinition, subresource: string): Filter {
  const status = fieldStep('status');
  return (set) => {
    const own = difference(set, STRIPPED);
    return subresources.status ? atOrBelow(own, status, subresource === 'status') : own;
  };
}

const entriesOf = (object: KubeObject | undefined): readonly ManagedFieldsEntry[] | undefined =>
  (object?.metadata as { managedFields?: readonly ManagedFieldsEntry[] } | undefined)?.managedFields;

/** The object without its account, as its fields are compared. */
function bare(object: KubeObject): KubeObject {
  const { managedFields: _, ...rest } = object.metadata as KubeObject['metadata'] & {
    managedFields?: unknown;
  };
  return { ...object, metadata: rest };
}

/** Who writes, through which endpoint, and when. */
export interface Writer {
  readonly manager: string;
  /** '' of the object itself. */
  readonly subresource: string;
  /** RFC 3339. */
  readonly time: string;
}

/** Who manages what after an object with an account was written. */
export function entriesAfterUpdate(
  definition: ResourceDefinition,
  live: KubeObject,
  next: KubeObject,
  { manager, subresource, time }: Writer,
): readonly ManagedFieldsEntry[] {
  const before = entriesOf(live) ?? [];
  const account = decoded(before);
  const { apiVersion } = next;
  const filter = filterOf(definition, subresource);
  const shape = shapeOf(definition);
  const after = new Map(
    updateManagers(bare(live), bare(next), shape, account.managers, CURRENT, apiVersion, filter),
  );
  const took = after.get(CURRENT);
  const times = new Map(account.times);
  if (took !== undefined) {
    after.delete(CURRENT);
    const id = idOf({ manager, operation: 'Update', apiVersion, fieldsType: 'FieldsV1', subresource });
    const known = account.managers.get(id) === undefined ? undefined : after.get(id);
    after.set(id, known === undefined ? took : { ...known, set: union(known.set, took.set) });
    times.set(id, time);
  }
  return sameManagers(account.managers, after) ? before : encoded({ managers: after, times });
}

const shownManager = (id: string): string => {
  const [manager, operation, apiVersion, subresource] = JSON.parse(id) as [string, string, string, string];
  const name = JSON.stringify(manager) + (subresource === '' ? '' : ` with subresource "${subresource}"`);
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
};

/** What the server answers where fields have other managers. */
function conflictError(conflicts: ReadonlyMap<string, FieldSet>): ApiError {
  const all = [...conflicts]
    .map(([id, set]) => [shownManager(id), [...set].sort(comparePaths).map(pathText)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const count = all.reduce((sum, [, paths]) => sum + paths.length, 0);
  const [[manager, [path] = ['']] = ['', []]] = all;
  const message =
    count === 1
      ? `Apply failed with 1 conflict: conflict with ${manager}: ${path}`
      : `Apply failed with ${count} conflicts: ${all
          .flatMap(([name, paths]) => [`conflicts with ${name}:`, ...paths.map((p) => `- ${p}`)])
          .join('\n')}`;
  const causes = all.flatMap(([name, paths]) =>
    paths.map((field) => ({ field, reason: 'FieldManagerConflict', message: `conflict with ${name}` })),
  );
  return new ApiError('Conflict', message, { causes });
}

/** What an object is to be, and who manages what of it. */
export interface AppliedConfiguration {
  readonly object: KubeObject;
  readonly entries: readonly ManagedFieldsEntry[];
}

/** Whoever wrote an object of which no account was kept. */
function firstAccount(live: KubeObject, shape: Shape, filter: Filter): Account {
  const manager = live.metadata.annotations?.[LAST_APPLIED] === undefined ? BEFORE : CLIENT_SIDE;
  const { apiVersion } = live;
  const id = idOf({ manager, operation: 'Update', apiVersion, fieldsType: 'FieldsV1' });
  const empty = { apiVersion, kind: live.kind, metadata: {} };
  return {
    managers: updateManagers(empty, bare(live), shape, new Map(), id, apiVersion, filter),
    times: new Map([[id, live.metadata.creationTimestamp]]),
  };
}

/** The object without nulls, which merging leaves where nothing is left. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, v]) =>
      v === null || v === undefined ? [] : [[key, withoutNulls(v)]],
    ),
  );
}

/**
 * What becomes of an object when somebody applies a configuration.
 * @param live undefined where there is none
 * @throws ApiError Conflict where fields have other managers; Unknown where the configuration says what the
 * schema does not
 */
export function applyConfiguration(
  definition: ResourceDefinition,
  live: KubeObject | undefined,
  config: KubeObject,
  { manager, force, takesOver, subresource = '' }: ApplyOptions,
  time: string,
): AppliedConfiguration {
  if (entriesOf(config) !== undefined) throw new ApiError('BadRequest', 'metadata.managedFields must be nil');
  const shape = shapeOf(definition);
  const filter = filterOf(definition, subresource);
  const { name, namespace = '' } = config.metadata;
  const { apiVersion, kind } = config;
  try {
    checkFields(config, shape);
    const given = entriesOf(live);
    const known =
      given === undefined || takesOver === undefined
        ? given
        : (withMigrated(given, takesOver, manager) ?? given);
    const account: Account =
      live === undefined
        ? { managers: new Map(), times: new Map() }
        : known === undefined || known.length === 0
          ? firstAccount(live, shape, filterOf(definition, ''))
          : decoded(known);
    const from = live === undefined ? { apiVersion, kind, metadata: { name, namespace } } : bare(live);
    const id = idOf({ manager, operation: 'Apply', apiVersion, fieldsType: 'FieldsV1', subresource });
    const said = subresource === 'status' ? ofStatus(config) : withoutStatus(definition, config);
    const applied = applyManagers(from, said, shape, account.managers, id, apiVersion, force, filter);
    const times = new Map(account.times);
    if (applied.object !== undefined || !times.has(id)) times.set(id, time);
    const entries =
      known !== undefined && sameManagers(account.managers, applied.managers)
        ? known
        : encoded({ managers: applied.managers, times });
    return { object: withoutNulls(applied.object ?? from) as KubeObject, entries };
  } catch (error) {
    if (error instanceof ManagerConflicts) throw conflictError(error.conflicts);
    if (!(error instanceof TypedError)) throw error;
    throw new ApiError(
      'Unknown',
      `failed to create typed patch object (${namespace}/${name}; ${goKind(config)}): ` + error.message,
    );
  }
}

const ofStatus = ({ apiVersion, kind, metadata: { name, namespace }, status }: KubeObject): KubeObject =>
  ({ apiVersion, kind, metadata: { name, namespace }, status }) as KubeObject;

/** An endpoint passes over what another writes. */
function withoutStatus({ subresources }: ResourceDefinition, { status, ...rest }: KubeObject): KubeObject {
  return subresources.status || status === undefined ? rest : ({ ...rest, status } as KubeObject);
}

/**
 * The account in which one manager's updates count as another's applies: how kubectl goes over from applying
 * on its own side. Source: client-go/util/csaupgrade/upgrade.go. @returns undefined where there are none
 */
function withMigrated(
  entries: readonly ManagedFieldsEntry[],
  from: string,
  to: string,
): readonly ManagedFieldsEntry[] | undefined {
  const isOld = (e: ManagedFieldsEntry): boolean =>
    e.manager === from && e.operation === 'Update' && e.subresource === undefined;
  const isNew = (e: ManagedFieldsEntry): boolean =>
    e.manager === to && e.operation === 'Apply' && e.subresource === undefined;
  const old = entries.filter(isOld);
  const own = entries.find(isNew);
  if (old.length === 0 || own === undefined) return undefined;
  const set = union(...[own, ...old].map((e) => decodeFields(e.fieldsV1)));
  return entries.flatMap((e) => (isOld(e) ? [] : isNew(e) ? [{ ...e, fieldsV1: encodeFields(set) }] : [e]));
}

/** The manager of writes that name none: the program that makes them. */
export function managerOf(actor: string, user: string): string {
  if (user.startsWith('system:node:') || actor.startsWith('kubelet')) return 'kubelet';
  if (user === 'system:kube-scheduler') return 'kube-scheduler';
  return user.startsWith('system:') ? 'kube-controller-manager' : 'kubectl';
}
