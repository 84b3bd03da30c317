/**
 * What the downward API may be asked for. Models validateObjectFieldSelector and
 * validateContainerResourceFieldSelector of pkg/apis/core/validation/validation.go, and
 * ConvertDownwardAPIFieldLabel of pkg/apis/core/pods/helpers.go.
 */
import { isNil } from '../defaults/fill.ts';
import { invalidValue, required, unsupported, type Causes } from './field.ts';
import { validateLabelKey } from './meta.ts';

interface FieldRef {
  readonly fieldPath?: string | undefined;
}

interface ResourceRef {
  readonly containerName?: string | undefined;
  readonly resource?: string | undefined;
}

/** Fields of a Pod that convert at all. */
const CONVERTIBLE = new Set([
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'spec.schedulerName',
  'spec.host',
  'status.phase',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]);

/** In the order of their names, as they are told. */
export const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const VOLUME_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

const RESOURCES = ['cpu', 'ephemeral-storage', 'memory'];
const OF_RESOURCES = ['limits', 'requests'].flatMap((list) => RESOURCES.map((r) => `${list}.${r}`));

/** @param fields that may be asked for there */
export function validateFieldRef(ref: FieldRef, fields: readonly string[], at: string, out: Causes): void {
  const field = `${at}.fieldPath`;
  const path = ref.fieldPath;
  if (!path) return void out.push(required(field));
  const [, whole, key] = /^(.*?)\['(.*)'\]$/s.exec(path) ?? [];
  const name = whole ?? path;
  if (!CONVERTIBLE.has(name))
    out.push(invalidValue(field, path, `error converting fieldPath: field label not supported: ${name}`));
  else if (key === undefined) {
    if (!fields.includes(name === 'spec.host' ? 'spec.nodeName' : name))
      out.push(unsupported(field, name, fields));
  } else if (name === 'metadata.labels') validateLabelKey(key, field, out);
  else if (name === 'metadata.annotations') validateLabelKey(key.toLowerCase(), field, out);
  else out.push(invalidValue(field, name, 'does not support subscript'));
}

/** @param volume whether it is a file's content: then no container is meant but one that is named */
export function validateResourceRef(ref: ResourceRef, volume: boolean, at: string, out: Causes): void {
  const { resource } = ref;
  if (volume && !ref.containerName) out.push(required(`${at}.containerName`));
  else if (!resource) out.push(required(`${at}.resource`));
  else if (!OF_RESOURCES.includes(resource) && !/^(?:limits|requests)\.hugepages-/.test(resource))
    out.push(unsupported(`${at}.resource`, resource, OF_RESOURCES));
}

interface Item {
  readonly path?: string | undefined;
  readonly fieldRef?: FieldRef | null | undefined;
  readonly resourceFieldRef?: ResourceRef | null | undefined;
}

/** The files of a volume of the downward API, or of such a part of a projected one. */
export function validateDownwardItems(items: readonly Item[] | undefined, at: string, out: Causes): void {
  for (const { path, fieldRef, resourceFieldRef } of items ?? []) {
    if (!path) out.push(required(`${at}.path`));
    if (!isNil(fieldRef)) {
      validateFieldRef(fieldRef!, VOLUME_FIELDS, `${at}.fieldRef`, out);
      if (!isNil(resourceFieldRef))
        out.push(
          invalidValue(at, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'),
        );
    } else if (!isNil(resourceFieldRef))
      validateResourceRef(resourceFieldRef!, true, `${at}.resourceFieldRef`, out);
    else out.push(required(at, 'one of fieldRef and resourceFieldRef is required'));
  }
}
