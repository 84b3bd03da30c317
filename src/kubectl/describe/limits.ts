/** Quotas and limit ranges. Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import type { LimitRange, ResourceQuota } from '../../sim/api/types.ts';
import type { Describer } from './describer.ts';
import type { DescribeWriter } from './writer.ts';

const SCOPES: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before ' +
    'being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods ' +
    'whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality ' +
    'of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or ' +
    'guaranteed quality of service.',
};

/** A quota's scopes and its table. @param gap what underlines a number */
export function writeQuota(w: DescribeWriter, q: ResourceQuota, level: number, gap: string): void {
  const scopes = [...(q.spec.scopes ?? [])].sort();
  if (scopes.length > 0) {
    w.write(level, `Scopes:\t${scopes.join(', ')}\n`);
    for (const scope of scopes)
      if (SCOPES[scope] !== undefined) w.write(level, `${level === 0 ? ' ' : ''}* ${SCOPES[scope]}\n`);
  }
  w.write(level, `Resource\tUsed\tHard\n`);
  w.write(level, `--------\t${gap}\t${gap}\n`);
  for (const name of Object.keys(q.status.hard ?? {}).sort()) {
    w.write(
      level,
      `${name}\t${(q.status.used as Record<string, unknown> | undefined)?.[name] ?? '0'}\t` +
        `${(q.status.hard as Record<string, unknown>)[name]}\n`,
    );
  }
}

export const resourceQuotaDescriber: Describer<'ResourceQuota'> = {
  kind: 'ResourceQuota',
  events: false,
  describe(q, w) {
    w.write(0, `Name:\t${q.metadata.name}\n`);
    w.write(0, `Namespace:\t${q.metadata.namespace}\n`);
    writeQuota(w, q, 0, '----');
  },
};

const LISTS = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio'] as const;

function writeItems(w: DescribeWriter, { spec }: LimitRange, indent: string): void {
  for (const item of spec.limits) {
    const lists = LISTS.map((name) => (item[name] ?? {}) as Readonly<Record<string, unknown>>);
    const names = new Set(lists.flatMap((list) => Object.keys(list)));
    for (const name of [...names].sort())
      w.write(0, `${indent}${[item.type, name, ...lists.map((list) => list[name] ?? '-')].join('\t')}\n`);
  }
}

const HEADER = 'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n';
const RULE = '----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n';

export const limitRangeDescriber: Describer<'LimitRange'> = {
  kind: 'LimitRange',
  events: false,
  describe(range, w) {
    w.write(0, `Name:\t${range.metadata.name}\n`);
    w.write(0, `Namespace:\t${range.metadata.namespace}\n`);
    w.write(0, HEADER);
    w.write(0, RULE);
    writeItems(w, range, '');
  },
};

/** What a namespace's limit ranges say, below its quotas. */
export function writeLimitRanges(w: DescribeWriter, ranges: readonly LimitRange[]): void {
  if (ranges.length === 0) {
    w.write(0, 'No LimitRange resource.\n');
    return;
  }
  w.write(0, `Resource Limits\n ${HEADER}`);
  w.write(0, ` ${RULE}`);
  for (const range of ranges) writeItems(w, range, ' ');
}
