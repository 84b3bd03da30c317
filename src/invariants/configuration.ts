/** What Pods are configured by: that it reaches them, and what is missing of it. */
import { fromBase64 } from '../sim/api/base64.ts';
import type { ConfigMap, Container, Pod, Secret } from '../sim/api/types.ts';
import { defineInvariant, named, told } from './define.ts';
import { hasEnded, isTerminating } from './pods.ts';
import type { InvariantView, PhysicalInvariantView, Violation } from './types.ts';

type Kind = 'ConfigMap' | 'Secret';

interface Reference {
  readonly kind: Kind;
  readonly name: string;
  /** Absent: the whole object. */
  readonly key?: string;
}

/** What a container's variables are asked of, and must be there. */
function variablesOf({ env = [], envFrom = [] }: Container): Reference[] {
  return [
    ...envFrom.flatMap(({ configMapRef, secretRef }): Reference[] => [
      ...(configMapRef && configMapRef.optional !== true
        ? [{ kind: 'ConfigMap' as const, name: configMapRef.name ?? '' }]
        : []),
      ...(secretRef && secretRef.optional !== true
        ? [{ kind: 'Secret' as const, name: secretRef.name ?? '' }]
        : []),
    ]),
    ...env.flatMap(({ valueFrom }): Reference[] => {
      const { configMapKeyRef: c, secretKeyRef: s } = valueFrom ?? {};
      if (c && c.optional !== true) return [{ kind: 'ConfigMap', name: c.name ?? '', key: c.key }];
      return s && s.optional !== true ? [{ kind: 'Secret', name: s.name ?? '', key: s.key }] : [];
    }),
  ];
}

interface Source extends Reference {
  readonly volume: string;
  readonly keys: readonly string[];
}

/** ConfigMaps and Secrets that volumes are made of alone, and must be there. */
const volumesOf = ({ spec }: Pod): Source[] =>
  (spec.volumes ?? []).flatMap(({ name: volume, configMap, secret }): Source[] => {
    const source = configMap ?? secret;
    if (!source || source.optional === true) return [];
    const kind = configMap ? 'ConfigMap' : 'Secret';
    const name = (configMap ? configMap.name : secret!.secretName) ?? '';
    return [{ kind, name, volume, keys: (source.items ?? []).map((i) => i.key) }];
  });

function isMissing({ kind, name, key }: Reference, namespace: string, view: InvariantView): boolean {
  const object = view.find(kind, namespace, name);
  return object === undefined || (key !== undefined && !Object.hasOwn(object.data ?? {}, key));
}

/** Whether something that a Pod is to be configured by is not there, so that it cannot begin. */
export function lacksConfiguration(pod: Pod, view: InvariantView): boolean {
  const namespace = pod.metadata.namespace!;
  const containers = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  return [
    ...containers.flatMap(variablesOf),
    ...volumesOf(pod).flatMap(({ kind, name, keys }): Reference[] => [
      { kind, name },
      ...keys.map((key) => ({ kind, name, key })),
    ]),
  ].some((reference) => isMissing(reference, namespace, view));
}

/** A kubelet has twice the longest period of its syncs to show a change. */
const SHOWN_WITHIN_MS = 180_000;

/** Keys of an object that have been as they are for long enough, with their text. */
function settledData(
  { kind, name }: Reference,
  namespace: string,
  view: InvariantView,
): Readonly<Record<string, string>> {
  const object = view.find(kind, namespace, name) as ConfigMap | Secret | undefined;
  if (object === undefined || object.immutable === true) return {};
  for (const { at, kind: changed, namespace: where, name: which } of view.changes()) {
    if (at < view.now - SHOWN_WITHIN_MS) break;
    if (changed === kind && where === namespace && which === name) return {};
  }
  const data = (object.data ?? {}) as Readonly<Record<string, string>>;
  return kind === 'ConfigMap'
    ? data
    : Object.fromEntries(Object.entries(data).map(([key, text]) => [key, fromBase64(text)]));
}

/** Whether the kubelet of a node is up, and reaches the API server. */
function isTold(
  node: string,
  { physical: { machines, network, processes } }: PhysicalInvariantView,
): boolean {
  const machine = machines.named(node);
  return (
    machine !== undefined &&
    machine.power === 'on' &&
    machine.runtimeUp &&
    processes.isUp(`kubelet@${node}`) &&
    !network.isCutOff(node) &&
    !network.isExpired(node)
  );
}

export const configurationShown = defineInvariant<null>({
  name: 'configuration-shown',
  asks: 'physical',
  about: 'In the end what volumes show of ConfigMaps and Secrets is what the API has.',
  why: 'a Pod that goes on with an old configuration, or an old password, does so unseen',
  fails:
    'In the end a running container had a file of a ConfigMap or Secret with another content than the ' +
    'API, although that was three minutes old and the kubelet was up. Single files (subPath) and what is ' +
    'immutable do not follow.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const pod of view.list('Pod')) {
      const sources = volumesOf(pod).filter((s) => s.keys.length === 0);
      if (sources.length === 0 || !pod.spec.nodeName || hasEnded(pod) || isTerminating(pod)) continue;
      if (!isTold(pod.spec.nodeName, view)) continue;
      const running = new Set(
        (pod.status.containerStatuses ?? []).filter((s) => s.state?.running).map((s) => s.name),
      );
      for (const source of sources) {
        const data = settledData(source, pod.metadata.namespace!, view);
        for (const { name, volumeMounts = [] } of pod.spec.containers) {
          const mount = volumeMounts.find((m) => m.name === source.volume && !m.subPath && !m.subPathExpr);
          if (mount === undefined || !running.has(name)) continue;
          for (const [key, text] of Object.entries(data)) {
            const path = `${mount.mountPath}/${key}`;
            const shown = view.physical.disks.read({ podUid: pod.metadata.uid, container: name }, path);
            if (shown !== undefined && shown !== text)
              return {
                message: told('brokenConfiguration', {
                  container: name,
                  pod: named(pod),
                  path,
                  source: `${source.kind} ${source.name}`,
                }),
                objects: [pod],
              };
          }
        }
      }
    }
    return undefined;
  },
});
