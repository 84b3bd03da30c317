/**
 * What a book says more than once, and a telling of all of it says once: the steps that all scenarios of a
 * chapter begin with, long texts, and, where a file has no room, what passed.
 */
import type { Book, Chapter, Scenario, Step } from '../run.ts';

/** How much is told of what passed: all, its steps without texts and outputs, its name. */
export const DETAILS = ['whole', 'steps', 'names'] as const;
export type Detail = (typeof DETAILS)[number];

const isSame = (a: Step, b: Step | undefined): boolean =>
  b !== undefined &&
  a.line === b.line &&
  a.result === 'passed' &&
  b.result === 'passed' &&
  a.from === b.from &&
  a.to === b.to &&
  JSON.stringify([a.text, a.docString, a.table, a.printed]) ===
    JSON.stringify([b.text, b.docString, b.table, b.printed]);

/** How many steps all scenarios of a chapter begin with, in the same way: its background, as a rule. */
export function sharedSteps({ scenarios: [first, ...others] }: Chapter): number {
  if (first === undefined || others.length === 0) return 0;
  const differs = first.steps.findIndex((step, i) => others.some(({ steps }) => !isSame(step, steps[i])));
  return differs < 0 ? 0 : differs;
}

/** Texts shorter than this are told again. */
const LONG = 160;

/** Where a long text stands first, by the text: the id of that place. */
export type Places = ReadonlyMap<string, { readonly id: string; readonly step: Step }>;

const textsOf = ({ docString, printed }: Step): string[] =>
  [...(docString === undefined ? [] : [docString]), ...printed.map((p) => p.output)].filter(
    (text) => text.length >= LONG,
  );

/** The long texts that stand in a book's telling more than once. */
export function repeatedTexts({ chapters }: Book, detail: Detail): Places {
  const first = new Map<string, Step>();
  const places = new Map<string, { id: string; step: Step }>();
  for (const chapter of chapters) {
    const shared = detail === 'names' ? 0 : sharedSteps(chapter);
    const told = chapter.scenarios.flatMap((s, i) => toldSteps(s, i === 0 ? 0 : shared, detail));
    for (const step of told)
      for (const text of textsOf(step)) {
        const before = first.get(text);
        if (before === undefined) first.set(text, step);
        else if (!places.has(text)) places.set(text, { id: `text-${places.size}`, step: before });
      }
  }
  return places;
}

/** The steps of a scenario that are told of it. @param shared how many its chapter tells for all */
export function toldSteps({ steps, result }: Scenario, shared: number, detail: Detail): readonly Step[] {
  if (detail === 'whole' || result !== 'passed') return steps.slice(shared);
  if (detail === 'names') return [];
  return steps
    .slice(shared)
    .map(({ docString: _, table: __, ...step }) => ({ ...step, printed: [], strikes: [] }));
}
