/**
 * `kubectl wait`: for a condition, a field's value, or creation. Deletion has a wait of its own.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/wait/{wait,condition,json,create}.go.
 */
import type { ApiClient, ListOptions } from '../../sim/api/client.ts';
import { notFound } from '../../sim/api/errors.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { KubectlError } from '../errors.ts';
import { findJsonPath, parseJsonPath } from '../output/jsonpath.ts';
import { objectName } from '../resources.ts';
import { writeOut } from '../session.ts';
import { failed, FINISHED, TIMED_OUT } from './wait.ts';
import type { StepResult, Wait } from './wait.ts';

export type Awaiting =
  | { readonly type: 'condition'; readonly condition: string; readonly status: string }
  /** '' as value: any. */
  | { readonly type: 'jsonpath'; readonly path: string; readonly value: string }
  | { readonly type: 'create' };

/** Objects of which nobody knows yet what they are called. */
export interface Finding {
  readonly resource: string;
  readonly options: ListOptions;
  /** What is waited for of each that is found. */
  readonly awaiting: readonly Awaiting[];
}

export interface ConditionState {
  /** Absent: all are known by name. */
  finding?: Finding;
  left: { resource: string; namespace: string; name: string; awaiting: Awaiting }[];
  deadline: Millis;
  timeoutMs: Millis;
}

const fold = (s: string): string => s.toLowerCase();

function isMet(object: KubeObject, awaiting: Awaiting): boolean {
  if (awaiting.type === 'create') return true;
  if (awaiting.type === 'jsonpath') {
    const found = findJsonPath(parseJsonPath(awaiting.path), object);
    if (found.length === 0) return false;
    if (found.length > 1) throw new KubectlError('given jsonpath expression matches more than one value');
    const value = found[0];
    if (awaiting.value === '') return true;
    if (value !== null && typeof value === 'object')
      throw new KubectlError('jsonpath leads to a nested object or list which is not supported');
    return String(value) === awaiting.value;
  }
  const status = object.status as
    | {
        observedGeneration?: number;
        conditions?: { type: string; status: string; observedGeneration?: number }[];
      }
    | undefined;
  const condition = status?.conditions?.find((c) => fold(c.type) === fold(awaiting.condition));
  if (condition === undefined) return false;
  const observed = condition.observedGeneration ?? status?.observedGeneration;
  if (
    observed !== undefined &&
    object.metadata.generation !== undefined &&
    observed < object.metadata.generation
  )
    return false;
  return fold(condition.status) === fold(awaiting.status);
}

const found = ({ resource, options, awaiting }: Finding, api: ApiClient): ConditionState['left'] =>
  api
    .list(resource, options)
    .flatMap(({ metadata: { name, namespace = '' } }) =>
      awaiting.map((of) => ({ resource, namespace, name, awaiting: of })),
    );

export const conditionWait: Wait<ConditionState> = {
  name: 'condition',
  ready(state, { api }) {
    if (state.finding !== undefined) return found(state.finding, api).length > 0;
    const first = state.left[0]!;
    const object = api.find(first.resource, first.namespace, first.name);
    return object === undefined ? first.awaiting.type !== 'create' : isMet(object, first.awaiting);
  },
  step(state, context): StepResult {
    const fail = (error: unknown): StepResult => failed(error, context);
    if (state.finding !== undefined) {
      state.left = found(state.finding, context.api);
      if (state.left.length > 0) delete state.finding;
      else if (context.now >= state.deadline) return fail(new KubectlError(TIMED_OUT));
      else return { done: false, wakeAt: state.deadline };
    }
    for (;;) {
      const first = state.left[0];
      if (first === undefined) return FINISHED;
      const info = context.resources.get(first.resource);
      const object = context.api.find(first.resource, first.namespace, first.name);
      if (object === undefined && first.awaiting.type !== 'create')
        return fail(notFound(info.plural, info.group, first.name));
      let met: boolean;
      try {
        met = object !== undefined && isMet(object, first.awaiting);
      } catch (error) {
        return fail(error);
      }
      if (met) {
        writeOut(context, `${objectName(info, first.name)} condition met\n`);
        state.left.shift();
        continue;
      }
      if (context.now >= state.deadline) {
        if (first.awaiting.type === 'create') return fail(new KubectlError(TIMED_OUT));
        return fail(
          new KubectlError(
            state.timeoutMs === 0
              ? `condition not met for ${info.plural}/${first.name}`
              : `${TIMED_OUT} on ${info.plural}/${first.name}`,
          ),
        );
      }
      return { done: false, wakeAt: state.deadline };
    }
  },
};
