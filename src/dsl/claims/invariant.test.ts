import { describe, expect, it } from 'vitest';
import { simulate } from '../../drivers/simulated.ts';
import { defineInvariant, INVARIANTS, type Invariant } from '../../invariants/index.ts';
import type { HistoryEntry } from '../../sim/kernel/history.ts';
import { InputError } from '../errors.ts';
import { play } from '../interpreter.ts';
import { extendKit, standardKit } from '../kit.ts';
import { createSession } from '../session.ts';
import type { Session } from '../types.ts';
import { invariant } from './invariant.ts';

interface Met {
  readonly views: Set<string>;
  readonly entries: HistoryEntry[];
}

/** What can be asked of it, its classes' members among them. */
const membersOf = (view: object): string[] =>
  view === Object.prototype
    ? []
    : [...Object.getOwnPropertyNames(view), ...membersOf(Object.getPrototypeOf(view) as object)].filter(
        (name) => name !== 'constructor',
      );

/** An invariant that notes what it is shown. */
function spy(asks: 'api' | 'physical', met: Met): Invariant {
  const see = (view: object): void => void membersOf(view).forEach((key) => met.views.add(key));
  return defineInvariant({
    name: `spy-${asks}`,
    asks,
    about: 'Nothing.',
    why: 'to see',
    fails: 'Never.',
    init: see,
    observe: (entry: HistoryEntry, _state: void, view: object) => {
      see(view);
      met.entries.push(entry);
      return undefined;
    },
    finally: (_state: void, view: object) => void see(view),
  } as Invariant<void>);
}

/** A node has lost its power and is back; then an invariant is asked. */
function ask(of: Invariant, without: readonly string[] = []): Session {
  const session = createSession({
    seed: 1,
    kit: extendKit(standardKit, { invariants: [of] }),
    files: { readFile: () => '' },
    createDriver: (options) =>
      new Proxy(simulate(options), {
        get: (driver, key) => (without.includes(String(key)) ? undefined : Reflect.get(driver, key, driver)),
      }),
  });
  play(session, { op: 'cluster', nodes: 2 });
  play(session, { op: 'fault', fault: { kind: 'NodePowerLoss', node: 'node-1', forMs: 60_000 } });
  play(session, { op: 'pass', durationMs: 300_000 });
  play(session, { op: 'assert', moment: { mode: 'now' }, claim: { claim: 'invariant', name: of.name } });
  return session;
}

describe('what an invariant is shown', () => {
  it.each(['api', 'physical'] as const)('of one that asks %s', (asks) => {
    const met: Met = { views: new Set(), entries: [] };
    const { driver } = ask(spy(asks, met));
    const api = ['changes', 'find', 'list', 'now', 'resources'];
    expect([...met.views].sort()).toEqual(asks === 'api' ? api : [...api, 'history', 'physical'].sort());
    const { id } = driver!.history.find((e) => e.type === 'operation' && e.key === 'fault')!;
    const since = driver!.history.filter((e) => e.id >= id && e.type !== 'operation');
    const doers = new Set(met.entries.filter((e) => e.type === 'world').map((e) => e.by));
    if (asks === 'api') {
      expect([...doers].sort()).toEqual(['chaos', 'user']);
      expect(met.entries.filter((e) => e.type === 'api')).toEqual(since.filter((e) => e.type === 'api'));
    } else {
      expect(met.entries).toEqual(since);
      expect([...doers].some((by) => by.startsWith('machine'))).toBe(true);
    }
  });

  it('is what the driver offers', () => {
    const met = (): Met => ({ views: new Set(), entries: [] });
    expect(() => ask(spy('api', met()), ['physical'])).not.toThrow();
    const looking = defineInvariant<null>({
      ...spy('physical', met()),
      asks: 'physical',
      init: () => null,
      finally: (_state, { physical }) => void physical.machines.all(),
    });
    expect(() => ask(looking, ['physical'])).toThrow(InputError);
  });
});

it('a claim asks what its invariants ask', () => {
  for (const { name, asks } of INVARIANTS)
    expect(invariant.asks({ claim: 'invariant', name }, INVARIANTS)).toBe(asks);
  expect(invariant.asks({ claim: 'invariant' }, INVARIANTS)).toBe('physical');
  const api = INVARIANTS.filter((i) => i.asks === 'api');
  expect(invariant.asks({ claim: 'invariant' }, api)).toBe('api');
});
