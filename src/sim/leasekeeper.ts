/**
 * The renewals of the nodes' Leases, which are state and not events while they go on (api/leases.ts): they
 * end and resume with the kubelet, its wire and the control plane.
 */
import { nodeUser } from './api/authentication/user.ts';
import { lastRenewal } from './api/leases.ts';
import type { ApiServer } from './api/server.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { By, EntryId, Millis } from './kernel/types.ts';
import type { WatchHub } from './watchhub.ts';

export class LeaseKeeper {
  private readonly kernel: Kernel;
  private readonly server: ApiServer;
  private readonly hub: WatchHub;

  constructor(kernel: Kernel, server: ApiServer, hub: WatchHub) {
    this.kernel = kernel;
    this.server = server;
    this.hub = hub;
  }

  /** A kubelet begins to renew its node's Lease every `periodMs`. */
  begin(node: string, process: string, periodMs: Millis, by: By): void {
    const { now } = this.kernel;
    const lease = {
      node,
      process,
      periodMs,
      since: now,
      renewing: this.hub.reaches(this.hub.subscriber(process)) && this.server.state.quorum,
      ended: now,
      entry: 0,
    };
    this.server.state.leases.set(node, lease);
    if (lease.renewing) this.server.writeLease(lease, by);
  }

  /** The renewals of this process end. */
  end(process: string, cause: EntryId): void {
    for (const lease of this.server.state.leases.values())
      if (lease.process === process) this.set(lease, false, cause);
  }

  endAll(cause: EntryId): void {
    for (const lease of this.server.state.leases.values()) this.set(lease, false, cause);
  }

  /** They resume where the process is able to. */
  resume(process: string, cause: EntryId): void {
    if (!this.isAble(process)) return;
    for (const lease of this.server.state.leases.values())
      if (lease.process === process) this.set(lease, true, cause);
  }

  resumeAll(cause: EntryId): void {
    for (const lease of this.server.state.leases.values())
      if (this.isAble(lease.process)) this.set(lease, true, cause);
  }

  private set(lease: Parameters<typeof lastRenewal>[0], renewing: boolean, cause: EntryId): void {
    if (lease.renewing === renewing) return;
    if (renewing) lease.since = this.kernel.now;
    else lease.ended = lastRenewal(lease, this.kernel.now);
    lease.renewing = renewing;
    this.server.writeLease(lease, { actor: lease.process, user: nodeUser(lease.node), cause });
  }

  /** Of a machine that was taken away nothing but the Lease is left. */
  private isAble(process: string): boolean {
    const record = this.kernel.processes.get(process);
    return (
      record !== undefined &&
      record.up &&
      record.frozen === undefined &&
      this.hub.watcher(process).linked &&
      (this.server.state.plane?.connections.has(process) ?? true)
    );
  }
}
