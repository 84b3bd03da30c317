/** How long clients went without an answer, counted from a model of each request. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outage, SentRequests } from '../../drivers/driver.ts';
import { ClaimError } from '../errors.ts';
import { Scenario } from '../scenario.ts';
import { outage } from './outage.ts';
import type { Verdict, View } from './types.ts';
import type { OutageClaim } from './claim.ts';

const STARTED_MS = 1000;
const PER_SECOND = 7;

/** Requests 1, 2, … and whether each failed. */
type Fate = readonly boolean[];

const dueAt = (n: number): number => STARTED_MS + Math.floor((n * 1000) / PER_SECOND);

/** What the client remembers of them by a time. */
function outagesOf(fate: Fate, byMs: number): Outage[] {
  const found: { fromMs: number; toMs?: number }[] = [];
  fate.forEach((failed, i) => {
    const at = dueAt(i + 1);
    if (at > byMs) return;
    const last = found[found.length - 1];
    const isOn = last !== undefined && last.toMs === undefined;
    if (failed && !isOn) found.push({ fromMs: at });
    else if (!failed && isOn) last.toMs = at;
  });
  return found;
}

/** Asks at a time, of a client that has come as far as `byMs`: no further than now, where that is all. */
function ask(claim: OutageClaim, fate: Fate, atMs: number, byMs: number, fromAt: number): Verdict {
  const client = {
    url: 'http://web/',
    namespace: 'default',
    startedAt: STARTED_MS,
    perSecond: PER_SECOND,
    sent: fate.length,
    failed: 0,
    failures: [],
    outages: outagesOf(fate, byMs),
  } satisfies SentRequests;
  const driver = { network: { clients: () => [client] } };
  return outage.evaluate(claim, {
    at: atMs,
    byMs: Number.POSITIVE_INFINITY,
    driver,
    live: atMs === byMs ? driver : undefined,
    span: { from: 1, fromAt, to: 1, history: [] },
  } as unknown as View);
}

/** Requests sent after `fromAt` and by `atMs`, in runs of failures: [first, how many, when over]. */
function runs(fate: Fate, atMs: number, fromAt: number): { failed: number; lengthMs: number }[] {
  const found: { failed: number; lengthMs: number }[] = [];
  let first: number | undefined;
  let failed = 0;
  for (let n = 1; n <= fate.length && dueAt(n) <= atMs; n += 1) {
    if (dueAt(n) <= fromAt) continue;
    if (fate[n - 1]) {
      first ??= dueAt(n);
      failed += 1;
    } else if (first !== undefined) {
      found.push({ failed, lengthMs: dueAt(n) - first });
      first = undefined;
      failed = 0;
    }
  }
  if (first !== undefined) found.push({ failed, lengthMs: atMs - first });
  return found;
}

const fates = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 });
const claims = fc.oneof(
  fc.integer({ min: 0, max: 6 }).map((atMostInARow): OutageClaim => ({ claim: 'outage', atMostInARow })),
  fc.integer({ min: 1, max: 2000 }).map((underMs): OutageClaim => ({ claim: 'outage', underMs })),
);
const breaks = (
  { atMostInARow, underMs }: OutageClaim,
  run: { failed: number; lengthMs: number },
): boolean => (atMostInARow === undefined ? run.lengthMs >= underMs! : run.failed > atMostInARow);
const times = fc.integer({ min: 0, max: dueAt(30) });

describe('an outage', () => {
  it('is the longest run of failures within the span, whenever it is asked and whatever came later', () => {
    fc.assert(
      fc.property(fates, claims, times, times, fc.boolean(), (fate, claim, one, other, whole) => {
        const end = dueAt(fate.length);
        const at = Math.min(end, Math.max(one, other));
        const fromAt = whole ? STARTED_MS : Math.max(STARTED_MS, Math.min(at, one, other));
        const expected = !runs(fate, at, fromAt).some((run) => breaks(claim, run));
        for (const byMs of [at, end]) expect(ask(claim, fate, at, byMs, fromAt).holds).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('is asked again no later than it can break', () => {
    fc.assert(
      fc.property(fates, claims, times, (fate, claim, time) => {
        const end = dueAt(fate.length);
        const at = Math.min(end, time);
        for (const byMs of [at, end]) {
          const verdict = ask(claim, fate, at, byMs, STARTED_MS);
          if (!verdict.holds) continue;
          for (let later = at + 1; later <= end; later += 1) {
            if (ask(claim, fate, later, later, STARTED_MS).holds) continue;
            expect(verdict.recheckAt).toBeLessThanOrEqual(later);
            break;
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

const POD = `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
`;

describe('a client', () => {
  const scenario = new Scenario()
    .say('Given a cluster with 1 node')
    .say('And the manifest:', POD)
    .say('And every pod is ready')
    .say('And a client sends 7 requests per second to "http://web/"')
    .say('When 5 seconds pass')
    .say('And container "web" of pod "web" crashes')
    .say('And 20 seconds pass');
  const found = (line: string): string => {
    try {
      scenario.fork().say(line);
    } catch (error) {
      if (error instanceof ClaimError) return `${error.found} because of ${error.causes.join(' ')}`;
      throw error;
    }
    throw new Error(`it holds: ${line}`);
  };

  it('remembers its outages as its failures say', () => {
    const [client] = scenario.cluster.processes('client');
    const { failures, outages } = client!.state as unknown as SentRequests;
    expect(outages).toHaveLength(1);
    expect(outages[0]!.fromMs).toBe(failures[0]!.at);
    const next = failures[failures.length - 1]!.at + 1000 / 7;
    expect(Math.abs(outages[0]!.toMs! - next)).toBeLessThanOrEqual(1);
  });

  it('tells how many failed, for how long, since when and why', () => {
    const { failures } = scenario.cluster.processes('client')[0]!.state as unknown as SentRequests;
    const said = new RegExp(
      `^${failures.length} failed in a row, for \\S+ from \\[0:00:\\S+\\]: refused, nothing listens at pod ` +
        'default/web because of .*container web of pod default/web crashes',
      's',
    );
    expect(found(`Then at most ${failures.length - 1} requests failed in a row`)).toMatch(said);
    expect(found('Then the longest outage was under 1 second')).toMatch(said);
    scenario.fork().say(`Then at most ${failures.length} requests failed in a row`);
    scenario.fork().say('Then the longest outage was under 1 minute');
  });

  it('notices ahead what no entry of the history tells', () => {
    const down = scenario.fork().say('When node "node-1" loses power');
    expect(() => down.fork().say('Then for 30 seconds the longest outage is under 10 seconds')).toThrow(
      /failed in a row, for 10 seconds/,
    );
    expect(() => down.fork().say('Then for 30 seconds at most 5 requests failed in a row')).toThrow(
      /^[^]*6 failed in a row/,
    );
  });

  it('remembers the longest outage however many short ones follow', () => {
    const pods = ['a', 'b'].map((name) => POD.replace('{name: web}', `{name: ${name}, labels: {app: web}}`));
    const service = `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
    const flaky = new Scenario()
      .say('Given a cluster with 1 node')
      .say('And the manifest:', [...pods, service].join('---'))
      .say('And every pod is ready')
      .say('And a client sends 1000 requests per second to "http://web/"')
      .say('When a container of every pod matching "app=web" refuses connections for 3 seconds')
      .say('And 4 seconds pass')
      .say('And a container of pod "a" refuses connections')
      .say('And 50 seconds pass');
    const [client] = flaky.cluster.processes('client');
    const { outages } = client!.state as unknown as SentRequests;
    // The list has been cut: some 12,000 outages were met.
    expect(outages.length).toBeLessThan(10_000);
    expect(outages.length).toBeGreaterThan(5_000);
    expect(() => flaky.say('Then the longest outage was under 2 seconds')).toThrow(
      /failed in a row, for 2s99\dms/,
    );
  });

  it('must have sent something', () => {
    const silent = new Scenario().say('Given a cluster with 1 node').say('When 1 second passes');
    expect(() => silent.say('Then the longest outage was under 1 second')).toThrow('no client has sent');
  });
});
