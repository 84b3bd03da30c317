/**
 * What the kubelet writes into volumes that show objects of the API, and how: by the atomic writer. Models
 * pkg/volume/configmap, secret, downwardapi, projected and pkg/volume/util/atomic_writer.go.
 */
import { deepEqual } from '../../api/equal.ts';
import { EPOCH } from '../../api/time.ts';
import type { Pod, PodSpec } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { type FileNode, fileOf, type FileTree, plant } from '../files/tree.ts';
import { tokenFile } from '../files/tokenfile.ts';
import { hexDigits } from '../images.ts';
import { isSet } from '../isset.ts';
import { fieldValue, resourceValue } from './downward.ts';
import { MissingSource, sourceData, type SourceKind } from './sources.ts';
import { tokenFor, type TokenRequest } from './tokens.ts';
import type { Kubelet, Tokens } from './types.ts';

export type VolumeSpec = NonNullable<PodSpec['volumes']>[number];
type Projection = NonNullable<NonNullable<VolumeSpec['projected']>['sources']>[number];

/** Path in the volume to file. */
export type Payload = Map<string, FileNode>;

const DEFAULT_MODE = 0o644;

interface Items {
  readonly items?: readonly { key: string; path: string; mode?: number | undefined }[] | undefined;
  readonly optional?: boolean | undefined;
}

/** @throws MissingSource */
function fromSource(
  k: Kubelet,
  pod: Pod,
  kind: SourceKind,
  name: string,
  { items, optional = false }: Items,
  defaultMode: number,
  into: Payload,
): void {
  const data = sourceData(k, kind, pod.metadata.namespace!, name, optional);
  if (data === undefined) return;
  if (items === undefined || items.length === 0) {
    for (const [key, content] of Object.entries(data)) into.set(key, fileOf(content, defaultMode));
    return;
  }
  for (const { key, path, mode } of items) {
    if (Object.hasOwn(data, key)) into.set(path, fileOf(data[key]!, mode ?? defaultMode));
    else if (!optional) {
      const what =
        kind === 'ConfigMap'
          ? 'configmap references non-existent config key'
          : 'references non-existent secret key';
      throw new MissingSource(`${what}: ${key}`, true);
    }
  }
}

type DownwardItems = NonNullable<NonNullable<VolumeSpec['downwardAPI']>['items']>;

function fromPod(k: Kubelet, pod: Pod, items: DownwardItems, defaultMode: number, into: Payload): void {
  for (const { path, fieldRef, resourceFieldRef, mode } of items) {
    const text = fieldRef
      ? fieldValue(pod, k.machine, '', fieldRef.fieldPath)
      : resourceFieldRef
        ? resourceValue(pod, k.machine, undefined, resourceFieldRef)
        : '';
    into.set(path, fileOf(text, mode ?? defaultMode));
  }
}

/** @throws MissingSource */
function fromProjection(
  k: Kubelet,
  pod: Pod,
  volume: string,
  source: Projection,
  tokens: Tokens,
  defaultMode: number,
  into: Payload,
): void {
  const { configMap, secret, downwardAPI, serviceAccountToken } = source;
  if (configMap) fromSource(k, pod, 'ConfigMap', configMap.name ?? '', configMap, defaultMode, into);
  else if (secret) fromSource(k, pod, 'Secret', secret.name ?? '', secret, defaultMode, into);
  else if (downwardAPI) fromPod(k, pod, downwardAPI.items ?? [], defaultMode, into);
  else if (serviceAccountToken) {
    const says = tokenFor(k, pod, volume, serviceAccountToken as TokenRequest, tokens);
    into.set(serviceAccountToken.path, tokenFile(says, defaultMode));
  }
}

/** Whether the kubelet writes a volume's files, and nobody else. */
export const isProjected = (volume: VolumeSpec): boolean =>
  Boolean(volume.configMap ?? volume.secret ?? volume.downwardAPI ?? volume.projected);

/**
 * What a volume is to show.
 * @param tokens those that the pod has; new ones are added
 * @throws MissingSource
 */
export function payloadOf(k: Kubelet, pod: Pod, volume: VolumeSpec, tokens: Tokens = new Map()): Payload {
  const payload: Payload = new Map();
  const { configMap, secret, downwardAPI, projected } = volume;
  const { fsGroup } = pod.spec.securityContext ?? {};
  if (configMap)
    fromSource(
      k,
      pod,
      'ConfigMap',
      configMap.name ?? '',
      configMap,
      configMap.defaultMode ?? DEFAULT_MODE,
      payload,
    );
  if (secret)
    fromSource(
      k,
      pod,
      'Secret',
      secret.secretName ?? '',
      secret,
      secret.defaultMode ?? DEFAULT_MODE,
      payload,
    );
  if (downwardAPI) fromPod(k, pod, downwardAPI.items ?? [], downwardAPI.defaultMode ?? DEFAULT_MODE, payload);
  if (projected) {
    const problems: MissingSource[] = [];
    for (const source of projected.sources ?? []) {
      try {
        fromProjection(k, pod, volume.name, source, tokens, projected.defaultMode ?? DEFAULT_MODE, payload);
      } catch (error) {
        if (!(error instanceof MissingSource)) throw error;
        problems.push(error);
      }
    }
    if (problems.length === 1) throw problems[0]!;
    if (problems.length > 1)
      throw new MissingSource(
        `[${problems.map((p) => p.message).join(', ')}]`,
        problems.every((p) => p.absent),
      );
  }
  if (isSet(fsGroup)) for (const [path, node] of payload) payload.set(path, ofGroup(node, fsGroup));
  return payload;
}

/** SetVolumeOwnership of pkg/volume/volume_linux.go, of what may only be read. */
const ofGroup = (node: FileNode, group: number): FileNode =>
  node.kind === 'link' ? node : { ...node, mode: node.mode | 0o440, owner: [0, group] };

const two = (n: number): string => String(n).padStart(2, '0');

/** `..2026_01_05_09_00_12.1234567890`: the time, and a number to tell two of one second apart. */
function timestampName(at: Millis, salt: string): string {
  const d = new Date(EPOCH + at);
  const day = `${d.getUTCFullYear()}_${two(d.getUTCMonth() + 1)}_${two(d.getUTCDate())}`;
  const time = `${two(d.getUTCHours())}_${two(d.getUTCMinutes())}_${two(d.getUTCSeconds())}`;
  return `..${day}_${time}.${Number.parseInt(hexDigits(salt, Math.trunc(at), 8), 16)}`;
}

const DATA = '/..data';

/** The payload that a volume shows now. */
function shownIn(files: FileTree): Payload {
  const link = files.get(DATA);
  const shown: Payload = new Map();
  if (link?.kind !== 'link') return shown;
  const prefix = `/${link.to}/`;
  for (const [path, node] of files)
    if (node?.kind === 'file' && path.startsWith(prefix)) shown.set(path.slice(prefix.length), node);
  return shown;
}

/**
 * Writes a payload: the files into a directory of their own, a link `..data` to it, and what programs see as
 * links through that. Nothing where the volume shows it already. A directory made for a subPath stays.
 * @returns whether it has written
 */
export function writePayload(files: FileTree, payload: Payload, at: Millis, salt: string): boolean {
  if (files.has(DATA) && deepEqual([...shownIn(files)].sort(), [...payload].sort())) return false;
  const made = [...files].filter(([path, node]) => node?.kind === 'directory' && !path.startsWith('/..'));
  files.clear();
  for (const [path, node] of made) files.set(path, node);
  const directory = timestampName(at, salt);
  files.set(`/${directory}`, { kind: 'directory', mode: 0o755 });
  files.set(DATA, { kind: 'link', to: directory });
  for (const [path, node] of payload) {
    plant(files, `/${directory}/${path}`, node);
    const first = path.split('/')[0]!;
    if (!files.has(`/${first}`)) files.set(`/${first}`, { kind: 'link', to: `..data/${first}` });
  }
  return true;
}
