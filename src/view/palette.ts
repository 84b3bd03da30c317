/** What can be done to a cluster: every fault of the catalogue, and the sentence it makes. */
import { checkCall, columnOf, isClosed, printField, type ParameterField } from '../chaos/fields.ts';
import { standardFaults } from '../chaos/index.ts';
import { callOf } from '../chaos/schedule.ts';
import type { Family, TargetKind } from '../chaos/types.ts';
import { inputErrorOf } from '../dsl/errors.ts';
import { standardKit } from '../dsl/kit.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { StepText } from '../dsl/phrases/phrase.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import { readStepFor } from '../dsl/scenario.ts';
import type { Language } from '../messages/index.ts';
import type { Worded } from './run.ts';
import { PARAMETER_WORDS } from './words/parameters.ts';

export interface FaultOffer {
  readonly kind: string;
  readonly family: Family;
  readonly target: TargetKind;
  /** Its sentence with gaps: `… loses power`. */
  readonly gist: Worded;
  readonly parameters: readonly ParameterOffer[];
}

export interface ParameterOffer {
  /** As tables call it: `for`, `exitCode`. */
  readonly name: string;
  readonly called: Worded;
  readonly required: boolean;
  /** What holds where nothing is said. */
  readonly given?: string;
  /** Values to choose from; where `closed`, no others are allowed. */
  readonly among: readonly string[];
  readonly closed: boolean;
}

/** A fault by its kind and the texts of its fields, `target` among them; or a step, or a kubectl line. */
export type Choice =
  | { readonly kind: string; readonly values: Readonly<Record<string, string>> }
  | { readonly text: string };

/** The operation of a choice, and the step that says it. */
export interface Said extends StepText {
  readonly operation: Operation;
}

const gistOf = (phrase: string): string =>
  phrase
    .replace(/\{lasting\w*\}/g, '')
    .replace(/\{[^}]*\}/g, '…')
    .replace(/\/[^\s…]+/g, '')
    .replace(/\((s|es)\)/g, '')
    .trim();

export const faultOffers = (): FaultOffer[] =>
  standardFaults.all.map(({ kind, family, target, phrases, parameters }) => ({
    kind,
    family,
    target,
    gist: { en: gistOf(phrases[0]?.en ?? kind), ja: gistOf(phrases[0]?.ja ?? kind) },
    parameters: parameters.map((p) => {
      const field = p.field as ParameterField;
      return {
        name: columnOf(field),
        called: PARAMETER_WORDS[field],
        required: p.required === true,
        ...(p.default === undefined ? {} : { given: printField(field, p.default) }),
        among: (p.among ?? []).map((value) => printField(field, value)),
        closed: isClosed(p),
      };
    }),
  }));

function operationOf(choice: Choice, language: Language): Operation {
  if ('text' in choice) {
    const text = choice.text.trim();
    return text.startsWith('kubectl ')
      ? { op: 'kubectl', lines: [text] }
      : readStepFor(language, text, undefined, 'When', standardKit).operation;
  }
  const given = Object.entries(choice.values).filter(([, value]) => value.trim() !== '');
  const fault = callOf(choice.kind, Object.fromEntries(given.map(([name, value]) => [name, value.trim()])));
  checkCall(standardFaults.named(choice.kind), fault);
  return { op: 'fault', fault };
}

/**
 * The sentence of a choice.
 * @throws InputError for what is missing or wrong in it
 * @example said({ kind: 'NodePowerLoss', values: { target: 'node-1', for: '2m' } }, 'en').text
 */
export function said(choice: Choice, language: Language): Said {
  try {
    const operation = operationOf(choice, language);
    return { operation, ...vocabularyOf(standardKit).render(operation, language) };
  } catch (error) {
    throw inputErrorOf(error, language) ?? error;
  }
}
