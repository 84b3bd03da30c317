/** A network that is impaired: cut for some, one way only, lossy, late, without names. */
import { parseLabelSelector, type Selector } from '../../sim/api/selector.ts';
import { arbitraryOf, lastingMs } from '../arbitrary.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { machinesOf, podsMatching } from '../target.ts';
import { type Fault, type PhysicalContext, misses } from '../types.ts';

const left = (ctx: PhysicalContext, nodes: readonly string[]): string[] =>
  nodes.filter((n) => ctx.physical.machines.named(n) !== undefined);

export const nodeNetworkLoss: Fault = defineFault({
  kind: 'NodeNetworkLoss',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about:
    'No packet reaches the node or leaves it: no heartbeat, no request; its Pods run on and reach each ' +
    'other.',
  heals: 'The network is back; the kubelet lists anew.',
  phrases: [say('[nodes] loses/lose its/their network[forMs]', '[forMs][nodes]のネットワークが途切れる')],
  elsewhere: {
    chaosMesh: 'NetworkChaos partition, PhysicalMachineChaos network-down',
    krkn: 'network_chaos',
  },
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) ctx.physical.network.isolate(node);
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of left(ctx, struck.targets)) ctx.physical.network.rejoin(node);
  },
});

const twoNodes =
  (kind: string): Fault['arbitrary'] =>
  ({ nodes }, fc) =>
    nodes.length < 2
      ? undefined
      : fc
          .shuffledSubarray([...nodes], { minLength: 2, maxLength: 2 })
          .chain(([node, otherNode]) =>
            fc.record({
              kind: fc.constant(kind),
              node: fc.constant(node!),
              otherNode: fc.constant(otherNode!),
              forMs: lastingMs(fc),
            }),
          );

export const oneWayPartition: Fault = defineFault({
  kind: 'OneWayPartition',
  family: 'network',
  needs: 'physical',
  target: 'node',
  about:
    'Packets from one node to another are dropped, those of the other way pass. Connections need both ' +
    'ways: those between their Pods fail in either direction.',
  heals: 'Packets pass both ways.',
  parameters: [{ field: 'otherNode', required: true, about: 'name of the node that is not reached' }],
  phrases: [
    say(
      'node [node] cannot send to node [otherNode][forMs]',
      '[forMs]ノード[node]からノード[otherNode]へのパケットが届かなくなる',
    ),
  ],
  elsewhere: { chaosMesh: 'NetworkChaos partition (direction: to)' },
  arbitrary: twoNodes('OneWayPartition'),
  strike(call, ctx) {
    const [from] = machinesOf(call, ctx);
    const [to] = machinesOf({ kind: call.kind, node: call.otherNode! }, ctx);
    if (from === to) throw misses('reachesItself', { node: from! });
    ctx.physical.network.blockOneWay(from!, to!);
    return { targets: [`${from} ${to}`] };
  },
  heal(_call, struck, ctx) {
    for (const pair of struck.targets) {
      const [from, to] = pair.split(' ');
      ctx.physical.network.unblockOneWay(from!, to!);
    }
  },
});

function selectorOf(text: string): Selector {
  try {
    return parseLabelSelector(text);
  } catch (error) {
    throw misses('badSelector', { selector: text, problem: (error as Error).message });
  }
}

export const podsPartition: Fault = defineFault({
  kind: 'PodsPartition',
  family: 'network',
  needs: 'physical',
  target: 'pod',
  about:
    'Pods of one selector and Pods of another cannot reach each other, Pods made later among them (labels ' +
    "count as they are at a Pod's start). Probes are local and not concerned.",
  heals: 'They reach each other again.',
  parameters: [{ field: 'otherSelector', required: true, about: 'label selector of the other pods' }],
  phrases: [
    say(
      'pods matching {selector:selector} and pods matching {selector:otherSelector} are partitioned[forMs]',
      '[forMs]{selector:selector}に一致するPodと{selector:otherSelector}に一致するPodの間の通信が途切れる',
      { mode: 'all' },
    ),
  ],
  elsewhere: {
    chaosMesh: 'NetworkChaos partition',
    litmus: 'pod-network-partition',
    krkn: 'pod_network_filter',
  },
  arbitrary: ({ pods }, fc) => {
    const selectors = pods.filter((p) => /[=!(]/.test(p));
    return selectors.length === 0
      ? undefined
      : fc.record({
          kind: fc.constant('PodsPartition'),
          selector: fc.constantFrom(...selectors),
          otherSelector: fc.constantFrom(...selectors),
          mode: fc.constant('all'),
          forMs: lastingMs(fc),
        });
  },
  strike(call, ctx) {
    if (call.selector === undefined) throw misses('selectorOnly', { fault: call.kind });
    podsMatching(call.selector, ctx);
    podsMatching(call.otherSelector!, ctx);
    const id = `${ctx.namespace} ${call.selector} ${call.otherSelector}`;
    ctx.physical.network.partitionPods(
      id,
      ctx.namespace,
      selectorOf(call.selector),
      selectorOf(call.otherSelector!),
      { from: call.selector, to: call.otherSelector! },
    );
    return { targets: [id] };
  },
  heal(call, struck, ctx) {
    for (const id of struck.targets)
      ctx.physical.network.healPods(id, { from: call.selector!, to: call.otherSelector! });
  },
});

export const packetLoss: Fault = defineFault({
  kind: 'PacketLoss',
  family: 'network',
  needs: 'physical',
  target: 'node',
  about:
    'A share of the packets to and from the node is lost. TCP sends them again after 200 ms, a ' +
    "connection's first after 1 s, each time waiting twice as long: requests take longer, and at high " +
    'losses time out. Heartbeats of the node get through.',
  heals: 'No more is lost.',
  parameters: [{ field: 'percent', default: 30, among: [30, 5, 90], about: 'share that is lost' }],
  phrases: [
    say(
      '[nodes] loses/lose {int:percent}% of its/their packets[forMs]',
      '[forMs][nodes]のパケットの{int:percent}%が失われる',
    ),
  ],
  elsewhere: { chaosMesh: 'NetworkChaos loss', litmus: 'pod-network-loss', krkn: 'network_chaos loss' },
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) ctx.physical.network.losePackets(node, valueOf(packetLoss, call, 'percent'));
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of left(ctx, struck.targets)) ctx.physical.network.losePackets(node, 0);
  },
});

export const packetDelay: Fault = defineFault({
  kind: 'PacketDelay',
  family: 'network',
  needs: 'physical',
  target: 'node',
  about: 'Packets to and from the node take longer, each way; a request needs two round trips.',
  heals: 'They are in time again.',
  parameters: [
    { field: 'delayMs', default: 200, among: [200, 1000, 3000], about: 'how much longer, one way' },
    { field: 'periodMs', default: 0, about: 'jitter: up to so much more, drawn for each' },
  ],
  phrases: [
    say(
      'packets of [nodes] take {duration:delayMs} longer[forMs]',
      '[forMs][nodes]のパケットが{durationJa:delayMs}遅れる',
    ),
  ],
  elsewhere: {
    chaosMesh: 'NetworkChaos delay',
    litmus: 'pod-network-latency',
    krkn: 'network_chaos latency',
  },
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets)
      ctx.physical.network.delayPackets(
        node,
        valueOf(packetDelay, call, 'delayMs'),
        valueOf(packetDelay, call, 'periodMs'),
      );
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of left(ctx, struck.targets)) ctx.physical.network.delayPackets(node, 0, 0);
  },
});

export const dnsFailure: Fault = defineFault({
  kind: 'DnsFailure',
  family: 'network',
  needs: 'physical',
  target: 'none',
  about:
    "The cluster's DNS is in trouble: every question fails, or is answered with an address that is " +
    "nobody's, or late. Requests to addresses are not concerned.",
  heals: 'DNS answers as it should.',
  parameters: [
    { field: 'value', default: 'error', among: ['error', 'random', 'slow'], about: 'error, random or slow' },
    { field: 'delayMs', default: 5000, about: 'how late a slow answer is' },
  ],
  phrases: [
    say('DNS fails[forMs]', '[forMs]DNSが失敗する', { value: 'error' }),
    say('DNS gives random answers[forMs]', '[forMs]DNSがでたらめな応答をする', { value: 'random' }),
    say('DNS is slow[forMs]', '[forMs]DNSが遅くなる', { value: 'slow' }),
  ],
  elsewhere: { chaosMesh: 'DNSChaos error, random', litmus: 'pod-dns-error, pod-dns-spoof' },
  strike(call, ctx) {
    const mode = valueOf(dnsFailure, call, 'value');
    if (mode !== 'error' && mode !== 'random' && mode !== 'slow') throw misses('dnsMode', { mode });
    ctx.physical.network.troubleDns({ mode, delayMs: valueOf(dnsFailure, call, 'delayMs') });
    return { targets: ['DNS'] };
  },
  heal(_call, _struck, ctx) {
    if (ctx.physical.network.dns !== undefined) ctx.physical.network.troubleDns(undefined);
  },
});

export const ingressReloadFails: Fault = defineFault({
  kind: 'IngressReloadFails',
  family: 'network',
  needs: 'physical',
  target: 'none',
  about:
    'No nginx of an ingress controller takes a new configuration, as when it is not valid: requests go by ' +
    'the rules that it has, and once rules have changed, endpoints that come and go are not heard of ' +
    'either. The Pods have the event RELOAD.',
  heals: 'It reloads with all that has changed, a few seconds later.',
  phrases: [say('ingress reloads fail[forMs]', '[forMs]Ingressの設定の再読み込みが失敗する')],
  arbitrary: (world, fc) =>
    (world.ingresses ?? []).length > 0 ? arbitraryOf(ingressReloadFails, world, fc) : undefined,
  strike(_call, ctx) {
    ctx.physical.network.setIngressReloads(false);
    return { targets: ['ingress controllers'] };
  },
  heal(_call, _struck, ctx) {
    ctx.physical.network.setIngressReloads(true);
  },
});

export const gatewayReloadFails: Fault = defineFault({
  kind: 'GatewayReloadFails',
  family: 'network',
  needs: 'physical',
  target: 'none',
  about:
    'No nginx of a controller of Gateways takes a new configuration, as when a snippet is not valid: ' +
    'requests go by the Gateways, routes and endpoints that it has. Once one has changed, Gateways are not ' +
    'programmed and their routes not accepted (GatewayNotProgrammed), as their status says.',
  heals: 'It reloads with all that has changed, a second later.',
  phrases: [say('gateway reloads fail[forMs]', '[forMs]Gatewayの設定の再読み込みが失敗する')],
  arbitrary: (world, fc) =>
    (world.gateways ?? []).length > 0 ? arbitraryOf(gatewayReloadFails, world, fc) : undefined,
  strike(_call, ctx) {
    ctx.physical.network.setGatewayReloads(false);
    return { targets: ['gateway controllers'] };
  },
  heal(_call, _struck, ctx) {
    ctx.physical.network.setGatewayReloads(true);
  },
});

export const kubeProxyStop: Fault = defineFault({
  kind: 'KubeProxyStop',
  family: 'network',
  needs: 'physical',
  target: 'node',
  about:
    'kube-proxy of the node is stopped: its routes stay as they are and grow stale, requests go to Pods ' +
    'that are gone.',
  heals: 'kube-proxy starts and writes its routes anew.',
  phrases: [say('kube-proxy of [nodes] stops[forMs]', '[forMs][nodes]のkube-proxyが停止する')],
  elsewhere: { krkn: 'pod_disruption_scenarios (kube-proxy)' },
  strike(call, ctx) {
    const targets = machinesOf(call, ctx, (m) => m.power === 'on').filter(
      (node) => ctx.physical.machines.named(node)!.power === 'on',
    );
    if (targets.length === 0) throw misses('noProxyToStop', {});
    for (const node of targets) ctx.physical.processes.stopKubeProxy(node);
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of left(ctx, struck.targets))
      if (ctx.physical.machines.named(node)!.power === 'on') ctx.physical.processes.startKubeProxy(node);
  },
});
