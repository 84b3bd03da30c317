/**
 * Feature files read outside of Cucumber: each scenario as its operations. Backgrounds, rules, outlines and
 * languages are Gherkin's own.
 */
import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { type Feature, IdGenerator, type Pickle, type PickleStep } from '@cucumber/messages';
import { languageOf, type Language } from '../messages/index.ts';
import { InputError, inputErrorOf } from './errors.ts';
import type { Source } from './source.ts';
import type { Operation } from './operations/operation.ts';
import type { Kit } from './types.ts';
import { standardKit } from './kit.ts';
import { unknownStep } from './phrases/nearest.ts';
import { parseStep } from './phrases/parse.ts';
import { type Vocabulary, vocabularyOf } from './phrases/vocabulary.ts';
import type { Keyword } from './phrases/phrase.ts';

/** A step as it is written, and the operation it makes. */
export interface FeatureStep {
  readonly text: string;
  readonly line: number;
  readonly operation: Operation;
  /** Where the text of its doc string begins. */
  readonly docString: Source | undefined;
  /** Whether it stands under `When`, from the first of which the past counts. */
  readonly action: boolean;
}

/** A scenario of a feature file, its background's steps among its own; of an outline, one a row. */
export interface FeatureScenario {
  readonly name: string;
  /** The name of the rule that it stands under; '': under none. */
  readonly rule: string;
  readonly line: number;
  /** Of an outline, the line of its row; else the same. */
  readonly row: number;
  /** `@seed:7`, those of the feature among them. */
  readonly tags: readonly string[];
  readonly operations: readonly FeatureStep[];
  /** In which failures are told: that of the feature, as far as it is spoken. */
  readonly language: Language;
}

/** What a feature file says of itself. */
export interface FeatureHead {
  readonly name: string;
  /** What is written below its name. */
  readonly description: string;
  /** With their `@`. */
  readonly tags: readonly string[];
  readonly language: Language;
}

/** A feature file as a whole. */
export interface FeatureFile extends FeatureHead {
  readonly scenarios: readonly FeatureScenario[];
}

/** By the type that Gherkin gives a step. */
export const KEYWORDS: Readonly<Record<string, Keyword>> = {
  Context: 'Given',
  Action: 'When',
  Outcome: 'Then',
};

interface Read {
  readonly feature: Feature | undefined;
  readonly pickles: readonly Pickle[];
  /** Lines of steps and scenarios by their ids. */
  readonly lines: ReadonlyMap<string, number>;
  /** Names of rules by the ids of their scenarios. */
  readonly rules: ReadonlyMap<string, string>;
  /** Where doc strings begin, by the ids of their steps. */
  readonly docStrings: ReadonlyMap<string, Source>;
}

function read(text: string, uri: string): Read {
  const newId = IdGenerator.incrementing();
  let document;
  try {
    document = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher()).parse(text);
  } catch (error) {
    throw new InputError(
      (error as Error).message
        .replace(/^Parser errors:\n/, '')
        .replace(/^\((\d+):(\d+)\): /gm, `${uri}:$1:$2: `),
    );
  }
  const lines = new Map<string, number>();
  const rules = new Map<string, string>();
  for (const { rule } of document.feature?.children ?? [])
    for (const { scenario } of rule?.children ?? [])
      if (scenario !== undefined) rules.set(scenario.id, rule!.name);
  const docStrings = new Map<string, Source>();
  for (const child of (document.feature?.children ?? []).flatMap((c) => (c.rule ? c.rule.children : [c]))) {
    for (const part of [child.background, child.scenario]) {
      if (part === undefined) continue;
      const rows = (child.scenario?.examples ?? []).flatMap(({ tableBody }) => tableBody);
      for (const { id, location } of [part, ...part.steps, ...rows]) lines.set(id, location.line);
      for (const { id, docString } of part.steps)
        if (docString !== undefined)
          docStrings.set(id, {
            file: uri,
            line: docString.location.line + 1,
            column: docString.location.column ?? 1,
          });
    }
  }
  const { feature } = document;
  return { feature, pickles: compile(document, uri, newId), lines, rules, docStrings };
}

/**
 * The scenarios of a feature file's text, in any of Gherkin's languages.
 * @param uri the file's name, for messages
 * @throws InputError with file and line, for text that is no feature or a step that is no phrase of the
 * language
 * @example readFeature(feature, 'idle.feature').map((s) => s.name)
 */
export const readFeature = (text: string, uri: string, kit: Kit = standardKit): readonly FeatureScenario[] =>
  readFeatureFile(text, uri, kit).scenarios;

const headOf = (feature: Feature | undefined): FeatureHead => ({
  name: feature?.name ?? '',
  description: (feature?.description ?? '').replace(/^[^\S\n]+/gm, '').trim(),
  tags: (feature?.tags ?? []).map((t) => t.name),
  language: languageOf(feature?.language ?? 'en'),
});

/** What a file says of itself, whatever its steps are. @throws InputError for text that is no feature */
export const readFeatureHead = (text: string, uri: string): FeatureHead => headOf(read(text, uri).feature);

/** The same with what the file says of them together. @throws InputError as `readFeature` */
export function readFeatureFile(text: string, uri: string, kit: Kit = standardKit): FeatureFile {
  const vocabulary = vocabularyOf(kit);
  const { feature, pickles, lines, rules, docStrings } = read(text, uri);
  const lineOf = (ids: readonly string[]): number => lines.get(ids[0] ?? '') ?? 1;
  const scenarios = pickles.map((pickle) => ({
    name: pickle.name,
    rule: rules.get(pickle.astNodeIds[0] ?? '') ?? '',
    line: lineOf(pickle.astNodeIds),
    row: lineOf(pickle.astNodeIds.slice(-1)),
    tags: pickle.tags.map((t) => t.name),
    language: languageOf(pickle.language),
    operations: pickle.steps.map((step) => ({
      ...stepOf(
        step,
        `${uri}:${lineOf(step.astNodeIds)}`,
        lineOf(step.astNodeIds),
        vocabulary,
        languageOf(pickle.language),
      ),
      docString: docStrings.get(step.astNodeIds[0] ?? ''),
    })),
  }));
  return { ...headOf(feature), scenarios };
}

function stepOf(
  { text, type, argument }: PickleStep,
  where: string,
  line: number,
  vocabulary: Vocabulary,
  language: Language,
): Omit<FeatureStep, 'docString'> {
  const attachment =
    argument?.docString?.content ?? argument?.dataTable?.rows.map((r) => r.cells.map((c) => c.value));
  let operation;
  try {
    operation = parseStep(KEYWORDS[type ?? ''] ?? 'Given', text, attachment, vocabulary);
  } catch (error) {
    const told = inputErrorOf(error, language);
    throw told === undefined ? error : new InputError(`${where}: ${told.message}`);
  }
  if (operation === undefined)
    throw new InputError(`${where}: ${unknownStep(text, vocabulary, language, KEYWORDS[type ?? ''])}`);
  return { text, line, operation, action: type === 'Action' };
}
