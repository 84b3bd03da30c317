/**
 * How a served cluster's time goes beside real time. While anything is on its way (deliveries, queues,
 * starts) it runs ahead as fast as it can; what only the passing of time brings (periods, time-outs) waits
 * for the pace. It is never behind real time times the pace.
 */
import type { Millis } from '../sim/kernel/types.ts';
import type { Served } from './served.ts';

export type Pace =
  | { readonly kind: 'frozen' }
  | { readonly kind: 'settle' }
  /** Virtual milliseconds a real one. */
  | { readonly kind: 'rate'; readonly rate: number };

const FASTEST = 100_000;

/** `live`, `x10`, `x0.5`, `frozen`, `settle`; undefined for anything else. */
export function paceOf(text: string): Pace | undefined {
  if (text === 'live') return { kind: 'rate', rate: 1 };
  if (text === 'frozen' || text === 'settle') return { kind: text };
  const rate = /^x(\d+(?:\.\d+)?)$/.exec(text)?.[1];
  return rate === undefined || Number(rate) === 0 || Number(rate) > FASTEST
    ? undefined
    : { kind: 'rate', rate: Number(rate) };
}

const paceText = (pace: Pace): string =>
  pace.kind !== 'rate' ? pace.kind : pace.rate === 1 ? 'live' : `x${pace.rate}`;

/** How far time is let pass at a look, in virtual ms. */
const STRIDE_MS: Millis = 1000;
/** What is due so soon is on its way; what takes longer (back-offs, grace periods, long pulls) waits. */
const SOON_MS: Millis = 5000;
/**
 * How far time may run ahead, and is let again as it passes: containers that fail and start without end
 * would otherwise take it with them.
 */
const LEAD_MS: Millis = 60_000;

export class Clock {
  private readonly served: Served;
  private pace: Pace;
  /** The real and the virtual moment from which its pace counts. */
  private realMs: number;
  private virtualMs: Millis;
  /** How far it may still run ahead, and when that was reckoned. */
  private leadMs = LEAD_MS;
  private seenMs: number;

  /** @param realMs of the caller's own clock, in ms since any moment */
  constructor(served: Served, pace: Pace, realMs: number) {
    this.served = served;
    this.pace = pace;
    this.realMs = realMs;
    this.seenMs = realMs;
    this.virtualMs = served.now;
  }

  get text(): string {
    return paceText(this.pace);
  }

  /** From here on at another pace, or from another moment. */
  set(pace: Pace, realMs: number): void {
    this.pace = pace;
    this.realMs = realMs;
    this.virtualMs = this.served.now;
  }

  /** From where it stands, after it was set. */
  restart(realMs: number): void {
    this.set(this.pace, realMs);
  }

  /**
   * Lets it be as late as it is by the pace. @param spent whether the caller has no more time for it now
   * @returns whether it is
   */
  catchUp(realMs: number, spent: () => boolean): boolean {
    const { served, pace } = this;
    if (pace.kind !== 'rate') return true;
    const due = this.virtualMs + Math.floor((realMs - this.realMs) * pace.rate);
    while (served.now < due) {
      served.passUntil(Math.min(due, served.now + STRIDE_MS));
      if (spent()) return served.now >= due;
    }
    return true;
  }

  /** Lets the time pass that is due, and what is on its way come. @param spent as above */
  tick(realMs: number, spent: () => boolean): void {
    const { served, pace } = this;
    if (pace.kind === 'frozen') return;
    const rate = pace.kind === 'rate' ? pace.rate : 1;
    this.leadMs = Math.min(LEAD_MS, this.leadMs + (realMs - this.seenMs) * rate);
    this.seenMs = realMs;
    if (!this.catchUp(realMs, spent)) return;
    // Where nothing else brings time on, what takes long comes too.
    const soonMs = pace.kind === 'settle' ? Number.POSITIVE_INFINITY : SOON_MS;
    const from = served.now;
    while (served.now - from < this.leadMs && served.hurry(soonMs)) if (spent()) break;
    this.leadMs -= served.now - from;
    // What ran ahead is not waited for: time goes on from where it is.
    if (served.now > from) this.restart(realMs);
  }
}
