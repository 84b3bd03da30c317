/** The physical world of a simulated cluster, as somebody sees it and acts on it. */
import type { ClusterControl } from './api/client.ts';
import { setCapacity, setSlowness } from './clusterautoscaler/index.ts';
import { because, type By } from './kernel/types.ts';
import type { Millis } from './kernel/types.ts';
import type { MessageArgs, MessageKey } from './messages.ts';
import * as network from './network/index.ts';
import { filesUnder, readFile, servedFiles } from './node/answer.ts';
import * as node from './node/index.ts';
import { metricsServerTurned, setAggregatedApiUp } from './system/aggregatedapis.ts';
import * as volume from './volume/index.ts';
import { servingFrom } from './node/serving.ts';
import { signal } from './node/signal.ts';
import type { World } from './node/world.ts';
import type {
  Clocks,
  Cloud,
  ControlPlaneNodes,
  ContainerProcesses,
  Disks,
  Images,
  Loads,
  MachineProcesses,
  Machines,
  PhysicalWorld,
  Power,
  Servers,
  Storage,
  Wires,
} from './physicalworld.ts';

export class SimulatedWorld implements PhysicalWorld {
  readonly world: World;
  readonly control: ClusterControl;
  readonly by: By;
  readonly now: Millis;

  constructor({ world, control, by, now }: { world: World; control: ClusterControl; by: By; now: Millis }) {
    this.world = world;
    this.control = control;
    this.by = by;
    this.now = now;
  }

  noting<K extends MessageKey>(key: K, args: MessageArgs<K>): PhysicalWorld {
    const { world, control, by, now } = this;
    return new SimulatedWorld({ world, control, now, by: because(by, control.note(key, args, by)) });
  }

  get machines(): Machines {
    const { machines } = this.world;
    return {
      all: () => [...machines.values()],
      named: (name) => machines.get(name),
      freeName: () => {
        let n = this.world.nextMachine;
        while (machines.has(`node-${n}`)) n += 1;
        return `node-${n}`;
      },
      add: (options) => void node.addMachine(this, options),
      remove: (name) => node.removeMachine(this, name),
    };
  }

  get power(): Power {
    return {
      off: (machine) => node.powerOff(this, machine),
      on: (machine, bootMs) => node.powerOn(this, machine, bootMs),
      reboot: (machine, downMs) => node.reboot(this, machine, downMs),
      shutDown: (machine) => node.shutdownGracefully(this, machine),
    };
  }

  get processes(): MachineProcesses {
    const { control, by } = this;
    return {
      has: (process) => control.has(process),
      isUp: (process) => control.isUp(process),
      stop: (process) => control.stop(process, by),
      start: (process) => control.start(process, by),
      stopKubelet: (machine) => node.stopKubelet(this, machine),
      startKubelet: (machine) => node.startKubelet(this, machine),
      freezeKubelet: (machine) => node.freezeKubelet(this, machine),
      thawKubelet: (machine) => node.thawKubelet(this, machine),
      stopRuntime: (machine) => node.stopRuntime(this, machine),
      startRuntime: (machine) => node.startRuntime(this, machine),
      stopKubeProxy: (machine) => network.stopKubeProxy(this, machine),
      startKubeProxy: (machine) => network.startKubeProxy(this, machine),
    };
  }

  get containers(): ContainerProcesses {
    return {
      servingFrom: (pod) => servingFrom(this.world, pod),
      variable: (container, name) => node.containerAt(this, container)?.container.environment[name],
      kill: (container, exitCode, reason) => node.killContainer(this, container, exitCode, reason),
      signal: (target, name, exitCode) => {
        const { machine, container } = node.findContainer(this, target);
        return signal(this, machine, container, name, exitCode);
      },
      setFault: (container, fault, detail) => node.setContainerFault(this, container, fault, detail),
      clearFault: (container, fault) => node.clearContainerFault(this, container, fault),
      addLastingFault: (fault) => node.addLastingFault(this, fault),
      endLastingFault: (number) => node.endLastingFault(this, number),
    };
  }

  get cloud(): Cloud {
    return {
      groups: () => [...(this.world.nodeGroups?.keys() ?? [])],
      setCapacity: (group, has) => setCapacity(this, group, has),
      setSlowness: (group, factor) => setSlowness(this, group, factor),
    };
  }

  get network(): Wires {
    const { cutOff, expired, frozenProxies } = this.world.network;
    return {
      setLoad: (factor) => network.setLoad(this, factor),
      setGatewayReloads: (works) => network.setGatewayReloads(this, works),
      setIngressReloads: (works) => network.setIngressReloads(this, works),
      staleIngress: () => network.staleIngress(this.world),
      policyFacts: () => this.world.network.policy,
      isCutOff: (machine) => cutOff.has(machine),
      isExpired: (machine) => expired.has(machine),
      staleSince: (machine) => frozenProxies.get(machine),
      comesOf: (url, namespace, draws) => {
        let drawn = 0;
        const env = { world: this.world, now: this.now, random: () => draws[drawn++] ?? 0, hop: () => 0 };
        return network.request(env, { ...network.OUTSIDE, namespace }, url);
      },
      cutOffFromControlPlane: (machine) => network.cutOffFromControlPlane(this, machine),
      reconnectToControlPlane: (machine) => network.reconnectToControlPlane(this, machine),
      isolate: (machine) => network.isolateNode(this, machine),
      rejoin: (machine) => network.rejoinNode(this, machine),
      partition: (a, b) => network.partitionNodes(this, a, b),
      heal: (a, b) => network.healNodes(this, a, b),
      blockOneWay: (from, to) => network.blockOneWay(this, from, to),
      unblockOneWay: (from, to) => network.unblockOneWay(this, from, to),
      partitionPods: (id, namespace, from, to, texts) =>
        network.partitionPods(this, id, namespace, from, to, texts),
      healPods: (id, texts) => network.healPods(this, id, texts),
      losePackets: (machine, percent) => network.losePackets(this, machine, percent),
      delayPackets: (machine, ms, jitterMs) => network.delayPackets(this, machine, ms, jitterMs),
      dns: this.world.network.dns,
      troubleDns: (trouble) => network.troubleDns(this, trouble),
      cutOffRegistry: (what) => node.cutOffRegistry(this, what),
      restoreRegistry: (what) => node.restoreRegistry(this, what),
      expireCertificate: (machine) => network.expireCertificate(this, machine),
      renewCertificate: (machine) => network.renewCertificate(this, machine),
    };
  }

  get disks(): Disks {
    const { world } = this;
    return {
      fill: (machine, bytes) => node.hogDisk(this, machine, bytes),
      filesOf: (container) => {
        const { machine } = node.findContainer(this, { podUid: container.podUid, container: container.name });
        const served = servedFiles(world, machine, container);
        return served.length > 0 ? served : filesUnder(world, machine, container, '/');
      },
      read: (container, path) => {
        const found = node.containerAt(this, container);
        return found === undefined ? undefined : readFile(world, found.machine, found.container, path);
      },
      change: (container, path, content) => node.changeFile(this, container, path, content),
    };
  }

  get storage(): Storage {
    return {
      stopAttach: (machine) => volume.stopAttach(this, machine),
      restoreAttach: (machine) => volume.restoreAttach(this, machine),
      stopDetach: (machine) => volume.stopDetach(this, machine),
      restoreDetach: (machine) => volume.restoreDetach(this, machine),
      loseZone: (zone) => volume.loseZone(this, zone),
      restoreZone: (zone) => volume.restoreZone(this, zone),
      fillDisk: (handle, name) => volume.fillDisk(this, handle, name),
      emptyDisk: (handle, name) => volume.emptyDisk(this, handle, name),
    };
  }

  get loads(): Loads {
    return {
      memory: (machine, bytes) => node.hogMemory(this, machine, bytes),
      pids: (machine, pids) => node.hogPids(this, machine, pids),
      slowDown: (machine, factor) => node.slowDown(this, machine, factor),
    };
  }

  get clocks(): Clocks {
    return { skew: (machine, skewMs) => node.skewClock(this, machine, skewMs) };
  }

  get servers(): Servers {
    // Asked for one by one: an API server in no trouble has no record of it.
    const { control, by } = this;
    return {
      setServerUp: (up) => control.setServerUp(up, by),
      setAggregatedApiUp: (apiService, up) => setAggregatedApiUp(this, apiService, up),
      setMetricsServerUp: (up) => {
        const turned = node.setMetricsServer(this, up);
        if (turned !== undefined) metricsServerTurned(turned);
      },
      multiplyMetric: (metric, factor) => node.multiplyMetric(this, metric, factor),
      restoreMetric: (key, value) => node.restoreMetric(this, key, value),
      setQuorum: (quorum) => control.setQuorum(quorum, by),
      slowDown: (ms) => {
        if (ms === undefined) delete control.trouble.slowMs;
        else control.trouble.slowMs = ms;
      },
      fail: (erring) => {
        if (erring === undefined) delete control.trouble.erring;
        else control.trouble.erring = erring;
      },
      lagWatch: (process, ms) => {
        if (ms === undefined) return control.trouble.watchLag?.delete(process) === true;
        (control.trouble.watchLag ??= new Map()).set(process, ms);
        return true;
      },
      troubleWebhook: (webhook, trouble) => {
        const { troubles } = node.webhooksIn(this.world);
        troubles.set(webhook, { ...troubles.get(webhook), ...trouble });
      },
      refuse: (resource, refused) => {
        if (!refused) return control.trouble.refused?.delete(resource) === true;
        (control.trouble.refused ??= new Set()).add(resource);
        return true;
      },
    };
  }

  get plane(): ControlPlaneNodes {
    const { plane } = this.control;
    return {
      names: () => [...(plane?.members.keys() ?? [])],
      leaderOf(component) {
        if (plane === undefined) return undefined;
        if (component === 'etcd') return plane.leader || undefined;
        const leadership = plane.leaderships.get(component);
        return leadership?.renewing === true ? leadership.holder.split('@')[1] : undefined;
      },
      moveAway: (component, machine) => node.moveManifest(this, machine, component, true),
      putBack: (component, machine) => node.moveManifest(this, machine, component, false),
      kill: (component, machine) => node.killComponent(this, machine, component),
    };
  }

  get images(): Images {
    const { images } = this.world;
    return {
      exists: (image) => images.has(image) && images.get(image)!.pullMs !== 'missing',
      forget: (image) => void images.set(image, { ...images.get(image), pullMs: 'missing' }),
    };
  }
}
