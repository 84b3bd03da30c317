/** The clusters that scenarios are played on, one after the other, served at one address. */
import type { Driver } from '../../drivers/driver.ts';
import { PacedDriver } from '../../drivers/paced.ts';
import { SimulatedDriver } from '../../drivers/simulated.ts';
import type { Files, Kit } from '../../dsl/types.ts';
import { MASTERS } from '../../sim/api/authentication/user.ts';
import { ApiError, badRequest } from '../../sim/api/errors.ts';
import { Cluster, type ClusterApi, type ClusterOptions } from '../../sim/cluster.ts';
import type { HttpRequest, Reply } from '../api/http.ts';
import { refusalOf } from '../api/status.ts';
import { type Back, REAL_TIME, Steered } from '../back.ts';
import type { Pace } from '../clock.ts';
import { isControl } from '../control.ts';
import { Served } from '../served.ts';
import { Host } from './host.ts';
import type { Ran } from './messages.ts';

export interface ScenariosOptions {
  /** 0: any that is free. */
  readonly port: number;
  readonly pace: Pace;
}

/** Where a scenario comes from. */
interface Origin {
  readonly files: Files;
  readonly kit: Kit;
  /** In which its files are, and its clients run. */
  readonly folder: string;
}

/** Between two scenarios there is no cluster. */
const NO_CLUSTER: Back = {
  life: 0,
  authenticate: () => undefined,
  handle: () => refusalOf(new ApiError('ServiceUnavailable', 'no scenario has made its cluster yet')),
  open: () => ({ type: () => undefined, take: () => ({ stdout: '', stderr: '', code: 1 }) }),
  refusalToForward: () => 'no scenario has made its cluster yet',
  forwarded: () => ({ failed: 'no scenario has made its cluster yet' }),
  tick: () => undefined,
};

/** A scenario's cluster: its clock is the scenario's until that has ended. */
class Played extends Steered {
  isPlaying = true;

  constructor(served: Served) {
    super(served, { kind: 'frozen' });
  }

  override handle(request: HttpRequest): Reply {
    const { groups = [] } = request.user ?? {};
    if (this.isPlaying && isControl(request) && request.method !== 'GET' && groups.includes(MASTERS))
      return refusalOf(badRequest('a scenario is being played on this cluster: its clock is not for others'));
    return super.handle(request);
  }

  release(pace: Pace): void {
    this.isPlaying = false;
    this.clock.set(pace, REAL_TIME.now());
  }
}

/** A cluster for one client: its time passes once that waits for something, and else not at all. */
class Beside extends Steered {
  private readonly seen = new Set<string>();
  private waits = false;

  constructor(served: Served) {
    super(served, { kind: 'settle' });
  }

  override handle(request: HttpRequest): Reply {
    const reply = super.handle(request);
    const asked = `${request.method} ${request.url}`;
    // Who follows a watch waits, and who asks the same again.
    this.waits ||= reply.kind === 'flow' || this.seen.has(asked);
    this.seen.add(asked);
    return reply;
  }

  override tick(): void {
    if (this.waits) super.tick();
  }
}

/** How long a real client may take, in real ms. */
const CLIENT_MS = 60_000;

export class ServedScenarios {
  private readonly host = new Host();
  private readonly pace: Pace;
  private readonly of: number;
  private played: Played | undefined;
  private origin: Origin | undefined;

  /** @throws InputError for a port that cannot be had */
  constructor({ port, pace }: ScenariosOptions) {
    this.pace = pace;
    this.of = this.host.serve(NO_CLUSTER, port);
  }

  get url(): string {
    return this.host.addressOf(this.of).url;
  }

  get kubeconfig(): string {
    return this.host.addressOf(this.of).kubeconfig;
  }

  /** A cluster, to be served from here on. */
  simulate(options: ClusterOptions, origin: Origin): Driver {
    const cluster = Cluster.create(options);
    this.origin = origin;
    this.played = new Played(Served.over(new SimulatedDriver(cluster), origin.files, origin.kit));
    this.host.replace(this.of, this.played);
    const { pace } = this;
    return new PacedDriver(cluster, {
      rate: pace.kind === 'rate' ? pace.rate : undefined,
      meanwhile: (ms) => this.host.answerUntil(() => false, ms),
    });
  }

  /**
   * Runs a client of a cluster that is as this one, and is another: what it changes is seen by it alone.
   */
  runBeside(cluster: ClusterApi, command: readonly string[]): Ran {
    const { files, kit, folder } = this.origin!;
    const served = Served.over(new SimulatedDriver(cluster.fork()), files, kit);
    const of = this.host.serve(new Beside(served));
    try {
      return this.host.run(of, command, folder, CLIENT_MS);
    } finally {
      this.host.end(of);
    }
  }

  /** Runs a client of the cluster itself. */
  run(command: readonly string[]): Ran {
    return this.host.run(this.of, command, this.origin!.folder, CLIENT_MS);
  }

  /** No more scenarios are played: the clock of the last one's cluster goes on by itself. */
  release(): void {
    this.played?.release(this.pace);
  }

  async close(): Promise<void> {
    await this.host.close();
  }
}
