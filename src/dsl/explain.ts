/**
 * What a failed claim says: the moment, what was found, the objects as kubectl prints them, and the chain of
 * causes back to the step.
 */
import { printTable } from '../kubectl/printers/index.ts';
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';
import type { ResourceRegistry } from '../sim/api/resources/registry.ts';
import type { KubeObject } from '../sim/api/types.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Message, Millis } from '../sim/kernel/types.ts';
import { printClock } from '../chaos/duration.ts';
import { changesOf } from '../messages/changes.ts';
import { say, wordsOf, type Language } from '../messages/index.ts';
import { ClaimError } from './errors.ts';
import type { Moment } from './moment.ts';
import type { Operation } from './operations/operation.ts';
import type { Session } from './types.ts';
import { whysOf } from './notready.ts';
import { driverOf, presentState } from './session.ts';

const MAX_ROWS = 12;

/** One table a kind, in the order the kinds come; long ones cut. */
function tablesOf(objects: readonly KubeObject[], at: Millis, resources: ResourceRegistry): string {
  const found = new Map<ResourceDefinition, KubeObject[]>();
  for (const object of objects) {
    const definition = resources.of(object);
    if (definition === undefined) continue;
    const list = found.get(definition);
    if (list === undefined) found.set(definition, [object]);
    else list.push(object);
  }
  const tables: string[] = [];
  for (const [definition, list] of found) {
    const shown = list.slice(0, MAX_ROWS);
    const more = list.length > shown.length ? `… and ${list.length - shown.length} more\n` : '';
    tables.push(printTable(shown, definition, { now: at, wide: definition.resource === 'pods' }) + more);
  }
  return tables.join('\n').trimEnd();
}

export const languageOf = ({ options }: Session): Language => options.language ?? 'en';

/** `[0:01:30]` since the cluster was taken up. */
const clockAt = (session: Session, at: Millis): string => `[${printClock(at - driverOf(session).beganAt)}]`;

/** `[0:01:30] kube-controller-manager: Pod default/web-1 created`. */
function describeEntry(session: Session, entry: HistoryEntry): string {
  const language = languageOf(session);
  const words = (m: Message): string => wordsOf(m, language, session.kit.messages);
  const at = clockAt(session, entry.at);
  switch (entry.type) {
    case 'operation':
      return `${at} ${say('step', { step: session.said.get(entry.id) ?? words(entry) }, language)}`;
    case 'world':
      return `${at} ${words(entry)}`;
    case 'api': {
      const name = `${entry.kind} ${entry.namespace === '' ? '' : `${entry.namespace}/`}${entry.name}`;
      const changes = changesOf(entry).map(words);
      return `${at} ${entry.by}: ${name} ${changes.join(', ')}`;
    }
  }
}

/** The chain of causes, newest first, from an entry back to the step; long ones keep both ends. */
function causeLines(session: Session, entry: EntryId | undefined): string[] {
  if (entry === undefined) return [];
  const chain = driverOf(session)
    .causes(entry)
    .map((e) => describeEntry(session, e));
  return chain.length <= 14
    ? chain
    : [
        ...chain.slice(0, 8),
        say('more', { count: chain.length - 13 }, languageOf(session)),
        ...chain.slice(-5),
      ];
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((l) => (l === '' ? l : `  ${l}`))
    .join('\n');

/** What it means that a claim with this moment does not hold. */
const BROKE = {
  now: 'doesNotHold',
  within: 'didNotComeToHold',
  eventually: 'didNotComeToHold',
  for: 'firstBroken',
  every: 'firstBroken',
  never: 'firstHeld',
  sometimes: 'heldAtNoMoment',
} as const satisfies Record<Moment['mode'], string>;

/** A step that let time pass for something that did not come about. @param whys a line for each object */
export function waitError(
  session: Session,
  text: string,
  found: string,
  objects: readonly KubeObject[],
  whys: readonly string[] = [],
): ClaimError {
  const language = languageOf(session);
  const driver = driverOf(session);
  const at = driver.now;
  const tables = tablesOf(objects, at, driver.resources);
  const broke = say('didNotComeToHold', { clock: clockAt(session, at) }, language);
  const parts = [`${text}\n${broke} ${say('found', { found }, language)}`];
  if (tables !== '') parts.push(indent(tables));
  if (whys.length > 0)
    parts.push(`${say('becauseOf', {}, language)}\n${whys.map((line) => `  ${line}`).join('\n')}`);
  return new ClaimError(parts.join('\n\n'), {
    at,
    claim: text,
    found,
    tables,
    causes: whys,
    entry: undefined,
  });
}

export function claimError(
  session: Session,
  text: string,
  operation: Extract<Operation, { op: 'assert' }>,
  facts: {
    at: Millis;
    found: string;
    objects: readonly KubeObject[];
    /** What holds it up. */
    stuck: readonly KubeObject[];
    entry: EntryId | undefined;
  },
): ClaimError {
  const language = languageOf(session);
  const tables = tablesOf(facts.objects, facts.at, driverOf(session).resources);
  const causes = causeLines(session, facts.entry);
  const broke = say(BROKE[operation.moment.mode], { clock: clockAt(session, facts.at) }, language);
  const parts = [`${text}\n${broke} ${say('found', { found: facts.found }, language)}`];
  if (tables !== '') parts.push(indent(tables));
  const whys = facts.stuck.length === 0 ? [] : whysOf(facts.stuck, presentState(session), language);
  if (whys.length > 0) parts.push(whys.map((line) => `  ${line}`).join('\n'));
  if (causes.length > 0)
    parts.push(
      `${say('becauseOf', {}, language)}\n` +
        `${causes.map((line, i) => `  ${i === 0 ? '' : '← '}${line}`).join('\n')}`,
    );
  return new ClaimError(parts.join('\n\n'), {
    at: facts.at,
    claim: text,
    found: facts.found,
    tables,
    causes,
    entry: facts.entry,
  });
}
