/** Resources that come and go while a cluster runs: added by hand, or by a CustomResourceDefinition. */
import { deepEqual } from './api/equal.ts';
import { conversionKey } from './api/resources/conversion.ts';
import { servedResource, type CustomResourceDefinition } from './api/resources/customresource.ts';
import { asServed, inName, type DynamicResource } from './api/resources/dynamic.ts';
import { apiVersionText, type ResourceDefinition } from './api/resources/definition.ts';
import type { AddedResource, ResourceRegistry } from './api/resources/registry.ts';
import { emptyTable, putObject, type ObjectTable } from './api/store.ts';
import type { KubeObject } from './api/types.ts';
import type { ClusterState } from './clusterstate.ts';
import { agnhostConverts } from './node/images/agnhostconverter.ts';
import type { WatchHub } from './watchhub.ts';

/** Frozen, so that forks share it. */
const added = (resource: DynamicResource, served: boolean): AddedResource =>
  Object.freeze({ resource, served });

const storedBy = ({ storage, versions }: DynamicResource): string => (storage ?? versions[0]).name;

export class AddedResources {
  private readonly state: ClusterState;
  private readonly resources: ResourceRegistry;
  private readonly hub: WatchHub;

  constructor(state: ClusterState, resources: ResourceRegistry, hub: WatchHub) {
    this.state = state;
    this.resources = resources;
    this.hub = hub;
  }

  /** @throws Error when its name is taken, or it cannot be read */
  add(resource: DynamicResource): ResourceDefinition {
    const name = `${resource.names.plural}.${resource.group}`;
    if (this.resources.find(name) !== undefined) throw new Error(`there is a resource ${name} already`);
    return this.serve(resource);
  }

  /** Serves what a definition says, once it is established; no more when it is gone. */
  follow(before: KubeObject | undefined, after: KubeObject | undefined): void {
    const name = (after ?? before!).metadata.name;
    const declared = this.state.world.webhooks?.conversions?.get(name);
    const resource =
      after &&
      servedResource(
        after as CustomResourceDefinition,
        declared === undefined ? knownConversions(after as CustomResourceDefinition) : declared.conversions,
      );
    const known = this.state.resources.get(name);
    if (resource === undefined) {
      if (known?.served === true) this.retire(known);
    } else if (known?.served !== true || !deepEqual(known.resource, resource)) this.serve(resource);
  }

  /** Its objects have the new form from here on, as if read from etcd again; that is no write. */
  private serve(resource: DynamicResource): ResourceDefinition {
    const { tables } = this.state.server.store;
    const definition = this.resources.serve(resource);
    const { resource: name } = definition;
    const former = this.state.resources.get(name)?.resource;
    this.state.resources.set(name, added(resource, true));
    const table = tables.get(name);
    if (table === undefined) tables.set(name, emptyTable());
    else {
      const read = this.reader(definition, resource, former, table);
      for (const one of [table, ...this.hub.cachesOf(name)]) present(one, read);
    }
    this.hub.rewatch();
    return definition;
  }

  /** What becomes of objects that etcd has already. */
  private reader(
    definition: ResourceDefinition,
    resource: DynamicResource,
    former: DynamicResource | undefined,
    { all }: ObjectTable,
  ): (object: KubeObject) => KubeObject {
    const { conversion } = definition;
    // What was written is left in the version that was stored then, until it is written again.
    if (
      definition.throughEtcd !== undefined &&
      former !== undefined &&
      storedBy(former) !== storedBy(resource)
    )
      return (object) => inName(object, definition.apiVersion);
    if (conversion === undefined) return (object) => asServed(definition, object);
    const before = former?.conversion;
    if (typeof before === 'object') {
      if (before.stored !== conversion.stored) {
        const versions = (this.state.server.formerVersions ??= new Map());
        for (const object of all.values()) {
          const key = conversionKey(definition, object);
          if (!versions.has(key)) versions.set(key, before.stored);
        }
      }
    } else if (former?.versions.some(({ name }) => name === conversion.stored)) {
      // Before there was a webhook one version held what another does: what etcd has is of the stored one.
      const apiVersion = apiVersionText(definition.group, conversion.stored);
      return (object) => asServed(definition, { ...object, apiVersion });
    }
    return (object) => asServed(definition, object);
  }

  private retire({ resource }: AddedResource): void {
    const name = `${resource.names.plural}.${resource.group}`;
    this.state.resources.set(name, added(resource, false));
    this.resources.retire(this.resources.get(name));
    this.hub.rewatch();
  }
}

/** Of a webhook that nobody described: what images are known to convert. */
function knownConversions({
  spec: { group, conversion },
}: CustomResourceDefinition): ReturnType<typeof agnhostConverts> {
  const client = conversion?.webhook?.clientConfig;
  return client ? agnhostConverts(group, client) : undefined;
}

function present(table: ObjectTable, change: (object: KubeObject) => KubeObject): void {
  for (const [key, object] of [...table.all]) {
    const next = change(object);
    if (next !== object) putObject(table, key, next);
  }
}
