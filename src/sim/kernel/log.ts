/**
 * The history as kept: append-only, shared between a run and its forks (a fork reads its past from its
 * parent's array). In tail mode what falls off the end is folded into the hash first, so that the hash speaks
 * of everything.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { HistoryEntry, HistoryMode } from './history.ts';
import type { EntryId } from './types.ts';

const fold = (digest: string, entry: HistoryEntry): string =>
  bytesToHex(sha256(utf8ToBytes(digest + textOf(entry))));

/** What of an entry is hashed: everything but the state before, which an earlier entry holds. */
function textOf(e: HistoryEntry): string {
  return e.type === 'api'
    ? JSON.stringify([e.id, e.at, e.by, e.cause, e.kind, e.namespace, e.name, e.revision, e.after ?? null])
    : JSON.stringify([e.id, e.at, e.by, e.cause, e.type, e.key, e.args]);
}

export class HistoryLog {
  readonly mode: HistoryMode;
  /** Entries inherited from the run this one was forked from; only the first `inherited` of them count. */
  private past: readonly HistoryEntry[] = [];
  private inherited = 0;
  private own: HistoryEntry[] = [];
  /** How many entries were dropped (tail mode), and the digest of them. */
  private dropped = 0;
  private digest = '';
  /** Of how many entries the hash was last asked for, and what it was: entries never change. */
  private asked = { count: 0, digest: '' };

  constructor(mode: HistoryMode) {
    this.mode = mode;
  }

  /** How many entries there have been, kept or not; the next entry's id is one more. */
  get count(): number {
    return this.dropped + this.inherited + this.own.length;
  }

  /** How many of them are kept. */
  get kept(): number {
    return this.inherited + this.own.length;
  }

  append(entry: HistoryEntry): void {
    this.own.push(entry);
    if (this.mode.keep === 'tail' && this.own.length + this.inherited >= 2 * this.mode.tail)
      this.trim(this.mode.tail);
  }

  /** Entries kept, oldest first. */
  entries(): readonly HistoryEntry[] {
    if (this.inherited === 0) return this.own;
    // Flattened once: readers ask for the whole again and again.
    this.own = this.past.slice(0, this.inherited).concat(this.own);
    this.past = [];
    this.inherited = 0;
    return this.own;
  }

  find(id: EntryId): HistoryEntry | undefined {
    const index = id - 1 - this.dropped;
    if (index < 0) return undefined;
    return index < this.inherited ? this.past[index] : this.own[index - this.inherited];
  }

  /** @throws Error when the mode keeps no hash and entries were dropped */
  hash(): string {
    if (this.dropped > 0 && !this.folds) throw new Error('this history keeps no hash of what it dropped');
    const { dropped } = this;
    let { count, digest } = this.asked.count > dropped ? this.asked : { count: dropped, digest: this.digest };
    const entries = this.entries();
    for (; count < this.count; count += 1) digest = fold(digest, entries[count - dropped]!);
    this.asked = { count, digest };
    return digest;
  }

  fork(): HistoryLog {
    const copy = new HistoryLog(this.mode);
    copy.past = this.entries();
    copy.inherited = this.own.length;
    copy.dropped = this.dropped;
    copy.digest = this.digest;
    copy.asked = this.asked;
    return copy;
  }

  /** For snapshots. */
  save(): { dropped: number; digest: string; entries: readonly HistoryEntry[] } {
    return { dropped: this.dropped, digest: this.digest, entries: this.entries() };
  }

  static restore(
    mode: HistoryMode,
    saved: { dropped: number; digest: string; entries: HistoryEntry[] },
  ): HistoryLog {
    const log = new HistoryLog(mode);
    log.own = saved.entries;
    log.dropped = saved.dropped;
    log.digest = saved.digest;
    return log;
  }

  private get folds(): boolean {
    return this.mode.keep === 'all' || this.mode.hash !== false;
  }

  private trim(keep: number): void {
    const all = this.entries();
    const cut = all.length - keep;
    if (this.folds) for (let i = 0; i < cut; i += 1) this.digest = fold(this.digest, all[i]!);
    this.own = all.slice(cut);
    this.dropped += cut;
  }
}
