/** Reads what a webhook does in YAML, already parsed to a plain object. */
import type { JsonPatchOperation, WebhookRefusal } from '../api/admission/dynamic/webhookcall.ts';
import { type Misreading, MisreadError } from '../api/misreading.ts';
import { compileCondition } from '../api/admission/dynamic/variables.ts';
import { parseDuration } from './images/yaml.ts';
import { compileConverted } from '../api/resources/conversion.ts';
import type { VersionConversion } from '../api/resources/versionconversion.ts';
import {
  CERTIFICATE_PROBLEMS,
  type ConversionBehaviour,
  type WebhookAnswers,
  type WebhookBehaviour,
} from './webhooks.ts';

const REASONS = ['Forbidden', 'BadRequest', 'Invalid', 'Conflict', 'NotFound', 'InternalError'] as const;
const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];
const CERTIFICATES = Object.keys(CERTIFICATE_PROBLEMS) as (keyof typeof CERTIFICATE_PROBLEMS)[];
const OF_SERVERS = ['after', 'certificate'];
const OF_ANSWERS = ['denies', 'patches', 'warns'];

const fail = (path: string, wanted: Misreading['wanted'], value: unknown): never => {
  throw new MisreadError({ of: 'webhook', path, wanted, value });
};

function mapping(path: string, value: unknown, keys: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail(path, 'mapping', value);
  for (const [key, member] of Object.entries(value))
    if (!keys.includes(key)) fail(path === '' ? key : `${path}.${key}`, { among: keys }, member);
  return value as Readonly<Record<string, unknown>>;
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(String);

function refusal(path: string, value: unknown): WebhookRefusal {
  if (typeof value === 'string') return { message: value, reason: 'Forbidden' };
  const { message = '', reason = 'Forbidden' } = mapping(path, value, ['message', 'reason']);
  const known = REASONS.find((r) => r === reason);
  return { message: String(message), reason: known ?? fail(`${path}.reason`, { among: REASONS }, reason) };
}

function patches(path: string, value: unknown): JsonPatchOperation[] {
  if (!Array.isArray(value)) return fail(path, 'patch', value);
  return value.map((operation: unknown, i) => {
    const at = `${path}[${i}]`;
    const said = mapping(at, operation, ['op', 'path', 'from', 'value']);
    if (!OPERATIONS.includes(String(said.op))) fail(`${at}.op`, { among: OPERATIONS }, said.op);
    if (typeof said.path !== 'string' || (said.path !== '' && !said.path.startsWith('/')))
      fail(`${at}.path`, 'pointer', said.path);
    return said as unknown as JsonPatchOperation;
  });
}

function condition(path: string, value: unknown, compiler = compileCondition): string {
  const text = typeof value === 'string' ? value : fail(path, 'cel', value);
  const compiled = compiler(text);
  if ('error' in compiled) return fail(path, { problem: compiled.error }, value);
  return text;
}

const answer = (path: string, said: Readonly<Record<string, unknown>>): WebhookAnswers => ({
  ...(said.when === undefined ? {} : { when: condition(`${path}when`, said.when) }),
  ...(said.denies === undefined ? {} : { denies: refusal(`${path}denies`, said.denies) }),
  ...(said.patches === undefined ? {} : { patches: patches(`${path}patches`, said.patches) }),
  ...(said.warns === undefined ? {} : { warns: texts(said.warns) }),
});

function server({ after, certificate }: Readonly<Record<string, unknown>>): {
  afterMs?: number;
  certificate?: keyof typeof CERTIFICATE_PROBLEMS;
} {
  const problem = CERTIFICATES.find((known) => known === certificate);
  if (certificate !== undefined && problem === undefined)
    fail('certificate', { among: CERTIFICATES }, certificate);
  return {
    ...(after === undefined ? {} : { afterMs: parseDuration(after) ?? fail('after', 'duration', after) }),
    ...(problem === undefined ? {} : { certificate: problem }),
  };
}

/**
 * `after` (a duration until it answers), `certificate` (what is wrong with it), and what it answers: `denies`
 * (a message, or one with its `reason`), `patches` (JSON Patch operations), `warns`; or a list `answers` of
 * these, each for requests of which `when` holds.
 * @throws MisreadError naming the key, what was expected and what was found
 * @example parseWebhookBehaviour({ after: '2s', denies: 'no Pods today' })
 */
export function parseWebhookBehaviour(yaml: unknown): WebhookBehaviour {
  const map = mapping('', yaml ?? {}, [...OF_SERVERS, ...OF_ANSWERS, 'answers']);
  const { after: _, certificate: __, answers = [], ...said } = map;
  const listed = Array.isArray(answers) ? answers : fail('answers', 'list', answers);
  const all = [
    ...(Object.keys(said).length === 0 ? [] : [answer('', said)]),
    ...listed.map((one: unknown, i) =>
      answer(`answers[${i}].`, mapping(`answers[${i}]`, one, ['when', ...OF_ANSWERS])),
    ),
  ];
  return { ...server(map), ...(all.length === 0 ? {} : { answers: all }) };
}

const FIELD = /^\.?[\w-]+(\.[\w-]+)*$/;

function field(path: string, value: unknown): string {
  const text = typeof value === 'string' && FIELD.test(value) ? value : fail(path, 'field', value);
  const name = text.replace(/^\./, '');
  if (/^(apiVersion|kind|metadata)$|^metadata\.(?!(labels|annotations)(\.|$))/.test(name))
    fail(path, 'field', value);
  return name;
}

/** By fields, what `read` makes of each. */
function byField(
  path: string,
  value: unknown,
  read: (path: string, value: unknown) => string,
): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail(path, 'mapping', value);
  return Object.fromEntries(
    Object.entries(value).map(([name, said]) => [field(path, name), read(`${path}.${name}`, said)]),
  );
}

function conversion(path: string, value: unknown): VersionConversion {
  const said = mapping(path, value, ['from', 'to', 'moves', 'sets', 'drops']);
  const version = (key: 'from' | 'to'): string =>
    typeof said[key] === 'string' && said[key] !== ''
      ? said[key]
      : fail(`${path}.${key}`, 'version', said[key]);
  const { moves, sets, drops } = said;
  const dropped = drops === undefined || Array.isArray(drops) ? drops : fail(`${path}.drops`, 'list', drops);
  return {
    from: version('from'),
    to: version('to'),
    ...(moves === undefined ? {} : { moves: byField(`${path}.moves`, moves, field) }),
    ...(sets === undefined
      ? {}
      : { sets: byField(`${path}.sets`, sets, (at, text) => condition(at, text, compileConverted)) }),
    ...(dropped === undefined
      ? {}
      : { drops: dropped.map((name: unknown, i) => field(`${path}.drops[${i}]`, name)) }),
  };
}

/**
 * `after` and `certificate` as of admission webhooks, `fails` (why it converts nothing), and a list
 * `conversions`: `from` a version `to` another, what it `moves` (fields by where they were), `sets` (fields
 * by expressions of CEL, of which `object` is what comes in) and `drops`. The way back follows from what is
 * moved, unless it is said, too.
 * @throws MisreadError naming the key, what was expected and what was found
 * @example
 * parseConversionBehaviour({
 *   conversions: [{ from: 'v1beta1', to: 'v1', moves: { 'spec.cron': 'spec.schedule' } }],
 * })
 */
export function parseConversionBehaviour(yaml: unknown): ConversionBehaviour {
  const map = mapping('', yaml ?? {}, [...OF_SERVERS, 'fails', 'conversions']);
  const { fails, conversions } = map;
  if (conversions !== undefined && !Array.isArray(conversions)) fail('conversions', 'list', conversions);
  const all = conversions as readonly unknown[] | undefined;
  return {
    ...server(map),
    ...(fails === undefined ? {} : { fails: String(fails) }),
    ...(all === undefined ? {} : { conversions: all.map((one, i) => conversion(`conversions[${i}]`, one)) }),
  };
}
