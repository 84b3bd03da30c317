/**
 * The metrics APIs as their clients see them: metrics.k8s.io (metrics-server), custom.metrics.k8s.io and
 * external.metrics.k8s.io (adapters). Amounts are thousandths, as autoscalers reckon with them.
 */
import type { Millis } from '../kernel/types.ts';
import type { KubeObject } from './types.ts';

export interface ContainerUsage {
  readonly name: string;
  /** Thousandths of a CPU, on average over the window. */
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

/** PodMetrics of metrics.k8s.io/v1beta1. */
export interface PodUsage {
  readonly namespace: string;
  readonly name: string;
  /** The end of the window. */
  readonly at: Millis;
  readonly windowMs: Millis;
  readonly containers: readonly ContainerUsage[];
}

/** NodeMetrics of metrics.k8s.io/v1beta1. */
export interface NodeUsage {
  readonly name: string;
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

/** Every call throws `ApiError` where its API is not there, or does not answer. */
export interface MetricsApi {
  pods(namespace: string): readonly PodUsage[];
  nodes(): readonly NodeUsage[];
  /** A custom metric of each of these Pods that has it, in thousandths, by the Pod's name. */
  ofPods(metric: string, pods: readonly KubeObject[]): ReadonlyMap<string, number>;
  /** A custom metric of an object. */
  ofObject(metric: string, kind: string, namespace: string, name: string): number;
  /** The values of an external metric. */
  external(metric: string): readonly number[];
}
