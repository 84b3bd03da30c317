/**
 * Waiting until objects are gone, as `kubectl delete` and `kubectl wait --for=delete` do.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/wait/delete.go.
 */
import type { ApiClient } from '../../sim/api/client.ts';
import { isForbidden } from '../../sim/api/errors.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { failureText, KubectlError } from '../errors.ts';
import { writeErr, writeOut } from '../session.ts';
import { objectName } from '../resources.ts';
import { FINISHED, TIMED_OUT } from './wait.ts';
import type { Wait } from './wait.ts';

export interface Awaited {
  /** The group resource. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

export interface DeletionState {
  /** Still to go, waited for one after the other. */
  left: Awaited[];
  deadline: Millis;
  timeoutMs: Millis;
  /** Says `condition met` for each. */
  report: boolean;
}

/** Who may not look waits no longer. */
function isThere({ resource, namespace, name, uid }: Awaited, api: ApiClient): boolean {
  try {
    return api.find(resource, namespace, name)?.metadata.uid === uid;
  } catch (error) {
    if (isForbidden(error)) return false;
    throw error;
  }
}

export const deletionWait: Wait<DeletionState> = {
  name: 'deletion',
  ready(state, { api }) {
    const first = state.left[0];
    return first === undefined || !isThere(first, api);
  },
  step(state, context) {
    for (;;) {
      const first = state.left[0];
      if (first === undefined) return FINISHED;
      const { resource, name } = first;
      if (!isThere(first, context.api)) {
        state.left.shift();
        if (state.report)
          writeOut(context, `${objectName(context.resources.get(resource), name)} condition met\n`);
        continue;
      }
      if (context.now >= state.deadline) {
        const why =
          state.timeoutMs === 0
            ? `condition not met for ${context.resources.get(resource).plural}/${name}`
            : `${TIMED_OUT} on ${context.resources.get(resource).plural}/${name}`;
        writeErr(context, failureText(new KubectlError(why)));
        return { done: true, code: 1 };
      }
      return { done: false, wakeAt: state.deadline };
    }
  },
};
