/**
 * Budgets, priority classes, namespaces, config. Source:
 * staging/src/k8s.io/kubectl/pkg/describe/describe.go.
 */
import { selectorText } from '../../sim/api/selector.ts';
import { labelText } from '../../sim/api/table/column.ts';
import type { Describer } from './describer.ts';
import { writeLimitRanges, writeQuota } from './limits.ts';
import { rfc1123, writeAnnotations, writeLabels } from './writer.ts';

export const podDisruptionBudgetDescriber: Describer<'PodDisruptionBudget'> = {
  kind: 'PodDisruptionBudget',
  events: true,
  describe(b, w) {
    w.write(0, `Name:\t${b.metadata.name}\n`);
    w.write(0, `Namespace:\t${b.metadata.namespace}\n`);
    if (b.spec.minAvailable !== undefined) w.write(0, `Min available:\t${b.spec.minAvailable}\n`);
    else if (b.spec.maxUnavailable !== undefined) w.write(0, `Max unavailable:\t${b.spec.maxUnavailable}\n`);
    w.write(0, `Selector:\t${b.spec.selector === undefined ? '<unset>' : selectorText(b.spec.selector)}\n`);
    w.write(0, 'Status:\n');
    w.write(2, `Allowed disruptions:\t${b.status.disruptionsAllowed ?? 0}\n`);
    w.write(2, `Current:\t${b.status.currentHealthy ?? 0}\n`);
    w.write(2, `Desired:\t${b.status.desiredHealthy ?? 0}\n`);
    w.write(2, `Total:\t${b.status.expectedPods ?? 0}\n`);
  },
};

export const priorityClassDescriber: Describer<'PriorityClass'> = {
  kind: 'PriorityClass',
  events: true,
  describe(p, w) {
    w.write(0, `Name:\t${p.metadata.name}\n`);
    w.write(0, `Value:\t${p.value}\n`);
    w.write(0, `GlobalDefault:\t${p.globalDefault ?? false}\n`);
    w.write(0, `PreemptionPolicy:\t${p.preemptionPolicy ?? 'PreemptLowerPriority'}\n`);
    w.write(0, `Description:\t${p.description ?? ''}\n`);
    w.write(0, `Annotations:\t${labelText(p.metadata.annotations)}\n`);
  },
};

export const namespaceDescriber: Describer<'Namespace'> = {
  kind: 'Namespace',
  events: false,
  describe(n, w, { api }) {
    w.write(0, `Name:\t${n.metadata.name}\n`);
    writeLabels(w, 'Labels', n.metadata.labels);
    writeAnnotations(w, 'Annotations', n.metadata.annotations);
    w.write(0, `Status:\t${n.status.phase ?? ''}\n`);
    const conditions = n.status.conditions ?? [];
    if (conditions.length > 0) {
      w.write(0, 'Conditions:\n');
      w.write(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage\n');
      w.write(1, '----\t------\t------------------\t------\t-------\n');
      for (const c of conditions)
        w.write(
          1,
          `${c.type}\t${c.status}\t${rfc1123(c.lastTransitionTime as string)}\t${c.reason ?? ''}\t` +
            `${c.message ?? ''}\n`,
        );
    }
    w.write(0, '\n');
    const quotas = api.list('ResourceQuota', { namespace: n.metadata.name });
    if (quotas.length === 0) w.write(0, 'No resource quota.\n');
    else {
      w.write(0, 'Resource Quotas\n');
      for (const q of quotas) {
        w.write(1, `Name:\t${q.metadata.name}\n`);
        writeQuota(w, q, 1, '---');
      }
    }
    w.write(0, '\n');
    writeLimitRanges(w, api.list('LimitRange', { namespace: n.metadata.name }));
  },
};

export const configMapDescriber: Describer<'ConfigMap'> = {
  kind: 'ConfigMap',
  events: true,
  describe(c, w) {
    w.write(0, `Name:\t${c.metadata.name}\n`);
    w.write(0, `Namespace:\t${c.metadata.namespace}\n`);
    writeLabels(w, 'Labels', c.metadata.labels);
    writeAnnotations(w, 'Annotations', c.metadata.annotations);
    w.write(0, '\nData\n====\n');
    for (const key of Object.keys(c.data ?? {}).sort()) w.write(0, `${key}:\n----\n${c.data![key]}\n\n`);
    w.write(0, '\nBinaryData\n====\n');
    for (const key of Object.keys(c.binaryData ?? {}).sort())
      w.write(0, `${key}: ${base64Length(String(c.binaryData![key]))} bytes\n`);
    w.write(0, '\n');
  },
};

const base64Length = (text: string): number => Math.floor((text.replace(/=+$/, '').length * 3) / 4);

export const secretDescriber: Describer<'Secret'> = {
  kind: 'Secret',
  events: false,
  describe(s, w) {
    w.write(0, `Name:\t${s.metadata.name}\n`);
    w.write(0, `Namespace:\t${s.metadata.namespace}\n`);
    writeLabels(w, 'Labels', s.metadata.labels);
    writeAnnotations(w, 'Annotations', s.metadata.annotations);
    w.write(0, `\nType:\t${s.type ?? 'Opaque'}\n`);
    w.write(0, '\nData\n====\n');
    for (const key of Object.keys(s.data ?? {}).sort())
      w.write(0, `${key}:\t${base64Length(String(s.data![key]))} bytes\n`);
  },
};
