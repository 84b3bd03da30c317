/**
 * Sentences of the language as somebody types them: names without their quotes (`node node-1 loses power`),
 * where they are names of what is there.
 */
import { InputError } from '../dsl/errors.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { Attachment } from '../dsl/phrases/phrase.ts';
import { quote } from '../dsl/phrases/quoting.ts';
import { readStep } from '../dsl/scenario.ts';
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

/** The sentence with quotes around names, around what stands behind `matching`, and around addresses. */
function quoted(text: string, names: ReadonlySet<string>): string {
  let last = '';
  return text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']+/g, (word) => {
    const bare = !/^["']/.test(word);
    const isName = bare && (names.has(word) || last === 'matching' || /^https?:\/\//.test(word));
    last = word;
    return isName ? quote(word) : word;
  });
}

/**
 * The operation that a sentence makes, as it is or with quotes around what is a name.
 * @param objects of the API, for their names
 * @throws InputError for what no phrase says, with what may have been meant
 */
export function spoken(
  text: string,
  attachment: Attachment | undefined,
  objects: () => readonly unknown[],
  kit: Kit,
): Operation {
  try {
    return readStep(text, attachment, 'When', kit).operation;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const withQuotes = quoted(text, namesIn(objects()));
    if (withQuotes === text) throw error;
    return readStep(withQuotes, attachment, 'When', kit).operation;
  }
}
