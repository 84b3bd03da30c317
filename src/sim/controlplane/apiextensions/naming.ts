/**
 * Accepts the names of CustomResourceDefinitions, as long as no other of the group has them. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/controller/status/naming_controller.go. Keys: names.
 */
import { deepEqual } from '../../api/equal.ts';
import {
  CUSTOM_RESOURCE_DEFINITIONS,
  type CustomResourceDefinition,
} from '../../api/resources/customresource.ts';
import { withDefinitionCondition } from '../../api/resources/customresourcedefinition.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { definitionOf, definitionsIn, writeStatus } from './definitions.ts';

type Names = CustomResourceDefinition['spec']['names'];

interface Accepted {
  readonly names: Names;
  readonly conflict?: { readonly reason: string; readonly message: string };
}

/** The names that a definition gets: those it wants and nobody else has; else those it has. */
function acceptedNames(
  definition: CustomResourceDefinition,
  others: readonly CustomResourceDefinition[],
): Accepted {
  const wanted = definition.spec.names;
  const had = (definition.status.acceptedNames ?? {}) as Partial<Names>;
  // A list of definitions in upstream has this one too, whose accepted names are its own.
  const taken = others.map((d) => d.status.acceptedNames);
  const resources = new Set(taken.flatMap((n) => [n?.plural, n?.singular, ...(n?.shortNames ?? [])]));
  const kinds = new Set(taken.flatMap((n) => [n?.kind, n?.listKind]));
  const names: Partial<Names> = { ...had };
  let conflict: Accepted['conflict'];
  const take = (name: 'plural' | 'singular' | 'kind' | 'listKind', used: ReadonlySet<unknown>): void => {
    const value = wanted[name];
    if (value === had[name] || !used.has(value)) {
      if (value !== undefined) names[name] = value;
      return;
    }
    const reason = `${name[0]!.toUpperCase()}${name.slice(1)}Conflict`;
    conflict = { reason, message: `${JSON.stringify(value)} is already in use` };
  };
  take('plural', resources);
  take('singular', resources);
  if (!deepEqual(wanted.shortNames, had.shortNames)) {
    const lost = (wanted.shortNames ?? []).filter(
      (s) => had.shortNames?.includes(s) !== true && resources.has(s),
    );
    if (lost.length === 0) {
      if (wanted.shortNames === undefined) delete names.shortNames;
      else names.shortNames = wanted.shortNames;
    } else {
      const told = lost.map((s) => `${JSON.stringify(s)} is already in use`);
      const message = told.length === 1 ? told[0]! : `[${told.join(', ')}]`;
      conflict = { reason: 'ShortNamesConflict', message };
    }
  }
  take('kind', kinds);
  take('listKind', kinds);
  if (wanted.categories === undefined) delete names.categories;
  else names.categories = wanted.categories;
  return { names: names as Names, ...(conflict === undefined ? {} : { conflict }) };
}

function withNames(
  definition: CustomResourceDefinition,
  { names, conflict }: Accepted,
  now: number,
): CustomResourceDefinition {
  const named = { ...definition, status: { ...definition.status, acceptedNames: names } };
  const told =
    conflict === undefined
      ? withDefinitionCondition(named, 'NamesAccepted', 'True', 'NoConflicts', 'no conflicts found', now)
      : withDefinitionCondition(named, 'NamesAccepted', 'False', conflict.reason, conflict.message, now);
  const established = definition.status.conditions?.find((c) => c.type === 'Established');
  if (established?.status === 'True') return told;
  if (conflict === undefined)
    return withDefinitionCondition(
      told,
      'Established',
      'False',
      'Installing',
      'the initial names have been accepted',
      now,
    );
  return established === undefined
    ? withDefinitionCondition(told, 'Established', 'False', 'NotAccepted', 'not all names are accepted', now)
    : told;
}

/** A definition that goes, or changes its names, may free what others want. */
function addOthers(name: string, ctx: ControllerContext): void {
  const group = name.slice(name.indexOf('.') + 1);
  for (const { metadata } of definitionsIn(group, ctx))
    if (metadata.name !== name) ctx.queue.add(metadata.name);
}

export const namingController: Controller<null> = {
  name: 'naming-controller',
  watches: [CUSTOM_RESOURCE_DEFINITIONS],
  init: () => null,
  observe: (event, _state, ctx) => ctx.queue.add(event.object.metadata.name),
  sync(name, _state, ctx) {
    const definition = definitionOf(name, ctx);
    if (definition === undefined) {
      if (ctx.config.planted !== 'definition-names-kept') addOthers(name, ctx);
      return;
    }
    if (deepEqual(definition.spec.names, definition.status.acceptedNames)) return;
    const others = definitionsIn(definition.spec.group, ctx).filter((d) => d.metadata.name !== name);
    const next = withNames(definition, acceptedNames(definition, others), ctx.now);
    if (deepEqual(next.status, definition.status)) return;
    if (writeStatus(next, ctx)) addOthers(name, ctx);
  },
};
