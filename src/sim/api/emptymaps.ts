/**
 * Empty labels and annotations are not stored: protobuf, the form in etcd, knows no difference between a map
 * that is empty and one that is not there. Without this a template whose last annotation was taken away would
 * be another one than before there was any.
 */
import type { KubeObject } from './types.ts';

interface Meta {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Whether a map (or list) has no entries. */
export function isEmptyMap(map: object): boolean {
  for (const _ in map) return false;
  return true;
}

function withoutEmpty<M extends Meta>(meta: M): M {
  const isThereEmpty = (map: object | undefined): boolean =>
    map !== undefined && map !== null && isEmptyMap(map);
  const labels = isThereEmpty(meta.labels);
  const annotations = isThereEmpty(meta.annotations);
  if (!labels && !annotations) return meta;
  const { labels: l, annotations: a, ...rest } = meta;
  return {
    ...rest,
    ...(labels || l === undefined ? {} : { labels: l }),
    ...(annotations || a === undefined ? {} : { annotations: a }),
  } as M;
}

/** The object itself where there is nothing to take away. */
export function withoutEmptyMaps(object: KubeObject): KubeObject {
  const metadata = withoutEmpty(object.metadata);
  const { spec } = object as { spec?: { template?: { metadata?: Meta } } };
  const meta = spec?.template?.metadata;
  const template = meta === undefined || meta === null ? meta : withoutEmpty(meta);
  if (metadata === object.metadata && template === meta) return object;
  return template === meta
    ? { ...object, metadata }
    : ({
        ...object,
        metadata,
        spec: { ...spec, template: { ...spec!.template, metadata: template } },
      } as KubeObject);
}
