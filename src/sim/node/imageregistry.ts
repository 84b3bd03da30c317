/** What images do, and whether registries can be reached: the physical world of image pulls. */
import { machineProcess, type NodeEnv, noted } from './env.ts';
import { canonicalImage } from './images.ts';
import type { ImageBehaviour, Machine, World } from './world.ts';

/** From now on containers of an image do this, those that run, too. */
export function describeImage(world: World, image: string, behaviour: ImageBehaviour): void {
  world.images.set(image, behaviour);
  if (behaviour.cpu !== undefined) world.cpuDescribed = true;
}

/** What no registry answers for: one image, all that a node asks for, or all. */
export type Unpullable = { readonly image: string } | { readonly node: string } | 'all';

const keyOf = (what: Unpullable): string =>
  what === 'all' ? '*' : 'image' in what ? canonicalImage(what.image) : machineProcess(what.node);

/**
 * Pulls that begin from now on run into a time-out; those under way go on. Images that are on a node are
 * there.
 */
export function cutOffRegistry(env: NodeEnv, what: Unpullable): void {
  const key = keyOf(what);
  if (env.world.unpullable.has(key)) return;
  noted(env, 'registrySilent', what === 'all' ? {} : what);
  env.world.unpullable.add(key);
}

export function restoreRegistry(env: NodeEnv, what: Unpullable): void {
  if (!env.world.unpullable.delete(keyOf(what))) return;
  noted(env, 'registryAnswers', what === 'all' ? {} : what);
}

export function registryAnswers(world: World, machine: Machine, image: string): boolean {
  const { unpullable } = world;
  return (
    unpullable.size === 0 ||
    !(
      unpullable.has('*') ||
      unpullable.has(machineProcess(machine.name)) ||
      unpullable.has(canonicalImage(image))
    )
  );
}
