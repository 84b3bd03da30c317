/** Pods by selector and name, as claims look them up. */
import { matches, parseLabelSelector } from '../../sim/api/selector.ts';
import type { Pod } from '../../sim/api/types.ts';
import { wrong } from '../errors.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import { getObject, objectsOf } from '../state.ts';
import { type View } from './types.ts';

/** @throws InputError saying what is wrong with it */
export function selectorFrom(text: string): ReturnType<typeof parseLabelSelector> {
  try {
    return parseLabelSelector(text);
  } catch (error) {
    throw wrong('badSelector', { selector: text, problem: (error as Error).message });
  }
}

/** The Pods of the view's namespace that match. */
export function podsMatching(view: View, selector: string): Pod[] {
  const parsed = selectorFrom(selector);
  const found: Pod[] = [];
  for (const pod of objectsOf(view.state, 'Pod')) {
    if (pod.metadata.namespace === view.namespace && matches(parsed, pod.metadata.labels ?? {}))
      found.push(pod);
  }
  return found;
}

export function podNamed(view: View, name: string): Pod | undefined {
  const at = splitName(name, view.namespace);
  return getObject(view.state, 'Pod', at.namespace, at.name);
}

/** The names, for a sentence: `web-1, web-2`, or `none`. */
export const namesOf = (objects: readonly { metadata: { name: string } }[]): string =>
  objects.length === 0 ? 'none' : objects.map((o) => o.metadata.name).join(', ');
