/** Reads what a webhook does in YAML, already parsed to a plain object. */
import type { JsonPatchOperation, WebhookRefusal } from '../api/admission/dynamic/webhookcall.ts';
import { type Misreading, MisreadError } from '../api/misreading.ts';
import { compileCondition } from '../api/admission/dynamic/variables.ts';
import { parseDuration } from './images/yaml.ts';
import type { WebhookAnswers, WebhookBehaviour } from './webhooks.ts';

const REASONS = ['Forbidden', 'BadRequest', 'Invalid', 'Conflict', 'NotFound', 'InternalError'] as const;
const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];
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

function condition(path: string, value: unknown): string {
  const text = typeof value === 'string' ? value : fail(path, 'cel', value);
  const compiled = compileCondition(text);
  if ('error' in compiled) return fail(path, { problem: compiled.error }, value);
  return text;
}

const answer = (path: string, said: Readonly<Record<string, unknown>>): WebhookAnswers => ({
  ...(said.when === undefined ? {} : { when: condition(`${path}when`, said.when) }),
  ...(said.denies === undefined ? {} : { denies: refusal(`${path}denies`, said.denies) }),
  ...(said.patches === undefined ? {} : { patches: patches(`${path}patches`, said.patches) }),
  ...(said.warns === undefined ? {} : { warns: texts(said.warns) }),
});

/**
 * `after` (a duration until it answers), and what it answers: `denies` (a message, or one with its `reason`),
 * `patches` (JSON Patch operations), `warns`; or a list `answers` of these, each for requests of which `when`
 * holds.
 * @throws MisreadError naming the key, what was expected and what was found
 * @example parseWebhookBehaviour({ after: '2s', denies: 'no Pods today' })
 */
export function parseWebhookBehaviour(yaml: unknown): WebhookBehaviour {
  const map = mapping('', yaml ?? {}, ['after', ...OF_ANSWERS, 'answers']);
  const { after, answers = [], ...said } = map;
  const listed = Array.isArray(answers) ? answers : fail('answers', 'list', answers);
  const all = [
    ...(Object.keys(said).length === 0 ? [] : [answer('', said)]),
    ...listed.map((one: unknown, i) =>
      answer(`answers[${i}].`, mapping(`answers[${i}]`, one, ['when', ...OF_ANSWERS])),
    ),
  ];
  return {
    ...(after === undefined ? {} : { afterMs: parseDuration(after) ?? fail('after', 'duration', after) }),
    ...(all.length === 0 ? {} : { answers: all }),
  };
}
