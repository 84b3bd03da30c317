/**
 * What a pod may be told of itself: its fields, and its containers' resources. Models
 * podFieldSelectorRuntimeValue of pkg/kubelet/kubelet_pods.go, pkg/fieldpath/fieldpath.go and
 * pkg/api/v1/resource/helpers.go.
 */
import { MissingSource } from './sources.ts';
import { milliValue, parseQuantity, wholeValue } from '../../api/quantity.ts';
import type { Container, Pod } from '../../api/types.ts';
import type { Machine } from '../world.ts';
import { findContainerSpec } from './podspec.ts';

/** `key="value"` a line, sorted. Models FormatMap. */
function mapText(map: Readonly<Record<string, unknown>> | undefined): string {
  return Object.keys(map ?? {})
    .sort()
    .map((key) => `${key}=${JSON.stringify(String(map![key]))}`)
    .join('\n');
}

/** @param podIp of the pod's sandbox; '' while there is none, as in a volume */
export function fieldValue(pod: Pod, machine: Machine, podIp: string, fieldPath: string): string {
  const { metadata, spec } = pod;
  switch (fieldPath) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace!;
    case 'metadata.uid':
      return metadata.uid;
    case 'metadata.labels':
      return mapText(metadata.labels);
    case 'metadata.annotations':
      return mapText(metadata.annotations);
    case 'spec.nodeName':
      return spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return machine.ip;
    case 'status.podIP':
    case 'status.podIPs':
      return podIp;
    default: {
      const found = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(fieldPath);
      if (found === null) throw new MissingSource(`unsupported fieldPath: ${fieldPath}`, false);
      const value = metadata[found[1] as 'labels' | 'annotations']?.[found[2]!] as string | undefined;
      return value ?? '';
    }
  }
}

interface ResourceSelector {
  readonly containerName?: string | undefined;
  readonly resource: string;
  readonly divisor?: string | number | undefined;
}

/** Of a limit that is not set, the node's capacity counts (MergeContainerResourceLimits). */
const ofNode = ({ capacity }: Machine, resource: string): string =>
  resource === 'cpu'
    ? capacity.cpu
    : resource === 'memory'
      ? capacity.memory
      : resource === 'ephemeral-storage'
        ? capacity.ephemeralStorage
        : '0';

/** A request or limit in units of the divisor, rounded up. */
export function resourceValue(
  pod: Pod,
  machine: Machine,
  own: Container | undefined,
  selector: ResourceSelector,
): string {
  const name = selector.containerName ?? '';
  const container = name === '' ? own : findContainerSpec(pod, name)?.container;
  if (container === undefined) throw new MissingSource(`container ${name} not found`, false);
  const [list, ...rest] = selector.resource.split('.') as ['requests' | 'limits', ...string[]];
  const resource = rest.join('.');
  const set = container.resources?.[list]?.[resource] as string | undefined;
  const value = set ?? (list === 'limits' ? ofNode(machine, resource) : '0');
  const divisor = selector.divisor ?? '1';
  const unit = wholeValue(parseQuantity(divisor)) === 0 ? '1' : divisor;
  return resource === 'cpu'
    ? String(Math.ceil(milliValue(value) / milliValue(unit === '0' ? '1' : unit)))
    : String(Math.ceil(wholeValue(value) / wholeValue(unit)));
}
