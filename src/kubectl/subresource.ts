/**
 * `--subresource`: the part of an object that is asked for, or written, instead of it. Sources:
 * staging/src/k8s.io/kubectl/pkg/cmd/{get,patch,edit,replace,apply}, cli-runtime/pkg/resource/helper.go.
 */
import { ApiError } from '../sim/api/errors.ts';
import type { ApiClient } from '../sim/api/client.ts';
import type { PatchType } from '../sim/api/patchtype.ts';
import { ruledBy, type ResourceDefinition } from '../sim/api/resources/definition.ts';
import { scaleDefinition, scaleOf } from '../sim/api/resources/scale.ts';
import { replicasOfPatch, replicasOfUpdate, type ScalePatch } from '../sim/api/scalepart.ts';
import { podPartStrategy, type PodSubresource } from '../sim/api/strategy/podsubresources.ts';
import type { KubeObject, Pod } from '../sim/api/types.ts';
import { KubectlError } from './errors.ts';
import { flag } from './flags.ts';
import type { Item, Selection } from './resources.ts';
import type { Session } from './session.ts';

export const SUBRESOURCE = flag('subresource', 'string');

/** A part of objects: '' is all of them. */
export type Part = '' | 'status' | 'scale' | PodSubresource;

const isPod = (part: string): part is PodSubresource => podPartStrategy(part) !== undefined;

/**
 * The part of a kind that `--subresource` names. @param apiVersion by which it is asked for
 * @throws ApiError NotFound, of one that it has not
 */
export function partOf({ flags }: Session, info: ResourceDefinition, apiVersion?: string): Part {
  const { resource, subresources } = ruledBy(info, apiVersion);
  const part = flags.text('subresource');
  if (part === '') return part;
  if (isPod(part) && resource === 'pods') return part;
  if ((part === 'status' || part === 'scale') && subresources[part]) return part;
  throw new ApiError('NotFound', 'the server could not find the requested resource');
}

/** What stands for an object where a part of it is asked for. */
export function asPart(item: Item, part: Part): Item {
  const { object } = item;
  const info = ruledBy(item.info, item.apiVersion);
  return part === 'scale'
    ? { info: scaleDefinition(info), object: scaleOf(info, object) as unknown as KubeObject }
    : item;
}

/** What was selected, or its parts where `--subresource` asks for them. @throws KubectlError, ApiError */
export function partsOf(session: Session, selection: Selection): Selection {
  if (session.flags.text('subresource') === '') return selection;
  if (!selection.named)
    throw new KubectlError('subresource cannot be used when bulk resources are specified');
  const items = selection.items.map((item) => asPart(item, partOf(session, item.info, item.apiVersion)));
  return { ...selection, items, groups: items.map(({ info, object }) => ({ info, items: [object] })) };
}

/** An object, and the client by which it is asked for. */
export interface Place {
  readonly api: ApiClient;
  readonly info: ResourceDefinition;
  readonly namespace: string;
  readonly name: string;
}

/** Whatever asks for a number of replicas; the Scale that comes of it. */
function scaled({ api, info, namespace, name }: Place, wanted: (before: KubeObject) => number): KubeObject {
  const read = (): KubeObject =>
    scaleOf(info, api.get(info.resource, namespace, name, 'scale')) as unknown as KubeObject;
  api.scale(info.resource, namespace, name, wanted(read()));
  return read();
}

/** Patches a part of an object. @returns the part @throws ApiError */
export const patchPart = (place: Place, part: Part, type: PatchType, patch: unknown): KubeObject =>
  part === 'scale'
    ? scaled(place, (before) => replicasOfPatch(place.info, before, type as ScalePatch, patch))
    : (place.api.patch(
        place.info.resource,
        place.namespace,
        place.name,
        type,
        patch,
        part === '' ? {} : { subresource: part },
      ) as KubeObject);

/** Puts a part of an object in the place of the one that is there. @throws ApiError */
export function replacePart(place: Place, part: Part, object: KubeObject): KubeObject {
  const { api, info } = place;
  if (part === 'scale') return scaled(place, (before) => replicasOfUpdate(info, before, object));
  if (part === 'status') return api.updateStatus(object);
  return part === '' ? api.update(object) : api.updatePart(object as Pod, part);
}

/** Applies a part of an object on the server's side. @throws ApiError */
export const applyPart = (
  place: Place,
  part: Part,
  config: KubeObject,
  options: Parameters<ApiClient['apply']>[4],
): KubeObject =>
  part === 'scale'
    ? scaled(place, (before) => replicasOfPatch(place.info, before, 'apply', config))
    : place.api.apply(place.info.resource, place.namespace, place.name, config, {
        ...options,
        subresource: part,
      });
