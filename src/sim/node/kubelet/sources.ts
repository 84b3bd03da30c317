/**
 * ConfigMaps and Secrets as a kubelet knows them. Models pkg/kubelet/util/manager (the watch based manager):
 * what it has once read it knows on while the API server does not answer, and what is immutable it does not
 * watch.
 */
import { ApiError } from '../../api/errors.ts';
import { bytesFromBase64 } from '../../api/base64.ts';
import { textOfBytes } from '../files/bytetext.ts';
import type { ConfigMap, Pod, Secret } from '../../api/types.ts';
import { remembered } from '../../kernel/memo.ts';
import { CONFIGURATION_WATCH } from '../env.ts';
import type { Kubelet } from './types.ts';

export type SourceKind = 'ConfigMap' | 'Secret';

/** What cannot be had, in the kubelet's words. */
export class MissingSource extends Error {
  /** There is no such object, as far as the API server says. */
  readonly absent: boolean;
  constructor(message: string, absent: boolean) {
    super(message);
    this.absent = absent;
  }
}

/** `ConfigMap/namespace/name` */
const sourceKey = (kind: SourceKind, namespace: string, name: string): string =>
  `${kind}/${namespace}/${name}`;

function find(k: Kubelet, kind: SourceKind, namespace: string, name: string): ConfigMap | Secret | undefined {
  const { sources, unread } = k.state;
  const key = sourceKey(kind, namespace, name);
  if (k.ctx.config.planted === 'sources-read-once' && sources.has(key)) return sources.get(key);
  try {
    const found = k.ctx.api.find(kind, namespace, name) as ConfigMap | Secret | undefined;
    unread.delete(key);
    if (found === undefined) sources.delete(key);
    else sources.set(key, found);
    return found;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    unread.add(key);
    const known = sources.get(key);
    if (known !== undefined) return known;
    throw new MissingSource(
      `failed to sync ${kind.toLowerCase()} cache: timed out waiting for the condition`,
      false,
    );
  }
}

/** Of a Secret's members, which each start of a Pod reads anew. */
const KEPT = 256;

const contentOf = remembered(KEPT, (coded: string): string => textOfBytes(bytesFromBase64(coded)));

/**
 * The data of a ConfigMap or Secret, decoded, by key. Undefined: it is not there, and need not be.
 * @param binary the `binaryData` of a ConfigMap too
 * @throws MissingSource
 */
export function sourceData(
  k: Kubelet,
  kind: SourceKind,
  namespace: string,
  name: string,
  optional: boolean,
  binary = true,
): Readonly<Record<string, string>> | undefined {
  const object = find(k, kind, namespace, name);
  if (object === undefined) {
    if (optional) return undefined;
    throw new MissingSource(`${kind.toLowerCase()} "${name}" not found`, true);
  }
  const coded =
    (kind === 'Secret' ? object.data : binary ? (object as ConfigMap).binaryData : undefined) ?? {};
  const plain = kind === 'ConfigMap' ? ((object.data ?? {}) as Record<string, string>) : {};
  const decoded = Object.entries(coded).map(([key, value]) => [key, contentOf(String(value))] as const);
  return { ...plain, ...Object.fromEntries(decoded) };
}

/** Names of a pod's volumes' ConfigMaps and Secrets, by their key. */
export function volumeSources(pod: Pod): string[] {
  const namespace = pod.metadata.namespace!;
  const keys: string[] = [];
  const add = (kind: SourceKind, name: string | undefined): void => {
    if (name !== undefined) keys.push(sourceKey(kind, namespace, name));
  };
  for (const volume of pod.spec.volumes ?? []) {
    if (volume.configMap) add('ConfigMap', volume.configMap.name);
    if (volume.secret) add('Secret', volume.secret.secretName);
    for (const source of volume.projected?.sources ?? []) {
      if (source.configMap) add('ConfigMap', source.configMap.name);
      if (source.secret) add('Secret', source.secret.name);
    }
  }
  return keys;
}

/** The kubelet is to hear of changes of what the pod's volumes show. */
export function watchSources(k: Kubelet, pod: Pod): void {
  const { configurationReaders } = k.env.world;
  for (const key of volumeSources(pod)) {
    const readers = configurationReaders.get(key) ?? [];
    if (!readers.includes(k.machine.name)) configurationReaders.set(key, [...readers, k.machine.name]);
    if (!k.ctx.control.has(CONFIGURATION_WATCH))
      k.ctx.control.spawn(CONFIGURATION_WATCH, CONFIGURATION_WATCH, {}, k.ctx.by);
  }
}

/** A change of an object that this kubelet has asked to hear of. @returns the pods that show it */
export function changedFor(k: Kubelet, key: string): string[] {
  const known = k.state.sources.get(key);
  if ((known as { immutable?: boolean } | undefined)?.immutable === true) return [];
  const uids = [...k.state.workers.values()]
    .filter((w) => w.stage === 'syncing' && volumeSources(w.pod).includes(key))
    .map((w) => w.uid);
  if (uids.length === 0) forgetSource(k, key);
  return uids;
}

function forgetSource(k: Kubelet, key: string): void {
  const { configurationReaders } = k.env.world;
  k.state.sources.delete(key);
  const left = (configurationReaders.get(key) ?? []).filter((name) => name !== k.machine.name);
  if (left.length === 0) configurationReaders.delete(key);
  else configurationReaders.set(key, left);
}
