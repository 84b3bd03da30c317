/**
 * The operator's hand: changes of workloads, labels, quotas and budgets, which are a source of faults like
 * any other.
 */
import { splitName } from '../../sim/api/qualifiedname.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { nodesOf, podName, podsOf } from '../target.ts';
import { type Fault, misses } from '../types.ts';
import { annotate, changeImage, containerOf, workloadMet, workloadOf } from '../workloads.ts';

export const scale: Fault = defineFault({
  kind: 'Scale',
  family: 'change',
  needs: 'api',
  target: 'workload',
  changes: 'replicas',
  stacks: 'values',
  about: 'The workload is scaled to another number of replicas; budgets are not asked.',
  heals: 'It is scaled back, unless somebody has changed the number since.',
  parameters: [{ field: 'replicas', required: true, among: [1, 2, 5, 0], about: 'how many replicas' }],
  phrases: [
    say(
      '{workload:workload} is scaled to {int:replicas} for {duration:forMs}',
      '{workloadJa:workload}を{durationJa:forMs}だけ{int:replicas}個にスケールする',
    ),
  ],
  strike(call, ctx) {
    const { definition, traits, namespace, name, object, target } = workloadMet(call, ctx);
    if (definition.subresources.scale === undefined) throw misses('notScaled', { kind: definition.kind });
    ctx.api.scale(definition.resource, namespace, name, call.replicas!);
    return { targets: [target], undo: { before: traits.wanted(object) } };
  },
  heal(call, struck, ctx) {
    const met = workloadOf(call.workload!, ctx);
    if (met === undefined || met.traits.wanted(met.object) !== call.replicas) return;
    const { definition, namespace, name } = met;
    ctx.api.scale(definition.resource, namespace, name, Number(struck.undo!['before']));
  },
});

export const imageUpdate: Fault = defineFault({
  kind: 'ImageUpdate',
  family: 'change',
  needs: 'api',
  target: 'workload',
  changes: 'template',
  stacks: 'values',
  group: 'image',
  about: 'A new image is rolled out.',
  heals: 'The image from before is put back, unless somebody has changed it since.',
  parameters: [
    { field: 'image', default: 'nginx:1.27', among: ['nginx:1.27', 'nginx:1.28'], about: 'the new image' },
  ],
  phrases: [
    say(
      'image [image] is rolled out to {workload:workload}[forMs]',
      '[forMs]{workloadJa:workload}にイメージ[image]を展開する',
    ),
  ],
  strike(call, ctx) {
    const met = workloadMet(call, ctx);
    const { name, image: before } = containerOf(met);
    changeImage(met, name, valueOf(imageUpdate, call, 'image'), ctx);
    return { targets: [met.target], undo: { before } };
  },
  heal(call, struck, ctx) {
    const met = workloadOf(call.workload!, ctx);
    const first = met?.template.spec!.containers[0];
    if (met === undefined || first?.image !== valueOf(imageUpdate, call, 'image')) return;
    changeImage(met, first.name, String(struck.undo!['before']), ctx);
  },
});

const CONFIG = 'seatrial.dev/config';

export const configUpdate: Fault = defineFault({
  kind: 'ConfigUpdate',
  family: 'change',
  needs: 'api',
  target: 'workload',
  changes: 'template',
  stacks: 'values',
  about:
    'The Pod template gets an annotation, as tools set a checksum of a configuration: every Pod is ' +
    'replaced, with the same image.',
  heals: 'The annotation from before is put back: every Pod is replaced once more.',
  parameters: [
    { field: 'value', default: 'changed', among: ['changed', 'again'], about: 'value of the annotation' },
  ],
  phrases: [
    say(
      'the configuration of {workload:workload} is changed[forMs]',
      '[forMs]{workloadJa:workload}の設定を変更する',
    ),
  ],
  strike(call, ctx) {
    const met = workloadMet(call, ctx);
    annotate(met, CONFIG, valueOf(configUpdate, call, 'value'), ctx);
    return { targets: [met.target], undo: { before: met.template.metadata?.annotations?.[CONFIG] ?? null } };
  },
  heal(call, struck, ctx) {
    const met = workloadOf(call.workload!, ctx);
    if (
      met === undefined ||
      met.template.metadata?.annotations?.[CONFIG] !== valueOf(configUpdate, call, 'value')
    )
      return;
    annotate(met, CONFIG, struck.undo!['before'] as string | null, ctx);
  },
});

export const rollback: Fault = defineFault({
  kind: 'Rollback',
  family: 'change',
  needs: 'api',
  target: 'workload',
  changes: 'revisions',
  about:
    'The workload is rolled back to its revision before, as `kubectl rollout undo` does; one without such ' +
    'a revision is no target.',
  heals: 'Nothing is undone: a rollback is a change like any other.',
  phrases: [
    say('{workload:workload} goes back to its last revision', '{workloadJa:workload}を前のリビジョンに戻す'),
  ],
  strike(call, ctx) {
    const { definition, namespace, name, target } = workloadMet(call, ctx);
    if (ctx.kubectl === undefined) throw misses('needsKubectl', {});
    ctx.kubectl(['rollout', 'undo', `${definition.singular}/${name}`, '-n', namespace]);
    return { targets: [target] };
  },
});

export const podLabel: Fault = defineFault({
  kind: 'PodLabel',
  family: 'change',
  needs: 'api',
  target: 'pod',
  stacks: 'values',
  about:
    'A label of the Pod gets another value: it leaves the selectors it fell under, so that its controller ' +
    'makes another Pod and its Service routes to it no more.',
  heals: 'The label from before is put back; its controller then has one Pod too many and deletes one.',
  parameters: [
    { field: 'key', about: "the label; without, the first of the Pod's" },
    { field: 'value', default: 'quarantined', among: ['quarantined'], about: 'its new value' },
  ],
  phrases: [
    say('[pods] is/are taken out by label[forMs]', '[forMs][pods]をラベルで切り離す'),
    say('label [key] of [pods] becomes [value][forMs]', '[forMs][pods]のラベル[key]を[value]に変える'),
  ],
  strike(call, ctx) {
    const undo: Record<string, unknown> = {};
    const identities: Record<string, string> = {};
    const value = valueOf(podLabel, call, 'value');
    const targets = podsOf(call, ctx).flatMap((pod) => {
      const key = call.key ?? Object.keys(pod.metadata.labels ?? {}).find((k) => !k.includes('hash'));
      if (key === undefined) return [];
      undo[podName(pod)] = { key, value: pod.metadata.labels?.[key] ?? null, uid: pod.metadata.uid };
      identities[podName(pod)] = pod.metadata.uid;
      ctx.api.patch('Pod', pod.metadata.namespace!, pod.metadata.name, 'merge', {
        metadata: { labels: { [key]: value } },
      });
      return [podName(pod)];
    });
    if (targets.length === 0) throw misses('noPodLabel', {});
    return { targets, identities, undo };
  },
  heal(call, struck, ctx) {
    for (const name of struck.targets) {
      const { key, value, uid } = struck.undo![name] as { key: string; value: string | null; uid: string };
      const at = splitName(name, ctx.namespace);
      const pod = ctx.api.find('Pod', at.namespace, at.name);
      if (
        pod === undefined ||
        pod.metadata.uid !== uid ||
        pod.metadata.labels?.[key] !== valueOf(podLabel, call, 'value')
      )
        continue;
      ctx.api.patch('Pod', pod.metadata.namespace!, pod.metadata.name, 'merge', {
        metadata: { labels: { [key]: value } },
      });
    }
  },
});

export const nodeLabel: Fault = defineFault({
  kind: 'NodeLabel',
  family: 'change',
  needs: 'api',
  target: 'node',
  stacks: 'values',
  about:
    'A label of the Node gets another value: Pods that are to run where it was are placed elsewhere or ' +
    'nowhere from now on; what runs stays.',
  heals: 'The label from before is put back.',
  parameters: [
    {
      field: 'key',
      default: 'topology.kubernetes.io/zone',
      among: ['topology.kubernetes.io/zone', 'pool'],
      about: 'the label',
    },
    { field: 'value', default: 'elsewhere', among: ['elsewhere'], about: 'its new value' },
  ],
  phrases: [
    say('label [key] of [nodes] becomes [value][forMs]', '[forMs][nodes]のラベル[key]を[value]に変える'),
  ],
  strike(call, ctx) {
    const undo: Record<string, unknown> = {};
    const targets = nodesOf(call, ctx).filter((node) => ctx.api.find('Node', '', node) !== undefined);
    if (targets.length === 0) throw misses('noNodeToLabel', {});
    const key = valueOf(nodeLabel, call, 'key');
    for (const node of targets) {
      undo[node] = ctx.api.get('Node', '', node).metadata.labels?.[key] ?? null;
      ctx.api.patch('Node', '', node, 'merge', {
        metadata: { labels: { [key]: valueOf(nodeLabel, call, 'value') } },
      });
    }
    return { targets, undo };
  },
  heal(call, struck, ctx) {
    const key = valueOf(nodeLabel, call, 'key');
    for (const node of struck.targets) {
      if (ctx.api.find('Node', '', node)?.metadata.labels?.[key] !== valueOf(nodeLabel, call, 'value'))
        continue;
      ctx.api.patch('Node', '', node, 'merge', { metadata: { labels: { [key]: struck.undo![node] } } });
    }
  },
});

export const quotaLowered: Fault = defineFault({
  kind: 'QuotaLowered',
  family: 'change',
  needs: 'api',
  target: 'quota',
  stacks: 'values',
  about: 'A resource quota is lowered: what is there stays, new Pods beyond it are refused (exceeded quota).',
  heals: 'The quota from before is put back, unless somebody has changed it since.',
  parameters: [
    { field: 'resource', default: 'pods', among: ['pods'], about: 'which of its resources' },
    { field: 'amount', default: '1', among: ['1', '0'], about: 'its new limit' },
  ],
  phrases: [
    say(
      '{string:resource} of resource quota {string:quota} is lowered to {string:amount}[forMs]',
      '[forMs]ResourceQuota{string:quota}の{string:resource}を{string:amount}に下げる',
    ),
  ],
  strike(call, ctx) {
    const { namespace, name } = splitName(call.quota!, ctx.namespace);
    const quota = ctx.api.find('ResourceQuota', namespace, name);
    if (quota === undefined) throw misses('notThere', { what: 'resource quota', name, namespace });
    const resource = valueOf(quotaLowered, call, 'resource');
    ctx.api.patch('ResourceQuota', namespace, name, 'merge', {
      spec: { hard: { [resource]: valueOf(quotaLowered, call, 'amount') } },
    });
    return { targets: [`${namespace}/${name}`], undo: { before: quota.spec?.hard?.[resource] ?? null } };
  },
  heal(call, struck, ctx) {
    const { namespace, name } = splitName(call.quota!, ctx.namespace);
    const resource = valueOf(quotaLowered, call, 'resource');
    if (
      ctx.api.find('ResourceQuota', namespace, name)?.spec?.hard?.[resource] !==
      valueOf(quotaLowered, call, 'amount')
    )
      return;
    ctx.api.patch('ResourceQuota', namespace, name, 'merge', {
      spec: { hard: { [resource]: struck.undo!['before'] } },
    });
  },
});

export const budgetChanged: Fault = defineFault({
  kind: 'BudgetChanged',
  family: 'change',
  needs: 'api',
  target: 'budget',
  stacks: 'values',
  about: 'A pod disruption budget asks for another number or share of available Pods.',
  heals: 'The budget from before is put back, unless somebody has changed it since.',
  parameters: [
    { field: 'value', default: '100%', among: ['100%', '0', '50%'], about: 'its new minAvailable' },
  ],
  phrases: [
    say(
      'pod disruption budget {string:budget} is changed to {string:value}[forMs]',
      '[forMs]PodDisruptionBudget{string:budget}を{string:value}に変える',
    ),
  ],
  strike(call, ctx) {
    const { namespace, name } = splitName(call.budget!, ctx.namespace);
    const budget = ctx.api.find('PodDisruptionBudget', namespace, name);
    if (budget === undefined) throw misses('notThere', { what: 'pod disruption budget', name, namespace });
    const { minAvailable = null, maxUnavailable = null } = budget.spec as {
      minAvailable?: number | string | null;
      maxUnavailable?: number | string | null;
    };
    ctx.api.patch('PodDisruptionBudget', namespace, name, 'merge', {
      spec: { minAvailable: amountOf(valueOf(budgetChanged, call, 'value')), maxUnavailable: null },
    });
    return { targets: [`${namespace}/${name}`], undo: { before: { minAvailable, maxUnavailable } } };
  },
  heal(call, struck, ctx) {
    const { namespace, name } = splitName(call.budget!, ctx.namespace);
    const budget = ctx.api.find('PodDisruptionBudget', namespace, name);
    if (
      budget === undefined ||
      (budget.spec as { minAvailable?: unknown }).minAvailable !==
        amountOf(valueOf(budgetChanged, call, 'value'))
    )
      return;
    ctx.api.patch('PodDisruptionBudget', namespace, name, 'merge', { spec: struck.undo!['before'] });
  },
});

const amountOf = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text);
