import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { TRIALS } from '../../audit/trials/index.ts';
import { InputError } from '../../dsl/errors.ts';
import { filesOf } from '../../dsl/scenario.ts';
import { editOf } from '../../edits/catalogue/index.ts';
import { readFailure } from '../../failures/failure.ts';
import { knownOf, likeOf } from '../../failures/likeness.ts';
import { problemsOf } from '../../failures/play.ts';
import { filesIn } from '../../files.ts';
import { FAILURES, libraryIn } from './library.ts';
import { list, play } from './tell.ts';

const LIBRARY = libraryIn(FAILURES);
const ROOM = 'rollout-without-room';
const FILES = ['failure.yaml', 'as-it-was.yaml', 'fixed.yaml', 'failure.feature', 'failure.ja.feature'];

/** The files of one of them, with changes: what stands there becomes something else. */
function changed(changes: Readonly<Record<string, readonly [string | RegExp, string]>>) {
  const texts = FILES.map((name) => {
    const text = readFileSync(join(FAILURES, ROOM, name), 'utf8');
    const [from, to] = changes[name] ?? ['', ''];
    const now = text.replace(from, to);
    expect(now === text).toBe(changes[name] === undefined);
    return [name, now] as const;
  });
  const files = filesOf(Object.fromEntries(texts));
  return { ...files, list: (path: string) => (path === '.' ? FILES : undefined) };
}

/** What is told while something is done, and what that returns. */
function telling(act: () => number): { code: number; output: string } {
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    const code = act();
    return { code, output: said.mock.calls.map(([text]) => `${String(text)}\n`).join('') };
  } finally {
    said.mockRestore();
  }
}

describe('known failures', () => {
  it.each(LIBRARY.map((f) => [f.name, f] as const))('%s is shown as it was, and mended', (name, failure) => {
    expect(problemsOf(failure, filesIn(join(FAILURES, name)))).toEqual([]);
  });

  it('name kinds of trials, and strengthenings, that there are', () => {
    const kinds = TRIALS.map((t) => t.kind);
    for (const { trials, lacks } of LIBRARY) {
      for (const kind of trials) expect(kinds).toContain(kind);
      for (const edit of lacks) expect(editOf(edit).direction).toBe('strengthen');
    }
  });

  it('are told each once, in both languages', () => {
    for (const language of ['en', 'ja'] as const) {
      const titles = LIBRARY.map((f) => f.told[language].name);
      expect(new Set(titles).size).toBe(titles.length);
      for (const { told } of LIBRARY) expect(told[language].language).toBe(language);
    }
  });
});

it('Jobs that pile up are named where an audit has them wait', () => {
  const found = {
    kind: 'no node has CPU left when runs are due',
    missing: ['ConcurrencyForbidden'],
    beside: [],
  };
  expect(likeOf(found, LIBRARY.map(knownOf)).map(({ name }) => name)).toEqual(['cron-jobs-pile-up']);
});

describe('a failure', () => {
  it.each([
    ['failure.yaml', [/sources:[^]*?(?=\nfix)/, 'sources: []'], 'what nobody published is none'],
    ['failure.yaml', ['Progressing', 'Regressing'], 'there is no card for the concept "Regressing"'],
    ['failure.yaml', ['UnavailableAllowed', 'Wished'], 'there is no edit "Wished"'],
    ['failure.yaml', ['trials', 'trails'], 'there is no "trails": there are concept,'],
  ] as const)('whose %s is wrong is refused: %#', (file, [from, to], wrong) => {
    const read = () => readFailure(ROOM, changed({ [file]: [from, to] }));
    expect(read).toThrow(InputError);
    expect(read).toThrow(wrong);
  });

  it('whose fix does not apply, or that has one half only, is refused when it is played', () => {
    const problems = (changes: Parameters<typeof changed>[0]): string[] => {
      const files = changed(changes);
      return problemsOf(readFailure(ROOM, files), files);
    };
    expect(() => problems({ 'failure.yaml': ['UnavailableAllowed', 'BudgetOpened'] })).toThrow(
      'BudgetOpened does not apply to as-it-was.yaml',
    );
    expect(() => problems({ 'failure.feature': ['@expect-failure', ''] })).toThrow(
      'has examples tagged @expect-failure',
    );
  });

  it('that does not go as it is told, is told so', () => {
    const problems = (changes: Parameters<typeof changed>[0]): string[] => {
      const files = changed(changes);
      return problemsOf(readFailure(ROOM, files), files);
    };
    const undone = ['maxUnavailable: 1', 'maxUnavailable: 0'] as const;
    expect(problems({ 'fixed.yaml': undone })).toEqual([
      expect.stringContaining('run npm run generate'),
      expect.stringContaining(
        'with the fix, within 10 minutes the rollout of deployment "nginx" is complete',
      ),
    ]);
    expect(problems({ 'as-it-was.yaml': ['replicas: 3', 'replicas: 2'] })).toContain(
      'as it was, every claim holds: the failure is not shown',
    );
    expect(problems({ 'failure.ja.feature': ['nginx:1.13', 'nginx:1.14'] })).toEqual([
      'failure.feature and failure.ja.feature do not play the same',
    ]);
  });

  it('is like a finding of the same kind that the same mends', () => {
    const library = LIBRARY.map(knownOf);
    const like = (kind: string, ...missing: string[]): string[] =>
      likeOf({ kind, missing, beside: [] }, library).map((k) => k.name);
    expect(like('it is rolled out anew', 'UnavailableAllowed')).toContain(ROOM);
    expect(like('it is rolled out anew', 'BudgetAdded')).not.toContain(ROOM);
    expect(like('a zone loses power', 'UnavailableAllowed')).not.toContain(ROOM);
    const drained = { kind: 'nodes are rebooted in turn', missing: ['ReplicasRaised'] };
    const named = (...beside: string[]): string[] =>
      likeOf({ ...drained, beside }, library).map((k) => k.name);
    expect(named()).not.toContain('one-replica-one-budget');
    expect(named('PodDisruptionBudget')).toContain('one-replica-one-budget');
  });
});

describe('seatrial failures', () => {
  it('lists them, as text and as JSON', () => {
    const { code, output } = telling(() => list('ja', false));
    expect(code).toBe(0);
    expect(output).toMatch(/^rollout-without-room +場所のないロールアウト$/m);
    const listed = JSON.parse(telling(() => list('en', true)).output) as { name: string; fix: string[] }[];
    expect(listed.map((f) => f.name)).toEqual(LIBRARY.map((f) => f.name));
    expect(listed.find((f) => f.name === ROOM)?.fix).toEqual([
      'deployment/nginx: one pod ends first, so that there is room for its successor',
    ]);
  });

  it('plays both halves of one, and refuses what is none', () => {
    const { code, output } = telling(() => play(ROOM, 'en', false));
    expect(code).toBe(0);
    expect(output).toContain('https://github.com/kubernetes/kubernetes/issues/116891');
    expect(output).toMatch(/As it was: within 10 minutes the rollout .*\n {2}broken at 0:10:/);
    expect(output).toContain('+      maxUnavailable: 1');
    expect(output).toContain('With the fix: every claim holds\n');
    const { halves } = JSON.parse(telling(() => play(ROOM, 'ja', true)).output) as { halves: object[] };
    expect(halves).toEqual([
      expect.objectContaining({ asItWas: true, found: expect.stringContaining('進行中') as string }),
      { asItWas: false },
    ]);
    expect(() => play('A rollout without rooms', 'en', false)).toThrow(/nearest are: rollout-without-room, /);
    expect(() => play('none', 'en', false)).toThrow(
      'there is no failure "none"; seatrial failures lists all',
    );
  });
});
