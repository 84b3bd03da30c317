/**
 * The Pods that `kubectl debug` writes: with a container more, a copy, one on a node. Source:
 * staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go.
 */
import type { Container, EphemeralContainer, ObjectMeta, Pod } from '../../sim/api/types.ts';
import { allContainers } from '../../sim/api/containers.ts';
import { applyPatch } from '../../sim/api/merge/index.ts';
import { schemaOf, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { KubectlError } from '../errors.ts';
import { type Kept, type ProfileName, withProfile } from './profiles.ts';

export interface DebugOptions {
  /** '': none is given. */
  readonly image: string;
  readonly container: string;
  readonly target: string;
  readonly pullPolicy: string;
  readonly command: readonly string[];
  /** The words behind `--` are arguments of the image's own program. */
  readonly argumentsOnly: boolean;
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly profile: ProfileName;
  readonly kept: Kept;
  /** Part of a container, which is merged into the one that is added; undefined: none. */
  readonly custom: object | undefined;
  readonly copyTo: string;
  readonly sameNode: boolean;
  /** Undefined: as the Pod has it. */
  readonly shareProcesses: boolean | undefined;
  /** Container (`*`: all) to image. */
  readonly images: Readonly<Record<string, string>>;
}

/** What is written, and the name of the container that was added; undefined: none was. */
export interface DebugPod {
  readonly pod: Pod;
  readonly container: string | undefined;
}

const namesOf = (pod: Pod): string[] => allContainers(pod).map((c) => c.name);

/** A name that none of the Pod's containers has. @param draw makes `debugger-…` up */
function freeName(pod: Pod, { container }: DebugOptions, draw: () => string): string {
  if (container !== '') return container;
  const taken = namesOf(pod);
  for (;;) {
    const name = draw();
    if (!taken.includes(name)) return name;
  }
}

const wordsOf = ({ command, argumentsOnly }: DebugOptions): Pick<Container, 'args' | 'command'> =>
  command.length === 0 ? {} : argumentsOnly ? { args: [...command] } : { command: [...command] };

const newContainer = (name: string, options: DebugOptions): Container => ({
  name,
  image: options.image,
  ...wordsOf(options),
  ...(options.env.length === 0 ? {} : { env: [...options.env] }),
  ...(options.pullPolicy === '' ? {} : { imagePullPolicy: options.pullPolicy as 'Always' }),
  ...(options.stdin ? { stdin: true } : {}),
  ...(options.tty ? { tty: true } : {}),
  terminationMessagePolicy: 'File',
});

/** The Pod with what `--custom` says of its container. */
function customised(
  pods: ResourceDefinition,
  pod: Pod,
  list: 'containers' | 'ephemeralContainers',
  name: string,
  custom: object | undefined,
): Pod {
  if (custom === undefined) return pod;
  const patch = { spec: { [list]: [{ ...custom, name }] } };
  return applyPatch('strategic', schemaOf(pods), pod, patch) as Pod;
}

/** The Pod with an ephemeral container more. */
export function withDebugContainer(
  pods: ResourceDefinition,
  pod: Pod,
  options: DebugOptions,
  draw: () => string,
): DebugPod {
  const name = freeName(pod, options, draw);
  const added = {
    ...newContainer(name, options),
    ...(options.target === '' ? {} : { targetContainerName: options.target }),
  } as EphemeralContainer;
  const ephemeralContainers = [...(pod.spec.ephemeralContainers ?? []), added];
  const next = { ...pod, spec: { ...pod.spec, ephemeralContainers } };
  const profiled = withProfile(options.profile, next, name, 'ephemeral', options.kept);
  return { pod: customised(pods, profiled, 'ephemeralContainers', name, options.custom), container: name };
}

/** A Pod to look at a node from, in its namespaces and with its files under /host. @param name of the Pod */
export function nodeDebugPod(
  pods: ResourceDefinition,
  node: string,
  namespace: string,
  name: string,
  options: DebugOptions,
): DebugPod {
  const container = options.container || 'debugger';
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' } },
    spec: {
      containers: [newContainer(container, options)],
      nodeName: node,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
    },
  } as unknown as Pod;
  const profiled = withProfile(options.profile, pod, container, 'node', options.kept);
  return { pod: customised(pods, profiled, 'containers', container, options.custom), container };
}

/** A copy of a Pod, with a container more or with others than it has. @throws KubectlError */
export function debugCopy(
  pods: ResourceDefinition,
  pod: Pod,
  options: DebugOptions,
  draw: () => string,
): DebugPod {
  const { namespace, annotations, labels } = pod.metadata;
  const { ephemeralContainers: _, nodeName, ...spec } = pod.spec;
  const metadata = {
    name: options.copyTo,
    namespace,
    ...(annotations === undefined ? {} : { annotations }),
    ...(labels === undefined ? {} : { labels }),
  } as ObjectMeta;
  const containers = spec.containers.map((c) => {
    const image = options.images[c.name] ?? options.images['*'];
    return image === undefined ? c : { ...c, image };
  });
  const copy = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: {
      ...spec,
      containers,
      ...(options.shareProcesses === undefined ? {} : { shareProcessNamespace: options.shareProcesses }),
      ...(options.sameNode && nodeName !== undefined ? { nodeName } : {}),
    },
  } as unknown as Pod;
  const known = namesOf(copy).includes(options.container);
  if (!known && options.image === '') {
    if (Object.keys(options.images).length > 0) return { pod: copy, container: undefined };
    throw new KubectlError('you must specify image when creating new container');
  }
  const name = freeName(copy, options, draw);
  const added: Container[] = known ? [] : [{ name, terminationMessagePolicy: 'File' }];
  const next = {
    ...copy,
    spec: {
      ...copy.spec,
      containers: [...copy.spec.containers, ...added].map((c) => (c.name === name ? changed(c, options) : c)),
    },
  };
  const profiled = withProfile(options.profile, next, name, 'copy', options.kept);
  return { pod: customised(pods, profiled, 'containers', name, options.custom), container: name };
}

/** The container that is looked at, as the command line says. */
function changed(container: Container, options: DebugOptions): Container {
  const { args, command, stdin: _, tty: __, ...rest } = container;
  const words = wordsOf(options);
  return {
    ...rest,
    ...(args !== undefined && words.command === undefined ? { args } : {}),
    ...(command === undefined ? {} : { command }),
    ...words,
    ...(options.env.length === 0 ? {} : { env: [...options.env] }),
    ...(options.image === '' ? {} : { image: options.image }),
    ...(options.pullPolicy === '' ? {} : { imagePullPolicy: options.pullPolicy as 'Always' }),
    ...(options.stdin ? { stdin: true } : {}),
    ...(options.tty ? { tty: true } : {}),
  };
}
