/**
 * Deletes the objects of a CustomResourceDefinition that is being deleted, and then lets it go. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/controller/finalizer/crd_finalizer.go. Keys: names.
 */
import { ApiError } from '../../api/errors.ts';
import {
  CUSTOM_RESOURCE_DEFINITIONS,
  isTrue,
  type CustomResourceDefinition,
} from '../../api/resources/customresource.ts';
import { CLEANUP, withDefinitionCondition } from '../../api/resources/customresourcedefinition.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { definitionOf } from './definitions.ts';

/** How often it looks whether objects are left, and how long before it begins anew, with back-off. */
const POLL_MS = 5_000;
const POLL_LIMIT_MS = 60_000;

/** Since when it waits for the objects of a definition to go. */
type State = Map<string, number>;

const isToCleanUp = ({ metadata }: CustomResourceDefinition): boolean =>
  metadata.deletionTimestamp !== undefined && metadata.finalizers?.includes(CLEANUP) === true;

function terminating(
  definition: CustomResourceDefinition,
  status: 'True' | 'False',
  reason: string,
  message: string,
  ctx: ControllerContext,
): CustomResourceDefinition {
  const next = withDefinitionCondition(definition, 'Terminating', status, reason, message, ctx.now);
  return ctx.api.updateStatus(next);
}

/** A request for each namespace's objects. @returns what was refused */
function deleteObjects(name: string, ctx: ControllerContext): string[] {
  const refused: string[] = [];
  for (const { metadata } of ctx.api.list(name)) {
    try {
      ctx.api.delete(name, metadata.namespace ?? '', metadata.name);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.reason !== 'NotFound') refused.push(error.message);
    }
  }
  return refused;
}

function letGo(definition: CustomResourceDefinition, ctx: ControllerContext): void {
  const { finalizers = [], ...metadata } = definition.metadata;
  const left = finalizers.filter((f) => f !== CLEANUP);
  ctx.api.update({
    ...definition,
    metadata: left.length === 0 ? metadata : { ...metadata, finalizers: left },
  } as CustomResourceDefinition);
}

/** Whether nothing of it is left; else it is looked at again. @throws ApiError when it waited long enough */
function isEmpty(definition: CustomResourceDefinition, waits: State, ctx: ControllerContext): boolean {
  const { name } = definition.metadata;
  if (ctx.api.list(name).length === 0) return true;
  const since = waits.get(name) ?? ctx.now;
  waits.set(name, since);
  if (ctx.now - since >= POLL_LIMIT_MS) {
    waits.delete(name);
    const why = 'could not confirm zero CustomResources remaining: context deadline exceeded';
    terminating(definition, 'True', 'InstanceDeletionCheck', why, ctx);
    throw new ApiError('Timeout', why);
  }
  ctx.queue.addAfter(name, POLL_MS, { timeout: false });
  return false;
}

function cleanUp(definition: CustomResourceDefinition, waits: State, ctx: ControllerContext): void {
  const { name } = definition.metadata;
  if (!isTrue(definition, 'Established')) {
    letGo(terminating(definition, 'False', 'NeverEstablished', 'resource was never established', ctx), ctx);
    return;
  }
  if (ctx.config.planted === 'definition-leaves-objects') return letGo(definition, ctx);
  let current = definition;
  if (!waits.has(name)) {
    const progress = 'CustomResource deletion is in progress';
    current = terminating(definition, 'True', 'InstanceDeletionInProgress', progress, ctx);
    const refused = deleteObjects(name, ctx);
    if (refused.length > 0) {
      const told = refused.length === 1 ? refused[0]! : `[${refused.join(', ')}]`;
      const why = `could not issue all deletes: ${told}`;
      terminating(current, 'True', 'InstanceDeletionFailed', why, ctx);
      throw new ApiError('InternalError', why);
    }
  }
  if (!isEmpty(current, waits, ctx)) return;
  waits.delete(name);
  letGo(terminating(current, 'False', 'InstanceDeletionCompleted', 'removed all instances', ctx), ctx);
}

export const definitionFinalizer: Controller<State> = {
  name: 'crd-finalizer',
  watches: [CUSTOM_RESOURCE_DEFINITIONS],
  init: () => new Map(),
  observe(event, waits, ctx) {
    const definition = event.object as CustomResourceDefinition;
    const { name } = definition.metadata;
    if (event.type === 'DELETED') waits.delete(name);
    // Its own writes do not start it again while it waits.
    else if (isToCleanUp(definition) && !waits.has(name)) ctx.queue.add(name);
  },
  sync(name, waits, ctx) {
    const known = definitionOf(name, ctx);
    const definition =
      known === undefined ? undefined : (ctx.api.find(CUSTOM_RESOURCE_DEFINITIONS, '', name) as typeof known);
    if (definition === undefined || !isToCleanUp(definition)) {
      waits.delete(name);
      return;
    }
    try {
      cleanUp(definition, waits, ctx);
    } catch (error) {
      if (ctx.config.planted !== 'definition-cleanup-not-retried') throw error;
    }
  },
};
