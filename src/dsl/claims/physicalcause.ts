/** What in the physical world lies behind what a claim met there, for the chain of causes. */
import type { EntryId } from '../../sim/kernel/types.ts';
import type { View } from './types.ts';

/** A Pod, or a node, or a Pod on a node. */
export interface Place {
  readonly namespace?: string | undefined;
  readonly pod?: string | undefined;
  readonly node?: string | undefined;
}

/** The newest change of the physical world, up to the view's moment, that happened to one of some places. */
export function physicalCause({ span, driver }: View, places: readonly Place[]): EntryId | undefined {
  const pods = new Set(places.map(({ namespace = '', pod = '' }) => `${namespace}/${pod}`));
  const nodes = new Set(places.flatMap(({ node }) => node ?? []));
  const { history } = driver;
  for (let i = history.length - 1; i >= 0; i -= 1) {
    const entry = history[i]!;
    if (entry.id > span.to || entry.type !== 'world') continue;
    const { namespace, pod, node, from, to } = entry.args as Readonly<Record<string, unknown>>;
    const met =
      typeof pod === 'string'
        ? pods.has(`${String(namespace)}/${pod}`)
        : [node, from, to].some((name) => typeof name === 'string' && nodes.has(name));
    if (met) return entry.id;
  }
  return undefined;
}
