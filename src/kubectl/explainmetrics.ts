/**
 * The fields of what metrics-server serves, for `kubectl explain`. Source:
 * staging/src/k8s.io/metrics/pkg/apis/metrics/v1beta1/types.go.
 */
import { type Explained, type ExplainedField, leaf, typeMeta } from './explainfields.ts';

const field = (name: string, required: boolean, of: Explained): ExplainedField => ({ name, required, of });

/** Fields by their names, in order. */
const object = (type: string, fields: readonly ExplainedField[]): Explained => ({
  type,
  values: [],
  name: type,
  fields: () => fields,
});

const USAGE = field('usage', true, leaf('map[string]Quantity'));
const TIMESTAMP = field('timestamp', true, leaf('string'));
const WINDOW = field('window', true, leaf('string'));
const CONTAINER = object('ContainerMetrics', [field('name', true, leaf('string')), USAGE]);

/** @param kind `PodMetrics`, `NodeMetrics` @param metadata of every object */
export function explainedMetrics(kind: string, metadata: Explained): Explained {
  const [apiVersion, ownKind] = typeMeta() as [ExplainedField, ExplainedField];
  const meta = field('metadata', false, metadata);
  return kind === 'PodMetrics'
    ? object(kind, [
        apiVersion,
        field('containers', true, { ...CONTAINER, type: '[]ContainerMetrics' }),
        ownKind,
        meta,
        TIMESTAMP,
        WINDOW,
      ])
    : object(kind, [apiVersion, ownKind, meta, TIMESTAMP, USAGE, WINDOW]);
}
