/** That bad input is told in the words of the catalogue, which has them in every language. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const SRC = new URL('..', import.meta.url);

/** The rooms whose errors a feature meets. */
const ROOMS = ['chaos', 'dsl', 'drivers', 'explore/draw.ts'];

/** Who says something in other words than the catalogue's, how often, and whose they are. */
const OTHERWISE: Readonly<Record<string, readonly [times: number, whose: string]>> = {
  'chaos/types.ts': [2, 'the class itself'],
  'chaos/schedulefile.ts': [1, 'the catalogue, by key'],
  'dsl/errors.ts': [4, 'the class itself, and what was said already'],
  'dsl/feature.ts': [3, "the parser's of Gherkin, and what was said already"],
  'dsl/inlinemanifests.ts': [1, "kustomize's"],
  'dsl/interpreter.ts': [1, "the API server's"],
  'dsl/kitfile.ts': [3, 'of the command line, before there is a feature'],
  'dsl/operator.ts': [1, "kubectl's"],
  'dsl/phrases/vocabulary.ts': [3, 'to programs, whose operations are of no family'],
  'dsl/scenario.ts': [1, 'to programs, whose sentences are English'],
  'dsl/striking.ts': [1, 'said already'],
  'dsl/taken.ts': [1, 'said already'],
};

const files = ROOMS.flatMap((room) =>
  room.endsWith('.ts')
    ? [room]
    : readdirSync(new URL(room, SRC), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => `${room}/${name}`),
);

it('is told by key, but for those that are named', () => {
  const found = files.flatMap((file) => {
    const code = readFileSync(new URL(file, SRC), 'utf8').replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
    const times = code.match(/new (?:InputError|FaultError|RefusedError|UnwritableError)\(/g)?.length ?? 0;
    return times === 0 ? [] : [[file, times] as const];
  });
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries(Object.entries(OTHERWISE).map(([file, [times]]) => [file, times])),
  );
});
