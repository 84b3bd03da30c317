/**
 * Webhooks that do not answer, or late: what they guard cannot be written, and what they convert cannot be
 * had in another version than the stored one.
 */
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { type Fault, type FaultCall, type FaultContext, misses } from '../types.ts';

/** Of which the conversion webhook has the name. */
const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';
const KINDS = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const;

/** The webhook that a call names. @throws FaultError when no configuration has it, and no definition */
function webhookOf(call: FaultCall, ctx: FaultContext): string {
  const name = call.webhook ?? '';
  const all = KINDS.flatMap((kind) => ctx.api.list(kind)).flatMap((configuration) =>
    ((configuration as { webhooks?: readonly { name: string }[] }).webhooks ?? []).map((hook) => hook.name),
  );
  for (const { metadata, spec } of ctx.api.list(DEFINITIONS))
    if ((spec as { conversion?: { strategy?: string } }).conversion?.strategy === 'Webhook')
      all.push(metadata.name);
  if (!all.includes(name)) throw misses('noWebhook', { name, others: all });
  return name;
}

export const webhookDown: Fault = defineFault({
  kind: 'WebhookDown',
  family: 'controlplane',
  needs: 'physical',
  target: 'webhook',
  about:
    'A webhook refuses connections, whatever its Pods do. Of an admission webhook with failurePolicy Fail: ' +
    'nothing that it is asked about can be written, its own Pods among it. Of a conversion webhook (by the ' +
    'name of its definition): objects cannot be read, written or deleted in another version than the ' +
    'stored one.',
  heals: 'It answers again.',
  phrases: [
    say(
      'admission webhook {string:webhook} is down[forMs]',
      '[forMs]アドミッションWebhook{string:webhook}が停止する',
    ),
    say(
      'conversion webhook of {string:webhook} is down[forMs]',
      '[forMs]カスタムリソース定義{string:webhook}の変換Webhookが停止する',
    ),
  ],
  strike(call, ctx) {
    const webhook = webhookOf(call, ctx);
    ctx.physical.noting('webhookDown', { webhook }).servers.troubleWebhook(webhook, { down: true });
    return { targets: [webhook] };
  },
  heal(_call, struck, ctx) {
    for (const webhook of struck.targets)
      ctx.physical.noting('webhookUp', { webhook }).servers.troubleWebhook(webhook, { down: false });
  },
});

export const webhookSlow: Fault = defineFault({
  kind: 'WebhookSlow',
  family: 'controlplane',
  needs: 'physical',
  target: 'webhook',
  about:
    'A webhook answers late: where that is later than its timeoutSeconds (of a conversion webhook: 30 ' +
    'seconds), it counts as not answering. The waiting itself takes no time.',
  heals: 'It answers in the usual time.',
  parameters: [{ field: 'delayMs', default: 30_000, among: [30_000, 2000, 12_000], about: 'how much later' }],
  phrases: [
    say(
      'admission webhook {string:webhook} answers {duration:delayMs} late[forMs]',
      '[forMs]アドミッションWebhook{string:webhook}の応答が{durationJa:delayMs}遅れる',
    ),
    say(
      'conversion webhook of {string:webhook} answers {duration:delayMs} late[forMs]',
      '[forMs]カスタムリソース定義{string:webhook}の変換Webhookの応答が{durationJa:delayMs}遅れる',
    ),
  ],
  strike(call, ctx) {
    const webhook = webhookOf(call, ctx);
    const slowMs = valueOf(webhookSlow, call, 'delayMs');
    ctx.physical.noting('webhookSlow', { webhook, slowMs }).servers.troubleWebhook(webhook, { slowMs });
    return { targets: [webhook] };
  },
  heal(_call, struck, ctx) {
    for (const webhook of struck.targets)
      ctx.physical.noting('webhookInTime', { webhook }).servers.troubleWebhook(webhook, { slowMs: 0 });
  },
});
