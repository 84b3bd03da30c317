/**
 * Every component that processes of a cluster may be instances of. Rooms above the cluster (kubectl) register
 * theirs.
 */
import type { ApiComponent } from './api/client.ts';

const components = new Map<string, ApiComponent<any, any, any>>();

export function registerComponent(component: ApiComponent<any, any, any>): void {
  components.set(component.component, component);
}

/** @throws when nothing of that name was registered */
export function componentNamed(name: string): ApiComponent<any, any, any> {
  const found = components.get(name);
  if (found === undefined) throw new Error(`no component named ${name} is registered`);
  return found;
}
