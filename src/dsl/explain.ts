/**
 * What a failed claim says: the moment, what was found, the objects as kubectl prints them, and the chain of
 * causes back to the step.
 */
import { printTable } from '../kubectl/printers/index.ts';
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';
import type { ResourceRegistry } from '../sim/api/resources/registry.ts';
import type { KubeObject } from '../sim/api/types.ts';
import type { Driver } from '../drivers/driver.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import { printClock } from '../chaos/duration.ts';
import { ClaimError } from './errors.ts';
import type { Moment } from './moment.ts';
import type { Operation } from './operations/types.ts';

const MAX_ROWS = 12;

/** One table a kind, in the order the kinds come; long ones cut. */
export function tablesOf(objects: readonly KubeObject[], at: Millis, resources: ResourceRegistry): string {
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

/** `0:01:30 kube-controller-manager: Pod default/web-1 created`. */
export function describeEntry(entry: HistoryEntry): string {
  const at = `[${printClock(entry.at)}]`;
  if (entry.type === 'operation') return `${at} step: ${entry.what}`;
  if (entry.type === 'world') return `${at} ${entry.what}`;
  const name = `${entry.kind} ${entry.namespace === '' ? '' : `${entry.namespace}/`}${entry.name}`;
  return `${at} ${entry.by}: ${name} ${changeOf(entry.before as KubeObject | undefined, entry.after as KubeObject | undefined)}`;
}

type Status = { phase?: string; conditions?: { type: string; status: string; reason?: string }[] };

function changeOf(before: KubeObject | undefined, after: KubeObject | undefined): string {
  if (before === undefined) return 'created';
  if (after === undefined) return 'gone';
  if (before.metadata.deletionTimestamp === undefined && after.metadata.deletionTimestamp !== undefined)
    return 'marked for deletion';
  const was = (before.status ?? {}) as Status;
  const is = (after.status ?? {}) as Status;
  const changes: string[] = [];
  const node = (o: KubeObject): string | undefined => (o.spec as { nodeName?: string } | undefined)?.nodeName;
  if (after.kind === 'Pod' && node(before) !== node(after)) changes.push(`bound to ${node(after)}`);
  if (was.phase !== is.phase) changes.push(`phase ${is.phase}`);
  for (const c of is.conditions ?? []) {
    const old = was.conditions?.find((o) => o.type === c.type);
    if (old?.status !== c.status)
      changes.push(`${c.type}=${c.status}${c.reason === undefined ? '' : ` (${c.reason})`}`);
  }
  const taints = (o: KubeObject): string =>
    ((o.spec as { taints?: { key: string; effect: string }[] } | undefined)?.taints ?? [])
      .map((t) => `${t.key}:${t.effect}`)
      .join(', ');
  if (after.kind === 'Node' && taints(before) !== taints(after))
    changes.push(`taints: ${taints(after) || 'none'}`);
  if (changes.length > 0) return changes.join(', ');
  return before.spec === after.spec ? 'status updated' : 'updated';
}

/** The chain of causes, newest first, from an entry back to the step; long ones keep both ends. */
export function causeLines(driver: Driver, entry: EntryId | undefined): string[] {
  if (entry === undefined) return [];
  const chain = driver.causes(entry).map(describeEntry);
  return chain.length <= 14
    ? chain
    : [...chain.slice(0, 8), `… ${chain.length - 13} more …`, ...chain.slice(-5)];
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((l) => (l === '' ? l : `  ${l}`))
    .join('\n');

/** When a claim with this moment was broken, in words. */
function broke(moment: Moment, at: Millis): string {
  const clock = `[${printClock(at)}]`;
  switch (moment.mode) {
    case 'now':
      return `It does not hold at ${clock}.`;
    case 'within':
    case 'eventually':
      return `It did not come to hold by ${clock}.`;
    case 'for':
    case 'every':
      return `It was first broken at ${clock}.`;
    case 'never':
      return `It first held, and should not, at ${clock}.`;
    case 'sometimes':
      return `It held at no moment up to ${clock}.`;
  }
}

export function claimError(
  driver: Driver,
  text: string,
  operation: Extract<Operation, { op: 'assert' }>,
  facts: { at: Millis; found: string; objects: readonly KubeObject[]; entry: EntryId | undefined },
): ClaimError {
  const tables = tablesOf(facts.objects, facts.at, driver.resources);
  const causes = causeLines(driver, facts.entry);
  const parts = [`${text}\n${broke(operation.moment, facts.at)} Found: ${facts.found}`];
  if (tables !== '') parts.push(indent(tables));
  if (causes.length > 0)
    parts.push(`Because of:\n${causes.map((line, i) => `  ${i === 0 ? '' : '← '}${line}`).join('\n')}`);
  return new ClaimError(parts.join('\n\n'), {
    at: facts.at,
    claim: text,
    found: facts.found,
    tables,
    causes,
    entry: facts.entry,
  });
}
