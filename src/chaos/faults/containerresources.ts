/** Programs that take more than their share: memory, CPU. */
import { milliValue, wholeValue } from '../../sim/api/quantity.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import type { Fault } from '../types.ts';
import { ofContainer } from './containerfault.ts';

export const memoryLeak: Fault = ofContainer({
  kind: 'ContainerMemoryLeak',
  fault: 'leak',
  about:
    'The program takes more and more memory: at its limit it is killed (OOMKilled) and leaks anew after ' +
    'its restart. Without a limit the node comes under memory pressure and evicts, or, where that is too ' +
    'slow, the kernel kills the process of the highest score. It sticks to the Pods met; where every Pod ' +
    'of a selector is meant, those made meanwhile leak too.',
  heals: 'It takes no more, and gives back what leaked.',
  parameters: [{ field: 'perSecond', default: '1Mi', among: ['1Mi', '20Mi'], about: 'memory a second' }],
  phrases: [
    say('[containers] leaks/leak memory[forMs]', '[forMs][containers]がメモリリークを起こす'),
    say(
      '[containers] leaks/leak [perSecond] of memory per second[forMs]',
      '[forMs][containers]が毎秒[perSecond]のメモリリークを起こす',
    ),
  ],
  elsewhere: { chaosMesh: 'StressChaos memory', litmus: 'pod-memory-hog', krkn: 'node-memory-hog' },
  detail: (call) => ({ bytesPerSecond: wholeValue(valueOf(memoryLeak, call, 'perSecond')) }),
});

export const cpuHog: Fault = ofContainer({
  kind: 'ContainerCpuHog',
  fault: 'cpu',
  about:
    'The program burns CPU. Modelled is the time of answers, to requests and to probes: between ' +
    'containers of the node CPU is shared by requests up to limits, within a container by threads, and an ' +
    'answer, the work of one thread (20 ms of CPU unless its image says), takes as much longer as it gets ' +
    "less than a CPU. Not modelled: CPU that others use, starts, pulls, the kubelet's own work (NodeSlow " +
    'is for these). It sticks to the Pods met and holds for restarts; where every Pod of a selector is ' +
    'meant, those made meanwhile burn too.',
  heals: 'It burns no more.',
  parameters: [
    {
      field: 'amount',
      about: "CPUs that it burns where it gets them, such as 2 or 500m; without, all of the node's",
    },
  ],
  phrases: [
    say('[containers] burns/burn its/their CPU[forMs]', '[forMs][containers]がCPUを使い果たす'),
    say('[containers] burns/burn [amount] CPU(s)[forMs]', '[forMs][containers]がCPUを[amount]使う'),
  ],
  elsewhere: { chaosMesh: 'StressChaos cpu', litmus: 'pod-cpu-hog', krkn: 'node-cpu-hog' },
  detail: (call, _ctx, met) => ({
    milli:
      call.amount === undefined
        ? Math.max(...met.map((m) => milliValue(m.machine.capacity.cpu)))
        : milliValue(call.amount),
  }),
});
