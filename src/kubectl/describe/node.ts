/** Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go (`describeNode`, `describeNodeResource`). */
import {
  addQuantities,
  asQuantity,
  canonicalQuantity,
  formatQuantity,
  milliValue,
  wholeValue,
} from '../../sim/api/quantity.ts';
import type { Quantity } from '../../sim/api/quantity.ts';
import type { Node, Pod } from '../../sim/api/types.ts';
import { ageOf } from '../../sim/api/table/age.ts';
import { nodeRoles } from '../../sim/api/table/node.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { podTotals } from './podresources.ts';
import { rfc1123, writeAnnotations, writeLabels, writeLines } from './writer.ts';
import type { DescribeWriter } from './writer.ts';

const taintText = (t: { key: string; value?: string; effect: string }): string =>
  t.effect === '' ? t.key : `${t.key}${t.value ? `=${t.value}` : ''}:${t.effect}`;

export const nodeDescriber: Describer<'Node'> = {
  kind: 'Node',
  events: true,
  describe(node, w, context) {
    const { metadata, spec, status } = node;
    w.write(0, `Name:\t${metadata.name}\n`);
    w.write(0, `Roles:\t${nodeRoles(node).join(',') || '<none>'}\n`);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    w.write(0, `CreationTimestamp:\t${rfc1123(metadata.creationTimestamp)}\n`);
    const taints = [...(spec.taints ?? [])].sort((a, b) =>
      `${a.effect},${a.key}` < `${b.effect},${b.key}` ? -1 : 1,
    );
    writeLines(w, 'Taints', taints.map(taintText));
    w.write(0, `Unschedulable:\t${spec.unschedulable ?? false}\n`);
    describeLease(w, node, context);
    const conditions = status.conditions ?? [];
    if (conditions.length > 0) {
      w.write(0, 'Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n');
      w.write(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
      for (const c of conditions) {
        w.write(
          1,
          `${c.type} \t${c.status} \t${rfc1123(c.lastHeartbeatTime as string | undefined)} \t` +
            `${rfc1123(c.lastTransitionTime as string | undefined)} \t${c.reason ?? ''} ` +
            `\t${c.message ?? ''}\n`,
        );
      }
    }
    w.write(0, 'Addresses:\n');
    for (const a of status.addresses ?? []) w.write(1, `${a.type}:\t${a.address}\n`);
    describeAmounts(w, 'Capacity', status.capacity);
    describeAmounts(w, 'Allocatable', status.allocatable);
    const info = status.nodeInfo;
    w.write(0, 'System Info:\n');
    const lines: [string, string | undefined][] = [
      ['Machine ID', info?.machineID],
      ['System UUID', info?.systemUUID],
      ['Boot ID', info?.bootID],
      ['Kernel Version', info?.kernelVersion],
      ['OS Image', info?.osImage],
      ['Operating System', info?.operatingSystem],
      ['Architecture', info?.architecture],
      ['Container Runtime Version', info?.containerRuntimeVersion],
      ['Kubelet Version', info?.kubeletVersion],
    ];
    for (const [title, value] of lines) w.write(1, `${title}:\t${value ?? ''}\n`);
    if (spec.podCIDR) w.write(0, `PodCIDR:\t${spec.podCIDR}\n`);
    if ((spec.podCIDRs ?? []).length > 0) w.write(0, `PodCIDRs:\t${spec.podCIDRs!.join(',')}\n`);
    if (spec.providerID) w.write(0, `ProviderID:\t${spec.providerID}\n`);
    describePods(w, node, context);
  },
};

function describeLease(w: DescribeWriter, node: Node, { api }: DescribeContext): void {
  const lease = api.find('Lease', 'kube-node-lease', node.metadata.name);
  if (lease === undefined) {
    w.write(0, `Lease:\tFailed to get lease: leases.coordination.k8s.io "${node.metadata.name}" not found\n`);
    return;
  }
  const { holderIdentity, acquireTime, renewTime } = lease.spec as {
    holderIdentity?: string;
    acquireTime?: string;
    renewTime?: string;
  };
  w.write(0, 'Lease:\n');
  w.write(1, `HolderIdentity:\t${holderIdentity ?? '<unset>'}\n`);
  w.write(1, `AcquireTime:\t${acquireTime === undefined ? '<unset>' : rfc1123(acquireTime)}\n`);
  w.write(1, `RenewTime:\t${renewTime === undefined ? '<unset>' : rfc1123(renewTime)}\n`);
}

function describeAmounts(
  w: DescribeWriter,
  title: string,
  amounts: Readonly<Record<string, unknown>> | undefined,
): void {
  const names = Object.keys(amounts ?? {}).sort();
  if (names.length === 0) return;
  w.write(0, `${title}:\n`);
  for (const name of names)
    w.write(0, `  ${name}:\t${canonicalQuantity((amounts![name] ?? '0') as string)}\n`);
}

const ZERO = asQuantity('0');
/** A part of a whole, in whole percent. */
const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.trunc((part / whole) * 100));

function describePods(w: DescribeWriter, node: Node, { api, now }: DescribeContext): void {
  const pods = api.list('Pod', {
    fieldSelector: `spec.nodeName=${node.metadata.name},status.phase!=Succeeded,status.phase!=Failed`,
  });
  const whole = (node.status.allocatable ?? node.status.capacity ?? {}) as Record<string, string | number>;
  const value = (name: string, q: Quantity): number => (name === 'cpu' ? milliValue(q) : wholeValue(q));
  const share = (name: string, amounts: ReadonlyMap<string, Quantity>): string => {
    const q = amounts.get(name) ?? ZERO;
    return `${formatQuantity(q)} (${percent(value(name, q), value(name, asQuantity(whole[name] ?? '0')))}%)`;
  };
  w.write(0, `Non-terminated Pods:\t(${pods.length} in total)\n`);
  w.write(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge\n');
  w.write(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---\n');
  const totals = { requests: new Map<string, Quantity>(), limits: new Map<string, Quantity>() };
  for (const pod of pods as Pod[]) {
    const { requests, limits } = podTotals(pod);
    w.write(
      1,
      `${pod.metadata.namespace}\t${pod.metadata.name}\t\t${share('cpu', requests)}\t` +
        `${share('cpu', limits)}\t` +
        `${share('memory', requests)}\t${share('memory', limits)}\t` +
        `${ageOf(pod.metadata.creationTimestamp, now)}\n`,
    );
    for (const [name, q] of requests)
      totals.requests.set(name, addQuantities(totals.requests.get(name) ?? ZERO, q));
    for (const [name, q] of limits)
      totals.limits.set(name, addQuantities(totals.limits.get(name) ?? ZERO, q));
  }
  w.write(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n');
  w.write(1, 'Resource\tRequests\tLimits\n');
  w.write(1, '--------\t--------\t------\n');
  for (const name of ['cpu', 'memory', 'ephemeral-storage'])
    w.write(1, `${name}\t${share(name, totals.requests)}\t${share(name, totals.limits)}\n`);
  const standard = ['cpu', 'memory', 'ephemeral-storage', 'pods'];
  for (const name of Object.keys(whole)
    .filter((n) => n.startsWith('hugepages-'))
    .sort()) {
    w.write(1, `${name}\t${share(name, totals.requests)}\t${share(name, totals.limits)}\n`);
  }
  for (const name of Object.keys(whole)
    .filter((n) => !standard.includes(n) && !n.startsWith('hugepages-'))
    .sort()) {
    w.write(
      1,
      `${name}\t${formatQuantity(totals.requests.get(name) ?? ZERO)}\t` +
        `${formatQuantity(totals.limits.get(name) ?? ZERO)}\n`,
    );
  }
}
