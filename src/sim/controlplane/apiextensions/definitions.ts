/** What the controllers of CustomResourceDefinitions have in common. */
import { isConflict, isNotFound } from '../../api/errors.ts';
import {
  CUSTOM_RESOURCE_DEFINITIONS,
  type CustomResourceDefinition,
} from '../../api/resources/customresource.ts';
import type { ControllerContext } from '../controller.ts';

export const definitionOf = (
  name: string,
  { cache }: ControllerContext,
): CustomResourceDefinition | undefined =>
  cache.get(CUSTOM_RESOURCE_DEFINITIONS, '', name) as CustomResourceDefinition | undefined;

/** As they are: what names are taken must not be read late (upstream keeps its own writes in a cache). */
export const definitionsIn = (group: string, { api }: ControllerContext): CustomResourceDefinition[] =>
  (api.list(CUSTOM_RESOURCE_DEFINITIONS) as CustomResourceDefinition[]).filter((d) => d.spec.group === group);

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
