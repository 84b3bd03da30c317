/** An API server in trouble: slow, erring, refusing, behind with its watches. */
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { type Fault, misses } from '../types.ts';

export const apiServerSlow: Fault = defineFault({
  kind: 'ApiServerSlow',
  family: 'controlplane',
  needs: 'physical',
  target: 'none',
  about:
    'Every API call of the components takes longer, so that controllers fall behind. Time-outs of single ' +
    'calls and of leader election are not modelled.',
  heals: 'Calls take the usual time.',
  parameters: [{ field: 'delayMs', default: 2000, among: [2000, 500, 10_000], about: 'how much longer' }],
  phrases: [
    say('the api server is slow[forMs]', '[forMs]APIサーバーが遅くなる'),
    say(
      'the api server answers {duration:delayMs} late[forMs]',
      '[forMs]APIサーバーの応答が{durationJa:delayMs}遅れる',
    ),
  ],
  strike(call, ctx) {
    const slowMs = valueOf(apiServerSlow, call, 'delayMs');
    ctx.physical.noting('callsSlow', { slowMs }).servers.slowDown(slowMs);
    return { targets: ['api server'] };
  },
  heal(_call, _struck, ctx) {
    ctx.physical.noting('callsInTime', {}).servers.slowDown(undefined);
  },
});

export const apiServerErrors: Fault = defineFault({
  kind: 'ApiServerErrors',
  family: 'controlplane',
  needs: 'physical',
  target: 'none',
  about:
    "A share of the components' API calls fails: 500 and 429 for any call, 409 (a writer was faster) for " +
    "writes. Controllers try again with back-off. client-go's own repetition of 429 within a call is not " +
    'modelled; what an operator does goes through.',
  heals: 'Calls go through.',
  parameters: [
    { field: 'percent', default: 30, among: [30, 5, 90], about: 'share that fails' },
    { field: 'status', default: 500, among: [500, 429, 409], about: 'with which status' },
  ],
  phrases: [
    say(
      '{int:percent}% of API calls fail with {int:status}[forMs]',
      '[forMs]API呼び出しの{int:percent}%が{int:status}で失敗する',
    ),
  ],
  strike(call, ctx) {
    const percent = valueOf(apiServerErrors, call, 'percent');
    const status = valueOf(apiServerErrors, call, 'status');
    ctx.physical.noting('callsFail', { percent, status });
    ctx.physical.servers.fail({ percent, status: status as 500 });
    return { targets: ['api server'] };
  },
  heal(_call, _struck, ctx) {
    ctx.physical.noting('callsPass', {});
    ctx.physical.servers.fail(undefined);
  },
});

export const watchLag: Fault = defineFault({
  kind: 'WatchLag',
  family: 'controlplane',
  needs: 'physical',
  target: 'none',
  about: "Changes reach a component's watch cache late, or those of all: it acts upon what was so.",
  heals: 'Changes arrive in the usual time.',
  parameters: [
    {
      field: 'component',
      about: 'name of a process, such as kube-controller-manager or kubelet@node-1; without, all',
    },
    { field: 'delayMs', default: 5000, among: [5000, 1000, 30_000], about: 'how late' },
  ],
  phrases: [
    say('watches lag by {duration:delayMs}[forMs]', '[forMs]watchが{durationJa:delayMs}遅れる'),
    say(
      'the watches of [component] lag by {duration:delayMs}[forMs]',
      '[forMs][component]のwatchが{durationJa:delayMs}遅れる',
    ),
  ],
  strike(call, ctx) {
    const process = call.component ?? '*';
    if (process !== '*' && !ctx.physical.processes.has(process)) throw misses('noProcess', { process });
    const lagMs = valueOf(watchLag, call, 'delayMs');
    ctx.physical.noting('watchesLag', { process, lagMs });
    ctx.physical.servers.lagWatch(process, lagMs);
    return { targets: [process] };
  },
  heal(_call, struck, ctx) {
    for (const process of struck.targets) {
      if (!ctx.physical.servers.lagWatch(process, undefined)) continue;
      ctx.physical.noting('watchesKeepUp', { process });
    }
  },
});

export const admissionRefusal: Fault = defineFault({
  kind: 'AdmissionRefusal',
  family: 'controlplane',
  needs: 'physical',
  target: 'none',
  about:
    'An admission webhook refuses to create or change objects of a resource: controllers try again with ' +
    'back-off, kubectl says what the webhook said.',
  heals: 'The webhook lets them through.',
  parameters: [
    {
      field: 'resource',
      default: 'pods',
      among: ['pods', 'replicasets', 'deployments'],
      about: 'plural name of the resource',
    },
  ],
  phrases: [
    say(
      'an admission webhook refuses {string:resource}[forMs]',
      '[forMs]アドミッションWebhookが{string:resource}を拒否する',
    ),
  ],
  strike(call, ctx) {
    const resource = valueOf(admissionRefusal, call, 'resource');
    ctx.physical.noting('webhookRefuses', { resource });
    ctx.physical.servers.refuse(resource, true);
    return { targets: [resource] };
  },
  heal(_call, struck, ctx) {
    for (const resource of struck.targets) {
      if (!ctx.physical.servers.refuse(resource, false)) continue;
      ctx.physical.noting('webhookPasses', { resource });
    }
  },
});
