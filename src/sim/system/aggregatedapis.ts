/**
 * Servers behind APIServices that answer no more, and do again. The aggregator asks each of them every 30 s
 * (staging/src/k8s.io/kube-aggregator/pkg/controllers/status/remote/remote_available_controller.go), where
 * that finds nothing changed it is no event.
 */
import type { ClusterControl } from '../api/client.ts';
import type { By } from '../kernel/types.ts';
import { actingProcess } from './links.ts';

const MANAGER = 'kube-controller-manager';
const CHECK_EVERY_MS = 30_000;

/** @param up whether somebody answers behind the APIService */
export function setAggregatedApiUp(
  { control, by }: { readonly control: ClusterControl; readonly by: By },
  apiService: string,
  up: boolean,
): void {
  const { trouble, plane } = control;
  const dead = (trouble.deadApis ??= new Set());
  if (dead.has(apiService) === !up) return;
  if (up) dead.delete(apiService);
  else dead.add(apiService);
  const cause = control.note(up ? 'aggregatedApiUp' : 'aggregatedApiDown', { apiService }, by);
  const process = plane === undefined ? MANAGER : actingProcess(plane.leaderships.get(MANAGER)?.holder ?? '');
  // One that starts later looks at all of them.
  if (!control.has(process) || !control.isUp(process)) return;
  const task = { type: 'delayed', controller: 'apiservice-availability-controller', key: apiService };
  const phase = control.random('aggregated-apis');
  control.scheduleFor(process, Math.ceil(phase * CHECK_EVERY_MS), task, { ...by, cause });
}
