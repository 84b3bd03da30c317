/**
 * Servers behind APIServices that answer no more, and do again. The aggregator asks each of them every 30 s
 * (staging/src/k8s.io/kube-aggregator/pkg/controllers/status/remote/remote_available_controller.go), where
 * that finds nothing changed it is no event.
 */
import type { ClusterControl } from '../api/client.ts';
import { METRICS_API } from '../api/metricsservice.ts';
import type { By, Millis } from '../kernel/types.ts';
import { actingProcess } from './links.ts';

const MANAGER = 'kube-controller-manager';
const CHECK_EVERY_MS = 30_000;

interface Acting {
  readonly control: ClusterControl;
  readonly by: By;
}

/** @param up whether somebody answers behind the APIService */
export function setAggregatedApiUp({ control, by }: Acting, apiService: string, up: boolean): void {
  const { trouble } = control;
  const dead = (trouble.deadApis ??= new Set());
  if (dead.has(apiService) === !up) return;
  if (up) dead.delete(apiService);
  else dead.add(apiService);
  const cause = control.note(up ? 'aggregatedApiUp' : 'aggregatedApiDown', { apiService }, by);
  const phase = (): Millis => Math.ceil(control.random('aggregated-apis') * CHECK_EVERY_MS);
  look({ control, by: { ...by, cause } }, apiService, phase);
}

/** The aggregator looks at an APIService. @param by why */
function look({ control, by }: Acting, apiService: string, after: () => Millis): void {
  const { plane } = control;
  const process = plane === undefined ? MANAGER : actingProcess(plane.leaderships.get(MANAGER)?.holder ?? '');
  // One that starts later looks at all of them.
  if (!control.has(process) || !control.isUp(process)) return;
  const task = { type: 'delayed', controller: 'apiservice-availability-controller', key: apiService };
  control.scheduleFor(process, after(), task, by);
}

/**
 * metrics-server has stopped or begun to answer: its endpoints go and come, at which the aggregator looks at
 * once. Where nobody has asked for APIServices, nothing says so.
 */
export function metricsServerTurned({ control, by }: Acting): void {
  if (control.knowsApiServices()) look({ control, by }, METRICS_API, () => 0);
}
