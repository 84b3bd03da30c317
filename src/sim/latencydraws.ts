/** Draws from the latency model: each process from a stream of its own, slowed by what is wrong around it. */
import type { ClusterState } from './clusterstate.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { Millis } from './kernel/types.ts';
import type { LatencyName } from './latency.ts';

export class LatencyDraws {
  private readonly kernel: Kernel;
  private readonly state: ClusterState;
  private readonly streams = new Map<string, () => number>();

  constructor(kernel: Kernel, state: ClusterState) {
    this.kernel = kernel;
    this.state = state;
  }

  /** @param process whose stream is drawn from, and whose node and watch may be slow */
  draw(name: LatencyName, process: string): Millis {
    const { latencies, server, world } = this.state;
    const [low, high] = latencies[name];
    const ms = low === high ? low : low + Math.floor(this.stream(process)() * (high - low + 1));
    const late = server.trouble === undefined ? ms : ms + this.troubleMs(name, process);
    // A boot is under way when a slowed node is healed, and would go on at its slow pace for an hour.
    return world.slowNodes.size === 0 || name === 'nodeBoot'
      ? late
      : late * (world.slowNodes.get(process) ?? 1);
  }

  /** The kernel has another seed: its old streams are let go. */
  reseeded(): void {
    this.streams.clear();
  }

  private stream(process: string): () => number {
    let stream = this.streams.get(process);
    if (stream === undefined)
      this.streams.set(process, (stream = this.kernel.randoms.stream(`${process}/latency`)));
    return stream;
  }

  /** What an API server in trouble adds. */
  private troubleMs(name: LatencyName, process: string): Millis {
    const { slowMs = 0, watchLag } = this.state.server.trouble!;
    if (name === 'apiCall') return slowMs;
    return name === 'watch' ? (watchLag?.get(process) ?? watchLag?.get('*') ?? 0) : 0;
  }
}
