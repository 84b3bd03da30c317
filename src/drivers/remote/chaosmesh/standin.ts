/**
 * A stand-in for Chaos Mesh's controllers on a simulated cluster: what an experiment asks for is done to the
 * simulated world, and its status says so, in the order of controllers/common/{finalizers,desiredphase,
 * records,condition} of chaos-mesh/chaos-mesh. For tests.
 */
import { withMembers } from '../../../sim/kernel/members.ts';
import type { KubeObject, Pod } from '../../../sim/api/types.ts';
import { parseLabelSelector, type Selector } from '../../../sim/api/selector.ts';
import type { Controller, ControllerContext } from '../../../sim/controlplane/controller.ts';
import type { World } from '../../../sim/node/world.ts';
import type { PhysicalWorld } from '../../../sim/physicalworld.ts';
import { SimulatedWorld } from '../../../sim/simulatedworld.ts';
import type { By } from '../../../sim/kernel/types.ts';
import type { FaultDetail } from '../../../sim/node/world.ts';
import { EXPERIMENT_KINDS, type ExperimentKind } from './counterparts.ts';

/** What a cluster needs to have them, as the chart has it as far as names go. */
export const DEFINITIONS = EXPERIMENT_KINDS.map((kind) => {
  const plural = kind.toLowerCase();
  const schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${plural}.chaos-mesh.org}
spec:
  group: chaos-mesh.org
  scope: Namespaced
  names: {kind: ${kind}, listKind: ${kind}List, plural: ${plural}, singular: ${plural}}
  versions:
    - {name: v1alpha1, served: true, storage: true, schema: {openAPIV3Schema: ${JSON.stringify(schema)}}}
`;
}).join('---\n');

interface Aim {
  readonly selector: { readonly pods: Readonly<Record<string, readonly string[]>> };
}

interface Spec extends Aim {
  readonly action?: string;
  readonly containerNames?: readonly string[];
  readonly target?: Aim | string;
  readonly direction?: string;
  readonly port?: number;
  readonly delay?: string | { readonly latency: string; readonly jitter: string };
  readonly loss?: { readonly loss: string };
  readonly replace?: { readonly code: number };
  readonly stressors?: {
    readonly cpu?: { readonly workers: number; readonly load: number };
    readonly memory?: { readonly size: string; readonly options: readonly string[] };
  };
}

interface Experiment extends KubeObject {
  readonly spec: Spec;
  readonly status?: { readonly undo?: Undo };
}

/** What ends an injection. Plain data. */
interface Undo {
  readonly lasting?: readonly number[];
  readonly images?: Readonly<Record<string, string>>;
  readonly disk?: string;
}

const FINALIZER = 'chaos-mesh/records';

type Context = ControllerContext & { readonly world: World; readonly by: By };

const podsOf = ({ selector: { pods } }: Aim, ctx: Context): Pod[] =>
  Object.entries(pods).flatMap(([namespace, names]) =>
    names.map((name) => ctx.api.get('Pod', namespace, name)),
  );

const uidsOf = (spec: Spec, ctx: Context): { podUid: string; container: string }[] =>
  podsOf(spec, ctx).flatMap((pod) =>
    (spec.containerNames ?? pod.spec.containers.map((c) => c.name)).map((container) => ({
      podUid: pod.metadata.uid,
      container,
    })),
  );

const textOf = (pods: readonly Pod[]): string =>
  Object.entries(pods[0]!.metadata.labels ?? {})
    .filter(([key, value]) => pods.every(({ metadata }) => metadata.labels?.[key] === value))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

function partition(name: string, spec: Spec, world: PhysicalWorld, ctx: Context, begins: boolean): void {
  const [from, to] = [spec, spec.target as Aim].map((aim) => textOf(podsOf(aim, ctx)));
  const texts = { from: from!, to: to! };
  const [a, b] = [from!, to!].map((text): Selector => parseLabelSelector(text));
  if (begins) world.network.partitionPods(name, Object.keys(spec.selector.pods)[0]!, a!, b!, texts);
  else world.network.healPods(name, texts);
}

const lasting = (
  fault: string,
  detail: FaultDetail,
  spec: Spec,
  world: PhysicalWorld,
  ctx: Context,
): Undo => ({
  lasting: [world.containers.addLastingFault({ fault, detail, containers: uidsOf(spec, ctx) })],
});

/** The image of every container of a Pod becomes `pause`, and what it was later on. */
function fail(spec: Spec, ctx: Context): Undo {
  const images: Record<string, string> = {};
  for (const { metadata, spec: podSpec } of podsOf(spec, ctx)) {
    const { namespace = '', name } = metadata;
    const [{ name: container, image = '' }] = podSpec.containers as [{ name: string; image?: string }];
    images[`${namespace}/${name}/${container}`] = image;
    const containers = [{ name: container, image: 'registry.k8s.io/pause:3.9' }];
    ctx.api.patch('Pod', namespace, name, 'strategic', { spec: { containers } });
  }
  return { images };
}

const nodesOf = (spec: Spec, ctx: Context): string[] => [
  ...new Set(podsOf(spec, ctx).map((pod) => pod.spec.nodeName ?? '')),
];

function inject(
  kind: ExperimentKind,
  { metadata, spec }: Experiment,
  world: PhysicalWorld,
  ctx: Context,
): Undo {
  switch (kind) {
    case 'PodChaos':
      if (spec.action === 'pod-failure') return fail(spec, ctx);
      for (const target of uidsOf(spec, ctx)) world.containers.kill(target, 137);
      return {};
    case 'NetworkChaos':
      if (spec.action === 'partition') partition(metadata.name, spec, world, ctx, true);
      for (const node of nodesOf(spec, ctx)) {
        // The simulator's are of each way, and traffic control is of one.
        if (spec.action === 'loss')
          world.network.losePackets(node, 100 * (1 - Math.sqrt(1 - Number(spec.loss!.loss) / 100)));
        if (spec.action === 'delay' && typeof spec.delay === 'object')
          world.network.delayPackets(node, parseInt(spec.delay.latency, 10) / 2, 0);
      }
      return {};
    case 'HTTPChaos':
      return spec.replace === undefined
        ? lasting('slow', { ms: parseInt(String(spec.delay), 10) }, spec, world, ctx)
        : lasting('error', { status: spec.replace.code }, spec, world, ctx);
    case 'StressChaos': {
      const { cpu, memory } = spec.stressors!;
      if (cpu !== undefined) return lasting('cpu', { milli: cpu.workers * cpu.load * 10 }, spec, world, ctx);
      const seconds = /--time (\d+)s/.exec(memory!.options.join(' '))![1];
      return lasting(
        'leak',
        { bytesPerSecond: parseInt(memory!.size, 10) / Number(seconds) },
        spec,
        world,
        ctx,
      );
    }
    case 'IOChaos': {
      const [pod] = podsOf(spec, ctx);
      const claim = pod!.spec.volumes?.find((v) => v.persistentVolumeClaim !== undefined);
      const name = claim!.persistentVolumeClaim!.claimName;
      const { volumeName = '' } = ctx.api.get('PersistentVolumeClaim', pod!.metadata.namespace!, name).spec;
      const disk = ctx.api.get('PersistentVolume', '', volumeName).spec.csi!.volumeHandle;
      world.storage.fillDisk(disk, name);
      return { disk };
    }
    case 'DNSChaos':
      world.network.troubleDns({ mode: spec.action as 'error', delayMs: 0 });
      return {};
  }
}

function recover(
  kind: ExperimentKind,
  { metadata, spec, status }: Experiment,
  world: PhysicalWorld,
  ctx: Context,
): void {
  const { lasting: numbers = [], images = {}, disk } = status?.undo ?? {};
  for (const number of numbers) world.containers.endLastingFault(number);
  if (disk !== undefined) world.storage.emptyDisk(disk, metadata.name);
  for (const [target, image] of Object.entries(images)) {
    const [namespace, name, container] = target.split('/') as [string, string, string];
    if (ctx.api.find('Pod', namespace, name) !== undefined)
      ctx.api.patch('Pod', namespace, name, 'strategic', {
        spec: { containers: [{ name: container, image }] },
      });
  }
  if (kind === 'DNSChaos') world.network.troubleDns(undefined);
  if (kind !== 'NetworkChaos') return;
  if (spec.action === 'partition') partition(metadata.name, spec, world, ctx, false);
  for (const node of nodesOf(spec, ctx)) {
    if (spec.action === 'loss') world.network.losePackets(node, 0);
    if (spec.action === 'delay') world.network.delayPackets(node, 0, 0);
  }
}

const condition = (type: string, holds: boolean): object => ({ type, status: holds ? 'True' : 'False' });

/** Of what is asked for by this name nothing is injected, and it says why. */
const UNWELL = 'unwell';

const sync =
  (kind: ExperimentKind) =>
  (key: string, _state: object, given: ControllerContext): void => {
    const ctx = given as Context;
    const [namespace, name] = key.split('/') as [string, string];
    const found = ctx.api.find(`${kind.toLowerCase()}.chaos-mesh.org`, namespace, name) as
      | Experiment
      | undefined;
    if (found === undefined) return;
    const { metadata, spec, status } = found;
    const world = new SimulatedWorld({ world: ctx.world, control: ctx.control, by: ctx.by, now: ctx.now });
    if (metadata.deletionTimestamp !== undefined) {
      if (status?.undo !== undefined) recover(kind, found, world, ctx);
      const { finalizers: _, ...rest } = metadata;
      ctx.api.update({ ...found, metadata: { ...rest, finalizers: [] } } as KubeObject);
      return;
    }
    if (status !== undefined) return;
    if (metadata.finalizers === undefined) {
      ctx.api.update({
        ...found,
        metadata: withMembers(metadata, { finalizers: [FINALIZER] }),
      } as KubeObject);
      return;
    }
    const records = Object.entries(spec.selector.pods).flatMap(([of, names]) =>
      names.map((n) => `${of}/${n}`),
    );
    const isWell = !namespace.includes(UNWELL);
    const undo = isWell ? inject(kind, found, world, ctx) : undefined;
    const events = isWell ? [] : [{ type: 'Failed', operation: 'Apply', message: 'no daemon on the node' }];
    ctx.api.update({
      ...found,
      status: {
        conditions: [
          condition('Selected', true),
          condition('AllInjected', isWell),
          condition('AllRecovered', !isWell),
        ],
        experiment: {
          desiredPhase: 'Run',
          containerRecords: records.map((id) => ({
            id,
            selectorKey: '.',
            phase: isWell ? 'Injected' : 'Not Injected',
            events,
          })),
        },
        ...(undo === undefined ? {} : { undo }),
      },
    } as KubeObject);
  };

/** One for each kind, as upstream has them. */
export const CONTROLLERS: readonly Controller<object>[] = EXPERIMENT_KINDS.map((kind) => ({
  name: `chaos-mesh-${kind.toLowerCase()}`,
  watches: [`${kind.toLowerCase()}.chaos-mesh.org`],
  init: () => ({}),
  observe({ object }, _state, ctx) {
    ctx.queue.add(`${object.metadata.namespace ?? ''}/${object.metadata.name}`);
  },
  sync: sync(kind),
}));
