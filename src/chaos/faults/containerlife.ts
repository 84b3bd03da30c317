/** Ends of containers' processes: by a signal, for want of memory, again and again. */
import { placeOf } from '../../sim/node/index.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { containersMet } from '../target.ts';
import type { Fault } from '../types.ts';
import { CONTAINER, ofContainer, targetOf } from './containerfault.ts';

const SIGNALS = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGQUIT'];

export const containerKill: Fault = defineFault({
  kind: 'ContainerKill',
  family: 'pod',
  needs: 'physical',
  target: 'container',
  about:
    "A signal is sent to the container's first process. SIGKILL ends it at once, with code 137. A server " +
    'ends in order at the others, with code 0 unless given. A program without a handler, such as a shell, ' +
    'does not heed them as process 1; with shareProcessNamespace it dies of them, with 128 and the ' +
    "signal's number (SIGTERM: 143).",
  heals:
    'The kubelet restarts the container as the restart policy says, after its back-off. A signal that was ' +
    'ignored, which the output says, changes nothing.',
  parameters: [
    CONTAINER,
    { field: 'signal', default: 'SIGKILL', among: SIGNALS, about: 'the signal' },
    {
      field: 'exitCode',
      about:
        'the code with which a program ends that handles the signal; without, 0 (a Java machine says 143 ' +
        'at SIGTERM)',
    },
  ],
  phrases: [
    say('[containers] is/are killed', '[containers]がkillされる'),
    say('[containers] gets/get signal [signal]', '[containers]がシグナル[signal]を受ける'),
  ],
  elsewhere: {
    chaosMesh: 'PodChaos container-kill',
    litmus: 'container-kill (SIGNAL)',
    krkn: 'container_scenarios (action)',
  },
  strike(call, ctx) {
    const met = containersMet(call, ctx, 'drawn');
    const name = valueOf(containerKill, call, 'signal');
    const said: Record<string, string> = {};
    for (const m of met) {
      const place = placeOf(m.machine, m.record);
      const since = ctx.physical.noting('containerSignalled', { ...place, signal: name });
      if (since.containers.signal(targetOf(m), name.slice('SIG'.length), call.exitCode) === 'ignored')
        said[m.name] = `${name} is ignored`;
    }
    return { targets: met.map((m) => m.name), ...(Object.keys(said).length === 0 ? {} : { said }) };
  },
});

export const crashLoop: Fault = ofContainer({
  kind: 'ContainerCrashLoop',
  fault: 'crash',
  about:
    "The container's process ends soon, and so does every one that is started in its place, for as long " +
    'as the fault lasts: the kubelet waits longer and longer between restarts (CrashLoopBackOff). It ' +
    'sticks to the Pods met; where every Pod of a selector is meant, those made meanwhile crash too.',
  heals: 'The next start stays; the back-off in force, up to 5 minutes, is waited for.',
  parameters: [
    { field: 'delayMs', default: 1000, among: [1000, 10_000], about: 'time from its start to its end' },
    { field: 'exitCode', default: 1, among: [1, 139], about: 'the exit code' },
  ],
  phrases: [
    say('[containers] crashes/crash in a loop[forMs]', '[forMs][containers]がクラッシュを繰り返す'),
    say(
      '[containers] crashes/crash in a loop with exit code [exitCode][forMs]',
      '[forMs][containers]が終了コード[exitCode]でクラッシュを繰り返す',
    ),
  ],
  elsewhere: { chaosMesh: 'PodChaos pod-failure' },
  detail: (call) => ({
    afterMs: valueOf(crashLoop, call, 'delayMs'),
    code: valueOf(crashLoop, call, 'exitCode'),
  }),
});

export const oomKill: Fault = defineFault({
  kind: 'ContainerOOMKill',
  family: 'pod',
  needs: 'physical',
  target: 'container',
  about:
    "The kernel kills the container's process for want of memory, as when a burst takes it beyond its " +
    'limit: OOMKilled, code 137.',
  heals: 'The kubelet restarts the container as the restart policy says, after its back-off.',
  parameters: [CONTAINER],
  phrases: [say('[containers] is/are OOM-killed', '[containers]がOOM Killされる')],
  elsewhere: { chaosMesh: 'StressChaos memory', litmus: 'pod-memory-hog' },
  strike(call, ctx) {
    const met = containersMet(call, ctx, 'drawn');
    for (const m of met) ctx.physical.containers.kill(targetOf(m), 137, 'OOMKilled');
    return { targets: met.map((m) => m.name) };
  },
});

export const ignoreSigterm: Fault = ofContainer({
  kind: 'ContainerIgnoresSigterm',
  fault: 'ignoreSigterm',
  about:
    'The process does not heed SIGTERM: each end takes the whole grace period, then SIGKILL. It sticks to ' +
    'the Pods met and holds for restarts; where every Pod of a selector is meant, also for those made ' +
    'meanwhile.',
  heals: 'It heeds SIGTERM again.',
  phrases: [say('[containers] ignores/ignore SIGTERM[forMs]', '[forMs][containers]がSIGTERMを無視する')],
});
