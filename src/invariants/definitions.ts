/** What CustomResourceDefinitions promise: what is of them goes with them, free names are taken. */
import {
  CUSTOM_RESOURCE_DEFINITIONS,
  isTrue,
  type CustomResourceDefinition,
} from '../sim/api/resources/customresource.ts';
import type { KubeObject } from '../sim/api/types.ts';
import { defineInvariant } from './define.ts';
import type { InvariantView, Violation } from './types.ts';

/** Objects of a custom resource that are there, by their last changes. */
function objectsOf(resource: string, view: InvariantView): string[] {
  const seen = new Set<string>();
  const left: string[] = [];
  for (const change of view.changes()) {
    const key = change.namespace === '' ? change.name : `${change.namespace}/${change.name}`;
    if (change.resource !== resource || seen.has(key)) continue;
    seen.add(key);
    if (change.after !== undefined) left.push(key);
  }
  return left.sort();
}

export const definitionsLeaveNothing = defineInvariant<null>({
  name: 'definitions-leave-nothing',
  asks: 'api',
  about: 'A CustomResourceDefinition goes after the last of its objects.',
  why: 'what is left without a definition can neither be read nor deleted, and owns what it owns for ever',
  fails: 'A CustomResourceDefinition was gone, and there were objects of it.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    if (entry.type !== 'api' || entry.resource !== CUSTOM_RESOURCE_DEFINITIONS || entry.after !== undefined)
      return undefined;
    const left = objectsOf(entry.name, view);
    if (left.length === 0) return undefined;
    const are = left.length === 1 ? 'is' : 'are';
    return {
      message: `${entry.name} is gone, and ${left.join(', ')} of it ${are} there`,
      objects: [entry.before as KubeObject],
      entry: entry.id,
    };
  },
});

/** Names that another definition of the group has, of those that this one wants. */
function isInUse(definition: CustomResourceDefinition, all: readonly CustomResourceDefinition[]): boolean {
  const { group, names } = definition.spec;
  const wanted = [names.plural, names.singular, ...(names.shortNames ?? []), names.kind, names.listKind];
  return all.some(({ metadata, spec, status }) => {
    if (spec.group !== group || metadata.name === definition.metadata.name) return false;
    const has = status.acceptedNames;
    const taken = [has?.plural, has?.singular, ...(has?.shortNames ?? []), has?.kind, has?.listKind];
    return wanted.some((name) => name !== undefined && taken.includes(name));
  });
}

export const definitionsSettle = defineInvariant<null>({
  name: 'definitions-settle',
  asks: 'api',
  about:
    'In the end a CustomResourceDefinition whose names are free is established, and one that is being ' +
    'deleted is gone, unless finalizers hold its objects.',
  why: 'nobody can write an object of one that is not established, nor make one anew that does not go',
  fails:
    'In the end a definition was not established though no other had its names, or was still being deleted ' +
    'though nothing of it was left.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    const all = [...view.list(CUSTOM_RESOURCE_DEFINITIONS)] as unknown as CustomResourceDefinition[];
    for (const definition of all) {
      const { name, deletionTimestamp } = definition.metadata;
      const told = (message: string): Violation => ({ message: `${name} ${message}`, objects: [definition] });
      if (deletionTimestamp === undefined) {
        if (!isTrue(definition, 'Established') && !isInUse(definition, all))
          return told('is not established');
      } else if (view.resources.find(name) === undefined || [...view.list(name)].length === 0)
        return told(`has been terminating since ${deletionTimestamp}, and nothing of it is left`);
    }
    return undefined;
  },
});
