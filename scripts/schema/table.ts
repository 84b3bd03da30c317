/** Turns the package's declarations into the notation of src/sim/api/schema/types.ts. */
import { type Declaration, type Member, validatorOf, type Written } from './models.ts';
import { PATCH_KEYS } from './patchkeys.ts';

/** Served here beside what 1.36 serves, whose versions are the stable ones. */
const EARLIER = ['policy/v1beta1 PodDisruptionBudget'];

/**
 * Types with a notation of their own. RawExtension and FieldsV1 hold objects of any form. JSONSchemaPropsOr…
 * are declared without fields; Go reads them by functions of their own, which let unknown fields pass
 * (staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/marshal.go).
 */
const LEAVES: Readonly<Record<string, string>> = {
  IoK8sApimachineryPkgApiResourceQuantity: 'q',
  IoK8sApimachineryPkgUtilIntstrIntOrString: 'I',
  IoK8sApimachineryPkgApisMetaV1Time: 't',
  IoK8sApimachineryPkgApisMetaV1MicroTime: 'u',
  IoK8sApimachineryPkgRuntimeRawExtension: '*',
  IoK8sApimachineryPkgApisMetaV1FieldsV1: '*',
  IoK8sApiextensionsApiserverPkgApisApiextensionsV1JSON: '*',
  IoK8sApiextensionsApiserverPkgApisApiextensionsV1JSONSchemaPropsOrArray: '*',
  IoK8sApiextensionsApiserverPkgApisApiextensionsV1JSONSchemaPropsOrBool: '*',
  IoK8sApiextensionsApiserverPkgApisApiextensionsV1JSONSchemaPropsOrStringArray: '*',
};

/** Go structs without fields. */
const EMPTY = ['CustomResourceSubresourceStatus'];

export interface Table {
  /** `apps/v1` to `ControllerRevision DaemonSet …`. */
  readonly kinds: Map<string, string>;
  /** `v1.DeploymentSpec` to its notation. */
  readonly schemas: Map<string, string>;
}

/** Kinds that 1.36 serves. A list is no kind here: its items are read one by one. */
const isBuiltIn = (d: Declaration): boolean =>
  d.kind &&
  d.apiVersion !== 'meta/v1' &&
  !d.fields.some((f) => f.name === 'items' && f.required) &&
  (/(^|\/)v\d+$/.test(d.apiVersion) || EARLIER.includes(`${d.apiVersion} ${d.name}`));

const inner = (type: Written): Written => (type.as === 'list' || type.as === 'map' ? inner(type.of) : type);

/** Declarations that the given ones need, themselves included. */
function withNeeded(
  roots: readonly Declaration[],
  all: ReadonlyMap<string, Declaration>,
  embedded: (fields: readonly Member[]) => Declaration,
): Set<Declaration> {
  const needed = new Set<Declaration>();
  const visit = (d: Declaration): void => {
    if (needed.has(d)) return;
    needed.add(d);
    for (const { type } of d.fields) {
      const leaf = inner(type);
      if (leaf.as === 'inline') visit(embedded(leaf.fields));
      if (leaf.as === 'name' && LEAVES[leaf.name] === undefined) visit(all.get(leaf.name)!);
    }
  };
  roots.forEach(visit);
  return needed;
}

/**
 * Go's names: `v1.PodSpec`. Where groups share one, core's and apimachinery's stay bare and the others have
 * their group behind: `v1.EndpointPort#discovery`.
 */
function nameAll(declarations: Iterable<Declaration>): Map<Declaration, string> {
  const byName = new Map<string, Declaration[]>();
  for (const d of declarations) {
    const name = `${d.apiVersion.split('/').at(-1)}.${d.name}`;
    byName.set(name, [...(byName.get(name) ?? []), d]);
  }
  const names = new Map<Declaration, string>();
  for (const [name, sharing] of byName) {
    for (const d of sharing) {
      const bare = sharing.length === 1 || d.apiVersion === 'v1' || d.apiVersion === 'meta/v1';
      names.set(d, bare ? name : `${name}#${d.apiVersion.split(/[./]/)[0]}`);
    }
  }
  if (new Set(names.values()).size !== names.size) throw new Error('two types share a name');
  return names;
}

/** What a leaf's validator says of a value that stands where the declaration has it. */
type Probe = (value: unknown) => readonly { keyword: string; params: Readonly<Record<string, unknown>> }[];

function leafOf(as: 'string' | 'number' | 'boolean', probe: Probe, where: string): string {
  if (as === 'boolean') return 'b';
  const format = (value: unknown): unknown =>
    probe(value).find((c) => c.keyword === 'format')?.params['format'];
  if (as === 'number') {
    if (probe({}).length === 0) throw new Error(`${where}: the validator does not look at it`);
    if (probe(0.5).length === 0) return 'n';
    return format(2 ** 40) === 'int32' ? 'i' : 'l';
  }
  const found = format('!');
  if (found !== undefined && found !== 'byte') throw new Error(`${where}: strings of format ${found}`);
  return found === 'byte' ? 'x' : 's';
}

/** @param all every declaration of the package, by alias */
export async function writeTable(all: ReadonlyMap<string, Declaration>): Promise<Table> {
  const roots = [...all.values()].filter(isBuiltIn);
  /** An inline object that repeats a kind's fields, as Go embeds it: `volumeClaimTemplates`. */
  const embedded = (fields: readonly Member[]): Declaration => {
    const own = JSON.stringify(fields.filter((f) => f.name !== 'apiVersion' && f.name !== 'kind'));
    const found = roots.find((d) => JSON.stringify(d.fields) === own);
    if (found === undefined) throw new Error(`an inline object that is no kind: ${own}`);
    return found;
  };
  const needed = withNeeded(roots, all, embedded);
  for (const d of needed) {
    if (d.fields.length === 0 && !EMPTY.includes(d.name))
      throw new Error(`${d.alias}: declared without fields`);
  }
  const names = nameAll(needed);

  const unused = new Set(
    Object.entries(PATCH_KEYS).flatMap(([version, keys]) => Object.keys(keys).map((k) => `${version} ${k}`)),
  );
  const schemas = new Map<string, string>();
  for (const [d, name] of names) {
    const validate = await validatorOf(d);
    const notation = (type: Written, wrap: (value: unknown) => unknown, path: string): string => {
      switch (type.as) {
        case 'list':
          return `[]${notation(type.of, (v) => wrap([v]), `${path}/0`)}`;
        case 'map':
          return `{}${notation(type.of, (v) => wrap({ k: v }), `${path}/k`)}`;
        case 'words':
          if (type.words.some((w) => /[_,;()']/.test(w))) throw new Error(`${name}${path}: ${type.words}`);
          return `s(${type.words.join(',').replaceAll(' ', '_')})`;
        case 'inline':
          return `&${names.get(embedded(type.fields))}`;
        case 'name':
          return LEAVES[type.name] ?? `@${names.get(all.get(type.name)!)}`;
        default:
          return leafOf(
            type.as,
            (value) => validate(wrap(value)).filter((c) => c.instancePath === path),
            `${name}${path}`,
          );
      }
    };
    const fields = d.fields.map((field) => {
      const key = `${d.name} ${field.name}`;
      const patch = PATCH_KEYS[d.apiVersion]?.[key];
      unused.delete(`${d.apiVersion} ${key}`);
      const type = notation(field.type, (v) => ({ [field.name]: v }), `/${field.name}`);
      return `${field.required ? '!' : ''}${field.name} ${type}${patch === undefined ? '' : ` ${patch}`}`;
    });
    schemas.set(name, fields.join(';'));
  }
  if (unused.size > 0) throw new Error(`patch keys of no field: ${[...unused].join(', ')}`);

  const kinds = new Map<string, string>();
  for (const d of roots) {
    const group = names.get(d)!.split('#')[1];
    const word = group === undefined ? d.name : `${d.name}#${group}`;
    const before = kinds.get(d.apiVersion);
    kinds.set(d.apiVersion, before === undefined ? word : `${before} ${word}`);
  }
  return { kinds, schemas };
}
