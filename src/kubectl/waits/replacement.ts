/**
 * `kubectl replace --force` once it has deleted: waits for each object until there is none of its name, then
 * creates all of them. Source: staging/src/k8s.io/kubectl/pkg/cmd/replace/replace.go (`forceReplace`).
 */
import { ApiError } from '../../sim/api/errors.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { failureText, KubectlError } from '../errors.ts';
import { objectText } from '../output/objects.ts';
import type { Format } from '../output/format.ts';
import { writeErr, writeOut, type WaitContext } from '../session.ts';
import { failed, FINISHED, TIMED_OUT } from './wait.ts';
import type { Wait } from './wait.ts';

/** How often it looks whether an object is gone. */
const POLL_MS = 1000;

export interface Deleted {
  /** The group resource. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

/** What takes the place of an object. */
export interface Replacement {
  readonly draft: KubeObject;
  /** Why the server cannot read it, as it is told; undefined: it can. */
  readonly refused: string | undefined;
}

export interface ReplacementState {
  /** Still to go, waited for one after the other. */
  left: Deleted[];
  /** Until when the first of them is waited for; undefined: it is not yet. */
  deadline: Millis | undefined;
  readonly timeoutMs: Millis;
  readonly created: readonly Replacement[];
  readonly format: Format;
  readonly fieldManager: string;
}

/** @returns the exit code */
function createAll({ created, format, fieldManager }: ReplacementState, context: WaitContext): number {
  const warn = (text: string): void => writeErr(context, `Warning: ${text}\n`);
  const api = context.api.using({ warn, fieldManager: () => fieldManager });
  let code = 0;
  for (const { draft, refused } of created) {
    let error = refused;
    try {
      if (refused === undefined) {
        const object = api.using({ apiVersion: draft.apiVersion }).create(draft);
        writeOut(context, objectText({ info: context.resources.of(draft)!, object }, 'replaced', format));
      }
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      error = failureText(thrown);
    }
    if (error === undefined) continue;
    writeErr(context, error);
    code = 1;
  }
  return code;
}

export const replacementWait: Wait<ReplacementState> = {
  name: 'replacement',
  step(state, context) {
    for (;;) {
      const first = state.left[0];
      if (first === undefined) {
        const code = createAll(state, context);
        return code === 0 ? FINISHED : { done: true, code };
      }
      state.deadline ??= context.now + state.timeoutMs;
      if (context.api.find(first.resource, first.namespace, first.name) === undefined) {
        state.left.shift();
        state.deadline = undefined;
        continue;
      }
      if (context.now >= state.deadline) return failed(new KubectlError(TIMED_OUT), context);
      return { done: false, wakeAt: Math.min(state.deadline, context.now + POLL_MS) };
    }
  },
};
