/**
 * What a served cluster offers beside Kubernetes' API: its clock, sentences to play, its log of inputs. For
 * whoever may do everything; by `kubectl get --raw` and `kubectl create --raw`, too.
 */
import { callOf } from '../chaos/schedule.ts';
import { standardFaults } from '../chaos/index.ts';
import { InputError, inputErrorOf } from '../dsl/errors.ts';
import { LANGUAGE } from '../dsl/phrases/index.ts';
import type { StepText } from '../dsl/phrases/phrase.ts';
import { parseGoDuration } from '../kubectl/duration.ts';
import { MASTERS } from '../sim/api/authentication/user.ts';
import { ApiError, badRequest } from '../sim/api/errors.ts';
import { rfc3339 } from '../sim/api/time.ts';
import { isMap, parsedJson, textOf } from './api/body.ts';
import { type Answer, type HttpRequest, jsonAnswer } from './api/http.ts';
import { methodNotAllowed, notServed, refusalOf } from './api/status.ts';
import { type Clock, paceOf } from './clock.ts';
import type { Served } from './served.ts';

const ROOT = '/seatrial/v1/';

export const isControl = ({ url }: HttpRequest): boolean => url.startsWith(ROOT);

const clockSays = (served: Served, clock: Clock): object => ({
  now: served.now,
  time: rfc3339(served.now),
  pace: clock.text,
  hash: served.cluster.hash(),
  ...(served.forks.size === 0
    ? {}
    : { forks: Object.fromEntries([...served.forks].map(([name, at]) => [name, rfc3339(at)])) }),
});

type Body = Readonly<Record<string, unknown>>;

const COMMANDS = [
  '{"advance": "5m"}',
  '{"rewind": "2m"}',
  '{"pace": "x10"}',
  '{"fork": "before"}',
  '{"resume": "before"}',
  '{"strike": {"fault": "NodePowerLoss", "target": "node-1"}}',
  '{"heal": "all"}',
];
const WORDS: readonly string[] = COMMANDS.map((command) => Object.keys(JSON.parse(command) as object)[0]!);

/** @throws ApiError BadRequest */
function durationIn(body: Body, name: string): number {
  const text = body[name];
  const ms = typeof text === 'string' ? parseGoDuration(text) : undefined;
  if (ms === undefined || !(ms >= 0))
    throw badRequest(`${name} takes a duration, as {"${name}": "5m"}, not ${JSON.stringify(text)}`);
  return ms;
}

/** The sentence by which a fault strikes, of an entry as schedules have them. @throws ApiError BadRequest */
function strikeIn(entry: unknown): StepText {
  if (!isMap(entry) || typeof entry['fault'] !== 'string')
    throw badRequest(
      'strike takes an entry of a schedule, as {"fault": "NodePowerLoss", "target": "node-1"}',
    );
  const { fault: kind, ...words } = entry;
  const said = Object.fromEntries(Object.entries(words).map(([word, value]) => [word, String(value)]));
  return LANGUAGE.render({ op: 'fault', fault: callOf(kind as string, said, standardFaults) });
}

/** @throws ApiError BadRequest */
function textIn(body: Body, name: string): string {
  const text = body[name];
  if (typeof text !== 'string') throw badRequest(`${name} takes a name, not ${JSON.stringify(text)}`);
  return text;
}

/** @throws ApiError BadRequest */
function tableOf(table: unknown): string[][] | undefined {
  if (table === undefined) return undefined;
  const isTable =
    Array.isArray(table) &&
    table.every((row) => Array.isArray(row) && row.every((cell) => typeof cell === 'string'));
  if (isTable) return table as string[][];
  throw badRequest('the table of a step is a list of rows of texts, as [["target", "node-1"]]');
}

function playStep(served: Served, { text, table }: StepText): void {
  served.play(text, table);
}

function setClock(served: Served, clock: Clock, body: Body, realMs: number): void {
  const [word = '', ...more] = Object.keys(body);
  if (more.length > 0 || !WORDS.includes(word))
    throw badRequest(`the clock takes one of ${COMMANDS.join(', ')}`);
  if (word === 'pace') {
    const pace = paceOf(String(body['pace']));
    if (pace === undefined) throw badRequest('pace takes live, x10 and its like, frozen or settle');
    return clock.set(pace, realMs);
  }
  if (word === 'fork') return served.fork(textIn(body, 'fork'));
  if (word === 'advance') served.pass(durationIn(body, 'advance'));
  else if (word === 'rewind') served.rewind(served.now - durationIn(body, 'rewind'));
  else if (word === 'resume') served.resume(textIn(body, 'resume'));
  else if (word === 'strike') playStep(served, strikeIn(body['strike']));
  else {
    const kind = textIn(body, 'heal');
    playStep(served, LANGUAGE.render({ op: 'heal', ...(kind === 'all' ? {} : { kind }) }));
  }
  clock.restart(realMs);
}

function answer(served: Served, clock: Clock, request: HttpRequest, realMs: number): Answer {
  const path = request.url.slice(ROOT.length).split('?')[0]!;
  if (request.method === 'GET') {
    if (path === 'clock') return jsonAnswer(200, clockSays(served, clock));
    if (path === 'log') return jsonAnswer(200, served.log);
    throw path === 'play' ? methodNotAllowed() : notServed();
  }
  if (request.method !== 'POST' && request.method !== 'PUT') throw methodNotAllowed();
  if (path !== 'clock' && path !== 'play') throw notServed();
  const body = parsedJson(textOf(request), 'the body of the request is no JSON: ');
  if (!isMap(body)) throw badRequest('the body of the request is no JSON object');
  if (path === 'clock') setClock(served, clock, body, realMs);
  else {
    const { step, table } = body as { step?: unknown; table?: unknown };
    if (typeof step !== 'string')
      throw badRequest('play takes a step of a feature, as {"step": "node \\"node-1\\" loses power"}');
    served.play(step, tableOf(table));
    clock.restart(realMs);
  }
  return jsonAnswer(200, clockSays(served, clock));
}

/** Never throws for what a request holds. @param realMs of the clock's caller */
export function control(served: Served, clock: Clock, request: HttpRequest, realMs: number): Answer {
  try {
    if (request.refused === true || request.user === undefined)
      throw new ApiError('Unauthorized', 'Unauthorized');
    if (!request.user.groups.includes(MASTERS))
      throw new ApiError(
        'Forbidden',
        `forbidden: User ${JSON.stringify(request.user.username)} cannot steer the simulation`,
      );
    return answer(served, clock, request, realMs);
  } catch (error) {
    if (error instanceof ApiError) return refusalOf(error);
    const wrong = error instanceof InputError ? error : inputErrorOf(error);
    if (wrong === undefined) throw error;
    return refusalOf(badRequest(wrong.message));
  }
}
