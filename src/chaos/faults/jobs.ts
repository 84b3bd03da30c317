/** Work that ends: a Pod of it that fails, and an operator who suspends it. */
import { splitName } from '../../sim/api/qualifiedname.ts';
import type { CronJob, Job, Pod } from '../../sim/api/types.ts';
import { isFinished } from '../../sim/api/validation/jobstatus.ts';
import { latestContainer, type Machine } from '../../sim/node/world.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { podName } from '../target.ts';
import { misses, type Fault, type FaultContext, type PhysicalContext } from '../types.ts';

/** @throws FaultError when it is not there, or has ended */
function jobMet(given: string, ctx: FaultContext): Job {
  const { namespace, name } = splitName(given, ctx.namespace);
  const job = ctx.api.find('Job', namespace, name);
  if (job === undefined) throw misses('notThere', { what: 'job', name, namespace });
  if (isFinished(job)) throw misses('jobEnded', { name });
  return job;
}

/** Its Pods that run, each with the containers of it that do. */
function runningPods(job: Job, ctx: PhysicalContext): { pod: Pod; running: readonly string[] }[] {
  return ctx.api.list('Pod', { namespace: job.metadata.namespace! }).flatMap((pod) => {
    if (!pod.metadata.ownerReferences?.some((o) => o.controller === true && o.uid === job.metadata.uid))
      return [];
    const machine: Machine | undefined = ctx.physical.machines.named(pod.spec.nodeName ?? '');
    if (machine === undefined || pod.metadata.deletionTimestamp !== undefined) return [];
    const running = pod.spec.containers
      .map((c) => c.name)
      .filter((name) => latestContainer(machine, pod.metadata.uid, name)?.state === 'running');
    return running.length === 0 ? [] : [{ pod, running }];
  });
}

export const jobPodFailure: Fault = defineFault({
  kind: 'JobPodFailure',
  family: 'pod',
  needs: 'physical',
  target: 'job',
  about:
    "A container of one of the Job's running Pods ends with an exit code: with restartPolicy Never the Pod " +
    'has failed, with OnFailure the container is restarted; a podFailurePolicy may make more of the code.',
  heals: 'The Job makes another Pod, after its back-off, until its limit is reached.',
  parameters: [{ field: 'exitCode', default: 1, among: [1, 137, 42], about: 'the exit code' }],
  phrases: [
    say('a pod of job [job] fails', 'Job[job]のPodの1つが失敗する'),
    say(
      'a pod of job [job] fails with exit code [exitCode]',
      'Job[job]のPodの1つが終了コード[exitCode]で失敗する',
    ),
  ],
  elsewhere: { chaosMesh: 'PodChaos container-kill', litmus: 'container-kill' },
  strike(call, ctx) {
    const job = jobMet(call.job!, ctx);
    const pods = runningPods(job, ctx);
    if (pods.length === 0) throw misses('noJobPod', { name: job.metadata.name });
    const { pod, running } = pods[Math.floor(ctx.random() * pods.length)]!;
    const container = running[0]!;
    const exitCode = valueOf(jobPodFailure, call, 'exitCode');
    ctx.physical.containers.kill({ podUid: pod.metadata.uid, container }, exitCode);
    return { targets: [podName(pod)] };
  },
});

/** Sets spec.suspend, and says what it was. @throws FaultError when it is suspended already */
function suspend(object: Job | CronJob, ctx: FaultContext): boolean {
  const { kind, metadata, spec } = object;
  if (spec.suspend === true) throw misses('alreadySuspended', { kind, name: metadata.name });
  ctx.api.patch(kind as 'Job', metadata.namespace!, metadata.name, 'merge', { spec: { suspend: true } });
  return spec.suspend ?? false;
}

/** Undoes it, unless it is gone, or somebody has resumed it. */
function resume(kind: 'Job' | 'CronJob', given: string, before: unknown, ctx: FaultContext): void {
  const { namespace, name } = splitName(given, ctx.namespace);
  const object = ctx.api.find(kind, namespace, name);
  if (object?.spec.suspend !== true) return;
  ctx.api.patch(kind, namespace, name, 'merge', { spec: { suspend: before } });
}

export const jobSuspend: Fault = defineFault({
  kind: 'JobSuspend',
  family: 'change',
  needs: 'api',
  target: 'job',
  stacks: 'values',
  about:
    'The Job is suspended: its Pods are deleted, without counting as failed, and its deadline stands ' +
    'still.',
  heals: 'It is resumed, unless somebody has done so: it begins anew with what is left to complete.',
  phrases: [say('somebody suspends job [job][forMs]', '[forMs]誰かがJob[job]を一時停止する')],
  strike(call, ctx) {
    const job = jobMet(call.job!, ctx);
    return {
      targets: [`${job.metadata.namespace}/${job.metadata.name}`],
      undo: { before: suspend(job, ctx) },
    };
  },
  heal(call, struck, ctx) {
    resume('Job', call.job!, struck.undo!['before'], ctx);
  },
});

export const cronJobSuspend: Fault = defineFault({
  kind: 'CronJobSuspend',
  family: 'change',
  needs: 'api',
  target: 'cronJob',
  stacks: 'values',
  about: 'The CronJob is suspended: it makes no Job; those that run, run on.',
  heals:
    'It is resumed, unless somebody has done so: of the times that it missed, the last is made up for, ' +
    'where startingDeadlineSeconds allows.',
  phrases: [
    say('somebody suspends cron job [cronJob][forMs]', '[forMs]誰かがCronJob[cronJob]を一時停止する'),
  ],
  strike(call, ctx) {
    const { namespace, name } = splitName(call.cronJob!, ctx.namespace);
    const cron = ctx.api.find('CronJob', namespace, name);
    if (cron === undefined) throw misses('notThere', { what: 'cron job', name, namespace });
    return { targets: [`${namespace}/${name}`], undo: { before: suspend(cron, ctx) } };
  },
  heal(call, struck, ctx) {
    resume('CronJob', call.cronJob!, struck.undo!['before'], ctx);
  },
});
