import fc from 'fast-check';
import { expect, it } from 'vitest';
import { InputError } from '../dsl/errors.ts';
import { readFeature } from '../dsl/feature.ts';
import { playScenario } from '../dsl/playfeature.ts';
import type { AssertOperation } from '../dsl/operations/operation.ts';
import { filesOf, readStep } from '../dsl/scenario.ts';
import { Live } from './live.ts';
import { Referee } from './referee.ts';
import { OPENED, SHOP } from './testing.ts';

const hashOfFeature = (feature: string): string =>
  playScenario(readFeature(feature, 'saved.feature')[0]!, { files: filesOf({}) }).cluster.hash();

const GOALS = [
  'a request to "http://web/" answers 200',
  'at every moment at least 1 pod matching "app=web" was serving',
  'within 5 minutes deployment "web" has 3 of 3 replicas available',
].map((goal) => readStep(`Then ${goal}`).operation as AssertOperation);

type Deed = (live: Live) => void;

const STEPS: readonly (readonly [step: string, text?: string])[] = [
  ['node "node-1" loses power for 2 minutes'],
  ['node "node-2" is cordoned'],
  ['a pod matching "app=web" is deleted'],
  ['deployment "web" is scaled to 3'],
  ['"rm /usr/share/nginx/html/index.html" is executed in a pod matching "app=web"'],
  ['a client sends 5 requests per second to "http://web/"'],
  ['the manifest:', SHOP.replace('replicas: 2', 'replicas: 1')],
  ['pod "no-such" is deleted'],
  ['within 2 minutes node "node-1" is unknown'],
];
const LINES = [
  'get pods -o wide',
  'kubectl scale deployment web --replicas=4',
  'delete pod -l app=web',
  'set image deployment/web web=nginx:1.27',
  'rollout status deployment/web',
  'delete deployment no-such',
  // The first of the two is gone when the second fails.
  'delete service/web service/no-such',
  'drain node-2 --ignore-daemonsets --timeout=30s',
];

/** What cannot be done is refused, and the life goes on. */
const tried =
  (deed: Deed): Deed =>
  (live) => {
    try {
      deed(live);
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'TypeError') throw error;
    }
  };

const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc
    .constantFrom(...STEPS)
    .map(([step, text]) => tried((live) => void live.play(readStep(step, text).operation))),
  fc.constantFrom(...LINES).map((line) => tried((live) => void live.kubectl(line))),
  // Time in slices that end wherever they happen to.
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 1, max: 30 })), { maxLength: 3 })
    .map(
      (slices): Deed =>
        (live) => {
          for (const [ms, events] of slices) {
            let seen = 0;
            live.pass(ms, () => (seen += 1) > events);
          }
        },
    ),
  fc.constant<Deed>((live) => void live.untilChange(60_000)),
  fc.constant<Deed>((live) => void live.untilSettled(600_000)),
  fc.constant<Deed>((live) => void live.undo()),
  fc.integer({ min: 0, max: 100 }).map(
    (share): Deed =>
      (live) =>
        live.rewind(live.startedAt + Math.floor(((live.now - live.startedAt) * share) / 100)),
  ),
);

it('is a feature that comes to the same history, whatever was done and taken back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.array(deeds, { maxLength: 8 }),
      fc.constantFrom('en' as const, 'ja' as const),
      (seed, all, language) => {
        const begin = { seed: String(seed), start: OPENED, files: filesOf({}) };
        const live = Live.begin(begin);
        const watched = Live.begin({ ...begin, referee: new Referee(GOALS) });
        for (const deed of all) {
          deed(live);
          deed(watched);
        }
        expect(hashOfFeature(live.feature('What I did', language))).toBe(live.hash);
        // Nobody plays otherwise because somebody looks on.
        expect(watched.hash).toBe(live.hash);
      },
    ),
    { numRuns: 25 },
  );
});

it('forks lives that know nothing of each other', () => {
  const live = Live.begin({ seed: '1', start: OPENED, files: filesOf({}) });
  live.pass(5000);
  const { hash } = live;
  const fork = live.fork();
  fork.kubectl('scale deployment web --replicas=5');
  fork.pass(60_000);
  expect(live.hash).toBe(hash);
  expect(live.now).toBe(fork.now - 60_000);
  live.pass(60_000);
  live.rewind(live.now - 60_000);
  expect(live.hash).toBe(hash);
  expect(() => live.play(readStep('any 1 to 3 faults strike within 1 minute').operation)).toThrow(InputError);
});
