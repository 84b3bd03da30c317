/**
 * The simulator at a pace: what a scenario lets pass takes so much real time, in which somebody else is let
 * at the cluster.
 */
import type { ClusterApi } from '../sim/cluster.ts';
import type { Millis } from '../sim/kernel/types.ts';
import type { Simulation } from './driver.ts';
import { SimulatedDriver } from './simulated.ts';

export interface Pacing {
  /** Virtual milliseconds a real one; undefined: as fast as it can. */
  readonly rate: number | undefined;
  /** Lets others at the cluster for so long. @param ms of real time; 0: for what they wait for already */
  meanwhile(ms: number): void;
}

/** How long others wait at most, in real ms. */
const STRIDE_MS = 20;
/** As far goes at once what is as fast as it can, in virtual ms. */
const FREE_STRIDE_MS: Millis = 1000;

export class PacedDriver extends SimulatedDriver {
  override readonly simulation: Simulation;
  private readonly pacing: Pacing;

  constructor(cluster: ClusterApi, pacing: Pacing) {
    super(cluster);
    this.pacing = pacing;
    const { simulation } = new SimulatedDriver(cluster);
    this.simulation = {
      ...simulation,
      observed: (observe) => new PacedDriver(simulation.observed(observe).simulation!.cluster, pacing),
    };
  }

  override pass(ms: Millis): void {
    this.stride(ms, (most) => (super.pass(most), false));
  }
  override runUntil(done: () => boolean, limitMs: Millis): boolean {
    return this.stride(limitMs, (most) => super.runUntil(done, most));
  }
  override settle(limitMs: Millis): boolean {
    return this.stride(limitMs, (most) => super.settle(most));
  }

  /** Goes on in steps until one has come to what is waited for, or the time is over. */
  private stride(limitMs: Millis, step: (mostMs: Millis) => boolean): boolean {
    const { rate, meanwhile } = this.pacing;
    const most = rate === undefined ? FREE_STRIDE_MS : Math.max(1, Math.round(STRIDE_MS * rate));
    const [realMs, from] = [performance.now(), this.now];
    for (;;) {
      // Others may let time pass, too.
      const leftMs = Math.max(0, from + limitMs - this.now);
      if (step(Math.min(leftMs, most))) return true;
      if (leftMs <= most) return false;
      const dueMs = rate === undefined ? 0 : realMs + (this.now - from) / rate - performance.now();
      meanwhile(Math.max(0, dueMs));
    }
  }
}
