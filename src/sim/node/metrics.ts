/**
 * What the metrics APIs say: metrics-server, which asks every kubelet each 15 s how much CPU its containers
 * have used till then, and adapters, which say what a scenario declares. Models metrics-server's pkg/storage
 * (a Pod is told of once each of its containers was measured twice, or has run for ten seconds of the last
 * window). Nothing is an event: it is reckoned when somebody asks.
 */
import type { ClusterControl } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { ContainerUsage, MetricsApi, NodeUsage, PodUsage } from '../api/metrics.ts';
import { canonicalQuantity, milliValue } from '../api/quantity.ts';
import type { KubeObject } from '../api/types.ts';
import type { Millis } from '../kernel/types.ts';
import { cpuUsedMilli, METRICS_WINDOW_MS } from './cpu.ts';
import { kubeletProcess, type NodeEnv, noted } from './env.ts';
import { memoryUsed } from './memory.ts';
import { containersOf, type Machine, type RuntimeContainer, type World } from './world.ts';

/** What a process takes at least, whose image does not say. */
const LEAST_BYTES = 1 << 20;
/** A container that began in the last window counts from its start once it has run for so long. */
const FRESH_MS = 10_000;

/** @param subject `Kind/namespace/name`, of a metric of an object */
const declaredKey = (metric: string, subject?: string): string =>
  subject === undefined ? metric : `${metric}@${subject}`;

export class MeasuredWorld implements MetricsApi {
  private readonly world: World;
  private readonly control: Pick<ClusterControl, 'isUp' | 'metricsApi'>;
  private readonly now: Millis;

  constructor(from: { world: World; control: Pick<ClusterControl, 'isUp' | 'metricsApi'>; now: Millis }) {
    this.world = from.world;
    this.control = from.control;
    this.now = from.now;
  }

  pods(namespace: string): PodUsage[] {
    const since = this.measuredSince('pods');
    const found: PodUsage[] = [];
    for (const machine of this.world.machines.peek().values()) {
      if (!this.isAsked(machine)) continue;
      for (const [uid, sandbox] of machine.sandboxes)
        if (sandbox.podNamespace === namespace || namespace === '') {
          const usage = this.podUsage(machine, uid, since);
          if (usage !== undefined) found.push(usage);
        }
    }
    const keyOf = (u: PodUsage): string => `${u.namespace}/${u.name}`;
    return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  nodes(): NodeUsage[] {
    const since = this.measuredSince('nodes');
    const found: NodeUsage[] = [];
    for (const machine of this.world.machines.peek().values()) {
      // Two measurements make a use.
      if (!this.isAsked(machine) || since > this.windowStart || machine.bootedAt > this.windowStart) continue;
      let [cpuMilli, memoryBytes] = [0, machine.hogBytes];
      for (const c of machine.containers.values()) {
        if (c.state !== 'running') continue;
        const usage = this.containerUsage(machine, c, Math.max(c.startedAt, this.windowStart));
        cpuMilli += usage.cpuMilli;
        memoryBytes += usage.memoryBytes;
      }
      found.push({ name: machine.name, cpuMilli, memoryBytes });
    }
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  ofPods(metric: string, pods: readonly KubeObject[]): Map<string, number> {
    const { declared } = this.world.metrics;
    if (declared.size === 0)
      throw new ApiError('NotFound', 'no custom metrics API (custom.metrics.k8s.io) registered');
    const found = new Map<string, number>();
    for (const { metadata } of pods) {
      const subject = `Pod/${metadata.namespace ?? ''}/${metadata.name}`;
      const value = declared.get(declaredKey(metric, subject)) ?? declared.get(declaredKey(metric));
      if (value !== undefined) found.set(metadata.name, milliValue(value));
    }
    if (found.size === 0 && pods.length > 0)
      throw new ApiError('NotFound', `the server could not find the metric ${metric} for pods`);
    return found;
  }

  ofObject(metric: string, kind: string, namespace: string, name: string): number {
    const { declared } = this.world.metrics;
    if (declared.size === 0)
      throw new ApiError('NotFound', 'no custom metrics API (custom.metrics.k8s.io) registered');
    const value = declared.get(declaredKey(metric, `${kind}/${namespace}/${name}`));
    if (value === undefined)
      throw new ApiError('NotFound', `the server could not find the metric ${metric} for ${kind} ${name}`);
    return milliValue(value);
  }

  external(metric: string): number[] {
    const value = this.world.metrics.declared.get(declaredKey(metric));
    if (value === undefined)
      throw new ApiError(
        'NotFound',
        `the server could not find the requested resource (get ${metric}.external.metrics.k8s.io)`,
      );
    return [milliValue(value)];
  }

  /** The last window that is over. */
  private get windowStart(): Millis {
    return this.windowEnd - METRICS_WINDOW_MS;
  }
  private get windowEnd(): Millis {
    return Math.floor(this.now / METRICS_WINDOW_MS) * METRICS_WINDOW_MS;
  }

  /** @throws ApiError where there is no metrics-server, or none that answers */
  private measuredSince(resource: string): Millis {
    const state = this.control.metricsApi();
    if (state === 'absent')
      throw new ApiError(
        'NotFound',
        `the server could not find the requested resource (get ${resource}.metrics.k8s.io)`,
      );
    const { measuredSince } = this.world.metrics;
    if (measuredSince === undefined || state === 'unavailable')
      throw new ApiError(
        'ServiceUnavailable',
        `the server is currently unable to handle the request (get ${resource}.metrics.k8s.io)`,
      );
    return measuredSince;
  }

  /** Whether metrics-server has an answer of the machine's kubelet. */
  private isAsked({ name, power }: Machine): boolean {
    const { cutOff, isolated } = this.world.network;
    return (
      power === 'on' && !cutOff.has(name) && !isolated.has(name) && this.control.isUp(kubeletProcess(name))
    );
  }

  /** When a container's use began to be measured in the last window; undefined: it is not yet. */
  private measuredFrom(container: RuntimeContainer, since: Millis): Millis | undefined {
    if (since > this.windowEnd) return undefined;
    if (container.startedAt <= this.windowStart)
      return since <= this.windowStart ? this.windowStart : undefined;
    return this.windowEnd - container.startedAt >= FRESH_MS ? container.startedAt : undefined;
  }

  private containerUsage(machine: Machine, container: RuntimeContainer, from: Millis): ContainerUsage {
    const { world, now } = this;
    return {
      name: container.name,
      cpuMilli: cpuUsedMilli(world, machine, container, from, now),
      memoryBytes: Math.max(LEAST_BYTES, memoryUsed(world, container, now)),
    };
  }

  private podUsage(machine: Machine, uid: string, since: Millis): PodUsage | undefined {
    const { podNamespace, podName } = machine.sandboxes.get(uid)!;
    const containers: ContainerUsage[] = [];
    let windowMs: Millis = METRICS_WINDOW_MS;
    for (const container of containersOf(machine, uid)) {
      if (container.state !== 'running') continue;
      const from = this.measuredFrom(container, since);
      if (from === undefined) return undefined;
      windowMs = Math.min(windowMs, this.windowEnd - from);
      containers.push(this.containerUsage(machine, container, from));
    }
    if (containers.length === 0) return undefined;
    return { namespace: podNamespace, name: podName, at: this.windowEnd, windowMs, containers };
  }
}

/**
 * metrics-server answers no more, or begins anew: what it measured before is lost. @returns with the cause of
 * what follows; undefined: it is so already
 */
export function setMetricsServer(env: NodeEnv, up: boolean): NodeEnv | undefined {
  const { metrics } = env.world;
  if ((metrics.measuredSince !== undefined) === up) return undefined;
  metrics.measuredSince = up ? env.control.now : undefined;
  return noted(env, up ? 'metricsServerUp' : 'metricsServerDown', {});
}

/**
 * A metric has a value from now on. @param subject `Kind/namespace/name`; absent: of itself, and of any Pod
 */
export function declareMetric(env: NodeEnv, metric: string, value: string, subject?: string): void {
  noted(env, 'metricIs', { metric, value, ...(subject === undefined ? {} : { subject }) });
  env.world.metrics.declared.set(declaredKey(metric, subject), value);
}

/**
 * All values of a metric are multiplied: its own, and those of Pods and of other objects.
 * @returns what they were, by their keys; none where nobody has declared it
 */
export function multiplyMetric(env: NodeEnv, metric: string, factor: number): Record<string, string> {
  const before: Record<string, string> = {};
  for (const [key, value] of env.world.metrics.declared) {
    const [name, subject] = key.split('@');
    if (name !== metric) continue;
    before[key] = value;
    declareMetric(env, metric, canonicalQuantity(`${milliValue(value) * factor}m`), subject);
  }
  return before;
}

/** A value of a metric is as it was. @param key as `multiplyMetric` returned it */
export function restoreMetric(env: NodeEnv, key: string, value: string): void {
  const [metric = '', subject] = key.split('@');
  declareMetric(env, metric, value, subject);
}
