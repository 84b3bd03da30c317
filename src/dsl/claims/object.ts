/** Objects of any kind by name, as claims look them up. */
import { workloadOfKind, type WorkloadDefinition } from '../../sim/api/resources/workloads.ts';
import type { ResourceDefinition } from '../../sim/api/resources/definition.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { wrong } from '../errors.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import { getObject } from '../state.ts';
import { type View } from './types.ts';

/** @throws InputError for a kind that the cluster does not serve, and never did */
function definitionOf({ driver }: View, kind: string): ResourceDefinition {
  const definition =
    driver.resources.find(kind) ?? [...driver.resources.watched()].find((d) => d.kind === kind);
  if (definition !== undefined) return definition;
  const kinds = [...driver.resources.all()].map((d) => d.kind).sort();
  throw wrong('noKindServed', { kind, kinds });
}

/** @throws InputError for a kind that runs no Pods, or that the cluster does not serve */
export function workloadOf({ driver }: View, kind: string): WorkloadDefinition {
  const found = workloadOfKind(driver.resources, kind);
  if ('kinds' in found) throw wrong('noWorkload', found);
  return found;
}

/** @throws InputError for a kind that the cluster does not serve */
export function objectNamed(view: View, kind: string, name: string): KubeObject | undefined {
  const definition = definitionOf(view, kind);
  const at = splitName(name, view.namespace);
  return getObject(view.state, definition.resource, definition.namespaced ? at.namespace : '', at.name);
}
