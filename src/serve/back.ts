/** What sockets ask of whoever has the cluster, and what a served cluster answers them. */
import type { UserInfo } from '../sim/api/authentication/user.ts';
import type { Exec, ForwardTarget, HttpRequest, Reply } from './api/http.ts';
import type { ForwardedAnswer, ForwardedRequest } from './api/portforward.ts';
import { Clock, type Pace } from './clock.ts';
import { control, isControl } from './control.ts';
import type { OpenStreams, Served } from './served.ts';
import { troubleText } from './trouble.ts';

export interface Back {
  /** Grows when the cluster went back: what follows its past has to begin anew. */
  readonly life: number;
  /** Whose token it is; undefined: nobody's. */
  authenticate(token: string): UserInfo | undefined;
  handle(request: HttpRequest): Reply;
  /** Begins what a request has asked for. */
  open(request: HttpRequest, exec: Exec): OpenStreams;
  /** Why nothing is sent to a port of a Pod; undefined where it can be. */
  refusalToForward(to: ForwardTarget, port: number): string | undefined;
  forwarded(to: ForwardTarget, request: ForwardedRequest): ForwardedAnswer;
  /** Lets the time pass that is due. */
  tick(): void;
}

/** How long a look at the clock may take, in real ms. */
const SLICE_MS = 10;

/** Real time, and what is done again and again in it. */
export interface Timer {
  /** In ms since any moment. */
  now(): number;
  /** @returns what ends it */
  every(ms: number, task: () => void): () => void;
}

export const REAL_TIME: Timer = {
  now: () => performance.now(),
  every(ms, task) {
    const interval = setInterval(task, ms);
    return () => clearInterval(interval);
  },
};

/**
 * How long time does not run ahead after a write, in real ms. A client that writes and then watches (helm a
 * hook's Job, which may be deleted as soon as it ends) would else begin when all is over.
 */
const HOLD_MS = 60;

/** A served cluster whose clock goes beside real time, and is steered by who may. */
export class Steered implements Back {
  readonly served: Served;
  readonly clock: Clock;
  private readonly timer: Pick<Timer, 'now'>;
  /** Since when somebody may be about to watch what he has written. */
  private writtenAt: number | undefined;

  constructor(served: Served, pace: Pace, timer: Pick<Timer, 'now'> = REAL_TIME) {
    this.served = served;
    this.timer = timer;
    this.clock = new Clock(served, pace, timer.now());
  }

  get life(): number {
    return this.served.life;
  }
  authenticate(token: string): UserInfo | undefined {
    return this.served.cluster.authenticate(token);
  }
  handle(request: HttpRequest): Reply {
    // Nobody is answered from a past that the pace has left.
    this.slice((realMs, spent) => void this.clock.catchUp(realMs, spent));
    if (request.method !== 'GET') this.writtenAt ??= this.timer.now();
    if (isControl(request)) return control(this.served, this.clock, request, this.timer.now());
    return this.served.handle(request);
  }
  open(request: HttpRequest, exec: Exec): OpenStreams {
    return this.served.open(request, exec);
  }
  refusalToForward(to: ForwardTarget, port: number): string | undefined {
    return this.served.refusalToForward(to, port);
  }
  forwarded(to: ForwardTarget, request: ForwardedRequest): ForwardedAnswer {
    return this.served.forwarded(to, request);
  }
  tick(): void {
    this.slice((realMs, spent) => {
      if (this.writtenAt !== undefined && realMs < this.writtenAt + HOLD_MS)
        return void this.clock.catchUp(realMs, spent);
      this.writtenAt = undefined;
      this.clock.tick(realMs, spent);
    });
  }

  private slice(go: (realMs: number, spent: () => boolean) => void): void {
    const realMs = this.timer.now();
    const until = realMs + SLICE_MS;
    try {
      go(realMs, () => this.timer.now() > until);
    } catch (error) {
      // Nobody asked for it who could be answered.
      this.clock.set({ kind: 'frozen' }, this.timer.now());
      process.stderr.write(`seatrial: the clock stands still from here: ${troubleText(error)}\n`);
    }
  }
}
