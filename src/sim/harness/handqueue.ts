/** A work queue that is worked off by hand, with client-go's back-off. */
import type { WorkQueue } from '../controlplane/controller.ts';
import type { Millis } from '../kernel/types.ts';

export class HandQueue implements WorkQueue {
  private readonly now: () => Millis;
  private readonly ready = new Set<string>();
  private readonly delayed = new Map<string, { at: Millis; timeout: boolean }>();
  private readonly failures = new Map<string, number>();

  constructor(now: () => Millis) {
    this.now = now;
  }

  add(key: string): void {
    this.ready.add(key);
  }

  addAfter(key: string, delayMs: Millis, options?: { timeout?: boolean }): void {
    if (delayMs <= 0) this.add(key);
    else this.later(key, delayMs, options?.timeout ?? true);
  }

  addRateLimited(key: string): void {
    const failures = this.retries(key);
    this.failures.set(key, failures + 1);
    this.later(key, Math.min(1_000_000, 5 * 2 ** failures), false);
  }

  forget(key: string): void {
    this.failures.delete(key);
  }

  retries(key: string): number {
    return this.failures.get(key) ?? 0;
  }

  private later(key: string, delayMs: Millis, timeout: boolean): void {
    const at = this.now() + Math.ceil(delayMs);
    const old = this.delayed.get(key);
    if (old === undefined || at < old.at) this.delayed.set(key, { at, timeout });
  }

  /** Makes ready what has waited long enough. */
  wakeDue(): void {
    for (const [key, { at }] of this.delayed) {
      if (at > this.now()) continue;
      this.delayed.delete(key);
      this.ready.add(key);
    }
  }

  /** The key that is ready longest. */
  next(): string | undefined {
    return this.ready.values().next().value;
  }

  take(key: string): void {
    this.ready.delete(key);
  }

  clear(): void {
    this.ready.clear();
    this.delayed.clear();
    this.failures.clear();
  }

  pending(): { key: string; at: Millis; timeout: boolean }[] {
    return [...this.delayed].map(([key, d]) => ({ key, ...d }));
  }
}
