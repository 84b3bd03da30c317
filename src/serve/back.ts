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

const nowMs = (): number => performance.now();

/** A served cluster whose clock goes beside real time, and is steered by who may. */
export class Steered implements Back {
  readonly served: Served;
  readonly clock: Clock;

  constructor(served: Served, pace: Pace) {
    this.served = served;
    this.clock = new Clock(served, pace, nowMs());
  }

  get life(): number {
    return this.served.life;
  }
  authenticate(token: string): UserInfo | undefined {
    return this.served.cluster.authenticate(token);
  }
  handle(request: HttpRequest): Reply {
    if (isControl(request)) return control(this.served, this.clock, request, nowMs());
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
    const until = nowMs() + SLICE_MS;
    try {
      this.clock.tick(nowMs(), () => nowMs() > until);
    } catch (error) {
      // Nobody asked for it who could be answered.
      this.clock.set({ kind: 'frozen' }, nowMs());
      process.stderr.write(`seatrial: the clock stands still from here: ${troubleText(error)}\n`);
    }
  }
}
