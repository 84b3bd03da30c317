/** What the controllers of CustomResourceDefinitions have in common. */
import type { WatchCache } from '../../api/client.ts';
import { isConflict, isNotFound } from '../../api/errors.ts';
import {
  CUSTOM_RESOURCE_DEFINITIONS,
  type CustomResourceDefinition,
} from '../../api/resources/customresource.ts';
import type { ControllerContext } from '../controller.ts';

interface Knowing {
  readonly cache: WatchCache;
}

export const definitionOf = (name: string, { cache }: Knowing): CustomResourceDefinition | undefined =>
  cache.get(CUSTOM_RESOURCE_DEFINITIONS, '', name) as CustomResourceDefinition | undefined;

export const definitionsIn = (group: string, { cache }: Knowing): CustomResourceDefinition[] =>
  (cache.list(CUSTOM_RESOURCE_DEFINITIONS) as CustomResourceDefinition[]).filter(
    (d) => d.spec.group === group,
  );

/**
 * Whether the status was written; not of a definition that is gone, or was changed in the meantime: then its
 * change is on its way.
 */
export function writeStatus(definition: CustomResourceDefinition, ctx: ControllerContext): boolean {
  try {
    ctx.api.updateStatus(definition);
    return true;
  } catch (error) {
    if (isNotFound(error) || isConflict(error)) return false;
    throw error;
  }
}
