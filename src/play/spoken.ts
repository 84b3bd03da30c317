/**
 * Sentences of the language as somebody types them: names without their quotes (`node node-1 loses power`),
 * where they are names of what is there, or look like names.
 */
import { InputError } from '../dsl/errors.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { Attachment } from '../dsl/phrases/phrase.ts';
import { quote } from '../dsl/phrases/quoting.ts';
import { readStepFor } from '../dsl/scenario.ts';
import type { Language } from '../messages/languages.ts';
import type { Kit } from '../dsl/types.ts';

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: object };
}

/** As kubectl and steps write it: the namespace only where it is not the default one. */
export const nameOf = ({ metadata: { name, namespace = 'default' } }: Named): string =>
  namespace === 'default' ? name : `${namespace}/${name}`;

/** What steps may name: objects, the containers of Pods, zones. */
function namesIn(objects: readonly unknown[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const object of objects as readonly Named[]) {
    names.add(nameOf(object));
    if (object.kind === 'Pod') for (const { name } of containersOf(object)) names.add(name);
    const zone = (object.metadata.labels as Readonly<Record<string, string>> | undefined)?.[
      'topology.kubernetes.io/zone'
    ];
    if (object.kind === 'Node' && zone !== undefined) names.add(zone);
  }
  return names;
}

export const containersOf = (pod: unknown): readonly { readonly name: string }[] =>
  (pod as { readonly spec?: { readonly containers?: readonly { readonly name: string }[] } }).spec
    ?.containers ?? [];

/** As most names are made up, and few words of sentences: `node-9`, where nothing is called so. */
const NAMELIKE = /^[a-z0-9]+(-[a-z0-9]+)+$/;

/** In quotes, of ASCII (as names are), or of the letters of another language, which stand close to names. */
const WORDS = /"(?:[^"\\]|\\.)*"|'[^']*'|[!#-&(-~]+|[^\s!-~]+/g;
/** Spaces beside letters that need none. */
const LOOSE = /(?<=[^\s!-~])\s+|\s+(?=[^\s!-~])/g;

/** The sentence with quotes around names, around what stands behind `matching`, and around addresses. */
function quoted(text: string, isNamed: (word: string) => boolean): string {
  let last = '';
  return text.replace(LOOSE, '').replace(WORDS, (word) => {
    const bare = !/^["']/.test(word);
    const isName = bare && (isNamed(word) || last === 'matching' || /^https?:\/\//.test(word));
    last = word;
    return isName ? quote(word) : word;
  });
}

/**
 * The operation that a sentence makes, as it is or with quotes around what is a name, or looks like one.
 * @param objects of the API, for their names
 * @throws InputError for what no phrase says, with what may have been meant, in the language
 */
export function spoken(
  text: string,
  attachment: Attachment | undefined,
  objects: () => readonly unknown[],
  kit: Kit,
  language: Language,
): Operation {
  const read = (sentence: string): Operation =>
    readStepFor(language, sentence, attachment, 'When', kit).operation;
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const names = namesIn(objects());
    for (const isNamed of [
      (word: string) => names.has(word),
      (word: string) => names.has(word) || NAMELIKE.test(word),
    ]) {
      try {
        return read(quoted(text, isNamed));
      } catch (again) {
        if (!(again instanceof InputError)) throw again;
      }
    }
    throw error;
  }
}
