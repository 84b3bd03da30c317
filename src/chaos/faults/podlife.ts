/** The ends of Pods and of their containers' processes. */
import { endLastingFault, killContainer, setLastingFault } from '../../sim/node/index.ts';
import { ApiError, isReason } from '../../sim/api/errors.ts';
import { signal as sendSignal } from '../../sim/node/runtime.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { containersMet, podName, podsOf } from '../target.ts';
import type { Fault, FaultParameter } from '../types.ts';
import { keys, targetOf } from './containertargets.ts';

const CONTAINER: FaultParameter = { field: 'container', about: 'name of the container; without, the first that runs' };

export const podForceDelete: Fault = defineFault({
  kind: 'PodForceDelete', family: 'pod', target: 'pod',
  about: 'The Pod is deleted at once and by force: its object is gone, while its containers run until the kubelet hears of it, or for good where it cannot.',
  heals: 'Its controller makes another.',
  phrases: [say('[pods] is/are deleted by force', '[pods]を強制削除する')],
  elsewhere: { chaosMesh: 'PodChaos pod-kill (gracePeriod 0)', litmus: 'pod-delete (FORCE)', krkn: 'pod_disruption_scenarios (force)' },
  strike(call, ctx) {
    const targets = podsOf(call, ctx);
    for (const pod of targets) ctx.api.delete('Pod', pod.metadata.namespace!, pod.metadata.name, { gracePeriodSeconds: 0 });
    return { targets: targets.map(podName) };
  },
});

export const podEvict: Fault = defineFault({
  kind: 'PodEvict', family: 'pod', target: 'pod', voluntary: true,
  about: 'The Pod is evicted through the eviction API; where a budget refuses, it stays, and the output says so.',
  heals: 'Its controller makes another.',
  phrases: [say('[pods] is/are evicted', '[pods]を退避させる')],
  elsewhere: { krkn: 'pod_disruption_scenarios', litmus: 'pod-delete' },
  strike(call, ctx) {
    const targets: string[] = [];
    for (const pod of podsOf(call, ctx)) {
      try {
        ctx.api.evict(pod.metadata.namespace!, pod.metadata.name);
        targets.push(podName(pod));
      } catch (error) {
        if (!(error instanceof ApiError) || !isReason(error, 'TooManyRequests')) throw error;
        ctx.control.note(`eviction of pod ${podName(pod)} refused: ${error.message}`, { pod: podName(pod) });
        targets.push(`${podName(pod)} (refused)`);
      }
    }
    return { targets };
  },
});

/** Exit codes of processes that die of a signal: 128 and its number. */
const SIGNALS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

export const containerKill: Fault = defineFault({
  kind: 'ContainerKill', family: 'pod', target: 'container',
  about: 'A signal is sent to the container\'s first process. SIGKILL ends it at once, with code 137; SIGTERM, SIGINT and SIGQUIT are handled, or ignored, as the program does; others end it with 128 and their number.',
  heals: 'The kubelet restarts the container, after its back-off.',
  parameters: [CONTAINER, { field: 'signal', default: 'SIGKILL', among: Object.keys(SIGNALS).reverse(), about: 'the signal' }],
  phrases: [say('[containers] is/are killed', '[containers]がkillされる'), say('[containers] gets/get signal [signal]', '[containers]がシグナル[signal]を受ける')],
  elsewhere: { chaosMesh: 'PodChaos container-kill', litmus: 'container-kill', krkn: 'container_scenarios' },
  strike(call, ctx) {
    const met = containersMet(call, ctx);
    const name = valueOf(containerKill, call, 'signal');
    for (const m of met) {
      ctx.control.cause = ctx.control.note(`container ${m.container} of pod ${podName(m.pod)} gets ${name}`, { node: m.machine.name, signal: name });
      if (['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGQUIT'].includes(name)) sendSignal(ctx, m.machine, m.record, name.slice(3));
      else killContainer(ctx, targetOf(m), 128 + SIGNALS[name]!);
    }
    return { targets: met.map((m) => m.name) };
  },
});

export const crashLoop: Fault = defineFault({
  kind: 'ContainerCrashLoop', family: 'pod', target: 'container',
  about: 'Every process of the container ends soon after its start, for as long as the fault lasts: the kubelet waits longer and longer between restarts (CrashLoopBackOff). A Pod made in its place is sound.',
  heals: 'The next start stays; the back-off in force is waited for.',
  parameters: [
    CONTAINER, { field: 'delayMs', default: 1000, among: [1000, 10_000], about: 'time from its start to its end' },
    { field: 'exitCode', default: 1, among: [1, 139], about: 'the exit code' },
  ],
  phrases: [say('[containers] crashes/crash in a loop[forMs]', '[forMs][containers]がクラッシュを繰り返す')],
  elsewhere: { chaosMesh: 'PodChaos pod-failure' },
  strike(call, ctx) {
    const met = containersMet(call, ctx);
    for (const m of met) setLastingFault(ctx, targetOf(m), 'crash', { afterMs: valueOf(crashLoop, call, 'delayMs'), code: valueOf(crashLoop, call, 'exitCode') });
    return { targets: met.map((m) => m.name), undo: keys(met) };
  },
  heal(_call, struck, ctx) {
    for (const name of struck.targets) endLastingFault(ctx, struck.undo![name] as never, 'crash');
  },
});

export const oomKill: Fault = defineFault({
  kind: 'ContainerOOMKill', family: 'pod', target: 'container',
  about: 'The kernel kills the container\'s process for want of memory: OOMKilled, code 137.',
  heals: 'The kubelet restarts the container, after its back-off.',
  parameters: [CONTAINER],
  phrases: [say('[containers] is/are OOM-killed', '[containers]がOOMKillされる')],
  elsewhere: { chaosMesh: 'StressChaos memory', litmus: 'pod-memory-hog' },
  strike(call, ctx) {
    const met = containersMet(call, ctx);
    for (const m of met) killContainer(ctx, targetOf(m), 137, 'OOMKilled');
    return { targets: met.map((m) => m.name) };
  },
});
