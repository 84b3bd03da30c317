/**
 * Carries out changes of slices, and remembers what was written. Models the end of reconciler.go's finalize.
 */
import { isNamespaceTerminating, isNotFound } from '../../api/errors.ts';
import type { Draft } from '../../api/client.ts';
import type { EndpointSlice } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import type { Wanted, SliceChanges } from './reconcile.ts';
import { expectDeletion, trackWrite, type SliceTracker } from './tracker.ts';

export function writeSlices(
  changes: SliceChanges,
  owner: string,
  labels: Record<string, string>,
  draftOf: (wanted: Wanted) => Draft<EndpointSlice>,
  mayCreate: boolean,
  tracker: SliceTracker,
  ctx: ControllerContext,
): void {
  if (mayCreate) {
    for (const wanted of changes.create) {
      try {
        trackWrite(tracker, owner, ctx.api.create<EndpointSlice>(draftOf(wanted)));
      } catch (error) {
        // In a namespace that is going, creating fails for good.
        if (isNamespaceTerminating(error)) return;
        throw error;
      }
    }
  }
  for (const { slice, ports, endpoints } of changes.update) {
    const next: EndpointSlice = {
      ...slice,
      metadata: { ...slice.metadata, labels },
      endpoints: [...endpoints],
      ports: [...ports],
    };
    trackWrite(tracker, owner, ctx.api.update<EndpointSlice>(next));
  }
  for (const slice of changes.delete) {
    try {
      ctx.api.delete('EndpointSlice', slice.metadata.namespace ?? '', slice.metadata.name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    expectDeletion(tracker, owner, slice);
  }
}
