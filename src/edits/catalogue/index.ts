/** All edits of manifests. */
import type { Direction, Edit } from '../edit.ts';
import { access } from './access.ts';
import { admission } from './admission.ts';
import { budgets } from './budgets.ts';
import { ingresses } from './ingresses.ts';
import { jobs } from './jobs.ts';
import { lifecycle } from './lifecycle.ts';
import { placement } from './placement.ts';
import { probes } from './probes.ts';
import { resources } from './resources.ts';
import { rollout } from './rollout.ts';
import { services } from './services.ts';

export const EDITS: readonly Edit[] = [
  ...jobs,
  ...budgets,
  ...probes,
  ...lifecycle,
  ...rollout,
  ...placement,
  ...resources,
  ...services,
  ...ingresses,
  ...admission,
  ...access,
];

export const editsThat = (direction: Direction): readonly Edit[] =>
  EDITS.filter((e) => e.direction === direction);

/** What an edit does, in words. @param args what they name */
export const editInWords = (
  name: string,
  args: Readonly<Record<string, string | number>>,
  language: 'en' | 'ja',
): string =>
  editOf(name).words[language].replace(/\{(\w+)\}/g, (_, named: string) => String(args[named] ?? named));

/** @throws Error for a name that no edit has */
export function editOf(name: string): Edit {
  const edit = EDITS.find((e) => e.name === name);
  if (edit === undefined) throw new Error(`there is no edit ${name}`);
  return edit;
}
