/** For tests and conformance cases: the server's steps on one object of a built-in kind. */
import type { Millis } from '../../kernel/types.ts';
import { applyDefaults } from '../defaults/index.ts';
import type { KubeObject } from '../types.ts';
import type { Causes } from '../validation/field.ts';
import type { ResourceDefinition } from './definition.ts';
import { BUILT_IN } from './index.ts';

/** By kind alone: what its apiVersion says is not looked at. */
const definitionOf = (object: KubeObject): ResourceDefinition => BUILT_IN.get(object.kind);

export const defaulted = (draft: KubeObject): KubeObject => applyDefaults(definitionOf(draft), draft);

/** As it is when it reaches admission at its creation. */
export const createdFrom = (draft: KubeObject, now: Millis = 0): KubeObject =>
  definitionOf(draft).strategy.create(defaulted(draft), now, () => 'uid-1', {
    actor: 'user',
    user: 'kubernetes-admin',
    cause: 0,
  });

/** As it is when it reaches admission at an update. */
export const updatedFrom = (next: KubeObject, old: KubeObject): KubeObject =>
  definitionOf(next).strategy.update(next, old);

export const statusUpdatedFrom = (next: KubeObject, old: KubeObject): KubeObject =>
  definitionOf(next).strategy.status(next, old, 0);

const collected = (check: (out: Causes) => void): Causes => {
  const out: Causes = [];
  check(out);
  return out;
};

/** What is wrong with a new object. */
export const createCauses = (object: KubeObject): Causes =>
  collected((out) => definitionOf(object).validation.create(object, out));

/** What is wrong with an update of anything but status. */
export const updateCauses = (next: KubeObject, old: KubeObject): Causes =>
  collected((out) => definitionOf(next).validation.update(next, old, out));

export const statusCauses = (next: KubeObject, old: KubeObject): Causes =>
  collected((out) => definitionOf(next).validation.status(next, old, out));
