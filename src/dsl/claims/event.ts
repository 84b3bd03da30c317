/**
 * `an event "Killing" is recorded for pod "web-0" saying "…"`. Speaks of the Events that the API holds at the
 * moment asked about: for an hour, as in Kubernetes.
 */
import { say, type Language } from '../../messages/index.ts';
import { printClock } from '../../chaos/duration.ts';
import { matches } from '../../sim/api/selector.ts';
import type { Event, Pod } from '../../sim/api/types.ts';
import type { HistoryEntry } from '../../sim/kernel/history.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import { entriesAfter, objectsOf } from '../state.ts';
import { podsMatching, selectorFrom } from './select.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily, Verdict, View } from './types.ts';
import type { EventClaim } from './claim.ts';

/** How many Events a failure names. */
const SHOWN = 12;

type ApiEntry = Extract<HistoryEntry, { type: 'api' }>;

/**
 * What one walk has met of Events with the claim's reason and words. Each entry of the history is taken in
 * once, so that a walk over thousands of Events asks of each but once.
 */
class Tally {
  /** Those about the objects that the claim speaks of, by key in the store. */
  readonly held = new Map<string, Event>();
  /** By the name of what they are about, which may come to match only later. */
  private readonly right = new Map<string, Map<string, Event>>();
  /** Names of the Pods that match, or matched once: their Events outlive them. */
  private readonly names = new Set<string>();
  private readonly claim: EventClaim;
  private readonly namespace: string;
  private upTo: EntryId;

  constructor(claim: EventClaim, view: View) {
    this.claim = claim;
    this.namespace = view.namespace;
    const { selector } = claim;
    if (selector === undefined) {
      this.names.add(splitName(claim.name!, view.namespace).name);
    } else {
      const parsed = selectorFrom(selector);
      for (const pod of podsMatching(view, selector)) this.names.add(pod.metadata.name);
      for (const entry of view.span.history) {
        if (entry.id > view.span.to) break;
        if (entry.type === 'api' && entry.resource === 'pods') this.takePod(entry, parsed);
      }
    }
    for (const e of objectsOf(view.state, 'Event'))
      this.takeEvent(`${e.metadata.namespace}/${e.metadata.name}`, e, e);
    this.upTo = view.span.to;
  }

  /** Takes in what has happened since. */
  advance({ span }: View): void {
    if (span.to === this.upTo) return;
    const parsed = this.claim.selector === undefined ? undefined : selectorFrom(this.claim.selector);
    for (const entry of entriesAfter(span.history, this.upTo)) {
      if (entry.id > span.to) break;
      if (entry.type !== 'api') continue;
      if (entry.resource === 'pods' && parsed !== undefined) this.takePod(entry, parsed);
      else if (entry.resource === 'events')
        this.takeEvent(
          `${entry.namespace}/${entry.name}`,
          (entry.after ?? entry.before) as Event,
          entry.after as Event | undefined,
        );
    }
    this.upTo = span.to;
  }

  /** Whether an Event speaks of an object of the claim, whatever it says. */
  concerns({ involvedObject }: Event): boolean {
    return this.names.has(involvedObject.name) && this.isOfKind(involvedObject);
  }

  private isOfKind({ kind, namespace }: Event['involvedObject']): boolean {
    if (kind !== this.claim.kind) return false;
    if (this.claim.name === undefined || namespace === undefined || namespace === '') return true;
    return namespace === splitName(this.claim.name, this.namespace).namespace;
  }

  /** Whether an Event has the claim's reason and words. */
  isRight({ reason, message }: Event): boolean {
    return (
      reason === this.claim.reason && (this.claim.saying === undefined || message.includes(this.claim.saying))
    );
  }

  private takePod(entry: ApiEntry, selector: ReturnType<typeof selectorFrom>): void {
    const { namespace, name, after } = entry;
    if (namespace !== this.namespace || after === undefined || this.names.has(name)) return;
    if (!matches(selector, (after as Pod).metadata.labels ?? {})) return;
    this.names.add(name);
    for (const [key, event] of this.right.get(name) ?? []) this.held.set(key, event);
  }

  private takeEvent(key: string, { involvedObject }: Event, after: Event | undefined): void {
    if (!this.isOfKind(involvedObject)) return;
    const { name } = involvedObject;
    let about = this.right.get(name);
    if (after !== undefined && this.isRight(after)) {
      if (about === undefined) this.right.set(name, (about = new Map()));
      about.set(key, after);
      if (this.names.has(name)) this.held.set(key, after);
    } else if (about?.delete(key)) {
      this.held.delete(key);
      if (about.size === 0) this.right.delete(name);
    }
  }
}

/** Looks only when asked at what a failure shows. */
class EventVerdict implements Verdict {
  readonly holds: boolean;
  private readonly tally: Tally;
  private readonly view: View;

  constructor(tally: Tally, view: View) {
    this.holds = tally.held.size > 0;
    this.tally = tally;
    this.view = view;
  }

  get objects(): readonly Event[] {
    return this.holds ? [...this.tally.held.values()] : this.about();
  }

  private about(): Event[] {
    return [...objectsOf(this.view.state, 'Event')].filter((e) => this.tally.concerns(e));
  }

  found(language: Language): string {
    const about = this.about();
    const events = about.slice(0, SHOWN).map((e) => `${e.reason} (${e.message})`);
    const expired = this.holds ? undefined : this.lastExpired();
    return say(
      'foundEvents',
      {
        events,
        more: Math.max(0, about.length - SHOWN),
        expired: expired === undefined ? '' : `[${printClock(expired - this.view.driver.beganAt)}]`,
      },
      language,
    );
  }

  /** When the last Event that would have done ended. */
  private lastExpired(): Millis | undefined {
    const { history, to } = this.view.span;
    return history.findLast(
      (e) =>
        e.id <= to &&
        e.type === 'api' &&
        e.resource === 'events' &&
        e.after === undefined &&
        e.by === 'etcd' &&
        this.tally.concerns(e.before as Event) &&
        this.tally.isRight(e.before as Event),
    )?.at;
  }
}

export const event: ClaimFamily<EventClaim> = {
  claim: 'event',
  phrases: [
    {
      en: '{moment}an event {string:reason} is/was recorded for {kind} {string:name}',
      ja: '{moment}{kind}{name}にイベント{reason}が記録されている',
    },
    {
      en: '{moment}an event {string:reason} is/was recorded for {kind} {string:name} saying {string:saying}',
      ja: '{moment}{kind}{name}に{saying}を含むイベント{reason}が記録されている',
      about: 'a part of its message',
    },
    {
      en: '{moment}an event {string:reason} is/was recorded for a pod matching {selector}',
      ja: '{moment}{selector}に一致するPodにイベント{reason}が記録されている',
      fixed: { kind: 'Pod' },
    },
    {
      en:
        '{moment}an event {string:reason} is/was recorded for a pod matching {selector} saying ' +
        '{string:saying}',
      ja: '{moment}{selector}に一致するPodに{saying}を含むイベント{reason}が記録されている',
      about: 'a part of its message',
      fixed: { kind: 'Pod' },
    },
  ],
  asks: () => 'api',
  concerns: () => ({ kinds: ['Event'], world: false }),
  subjects: ({ kind, name, selector }, namespace) => [
    selector === undefined ? subjectNamed(kind, name!, namespace) : { selector, namespace },
  ],
  evaluate(claim, view) {
    let tally = view.memo.get(event) as Tally | undefined;
    if (tally === undefined) view.memo.set(event, (tally = new Tally(claim, view)));
    else tally.advance(view);
    return new EventVerdict(tally, view);
  },
};
