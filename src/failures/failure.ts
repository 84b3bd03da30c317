/**
 * A failure that was published: its manifests as they were, a feature that shows it, where it was told, what
 * mends it. Each is a folder: `failure.yaml`, `as-it-was.yaml`, `fixed.yaml` where manifests mend it, and one
 * feature a language. The feature is an outline of two examples: what was, tagged `@expect-failure`, and what
 * holds with the fix. Some have a second one, `search.feature`, which says of `any` faults what never happens
 * with the fix: a small scope, in which an exhaustive search finds the failure.
 */
import { parse } from 'yaml';
import { InputError } from '../dsl/errors.ts';
import { readFeature, readFeatureHead, type FeatureHead, type FeatureScenario } from '../dsl/feature.ts';
import type { Files } from '../dsl/types.ts';
import { changesOf } from '../edits/apply.ts';
import { EDITS, editInWords, editOf } from '../edits/catalogue/index.ts';
import type { Change } from '../edits/edit.ts';
import { manifestsOf, textsWith } from '../edits/manifests.ts';
import { isFields, shortName } from '../edits/shapes.ts';
import { LANGUAGES, type Language } from '../messages/index.ts';
import { CONCEPTS, type Concept } from '../view/words/concepts/index.ts';

export interface Source {
  /** `kubernetes/kubernetes#72320: CrashLoopBackoff Pod cannot be evicted because of …` */
  readonly title: string;
  readonly url: string;
}

/** An edit of the catalogue, where it applies first, or of an object such as `deployment/web`. */
export interface FixingEdit {
  readonly edit: string;
  readonly object?: string;
}

/** What comes of searching all of the scope of `search.feature`. */
export interface Searched {
  /** How many schedules it holds. */
  readonly schedules: number;
  /** Which of them, in their order, is the first to show the failure as it was; with the fix none is. */
  readonly foundBy: number;
}

export interface Failure {
  /** Of its folder: `rollout-without-room`. */
  readonly name: string;
  /** What its features say of it. */
  readonly told: Readonly<Record<Language, FeatureHead>>;
  readonly sources: readonly Source[];
  /** What is to be understood of it. */
  readonly concept: Concept;
  /** Its manifests as they were, and with the fix where manifests are what is fixed. */
  readonly manifests: { readonly before: string; readonly after?: string };
  /** What mends it, where edits do: `after` is what they make of `before`. */
  readonly edits: readonly FixingEdit[];
  /** What mends it, where no edit does. */
  readonly said?: Readonly<Record<Language, string>>;
  /** Kinds of an audit's trials that bring it about. */
  readonly trials: readonly string[];
  /** Strengthenings that are missing where it comes about. */
  readonly lacks: readonly string[];
  /**
   * Kinds of which something is about the same Pods, without which it does not come about.
   * `PodDisruptionBudget of nobody`: one of the same namespace that is over no workload.
   */
  readonly beside: readonly string[];
  /** Absent: there is no scope in which it is searched for. */
  readonly search?: Searched;
}

export const FEATURES: Readonly<Record<Language, string>> = {
  en: 'failure.feature',
  ja: 'failure.ja.feature',
};
/** Those that search for it. */
export const SEARCHES: Readonly<Record<Language, string>> = { en: 'search.feature', ja: 'search.ja.feature' };
const BEFORE = 'as-it-was.yaml';
const AFTER = 'fixed.yaml';

const MEMBERS = ['concept', 'sources', 'fix', 'trials', 'lacks', 'beside', 'search'];

/** Whether it shows what was, not what holds with the fix. */
export const isAsItWas = ({ tags }: Pick<FeatureScenario, 'tags'>): boolean =>
  tags.includes('@expect-failure');

const refuse = (where: string, what: string): never => {
  throw new InputError(`${where}: ${what}`);
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((v) => typeof v === 'string');

function textsOf(value: unknown, where: string): readonly string[] {
  return value === undefined ? [] : isTexts(value) ? value : refuse(where, 'this should be a list of texts');
}

function sourcesOf(value: unknown, where: string): readonly Source[] {
  const isSource = (v: unknown): v is Source =>
    isFields(v) && typeof v['title'] === 'string' && /^https:\/\//.test(String(v['url']));
  return Array.isArray(value) && value.length > 0 && value.every(isSource)
    ? (value as readonly Source[])
    : refuse(where, 'sources are one or more of {title, url: https://…}: what nobody published is none');
}

function conceptOf(value: unknown, where: string): Concept {
  return (
    CONCEPTS.find(({ met }) => met.includes(String(value))) ??
    refuse(where, `there is no card for the concept "${String(value)}": it is named by what it is met by`)
  );
}

/** @throws InputError for edits that do not apply one after the other */
function editedBy(edits: readonly FixingEdit[], before: string, where: string): [string, readonly Change[]] {
  const made: Change[] = [];
  let text = before;
  for (const { edit, object } of edits) {
    const manifests = manifestsOf([text], [BEFORE]);
    const change = changesOf(manifests.objects, [editOf(edit)]).find(
      (c) => object === undefined || shortName(manifests.objects[c.object]!) === object,
    );
    if (change === undefined) return refuse(where, `${edit} does not apply to ${object ?? BEFORE}`);
    made.push({ ...change, args: { object: shortName(manifests.objects[change.object]!), ...change.args } });
    text = `${textsWith(manifests, change)[0]!}\n`;
  }
  return [text, made];
}

/** The manifests with the fix, as its edits make them. @throws InputError for edits that do not apply */
export const fixedBy = ({ name, edits, manifests }: Failure): string =>
  editedBy(edits, manifests.before, `${name}/failure.yaml`)[0];

/** The fix, a line each. @throws InputError for edits that do not apply */
export function fixInWords({ name, edits, manifests, said }: Failure, language: Language): string[] {
  if (said !== undefined) return [said[language]];
  const [, changes] = editedBy(edits, manifests.before, `${name}/failure.yaml`);
  return changes.map((c) => editInWords(c.edit, c.args ?? {}, language));
}

/**
 * The scenarios of both halves.
 * @param files of its folder. @param features those that show it, or that search for it
 * @throws InputError as `readFeature`
 */
export function scenariosOf(
  { name }: Failure,
  files: Files,
  language: Language,
  features = FEATURES,
): readonly FeatureScenario[] {
  const file = features[language];
  const scenarios = readFeature(files.readFile(file), `${name}/${file}`);
  for (const half of [true, false])
    if (!scenarios.some((s) => isAsItWas(s) === half))
      refuse(`${name}/${file}`, 'a failure has examples tagged @expect-failure, and others');
  return scenarios;
}

function fixOf(fix: unknown, where: string): Pick<Failure, 'edits' | 'said'> {
  const what = isFields(fix) ? fix : {};
  const { en, ja, edits } = what;
  if (typeof en === 'string' && typeof ja === 'string') return { edits: [], said: { en, ja } };
  if (!Array.isArray(edits))
    return refuse(where, 'fix holds edits of the catalogue, or says in en and ja what was changed');
  for (const { edit } of edits as readonly FixingEdit[])
    if (!EDITS.some((e) => e.name === edit)) refuse(where, `there is no edit "${edit}"`);
  return { edits: edits as readonly FixingEdit[] };
}

function searchOf(search: unknown, where: string): Pick<Failure, 'search'> {
  if (search === undefined) return {};
  const { schedules, foundBy } = isFields(search) ? search : {};
  if (typeof schedules !== 'number' || typeof foundBy !== 'number')
    return refuse(where, 'search holds how many schedules there are, and which one finds it (foundBy)');
  return { search: { schedules, foundBy } };
}

/**
 * Reads the folder of a failure.
 * @param files its own
 * @throws InputError with file and what should stand there
 * @example readFailure('rollout-without-room', filesIn('failures/rollout-without-room'))
 */
export function readFailure(name: string, files: Files): Failure {
  const where = `${name}/failure.yaml`;
  const about: unknown = parse(files.readFile('failure.yaml'));
  if (!isFields(about)) return refuse(where, 'this should be an object');
  const unknown = Object.keys(about).find((key) => !MEMBERS.includes(key));
  if (unknown !== undefined) refuse(where, `there is no "${unknown}": there are ${MEMBERS.join(', ')}`);
  const told = Object.fromEntries(
    LANGUAGES.map((language) => {
      const file = FEATURES[language];
      return [language, readFeatureHead(files.readFile(file), `${name}/${file}`)];
    }),
  ) as Record<Language, FeatureHead>;
  const { edits, said } = fixOf(about['fix'], where);
  const hasAfter = files.list?.('.')?.includes(AFTER) ?? false;
  const trials = textsOf(about['trials'], `${where}: trials`);
  const lacks = textsOf(about['lacks'], `${where}: lacks`);
  return {
    name,
    told,
    sources: sourcesOf(about['sources'], where),
    concept: conceptOf(about['concept'], where),
    manifests: { before: files.readFile(BEFORE), ...(hasAfter ? { after: files.readFile(AFTER) } : {}) },
    edits,
    ...(said === undefined ? {} : { said }),
    trials,
    lacks: lacks.length > 0 ? lacks : edits.map((e) => e.edit),
    beside: textsOf(about['beside'], `${where}: beside`),
    ...searchOf(about['search'], where),
  };
}
