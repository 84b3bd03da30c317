/** Resources that come and go while a cluster runs: added by hand, or by a CustomResourceDefinition. */
import { deepEqual } from './api/equal.ts';
import { servedResource, type CustomResourceDefinition } from './api/resources/customresource.ts';
import { asServed, type DynamicResource } from './api/resources/dynamic.ts';
import type { ResourceDefinition } from './api/resources/definition.ts';
import type { AddedResource, ResourceRegistry } from './api/resources/registry.ts';
import { emptyTable, putObject, type ObjectTable } from './api/store.ts';
import type { KubeObject } from './api/types.ts';
import type { ClusterState } from './clusterstate.ts';
import type { WatchHub } from './watchhub.ts';

/** Frozen, so that forks share it. */
const added = (resource: DynamicResource, served: boolean): AddedResource =>
  Object.freeze({ resource, served });

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
    const served = (object: KubeObject | undefined): DynamicResource | undefined =>
      object && servedResource(object as CustomResourceDefinition);
    const resource = served(after);
    const name = (after ?? before!).metadata.name;
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
    this.state.resources.set(name, added(resource, true));
    const table = tables.get(name);
    if (table === undefined) tables.set(name, emptyTable());
    else
      for (const one of [table, ...this.hub.cachesOf(name)])
        present(one, (object) => asServed(definition, object));
    this.hub.rewatch();
    return definition;
  }

  private retire({ resource }: AddedResource): void {
    const name = `${resource.names.plural}.${resource.group}`;
    this.state.resources.set(name, added(resource, false));
    this.resources.retire(this.resources.get(name));
    this.hub.rewatch();
  }
}

function present(table: ObjectTable, change: (object: KubeObject) => KubeObject): void {
  for (const [key, object] of [...table.all]) {
    const next = change(object);
    if (next !== object) putObject(table, key, next);
  }
}
