/** What is changed of a scenario to see whether it would notice. */
import { changesOf } from '../edits/apply.ts';
import { editInWords, editsThat } from '../edits/catalogue/index.ts';
import { lineOf, manifestsOf, textsWith, type Manifests } from '../edits/manifests.ts';
import { shortName } from '../edits/shapes.ts';
import type { FeatureStep } from '../dsl/feature.ts';
import { manifestFiles } from '../dsl/inlinemanifests.ts';
import type { Vocabulary } from '../dsl/phrases/vocabulary.ts';
import type { Files } from '../dsl/types.ts';
import { ManifestError } from '../sim/api/manifest/errors.ts';
import { InputError } from '../dsl/errors.ts';
import { isKustomization } from '../kubectl/index.ts';
import type { Bug } from '../sim/planted.ts';

/** Where something stands in a file. */
export interface Spot {
  readonly file: string;
  readonly line: number;
}

/** A text of manifests, in a step or in a file. */
export type TextPlace =
  | { readonly in: 'step'; readonly step: number }
  | { readonly in: 'file'; readonly path: string };

/** Manifests with a weakening. */
export interface EditMutation {
  readonly kind: 'edit';
  readonly edit: string;
  /** What the words of the edit name. */
  readonly args: Readonly<Record<string, string | number>>;
  /** Where the field stands that it is about. */
  readonly spot: Spot;
  readonly of: TextPlace;
  /** '': nothing of it is left. */
  readonly text: string;
  /** Steps that apply nothing but that text: without it, there is nothing to play in them. */
  readonly steps: readonly number[];
  /** The first step that may be played otherwise. */
  readonly from: number;
  /** The first step that applies it. */
  readonly applied: number;
}

/** Without one of the things that happen in it. */
export interface StepMutation {
  readonly kind: 'step';
  readonly step: number;
  readonly said: string;
  readonly spot: Spot;
}

/** With a bug planted in a controller. */
export interface BugMutation {
  readonly kind: 'bug';
  readonly bug: Bug;
}

export type Mutation = EditMutation | StepMutation | BugMutation;

/** A text of manifests that a scenario plays. */
interface Text {
  readonly of: TextPlace;
  readonly text: string;
  readonly file: string;
  /** The line before its first one. */
  readonly above: number;
  readonly from: number;
  readonly applied: number;
  readonly steps: number[];
}

/** What `kubectl apply` and its like are given: files by `-f`, folders by either. */
const NAMED_FILES = /(?:^|\s)(?:-f|--filename|-k|--kustomize)[= ]*(["']?)(\S+?)\1(?=\s|$)/g;

function pathsOf({ operation }: FeatureStep): string[] {
  if (operation.op === 'manifestsIn') return [operation.path];
  if (operation.op !== 'kubectl') return [];
  return operation.lines
    .flatMap((line) => [...line.matchAll(NAMED_FILES)].flatMap(([, , paths]) => paths!.split(',')))
    .filter((path) => path !== '-' && path !== '');
}

/** Files and folders of manifests that steps name, as they name them. */
export const pathsNamedBy = (steps: readonly FeatureStep[]): string[] => [...new Set(steps.flatMap(pathsOf))];

function textsOf(steps: readonly FeatureStep[], uri: string, disk: Files): Text[] {
  const texts = new Map<string, Text>();
  for (const [i, step] of steps.entries()) {
    const { operation, docString } = step;
    if (operation.op === 'manifest')
      texts.set(`step ${i}`, {
        of: { in: 'step', step: i },
        text: operation.text,
        file: docString?.file ?? uri,
        above: (docString?.line ?? step.line) - 1,
        from: i,
        applied: i,
        steps: [i],
      });
    const files = pathsOf(step).flatMap((path) =>
      readable(path, disk).map((one) => ({ ...one, from: firstNaming(steps, [path, one.file]) })),
    );
    for (const { file, text, from } of files) {
      const known = texts.get(file);
      const of: Text = known ?? {
        of: { in: 'file', path: file },
        text,
        file: isKustomization(file, disk) ? `${file.replace(/\/+$/, '')} (kustomize)` : file,
        above: 0,
        from,
        applied: i,
        steps: [],
      };
      if (known === undefined) texts.set(file, of);
      if (files.length === 1) of.steps.push(i);
    }
  }
  return [...texts.values()];
}

/** The first step that may read one of some paths, whatever it does with it. */
const firstNaming = (steps: readonly FeatureStep[], paths: readonly string[]): number =>
  Math.max(
    0,
    steps.findIndex(({ operation }) => {
      const said = JSON.stringify(operation);
      return paths.some((path) => said.includes(path));
    }),
  );

/** What is there; whoever plays a step that names something else says so. */
function readable(path: string, files: Files): ReturnType<typeof manifestFiles> {
  try {
    return manifestFiles(path, files);
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

/** Undefined of texts that cannot be read: they are there to be refused. */
function read(texts: readonly Text[]): Manifests | undefined {
  try {
    return manifestsOf(
      texts.map((t) => t.text),
      texts.map((t) => t.file),
    );
  } catch (error) {
    if (error instanceof ManifestError) return undefined;
    throw error;
  }
}

function editsOf(steps: readonly FeatureStep[], uri: string, files: Files): EditMutation[] {
  const texts = textsOf(steps, uri, files).filter((t) => read([t]) !== undefined);
  const manifests = read(texts);
  if (manifests === undefined) return [];
  return changesOf(manifests.objects, editsThat('weaken')).map((change) => {
    const place = manifests.texts[change.object]!;
    const { of, file, above, from, applied, steps: appliedBy } = texts[place]!;
    return {
      kind: 'edit',
      edit: change.edit,
      args: { object: shortName(manifests.objects[change.object]!), ...change.args },
      spot: { file, line: above + lineOf(manifests, change) },
      of,
      text: textsWith(manifests, change)[place]!,
      steps: appliedBy,
      from,
      applied,
    };
  });
}

const ACTS = new Set(['act', 'remedy']);

const READS =
  /^kubectl (?:get|describe|logs|top|events|explain|version|api-resources|api-versions|cluster-info|diff|auth (?:can-i|whoami)|rollout (?:history|status))\b/;

/** Whether a step only looks, for a claim behind it to judge what is printed. */
const onlyReads = ({ operation }: FeatureStep): boolean =>
  operation.op === 'kubectl' &&
  operation.lines.every((line) => READS.test(line.trim()) && !/\|\s*kubectl\b/.test(line));

/**
 * Every change of a scenario that it should notice, the weakenings of its manifests in the order of their
 * lines, then its steps.
 * @param bugs those to be planted in its cluster
 */
export function mutationsOf(
  steps: readonly FeatureStep[],
  { uri, files, words, bugs }: { uri: string; files: Files; words: Vocabulary; bugs: readonly Bug[] },
): Mutation[] {
  return [
    ...editsOf(steps, uri, files),
    ...steps.flatMap((one, step): StepMutation[] =>
      ACTS.has(words.familyOf(one.operation).role) && !onlyReads(one)
        ? [{ kind: 'step', step, said: one.text, spot: { file: uri, line: one.line } }]
        : [],
    ),
    ...bugs.map((bug): BugMutation => ({ kind: 'bug', bug })),
  ];
}

/** What a mutation is, in words. */
export function inWords(mutation: Mutation, language: 'en' | 'ja' = 'en'): string {
  switch (mutation.kind) {
    case 'edit':
      return editInWords(mutation.edit, mutation.args, language);
    case 'step':
      return language === 'en' ? `without "${mutation.said}"` : `「${mutation.said}」なし`;
    case 'bug':
      return language === 'en'
        ? `a controller has the bug ${mutation.bug}`
        : `コントローラーにバグ${mutation.bug}がある`;
  }
}
