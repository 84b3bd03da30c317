/**
 * Processes that run and do not serve as they should: they hang, are slow, refuse, fail, come up late, are
 * not always ready.
 */
import { type ContainerTarget } from '../../sim/node/index.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { containersMeant, containersMet, type Met } from '../target.ts';
import { misses, type Fault, type PhysicalContext } from '../types.ts';
import { CONTAINER, endLasting, ofContainer, ofProcess, targetOf } from './containerfault.ts';

export const hang = ofProcess({
  kind: 'ContainerHang',
  fault: 'hang',
  about:
    'The process hangs: it listens and does not answer, so that TCP probes succeed and others run into ' +
    'their time-out. A restart ends it, as a liveness probe brings about.',
  heals: 'It answers again.',
  phrases: [say('[containers] hangs/hang[forMs]', '[forMs][containers]が応答しなくなる')],
});

export const refuse = ofProcess({
  kind: 'ContainerRefuse',
  fault: 'refuse',
  about: 'The process runs and has stopped to listen: connections are refused. A restart ends it.',
  heals: 'It listens again.',
  phrases: [say('[containers] refuses/refuse connections[forMs]', '[forMs][containers]が接続を拒否する')],
});

export const slowAnswers: Fault = ofContainer({
  kind: 'ContainerSlowAnswers',
  fault: 'slow',
  about:
    'Every answer takes longer, as when something the program waits for is slow: probes with a shorter ' +
    'time-out fail, and restarts do not help. It sticks to the Pods met; where every Pod of a selector is ' +
    'meant, those made meanwhile are slow too.',
  heals: 'It answers as fast as before.',
  parameters: [
    { field: 'delayMs', default: 2000, among: [2000, 500, 10_000], about: 'what is added to every answer' },
  ],
  phrases: [
    say(
      '[containers] answers/answer {duration:delayMs} late[forMs]',
      '[forMs][containers]の応答が{durationJa:delayMs}遅れる',
    ),
  ],
  elsewhere: { chaosMesh: 'HTTPChaos delay', litmus: 'pod-http-latency' },
  detail: (call) => ({ ms: valueOf(slowAnswers, call, 'delayMs') }),
});

export const errorAnswers: Fault = ofContainer({
  kind: 'ContainerErrors',
  fault: 'error',
  about:
    'Every HTTP request is answered with an error, as when something the program depends on is missing; ' +
    'restarts do not help. It sticks to the Pods met; where every Pod of a selector is meant, those made ' +
    'meanwhile fail too.',
  heals: 'It answers as before.',
  parameters: [{ field: 'status', default: 500, among: [500, 503, 404], about: 'the HTTP status' }],
  phrases: [say('[containers] answers/answer with errors[forMs]', '[forMs][containers]がエラーを返す')],
  elsewhere: { chaosMesh: 'HTTPChaos replace', litmus: 'pod-http-status-code' },
  detail: (call) => ({ status: Number(valueOf(errorAnswers, call, 'status')) }),
});

export const slowStart: Fault = ofContainer({
  kind: 'ContainerSlowStart',
  fault: 'slowStart',
  fromNextStart: true,
  about:
    'From its next start on the program takes longer until it listens; what listens now goes on. It ' +
    'sticks to the Pods met and holds for restarts; where every Pod of a selector is meant, those made ' +
    'meanwhile, as by a rollout, come up late too.',
  heals: 'Starts take the usual time; what was still starting listens.',
  parameters: [
    {
      field: 'delayMs',
      default: 60_000,
      among: [60_000, 20_000, 300_000],
      about: 'time from its start until it listens',
    },
  ],
  phrases: [
    say(
      '[containers] takes/take {duration:delayMs} to start[forMs]',
      '[forMs][containers]の起動に{durationJa:delayMs}かかる',
    ),
  ],
  detail: (call) => ({ ms: valueOf(slowStart, call, 'delayMs') }),
});

const hasReadinessProbe = ({ pod, container }: Met): boolean =>
  (containersMeant(pod, container)[0]?.readinessProbe ?? undefined) !== undefined;

/** The readiness probes fail from now on. @returns the number of the lasting fault */
const fail = (ctx: PhysicalContext, containers: readonly ContainerTarget[]): number =>
  ctx.physical.containers.addLastingFault({ fault: 'unready', detail: {}, containers });

export const probeFlapping: Fault = defineFault({
  kind: 'ProbeFlapping',
  family: 'pod',
  needs: 'physical',
  target: 'container',
  stacks: 'each',
  about:
    'What the readiness probe asks for fails and succeeds in turn, so that the Pod comes and goes as an ' +
    "endpoint where the probe's threshold is reached; a liveness probe that asks for the same fails too. " +
    'Requests are answered all the while. It sticks to the Pods met and holds for restarts.',
  heals: 'The probe succeeds.',
  parameters: [
    CONTAINER,
    {
      field: 'periodMs',
      default: 40_000,
      among: [40_000, 20_000, 60_000, 7000],
      about: 'how long it fails, and how long it then succeeds',
    },
  ],
  phrases: [
    say('the readiness of [containers] flaps[forMs]', '[forMs][containers]のReadinessプローブが不安定になる'),
    say(
      'the readiness of [containers] flaps every {duration:periodMs}[forMs]',
      '[forMs][containers]のReadinessプローブが{durationJa:periodMs}ごとに失敗と成功を繰り返す',
    ),
  ],
  strike(call, ctx) {
    const found = containersMet(call, ctx, 'every');
    const met = found.filter(hasReadinessProbe);
    if (met.length === 0) throw misses('noReadinessProbe', { pods: found.map((m) => m.name) });
    const containers = met.map(targetOf);
    return {
      targets: met.map((m) => m.name),
      undo: { containers, lasting: fail(ctx, containers) },
      nextMs: valueOf(probeFlapping, call, 'periodMs'),
    };
  },
  tick(call, struck, ctx) {
    const { containers, lasting } = struck.undo as { containers: ContainerTarget[]; lasting: number };
    const failing = lasting !== 0;
    if (failing) ctx.physical.containers.endLastingFault(lasting);
    return {
      ...struck,
      undo: { containers, lasting: failing ? 0 : fail(ctx, containers) },
      nextMs: valueOf(probeFlapping, call, 'periodMs'),
    };
  },
  heal: (_call, struck, ctx) => endLasting(struck, ctx),
});
