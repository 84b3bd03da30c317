/**
 * Makes src/sim/api/schema/data.ts: the fields of every served kind, from the types and validators of
 * `kubernetes-models`, with the strategic-merge keys of an API server. Run by hand when kinds or the
 * Kubernetes version change:
 *
 *   npx tsx scripts/generate-schema.ts path/to/patch-keys.json
 *
 * The patch keys come from an API server's published OpenAPI; those younger than that server are listed
 * below.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { KINDS } from '../src/sim/api/kinds.ts';

const MODULES = resolve('node_modules');
const OUT = 'src/sim/api/schema/data.ts';

/**
 * Patch strategies in staging/src/k8s.io/api/{core,policy}/v1/types.go that the recorded server does not
 * know.
 */
const YOUNGER: Record<string, string> = {
  'v1.PodSpec schedulingGates': 'merge:name',
  'v1.PodSpec resourceClaims': 'merge,retainKeys:name',
  'v1.PodStatus hostIPs': 'merge:ip',
  'v1.PodStatus resourceClaimStatuses': 'merge,retainKeys:name',
  'v1.EphemeralContainer ports': 'merge:containerPort',
  'v1.PodDisruptionBudgetSpec selector': 'replace',
  'v1.PodDisruptionBudgetStatus conditions': 'merge:type',
};

const LEAVES: Record<string, string> = {
  IIoK8sApimachineryPkgApiResourceQuantity: 'q',
  IIoK8sApimachineryPkgUtilIntstrIntOrString: 'I',
  IIoK8sApimachineryPkgApisMetaV1Time: 't',
  IIoK8sApimachineryPkgApisMetaV1MicroTime: 'u',
  IIoK8sApimachineryPkgRuntimeRawExtension: '*',
  IIoK8sApimachineryPkgApisMetaV1FieldsV1: '*',
};

interface PatchKey {
  type: string;
  definition: string;
  field: string;
  patchStrategy: string | null;
  mergeKey: string | null;
}
const patchFile = process.argv[2];
if (patchFile === undefined)
  throw new Error('usage: npx tsx scripts/generate-schema.ts path/to/patch-keys.json');
const patchKeys = new Map<string, string>();
for (const k of JSON.parse(readFileSync(patchFile, 'utf8')) as PatchKey[]) {
  if (k.patchStrategy === null || !/io\.k8s\.(api\.(core|apps|policy)|apimachinery)/.test(k.definition))
    continue;
  const version = k.definition.split('.').at(-2)!;
  patchKeys.set(
    `${version}.${k.type} ${k.field}`,
    k.patchStrategy + (k.mergeKey === null ? '' : `:${k.mergeKey}`),
  );
}
for (const [key, value] of Object.entries(YOUNGER)) patchKeys.set(key, value);

/**
 * Schemas by Go's name (`v1.PodSpec`; `#group` behind it where two groups share one), each a list of `field
 * type` or `!field type` (required), with the patch strategy last.
 */
const schemas = new Map<string, string>();
/** Which .d.ts a name came from. */
const sources = new Map<string, string>();

/** The text of the compiled validator of a field, with those it calls for members of a list or map. */
function validatorOf(js: string, field: string): string {
  const call = new RegExp(`void 0!==data\\.${field.replace('$', '\\$')}&&\\((validate\\d+)\\(`).exec(js);
  const body = (name: string): string =>
    new RegExp(`function ${name}\\(.*?return ${name}\\.errors=`, 's').exec(js)?.[0] ?? '';
  if (call === null) return '';
  const text = body(call[1]!);
  const inner = /(validate\d+)\(data\[/.exec(text);
  return inner === null ? text : text + body(inner[1]!);
}

function visit(file: string): string {
  const text = readFileSync(file, 'utf8');
  const [, name] = /export interface I(\w+)/.exec(text)!;
  const version = /\/(v\d\w*)\/\w+\.d\.ts$/.exec(file)![1]!;
  let key = `${version}.${name}`;
  if ((sources.get(key) ?? file) !== file) key += `#${/([\w.]+)\/v\d/.exec(file)![1]!.split('.')[0]}`;
  const seen = sources.get(key);
  if (seen === file) return key;
  if (seen !== undefined) throw new Error(`${key} is in ${seen} and ${file}`);
  sources.set(key, file);
  const alias = /export type \{ I\w+ as I(\w+)/.exec(text)![1]!;
  const imports = new Map(
    [...text.matchAll(/import \{ (\w+) \} from "([^"]+)"/g)].map((m) => [m[1]!, m[2]!]),
  );
  const validators = file.includes('@kubernetes-models')
    ? join(MODULES, '@kubernetes-models/apimachinery/_schemas')
    : join(MODULES, 'kubernetes-models/_schemas');
  const js = readFileSync(join(validators, `${alias}.js`), 'utf8');

  const typeOf = (type: string, field: string): string => {
    const list = /^Array<(.*)>$/s.exec(type);
    if (list) return `[]${typeOf(list[1]!, field)}`;
    const map = /^\{\s*\[key: string\]: (.*);\s*\}$/s.exec(type);
    if (map) return `{}${typeOf(map[1]!, field)}`;
    if (LEAVES[type] !== undefined) return LEAVES[type];
    if (imports.has(type)) {
      const path = imports.get(type)!;
      const target = path.startsWith('.')
        ? join(dirname(file), path.replace(/\.js$/, '.d.ts'))
        : join(MODULES, `${path}.d.ts`);
      return `@${visit(target)}`;
    }
    if (type === 'string') return validatorOf(js, field).includes('format:"byte"') ? 'x' : 's';
    if (type === 'boolean') return 'b';
    if (type === 'number') {
      const format = /format:"(int32|int64|double)"/.exec(validatorOf(js, field))?.[1];
      return format === 'int32' ? 'i' : format === 'double' ? 'n' : 'l';
    }
    if (/^"/.test(type)) return `s(${[...type.matchAll(/"([^"]*)"/g)].map((m) => m[1]).join(',')})`;
    throw new Error(`${file}: ${field}: ${type}`);
  };

  const body = /export interface I\w+(?: extends \w+)? \{\n(.*?)\n\}/s.exec(text)?.[1] ?? '';
  const fields: string[] = [];
  for (const m of body.replace(/\/\*\*.*?\*\//gs, '').matchAll(/"([^"]+)"(\??): (\{.*?\}|[^;{]+);/gs)) {
    const [, field, optional, type] = m as unknown as [string, string, string, string];
    if (field === 'apiVersion' || field === 'kind') {
      if (/extends TypeMeta/.test(text)) continue;
    }
    const patch = patchKeys.get(`${key} ${field}`);
    fields.push(
      `${optional === '?' ? '' : '!'}${field} ${typeOf(type.trim(), field)}${patch === undefined ? '' : ` ${patch}`}`,
    );
  }
  schemas.set(key, fields.join(';'));
  return key;
}

const kinds: string[] = [];
for (const k of KINDS) {
  for (const version of k.versions) {
    const group = k.group === '' ? version : `${k.group}/${version}`;
    const file = join(MODULES, 'kubernetes-models', group, `${k.kind}.d.ts`);
    if (!existsSync(file)) throw new Error(`no types for ${group} ${k.kind}`);
    kinds.push(`  '${group} ${k.kind}': '${visit(file)}',`);
  }
}
const quoted = [...schemas]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, fields]) => `  '${name}': '${fields}',`);
writeFileSync(
  OUT,
  `/** Made by scripts/generate-schema.ts from kubernetes-models ${(JSON.parse(readFileSync(join(MODULES, 'kubernetes-models/package.json'), 'utf8')) as { version: string }).version}; do not edit. */
/* eslint-disable */
/** apiVersion and kind to schema. */
export const KIND_SCHEMAS: Readonly<Record<string, string>> = {
${kinds.join('\n')}
};

/** Schemas in the notation that types.ts beside this reads. */
export const SCHEMAS: Readonly<Record<string, string>> = {
${quoted.join('\n')}
};
`,
);
console.log(`${schemas.size} schemas, ${quoted.join('').length} bytes`);
