/**
 * What the checks of Pod security find, and how they name where. Models
 * k8s.io/pod-security-admission/policy/{checks,helpers,visitor}.go.
 */
import type { IContainer, IPodSpec } from 'kubernetes-models/v1';

export interface Finding {
  /** `host namespaces` */
  readonly reason: string;
  /** `hostNetwork=true, hostPID=true` */
  readonly detail: string;
}

/** A Pod, or the template of some. */
export interface Checked {
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: IPodSpec;
}

/** Undefined: nothing is wrong. */
export type Check = (checked: Checked) => Finding | undefined;

export const quoted = (items: readonly string[]): string => items.map((item) => `"${item}"`).join(', ');
export const sorted = (items: Iterable<string>): string[] => [...new Set(items)].sort();
export const counted = (count: number, one: string, many = `${one}s`): string => (count === 1 ? one : many);

/** `container "a"`, `containers "a", "b"` */
export const containersText = (names: readonly string[]): string =>
  `${counted(names.length, 'container')} ${quoted(names)}`;

/** Init containers, containers, ephemeral ones. */
export const containersOf = ({ spec }: Checked): IContainer[] => [
  ...(spec.initContainers ?? []),
  ...(spec.containers ?? []),
  ...((spec.ephemeralContainers ?? []) as unknown as IContainer[]),
];

export const namesWhere = (checked: Checked, fits: (container: IContainer) => boolean): string[] =>
  containersOf(checked)
    .filter(fits)
    .map(({ name }) => name);

/** `pod and container "a"`: who says what may not be said; '' for nobody. */
export const settersText = (pod: boolean, containers: readonly string[]): string =>
  [...(pod ? ['pod'] : []), ...(containers.length === 0 ? [] : [containersText(containers)])].join(' and ');

export const isWindows = ({ spec }: Checked): boolean => spec.os?.name === 'windows';
/** Whether its users are not those of the node. */
export const hasOwnUsers = ({ spec }: Checked): boolean => spec.hostUsers === false;
