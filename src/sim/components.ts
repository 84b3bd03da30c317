/** The components that processes of a cluster are instances of, by their names. */
import type { ApiComponent } from './api/client.ts';

export type AnyComponent = ApiComponent<any, any, any>;

export class Components {
  private readonly byName: ReadonlyMap<string, AnyComponent>;

  /** @throws Error when two have one name */
  constructor(components: readonly AnyComponent[]) {
    const byName = new Map<string, AnyComponent>();
    for (const one of components) {
      if (byName.has(one.component)) throw new Error(`there are two components named ${one.component}`);
      byName.set(one.component, one);
    }
    this.byName = byName;
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** @throws Error when there is none of that name */
  named(name: string): AnyComponent {
    const found = this.byName.get(name);
    if (found === undefined)
      throw new Error(
        `no component of this cluster is named ${name}; its parts have ${[...this.byName.keys()].join(', ')}`,
      );
    return found;
  }
}
