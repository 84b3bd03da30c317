/** Parts of the control plane that stop; running Pods keep running. */
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import type { Elsewhere, Fault, PhysicalContext } from '../types.ts';
import { type PlaneComponent, restartComponents, stopComponent } from './controlplanenodes.ts';

/** A process of the control plane is down, and starts anew with nothing in mind. */
const processDown = (kind: string, what: string, ja: string, process: PlaneComponent, about: string): Fault =>
  defineFault({
    kind,
    family: 'controlplane',
    needs: 'physical',
    target: 'none',
    about,
    heals: 'It starts anew, with nothing in mind, and lists everything.',
    phrases: [say(`the ${what} is down[forMs]`, `[forMs]${ja}が停止する`)],
    elsewhere: { krkn: 'pod_disruption_scenarios' },
    strike(_call, ctx) {
      if (ctx.physical.plane.names().length > 0) return stopComponent(process, ctx);
      const since = ctx.physical.noting('processDown', { process });
      since.processes.stop(process);
      return { targets: [process] };
    },
    heal(_call, struck, ctx) {
      if (restartComponents(struck, ctx)) return;
      const since = ctx.physical.noting('processUp', { process });
      since.processes.start(process);
    },
  });

export const schedulerDown = processDown(
  'SchedulerDown',
  'scheduler',
  'スケジューラー',
  'kube-scheduler',
  'New Pods stay Pending; what runs runs on.',
);
export const controllerManagerDown = processDown(
  'ControllerManagerDown',
  'controller manager',
  'コントローラーマネージャー',
  'kube-controller-manager',
  'Nothing is reconciled: no replacement, no endpoints, no eviction.',
);

const serverState = (
  kind: string,
  en: string,
  ja: string,
  about: string,
  elsewhere: Elsewhere,
  component: PlaneComponent,
  /** Of so many instances, how many have to be stopped for that. */
  enough: (instances: number) => number,
  set: (up: boolean, ctx: PhysicalContext) => void,
): Fault =>
  defineFault({
    kind,
    family: 'controlplane',
    needs: 'physical',
    target: 'none',
    about,
    elsewhere,
    heals: 'It answers again; every watch is made anew.',
    phrases: [say(`${en}[forMs]`, `[forMs]${ja}`)],
    strike(_call, ctx) {
      const nodes = ctx.physical.plane.names();
      if (nodes.length > 0) return stopComponent(component, ctx, nodes.slice(0, enough(nodes.length)));
      set(false, ctx);
      return { targets: ['control plane'] };
    },
    heal(_call, struck, ctx) {
      if (!restartComponents(struck, ctx)) set(true, ctx);
    },
  });

export const apiServerDown = serverState(
  'ApiServerDown',
  'the api server is down',
  'APIサーバーが停止する',
  'Nobody reads or writes; watches break, heartbeats are lost.',
  { krkn: 'pod_disruption_scenarios (kube-apiserver)' },
  'kube-apiserver',
  (instances) => instances,
  (up, ctx) => ctx.physical.servers.setServerUp(up),
);
export const etcdQuorumLoss = serverState(
  'EtcdQuorumLoss',
  'etcd loses quorum',
  'etcdがクォーラムを失う',
  'Reads are answered, no write is taken. Of a control plane that is on nodes half of the members stop, ' +
    'and reads, which are linearized, fail too.',
  { krkn: 'pod_disruption_scenarios (etcd)' },
  'etcd',
  (instances) => Math.ceil(instances / 2),
  (up, ctx) => ctx.physical.servers.setQuorum(up),
);
