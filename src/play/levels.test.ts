import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filesOf } from '../dsl/scenario.ts';
import { beginLevel, problemsOf, solve } from './checklevel.ts';
import { readLevel } from './readlevel.ts';
import { scoreOf } from './score.ts';
import { Terminal } from './terminal.ts';

const bundled = (language: string): string =>
  fileURLToPath(new URL(`../../features/levels/${language}`, import.meta.url));
const IDS = readdirSync(bundled('en')).sort();
const NONE = filesOf({});
const levelOf = (language: string, id: string) =>
  readLevel(readFileSync(`${bundled(language)}/${id}`, 'utf8'), id, NONE);

const level = (steps: string, tags = '@level @commands:1 @outage:5s @budget') => `${tags}
Feature: A small one
  Two lines
  of a story.

  Background:
    Given a cluster with 2 nodes
    And I run "kubectl create deployment web --image=nginx --replicas=2"
    And I run "kubectl expose deployment web --port=80"
    And every pod is ready
    And a client sends 5 requests per second to "http://web/"

${steps}
`;
const SOLUTION = `  @solution
  Scenario: Scale
    When I run "kubectl scale deployment web --replicas=3"
    Then within 1 minute deployment "web" has 3 of 3 replicas available
    And no request failed`;
const read = (text: string) => readLevel(text, 'levels/small.feature', NONE);

describe('levels that come with Seatrial', () => {
  it('are the same in both languages', () => {
    expect(readdirSync(bundled('ja')).sort()).toEqual(IDS);
    for (const id of IDS) {
      const [en, ja] = [levelOf('en', id), levelOf('ja', id)];
      expect(JSON.stringify([ja.start, ja.stars, ja.hints.map((h) => h.lines)])).toBe(
        JSON.stringify([en.start, en.stars, en.hints.map((h) => h.lines)]),
      );
      const played = (of: typeof en): string =>
        JSON.stringify([
          of.goals.map((g) => g.operation),
          of.solutions.map((s) => s.steps.map((x) => x.operation)),
        ]);
      expect(played(ja)).toBe(played(en));
      expect([en.language, ja.language]).toEqual(['en', 'ja']);
    }
  });

  // What they play is the same in both.
  it.each(IDS)('%s: its start does not meet the goals, its solutions do, and earn all stars', (id) => {
    expect(problemsOf(levelOf('en', id))).toEqual([]);
  });
});

describe('a level', () => {
  it('is read from a feature', () => {
    const hint = `  @hint
  Scenario: Ask how many there are
    When I run "kubectl get deployments"
    Then the output contains "2/2"

`;
    const { id, title, story, hints, goals, stars, solutions } = read(level(hint + SOLUTION));
    expect({ id, title, story, hints, stars }).toEqual({
      id: 'small',
      title: 'A small one',
      story: 'Two lines\nof a story.',
      hints: [{ text: 'Ask how many there are', lines: ['kubectl get deployments'] }],
      stars: { commands: 1, outageMs: 5000, budget: true },
    });
    expect(goals.map((g) => g.text)).toEqual([
      'within 1 minute deployment "web" has 3 of 3 replicas available',
      'no request failed',
    ]);
    expect(solutions.map((s) => s.steps.length)).toEqual([1]);
  });

  it.each([
    [level(SOLUTION, ''), 'levels/small.feature: this is no level: "@level" stands above'],
    [level(''), 'a level has a scenario tagged @solution'],
    [
      level(SOLUTION.replace(/ {4}(Then|And).*\n?/g, '')),
      'levels/small.feature:14: a solution ends in "Then"',
    ],
    [
      level(SOLUTION.replace('And no', 'And I run "kubectl get pods"\n    And no')),
      ':17: behind "Then" stand goals',
    ],
    [level(SOLUTION.replace('within', 'since "x" within')), ':16: a goal counts from the start'],
    [
      level(`${SOLUTION}\n\n${SOLUTION.replace('3 of 3', '2 of 2')}`),
      ':20: all solutions of a level end in the same',
    ],
    [level(SOLUTION, '@level @outage:soon'), 'the tag @outage:soon should hold a duration'],
    [level(SOLUTION, '@level @commands:few'), 'commands should be a number'],
  ])('that is none is refused (%#)', (text, wrong) => {
    expect(() => read(text)).toThrow(wrong);
  });

  it('that cannot be played so is told why', () => {
    const met = level(SOLUTION.replaceAll('3', '2'));
    expect(problemsOf(read(met))).toContain('the start meets the goals already');
    const lazy = level(SOLUTION.replace('--replicas=3', '--replicas=1'));
    expect(problemsOf(read(lazy))[0]).toContain(
      'does not come to "within 1 minute deployment "web" has 3 of 3',
    );
    const busy = level(
      SOLUTION.replace('    Then', '    And I run "kubectl label deployment web a=b"\n    Then'),
    );
    expect(problemsOf(read(busy))).toEqual([
      'solution "Scale" does not earn the star for commands: 2, not 1',
    ]);
    expect(problemsOf(read(level(SOLUTION, '@level')))[0]).toContain('no star can be earned');
    expect(() =>
      problemsOf(read(level(SOLUTION.replace('scale deployment web', 'scale deployment wbe')))),
    ).toThrow('not found');
  });

  it('counts outages, commands and broken budgets since its start, up to its end', () => {
    const small = read(level(SOLUTION));
    const live = solve(small, small.solutions[0]!);
    expect(scoreOf(live, small).map((s) => [s.of, s.measured])).toEqual([
      ['outageMs', 0],
      ['commands', 1],
      ['budget', 0],
    ]);
    const clumsy = beginLevel(small);
    const t = new Terminal(clumsy, { language: 'en', level: small });
    t.run('kubectl delete pods -l app=web --force --grace-period=0');
    t.run('wait 10s');
    expect(t.run('goals').text).toMatch(/✗ no request failed \(broken\)\n +broken at/);
    t.run('undo');
    t.run('undo');
    expect(t.run('goals').text).not.toContain('✗');
    expect(t.run('scale deployment web --replicas=3').text).toBe('deployment.apps/web scaled');
    const won = t.run('wait 1m').text;
    expect(won).toContain('All goals are met, at 0:00:');
    expect(won.split('★')).toHaveLength(4);
    expect(t.run('wait 1m').text).toMatch(/^0:01:/);
  });
});
