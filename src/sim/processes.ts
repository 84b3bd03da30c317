/** The processes of a cluster: their lives, their links to the API server, and that server's own state. */
import { emptyCache } from './api/cache.ts';
import type { ControlPlane } from './api/controlplane.ts';
import type { ClusterControl } from './api/client.ts';
import type { MetricsApiState } from './api/metricsservice.ts';
import type { ResourceRegistry } from './api/resources/registry.ts';
import type { HttpAnswer, HttpRequest } from './api/httprequest.ts';
import type { ApiServer } from './api/server.ts';
import type { Trouble } from './api/trouble.ts';
import { resolveWatch, type Watcher } from './api/watch.ts';
import type { ClusterState } from './clusterstate.ts';
import type { Components } from './components.ts';
import { type Inside, Life } from './context.ts';
import { extensionOf } from './clientbehind.ts';
import { answerHttp } from './httpapi.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { By, EntryId, Millis, ProcessRecord, Task } from './kernel/types.ts';
import type { MessageArgs, MessageKey } from './messages.ts';
import type { LatencyName } from './latency.ts';
import type { LatencyDraws } from './latencydraws.ts';
import { LeaseKeeper } from './leasekeeper.ts';
import { controlPlaneChanged, doForPlane, type PlaneTask, take } from './system/index.ts';
import type { WatchHub } from './watchhub.ts';

export class Processes implements ClusterControl {
  private readonly inside: Inside;
  readonly runProgram: ClusterControl['runProgram'];
  private readonly components: Components;
  /** Of the processes that have acted; each is made anew when its process starts. */
  private readonly lives = new Map<string, Life>();

  constructor(
    kernel: Kernel,
    state: ClusterState,
    server: ApiServer,
    resources: ResourceRegistry,
    hub: WatchHub,
    latencies: LatencyDraws,
    components: Components,
    runProgram: ClusterControl['runProgram'],
  ) {
    this.components = components;
    this.runProgram = runProgram;
    const leases = new LeaseKeeper(kernel, server, hub);
    this.inside = { kernel, state, server, resources, hub, latencies, leases, control: this };
  }

  askApi(request: HttpRequest, by: By): HttpAnswer | undefined {
    return answerHttp(this.inside.server, request, by);
  }

  get now(): Millis {
    return this.inside.kernel.now;
  }

  /** @throws Error when there is none of that name */
  named(name: string): ProcessRecord {
    const record = this.inside.kernel.processes.get(name);
    if (record === undefined) throw new Error(`no process is named ${name}`);
    return record;
  }

  /** The life that a process leads. @throws Error when there is none of that name */
  lifeOf(name: string): Life {
    let life = this.lives.get(name);
    if (life === undefined) {
      const record = this.named(name);
      life = new Life(this.inside, record, this.components.named(record.component));
      this.lives.set(name, life);
    }
    return life;
  }

  /** What they hold is another's (records and caches after a fork), or outdated (streams of an old seed). */
  forgetLives(): void {
    this.lives.clear();
    this.inside.hub.forgetLives();
  }

  spawn(name: string, component: string, args: Readonly<Record<string, string>>, by: By): void {
    const { processes } = this.inside.kernel;
    if (processes.has(name)) throw new Error(`a process named ${name} exists already`);
    processes.set(name, { name, component, args, up: false, epoch: 0, state: undefined });
    this.start(name, by);
  }

  start(name: string, by: By): void {
    const { hub, state, resources } = this.inside;
    const record = this.named(name);
    if (record.up) return;
    record.up = true;
    record.epoch += 1;
    const component = this.components.named(record.component);
    const specs = component.watches(record.args, resources).map((spec) => resolveWatch(spec, resources));
    const linked = state.watchers.get(name)?.linked ?? true;
    const watcher: Watcher = {
      specs,
      cache: emptyCache(specs.flatMap((s) => s.resources)),
      inbox: [],
      linked,
      streaming: false,
      due: false,
    };
    hub.watch(name, watcher);
    this.lives.delete(name);
    if (this.inside.server.state.plane !== undefined) take(this.inside, name);
    record.state = component.start(this.lifeOf(name).context(by.cause));
    hub.relink(name, by.cause);
    this.memberChanged(record, by);
  }

  end(name: string, asked: boolean, by: By): void {
    if (!this.isUp(name)) return;
    const { component, record } = this.lifeOf(name);
    component.ended?.(record.state, this.lifeOf(name).context(by.cause), asked);
    this.stop(name, by);
  }

  stop(name: string, by: By): void {
    const { kernel, hub, leases } = this.inside;
    const record = this.named(name);
    if (!record.up) return;
    record.up = false;
    record.state = undefined;
    if (record.frozen !== undefined) delete record.frozen;
    kernel.queue.dropProcess(name);
    const watcher = hub.watcher(name);
    watcher.streaming = false;
    watcher.due = false;
    watcher.inbox = [];
    leases.end(name, by.cause);
    this.inside.server.state.plane?.connections.delete(name);
    this.memberChanged(record, by);
  }

  remove(name: string, by: By): void {
    this.stop(name, by);
    this.inside.kernel.processes.delete(name);
    this.lives.delete(name);
    this.inside.hub.forget(name);
  }

  freeze(name: string, by: By): void {
    const record = this.named(name);
    if (!record.up || record.frozen !== undefined) return;
    record.frozen = [];
    this.inside.leases.end(name, by.cause);
  }

  thaw(name: string, by: By): void {
    const { kernel, server, leases } = this.inside;
    const record = this.named(name);
    const { frozen } = record;
    if (frozen === undefined) return;
    delete record.frozen;
    for (const event of frozen) kernel.queue.push({ ...event, at: kernel.now });
    if (server.state.up && server.state.quorum) leases.resume(name, by.cause);
  }

  isUp(name: string): boolean {
    return this.inside.kernel.processes.get(name)?.up === true;
  }

  has(name: string): boolean {
    return this.inside.kernel.processes.has(name);
  }

  setConnected(name: string, connected: boolean, by: By): void {
    const { hub, leases } = this.inside;
    const watcher = hub.watcher(name);
    if (watcher.linked === connected) return;
    if (!connected) leases.end(name, by.cause);
    watcher.linked = connected;
    hub.relink(name, by.cause);
    if (connected) leases.resume(name, by.cause);
  }

  /** A part of the control plane that is on a node began, or ended. */
  private memberChanged({ args }: ProcessRecord, by: By): void {
    if (args['member'] !== undefined) controlPlaneChanged(this.inside, by);
  }

  get plane(): ControlPlane | undefined {
    return this.inside.server.state.plane;
  }

  doForPlane(task: Task, by: By): void {
    doForPlane(this.inside, task as PlaneTask, by);
  }

  linksChanged(by: By): void {
    if (this.inside.server.state.plane !== undefined) controlPlaneChanged(this.inside, by);
  }

  setServerUp(up: boolean, by: By): void {
    const { server, state, hub, leases } = this.inside;
    if (server.state.up === up) return;
    const cause = this.note(up ? 'apiServerUp' : 'apiServerDown', {}, by);
    if (!up) leases.endAll(cause);
    server.state.up = up;
    for (const name of state.watchers.keys()) hub.relink(name, cause);
    if (up && server.state.quorum) leases.resumeAll(cause);
  }

  setQuorum(quorum: boolean, by: By): void {
    const { server, leases } = this.inside;
    if (server.state.quorum === quorum) return;
    // Members that lead or are lost have said so themselves.
    const cause =
      server.state.plane === undefined
        ? this.note(quorum ? 'etcdQuorumBack' : 'etcdQuorumLost', {}, by)
        : by.cause;
    if (!quorum && server.state.up) leases.endAll(cause);
    server.state.quorum = quorum;
    if (quorum) server.promoteLeases();
    if (quorum && server.state.up) leases.resumeAll(cause);
  }

  expireEvents(): void {
    this.inside.server.expireEvents();
  }

  get trouble(): Trouble {
    return (this.inside.server.state.trouble ??= {});
  }

  isApiDead(apiService: string): boolean {
    return this.inside.server.state.trouble?.deadApis?.has(apiService) === true;
  }

  isMeasuring(): boolean {
    return this.inside.state.world.metrics.measuredSince !== undefined;
  }

  metricsApi(): MetricsApiState {
    return this.inside.server.metricsApi();
  }

  behind(apiService: string): ReturnType<ClusterControl['behind']> {
    const own = this.inside.server;
    const reply = own.behind(apiService);
    return reply === undefined || 'failed' in reply ? reply : extensionOf(own, reply);
  }

  knowsApiServices(): boolean {
    return this.inside.server.state.localApiServices !== undefined;
  }

  scheduleFor(
    process: string,
    delayMs: Millis,
    task: Task,
    by: By,
    options: { timeout?: boolean } = {},
  ): number {
    const { kernel } = this.inside;
    const record = kernel.processes.get(process);
    if (record === undefined || !record.up) throw new Error(`process ${process} is not up`);
    return kernel.schedule(record, delayMs, task, by.cause, options.timeout ?? false);
  }

  cancel(timer: number): void {
    this.inside.kernel.queue.cancel(timer);
  }

  random(stream: string): number {
    return this.inside.kernel.randoms.next(stream);
  }

  latency(name: string, stream: string): Millis {
    return this.inside.latencies.draw(name as LatencyName, stream);
  }

  note<K extends MessageKey>(key: K, args: MessageArgs<K>, by: By): EntryId {
    return this.inside.kernel.record({ type: 'world', key, args }, by);
  }
}
