/** Parts of the control plane that stop; running Pods keep running. */
import type { Fault, FaultContext } from '../types.ts';

/** A process of the control plane is down, and starts anew with nothing in mind. */
const processDown = (kind: string, what: string, process: string, about: string): Fault => ({
  kind,
  about,
  voluntary: false,
  phrases: [
    { en: `the ${what} is down`, fields: [] },
    { en: `the ${what} is down for {duration}`, fields: ['forMs'] },
  ],
  strike(_call, ctx) {
    ctx.control.cause = ctx.control.note(`the ${what} is down`, { process });
    ctx.control.stop(process);
    return { targets: [process] };
  },
  heal(_call, _struck, ctx) {
    ctx.control.cause = ctx.control.note(`the ${what} is up`, { process });
    ctx.control.start(process);
  },
});

export const schedulerDown = processDown('SchedulerDown', 'scheduler', 'kube-scheduler', 'New Pods stay Pending; what runs runs on.');
export const controllerManagerDown = processDown('ControllerManagerDown', 'controller manager', 'kube-controller-manager',
  'Nothing is reconciled: no replacement, no endpoints, no eviction.');

const serverState = (kind: string, phrase: string, about: string, set: (up: boolean, ctx: FaultContext) => void): Fault => ({
  kind,
  about,
  voluntary: false,
  phrases: [
    { en: phrase, fields: [] },
    { en: `${phrase} for {duration}`, fields: ['forMs'] },
  ],
  strike(_call, ctx) {
    set(false, ctx);
    return { targets: ['control plane'] };
  },
  heal(_call, _struck, ctx) {
    set(true, ctx);
  },
});

export const apiServerDown = serverState('ApiServerDown', 'the api server is down', 'Nobody reads or writes; watches break, heartbeats are lost.',
  (up, ctx) => ctx.control.setServerUp(up));
export const etcdQuorumLoss = serverState('EtcdQuorumLoss', 'etcd loses quorum', 'Reads are answered, no write is taken.',
  (up, ctx) => ctx.control.setQuorum(up));
