/**
 * `kubectl top`: what metrics-server says of use. Sources:
 * staging/src/k8s.io/kubectl/pkg/cmd/top/{top_node,top_pod}.go and pkg/metricsutil/metrics_printer.go.
 */
import { ApiError } from '../../sim/api/errors.ts';
import type { ContainerUsage, PodUsage } from '../../sim/api/metrics.ts';
import { milliValue, wholeValue } from '../../sim/api/quantity.ts';
import { parseTime } from '../../sim/api/time.ts';
import type { Node, Pod } from '../../sim/api/types.ts';
import { goDuration } from '../duration.ts';
import { KubectlError, usageError } from '../errors.ts';
import { ALL_NAMESPACES, FIELD_SELECTOR, flag, SELECTOR } from '../flags.ts';
import { METRICS_GROUP } from '../metricsapi.ts';
import { alignRows } from '../printers/table.ts';
import { writeErr, writeOut, type Session, type Verb } from '../session.ts';

const MI = 1 << 20;
/** A Pod without metrics is young until then. */
const METRICS_DELAY_MS = 120_000;

interface Use {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

const cpuText = ({ cpuMilli }: Use): string => `${cpuMilli}m`;
const memoryText = ({ memoryBytes }: Use): string => `${Math.floor(memoryBytes / MI)}Mi`;

const COMMON = [SELECTOR, flag('sort-by', 'string'), flag('no-headers')];

/** Most first, or by name. @throws KubectlError for another order */
function inOrder<T extends Use>(session: Session, uses: readonly T[], nameOf: (use: T) => string): T[] {
  const by = session.flags.text('sort-by');
  if (by !== '' && by !== 'cpu' && by !== 'memory')
    throw new KubectlError('--sort-by accepts only cpu or memory');
  const byName = (a: T, b: T): number => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0);
  return [...uses].sort((a, b) => {
    if (by === 'cpu') return b.cpuMilli - a.cpuMilli || byName(a, b);
    if (by === 'memory') return b.memoryBytes - a.memoryBytes || byName(a, b);
    return byName(a, b);
  });
}

/** What the metrics API answers. @throws KubectlError where there is none */
function asked<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound')
      throw new KubectlError('Metrics API not available');
    throw error;
  }
}

/** @throws ApiError Forbidden */
const mayAsk = ({ api }: Session, resource: string, namespace: string, name = ''): void =>
  api.visit({
    verb: name === '' ? 'list' : 'get',
    group: METRICS_GROUP,
    resource,
    subresource: '',
    namespace,
    name,
  });

/** Every cell is padded here, the last of a line too. */
function print(session: Session, headers: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = session.flags.bool('no-headers') ? rows : [headers, ...rows];
  writeOut(session, alignRows(all.map((row) => [...row, ''])));
}

export const topNode: Verb = {
  name: 'top node',
  flags: [...COMMON, flag('show-capacity')],
  run(session) {
    const { api, args, flags, cluster } = session;
    if (args.length > 1) throw usageError('top node', 'node [NAME | -l label]');
    const [name] = args;
    if (name !== undefined && flags.text('selector') !== '')
      throw new KubectlError('only one of NAME or --selector can be provided');
    mayAsk(session, 'nodes', '', name);
    const usages = asked(() => cluster.metrics.nodes());
    const nodes: Node[] =
      name === undefined
        ? api.list('Node', { labelSelector: flags.text('selector') })
        : [api.get('Node', '', name)];
    if (name !== undefined && !usages.some((u) => u.name === name))
      throw new ApiError('NotFound', `nodemetrics.metrics.k8s.io "${name}" not found`);
    if (usages.length === 0) throw new KubectlError('metrics not available yet');
    const known = usages.filter((u) => nodes.some((node) => node.metadata.name === u.name));
    const share = (part: number, whole: number): string =>
      whole === 0 ? '<unknown>' : `${Math.trunc((part * 100) / whole)}%`;
    const rows = inOrder(session, known, (u) => u.name).map((usage) => {
      const { status } = nodes.find((node) => node.metadata.name === usage.name)!;
      const has = ((flags.bool('show-capacity') ? status.capacity : status.allocatable) ?? {}) as Record<
        string,
        string
      >;
      return [
        usage.name,
        cpuText(usage),
        share(usage.cpuMilli, milliValue(has['cpu'] ?? '0')),
        memoryText(usage),
        share(usage.memoryBytes, wholeValue(has['memory'] ?? '0')),
      ];
    });
    // A node that nobody can measure is there all the same.
    const unknown = nodes.map((n) => n.metadata.name).filter((n) => !known.some((u) => u.name === n));
    const lines = unknown.map((n) => [n, '<unknown>', '<unknown>', '<unknown>', '<unknown>']);
    print(session, ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'], [...rows, ...lines]);
    return 0;
  },
};

interface PodUse extends Use {
  readonly usage: PodUsage;
}

const sumOf = (containers: readonly ContainerUsage[]): Use => ({
  cpuMilli: containers.reduce((sum, c) => sum + c.cpuMilli, 0),
  memoryBytes: containers.reduce((sum, c) => sum + c.memoryBytes, 0),
});

/** Why there is nothing to print. @throws KubectlError where there should be something */
function explainNothing(session: Session, pods: readonly Pod[]): void {
  for (const { metadata } of pods) {
    const ageMs = session.now - parseTime(metadata.creationTimestamp);
    if (ageMs > METRICS_DELAY_MS)
      throw new KubectlError(
        `Metrics not available for pod ${metadata.namespace}/${metadata.name}, age: ${goDuration(ageMs)}`,
      );
  }
  if (pods.length > 0) throw new KubectlError('metrics not available yet');
  writeErr(
    session,
    session.flags.bool('all-namespaces')
      ? 'No resources found\n'
      : `No resources found in ${session.namespace} namespace.\n`,
  );
}

export const topPod: Verb = {
  name: 'top pod',
  flags: [...COMMON, FIELD_SELECTOR, ALL_NAMESPACES, flag('containers'), flag('sum')],
  run(session) {
    const { api, args, flags, cluster } = session;
    if (args.length > 1) throw usageError('top pod', 'pod [NAME | -l label]');
    const [name] = args;
    if (name !== undefined && (flags.text('selector') !== '' || flags.text('field-selector') !== ''))
      throw new KubectlError('only one of NAME or selector can be provided');
    const everywhere = flags.bool('all-namespaces');
    const namespace = everywhere ? '' : session.namespace;
    mayAsk(session, 'pods', namespace, name);
    const usages = asked(() => cluster.metrics.pods(namespace));
    const pods: Pod[] =
      name === undefined
        ? api.list('Pod', {
            ...(everywhere ? {} : { namespace }),
            labelSelector: flags.text('selector'),
            fieldSelector: flags.text('field-selector'),
          })
        : [api.get('Pod', namespace, name)];
    const found = usages.filter((u) =>
      pods.some((pod) => pod.metadata.name === u.name && pod.metadata.namespace === u.namespace),
    );
    if (name !== undefined && found.length === 0)
      throw new ApiError('NotFound', `podmetrics.metrics.k8s.io "${namespace}/${name}" not found`);
    if (found.length === 0) {
      explainNothing(session, pods);
      return 0;
    }
    const uses = found.map((usage): PodUse => ({ usage, ...sumOf(usage.containers) }));
    const place = ({ usage }: PodUse): string => `${usage.namespace}/${usage.name}`;
    const byContainer = flags.bool('containers');
    const rows = inOrder(session, uses, place).flatMap((use) => {
      const { usage } = use;
      const before = everywhere ? [usage.namespace] : [];
      if (!byContainer) return [[...before, usage.name, cpuText(use), memoryText(use)]];
      return inOrder(session, usage.containers, (c) => c.name).map((c) => [
        ...before,
        usage.name,
        c.name,
        cpuText(c),
        memoryText(c),
      ]);
    });
    const headers = [
      ...(everywhere ? ['NAMESPACE'] : []),
      ...(byContainer ? ['POD', 'NAME'] : ['NAME']),
      'CPU(cores)',
      'MEMORY(bytes)',
    ];
    const total = sumOf(found.flatMap((u) => u.containers));
    const blank = headers.slice(2).map(() => '');
    const sum = [
      [...blank, '________', '________'],
      [...blank, cpuText(total), memoryText(total)],
    ];
    print(session, headers, flags.bool('sum') ? [...rows, ...sum] : rows);
    return 0;
  },
};
