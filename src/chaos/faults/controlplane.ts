/** Parts of the control plane that stop; running Pods keep running. */
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import type { Elsewhere, Fault, PhysicalContext } from '../types.ts';

/** A process of the control plane is down, and starts anew with nothing in mind. */
const processDown = (kind: string, what: string, ja: string, process: string, about: string): Fault =>
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
      const since = ctx.physical.noting('processDown', { process });
      since.processes.stop(process);
      return { targets: [process] };
    },
    heal(_call, _struck, ctx) {
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
      set(false, ctx);
      return { targets: ['control plane'] };
    },
    heal(_call, _struck, ctx) {
      set(true, ctx);
    },
  });

export const apiServerDown = serverState(
  'ApiServerDown',
  'the api server is down',
  'APIサーバーが停止する',
  'Nobody reads or writes; watches break, heartbeats are lost.',
  { krkn: 'pod_disruption_scenarios (kube-apiserver)' },
  (up, ctx) => ctx.physical.servers.setServerUp(up),
);
export const etcdQuorumLoss = serverState(
  'EtcdQuorumLoss',
  'etcd loses quorum',
  'etcdがクォーラムを失う',
  'Reads are answered, no write is taken.',
  { krkn: 'pod_disruption_scenarios (etcd)' },
  (up, ctx) => ctx.physical.servers.setQuorum(up),
);
