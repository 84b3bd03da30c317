/** Because of which change a client's request failed. */
import type { RequestFailure } from '../../drivers/driver.ts';
import type { HistoryEntry } from '../../sim/kernel/history.ts';
import type { EntryId } from '../../sim/kernel/types.ts';
import type { View } from './types.ts';

const metaOf = (object: unknown): { deletionTimestamp?: string; labels?: Record<string, string> } =>
  (object as { metadata?: object } | undefined)?.metadata ?? {};

/** Whether an entry took something from a Pod: its deletion, or what physically happened to it. */
function concernsPod(entry: HistoryEntry, namespace: string, name: string): boolean {
  if (entry.type === 'api')
    return (
      entry.kind === 'Pod' &&
      entry.name === name &&
      entry.namespace === namespace &&
      (entry.after === undefined ||
        (entry.before !== undefined &&
          metaOf(entry.before).deletionTimestamp !== metaOf(entry.after).deletionTimestamp))
    );
  return entry.type === 'world' && entry.args['pod'] === name && entry.args['namespace'] === namespace;
}

const concernsNode = (entry: HistoryEntry, node: string): boolean =>
  entry.type === 'world' &&
  ['node', 'from', 'to'].some((key) => entry.args[key] === node) &&
  entry.args['pod'] === undefined;

/** Whether an entry changed where a Service leads. */
const concernsService = (entry: HistoryEntry, namespace: string, name: string): boolean =>
  entry.type === 'api' &&
  entry.namespace === namespace &&
  ((entry.kind === 'Service' && entry.name === name) ||
    (entry.kind === 'EndpointSlice' &&
      metaOf(entry.after ?? entry.before).labels?.['kubernetes.io/service-name'] === name));

/**
 * The newest change, up to the failure, of where its way ended: of the Pod or its node, of the Service's
 * endpoints, of DNS; undefined where the way is not known or nothing happened there.
 */
export function failureCause({ driver }: View, { at, stop, node }: RequestFailure): EntryId | undefined {
  if (stop === undefined) return undefined;
  const [namespace = '', name = ''] = stop.name.includes('/') ? stop.name.split('/') : ['', stop.name];
  const nodes = [stop.place === 'node' ? stop.name : node, stop.via].filter((one) => one !== undefined);
  const concerns = (entry: HistoryEntry): boolean => {
    switch (stop.place) {
      case 'pod':
        if (stop.obstacle === 'egressDenied' || stop.obstacle === 'ingressDenied')
          return entry.type === 'api' && entry.kind === 'NetworkPolicy';
        return concernsPod(entry, namespace, name) || (node !== undefined && concernsNode(entry, node));
      case 'service':
        return concernsService(entry, namespace, name);
      case 'node':
        return nodes.some((one) => concernsNode(entry, one));
      case 'loadBalancer':
        return entry.type === 'world' && entry.args['node'] !== undefined && entry.args['pod'] === undefined;
      case 'name':
        return entry.type === 'world' && entry.key === 'dnsTroubled';
    }
  };
  return driver.history.findLast((entry) => entry.at <= at && concerns(entry))?.id;
}
