/**
 * `kubectl get componentstatuses`: an API server asks the scheduler, the controller manager and etcd beside
 * it how they are, and stores nothing of it. Sources: pkg/registry/core/componentstatus/{rest,validator}.go,
 * pkg/registry/core/rest/storage_core.go (`componentStatusStorage`), and for the columns
 * pkg/printers/internalversion/printers.go.
 */
import { ApiError } from '../sim/api/errors.ts';
import { defineResource, type ResourceDefinition } from '../sim/api/resources/definition.ts';
import { column, NAME } from '../sim/api/table/column.ts';
import type { KubeObject } from '../sim/api/types.ts';
import type { Selection } from './resources.ts';
import type { Session } from './session.ts';

interface ComponentStatus extends KubeObject {
  readonly conditions: readonly {
    readonly type: 'Healthy';
    readonly status: 'True' | 'False';
    readonly message?: string;
    readonly error?: string;
  }[];
}

const definitionOf = (): ResourceDefinition =>
  defineResource<ComponentStatus>({
    group: '',
    kind: 'ComponentStatus',
    plural: 'componentstatuses',
    shortNames: ['cs'],
    namespaced: false,
    columns: [NAME, column('Status'), column('Message'), column('Error')],
    row: ({ metadata, conditions: [healthy] }) => [
      metadata.name,
      healthy!.status === 'True' ? 'Healthy' : 'Unhealthy',
      healthy!.message ?? '',
      healthy!.error ?? '',
    ],
  }) as unknown as ResourceDefinition;

/** Ports of the components' own servers. */
const PORTS: Readonly<Record<string, number>> = { 'controller-manager': 10257, scheduler: 10259 };

/** Whether a component runs beside the API server that is asked. */
function runs({ cluster }: Session, component: string): boolean {
  const { control } = cluster;
  const { plane } = control;
  const [node] = [...(plane?.members ?? [])].find(([, { serves }]) => serves) ?? [];
  return control.isUp(node === undefined ? `kube-${component}` : `kube-${component}@${node}`);
}

function conditionOf(session: Session, name: string): ComponentStatus['conditions'][number] {
  const port = PORTS[name];
  const isWell = port === undefined ? session.cluster.controlPlane.quorum : runs(session, name);
  if (isWell) return { type: 'Healthy', status: 'True', message: 'ok' };
  if (port === undefined)
    return {
      type: 'Healthy',
      status: 'False',
      error: 'error getting data from etcd: context deadline exceeded',
    };
  const at = `127.0.0.1:${port}`;
  const message = `Get "https://${at}/healthz": dial tcp ${at}: connect: connection refused`;
  return { type: 'Healthy', status: 'False', message };
}

/** What `get componentstatuses`, `get cs NAME …` and `get cs/NAME …` find. */
export function componentStatuses(session: Session): Selection {
  const { api, args } = session;
  const info = definitionOf();
  const asked = args[0]!.includes('/') ? args.map((arg) => arg.split('/')[1]!) : args.slice(1);
  const resource = { group: '', resource: info.plural, subresource: '', namespace: '' };
  if (asked.length === 0) api.visit({ ...resource, verb: 'list', name: '' });
  for (const name of asked) api.visit({ ...resource, verb: 'get', name });
  const known = ['controller-manager', 'etcd-0', 'scheduler'];
  const names = asked.length === 0 ? known : asked.filter((name) => known.includes(name));
  const objects = names.map(
    (name): ComponentStatus => ({
      apiVersion: 'v1',
      kind: 'ComponentStatus',
      metadata: { name } as KubeObject['metadata'],
      conditions: [conditionOf(session, name)],
    }),
  );
  return {
    groups: [{ info, items: objects }],
    items: objects.map((object) => ({ info, object })),
    errors: asked
      .filter((name) => !known.includes(name))
      .map((name) => new ApiError('Unknown', `Component not found: ${name}`)),
    single: asked.length === 1,
    named: asked.length > 0,
  };
}
