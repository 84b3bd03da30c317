/** The simulator as a driver. */
import type { FaultCatalogue } from '../chaos/catalogue.ts';
import { healFaults, strikeFault, type StrikeOptions } from '../chaos/healer.ts';
import type { FaultCall, Struck } from '../chaos/types.ts';
import {
  jobResult,
  runKubectl,
  runKubectlLine,
  startKubectl,
  type KubectlIO,
  type KubectlResult,
} from '../kubectl/index.ts';
import type { ApiClient } from '../sim/api/client.ts';
import type { ResourceRegistry } from '../sim/api/resources/registry.ts';
import { Cluster, type ClusterApi, type ClusterOptions } from '../sim/cluster.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Message, Millis } from '../sim/kernel/types.ts';
import { addClient, type ClientState } from '../sim/network/index.ts';
import { assumedPorts, isAssumedServer } from '../sim/node/answer.ts';
import { isAssumed } from '../sim/node/images.ts';
import { runsShell } from '../sim/node/shell/program.ts';
import { declareMetric, describeImage } from '../sim/node/index.ts';
import { webhooksIn } from '../sim/node/webhooks.ts';
import type { PhysicalWorld } from '../sim/physicalworld.ts';
import { SimulatedWorld } from '../sim/simulatedworld.ts';
import type { AssumedImage, Driver, Network, Simulation } from './driver.ts';
import { observed } from './observed.ts';
import { sendRequest } from './requests.ts';

export class SimulatedDriver implements Driver {
  readonly beganAt = 0;
  readonly cluster: ClusterApi;
  readonly network: Network;
  readonly simulation: Simulation;

  constructor(cluster: ClusterApi) {
    this.cluster = cluster;
    this.network = {
      request: (url, from, namespace, headers) => sendRequest(cluster, url, from, namespace, headers),
      addClient: (url, perSecond, namespace, manner) =>
        void addClient(cluster, url, perSecond, namespace, manner),
      clients: () => cluster.processes('client').map(({ state }) => state as ClientState),
    };
    this.simulation = {
      cluster,
      setImage: (image, behaviour) => describeImage(cluster.world, image, behaviour),
      setWebhook: (webhook, behaviour) => void webhooksIn(cluster.world).behaviours.set(webhook, behaviour),
      setConversion: (definition, behaviour) => cluster.describeConversion(definition, behaviour),
      declareMetric: (metric, value, subject) => declareMetric(cluster, metric, value, subject),
      addUser: (name, groups) => cluster.addUser(name, groups),
      setLatency: (name, bounds) => cluster.setLatency(name, bounds),
      setConfig: (key, value) => cluster.setConfig(key, value),
      reseed: (seed) => cluster.reseed(seed),
      fork: (limits) => new SimulatedDriver(cluster.fork(limits === undefined ? {} : { limits })),
      assumedImages: () => assumedImages(cluster),
      assumedWebhooks: () => [...(cluster.world.webhooks?.assumed ?? [])].sort(),
      passedOver: () =>
        [...cluster.world.passedOver].flatMap(([image, said]) => said.map((what) => ({ image, what }))),
      observed: (observe) => new SimulatedDriver(observed(cluster, observe)),
    };
  }

  get now(): Millis {
    return this.cluster.now;
  }
  pass(ms: Millis): void {
    this.cluster.pass(ms);
  }
  runUntil(done: () => boolean, limitMs: Millis): boolean {
    return this.cluster.runUntil(done, limitMs);
  }
  settle(limitMs: Millis): boolean {
    return this.cluster.settle(limitMs);
  }
  moving(): string[] {
    return [...new Set(this.cluster.pending().map((p) => `${p.process} (${p.task.type})`))];
  }

  operation(key: string, args: Message['args']): EntryId {
    return this.cluster.operation(key, args);
  }
  client(): ApiClient {
    return this.cluster.client();
  }
  get resources(): ResourceRegistry {
    return this.cluster.resources;
  }
  kubectl(argv: readonly string[], io: KubectlIO): KubectlResult {
    return runKubectl(this.cluster, argv, io);
  }
  kubectlLine(line: string, io: KubectlIO): KubectlResult {
    return runKubectlLine(this.cluster, line, io);
  }
  startKubectl(argv: readonly string[], io: KubectlIO): KubectlResult | undefined {
    return jobResult(this.cluster, startKubectl(this.cluster, argv, io));
  }
  random(): number {
    return this.cluster.control.random('scenario');
  }

  get physical(): PhysicalWorld {
    return new SimulatedWorld(this.cluster);
  }

  get history(): readonly HistoryEntry[] {
    return this.cluster.history;
  }
  causes(entry: EntryId): readonly HistoryEntry[] {
    return this.cluster.causes(entry);
  }

  strike(call: FaultCall, options: StrikeOptions): Struck {
    return strikeFault(this.cluster, call, options);
  }
  heal(faults: FaultCatalogue, kind?: string): void {
    healFaults(this.cluster, kind, faults);
  }
}

/** Boots a simulated cluster. */
export const simulate = (options: ClusterOptions): SimulatedDriver =>
  new SimulatedDriver(Cluster.create(options));

/** Of the containers that are there. */
function assumedImages({ world }: ClusterApi): AssumedImage[] {
  const found = new Map<string, { ports: Set<number>; ends: boolean }>();
  for (const machine of world.machines.values())
    for (const c of machine.containers.values()) {
      if (!isAssumed(world, c) || runsShell(world, c)) continue;
      const image = found.get(c.image) ?? { ports: new Set(), ends: true };
      if (isAssumedServer(world, c)) {
        image.ends = false;
        for (const port of assumedPorts(world, machine, c)) image.ports.add(port);
      }
      found.set(c.image, image);
    }
  return [...found]
    .map(([name, { ports, ends }]) => ({ name, ports: [...ports].sort((a, b) => a - b), ends }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
