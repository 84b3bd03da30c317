/** The clock beside real time, which here is in the test's hand: every tick is asked for. */
import { request as httpsRequest } from 'node:https';
import { describe, expect, it } from 'vitest';
import { parseTime } from '../sim/api/time.ts';
import { Steered, type Timer } from './back.ts';
import { type Pace, paceOf } from './clock.ts';
import { Listener } from './node/server.ts';
import { Served } from './served.ts';
import { type Body, requestOf, servedShop } from './testing.ts';

const TICK_MS = 20;
const PODS = '/api/v1/namespaces/default/pods';
const SCALE = '/apis/apps/v1/namespaces/default/deployments/web/scale';

/** Real time, as it is said. */
class HandTimer implements Timer {
  /** What each look at it takes. */
  lookMs = 0;
  private at = 5_000_000;
  private tasks: (() => void)[] = [];

  now(): number {
    this.at += this.lookMs;
    return this.at;
  }

  every(_ms: number, task: () => void): () => void {
    this.tasks.push(task);
    return () => void (this.tasks = this.tasks.filter((other) => other !== task));
  }

  get isStopped(): boolean {
    return this.tasks.length === 0;
  }

  pass(ms: number): void {
    for (const end = this.at + ms; this.at < end; ) {
      this.at += TICK_MS;
      for (const task of this.tasks) task();
    }
  }
}

interface Beside {
  readonly served: Served;
  readonly timer: HandTimer;
  /** Passes, in ticks, of real time. */
  pass(ms: number): void;
  ask(method: string, url: string, body?: object): { status: number; body: Body };
  clock(body?: object): Body;
}

function beside(pace: string): Beside {
  const timer = new HandTimer();
  const served = servedShop();
  const back = new Steered(served, paceOf(pace) as Pace, timer);
  timer.every(TICK_MS, () => back.tick());
  const ask: Beside['ask'] = (method, url, body) => {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const reply = back.handle(requestOf(method, url, body, { type }));
    if (reply.kind !== 'answer') throw new Error(`${url} is no answer`);
    return { status: reply.status, body: JSON.parse(reply.body.toString()) };
  };
  return {
    served,
    timer,
    ask,
    pass: (ms) => timer.pass(ms),
    clock: (body) => ask(body === undefined ? 'GET' : 'POST', '/seatrial/v1/clock', body).body,
  };
}

const phases = ({ ask }: Beside): string[] =>
  ask('GET', PODS).body.items.map((pod: { status: { phase: string } }) => pod.status.phase);

describe('the clock beside real time', () => {
  it.each([
    ['live', 1],
    ['x10', 10],
    ['x0.5', 0.5],
    ['x1000', 1000],
  ] as const)('%s is never behind, and ahead by nothing while nothing is on its way', (pace, rate) => {
    const of = beside('frozen');
    of.clock({ advance: '10m' });
    of.clock({ pace });
    const from = of.served.now;
    for (let realMs = 0; realMs < 4000; realMs += 500) {
      of.pass(500);
      const passed = of.clock().now - from;
      expect(passed).toBeGreaterThanOrEqual((realMs + 500) * rate);
      // Probes and renewals of leases are on their way for a moment, too.
      expect(passed).toBeLessThan((realMs + 500) * rate * 1.5 + 2000);
    }
  });

  it('leaves who has written a moment to watch what comes of it, also while others write', () => {
    const of = beside('live');
    of.pass(20_000);
    const from = of.served.now;
    of.ask('PATCH', SCALE, { spec: { replicas: 5 } });
    of.pass(40);
    expect(of.served.now - from).toBe(40);
    of.ask('PATCH', SCALE, { spec: { replicas: 6 } });
    of.pass(40);
    expect(of.served.now - from).toBeGreaterThan(1000);
  });

  it('runs ahead for what is on its way, and falls back to the pace then', () => {
    const of = beside('live');
    of.pass(20_000);
    const from = of.served.now;
    of.ask('PATCH', SCALE, { spec: { replicas: 5 } });
    of.pass(100);
    expect(phases(of)).toEqual(Array(5).fill('Running'));
    const ahead = of.served.now - from;
    expect(ahead).toBeGreaterThan(1000);
    expect(ahead).toBeLessThan(30_000);
    // A kubelet looks once more, ten seconds later, whether its statuses are written.
    of.pass(15_000);
    const then = of.served.now;
    of.pass(5000);
    expect(of.served.now - then).toBe(5000);
  });

  it('does not run ahead to what only the passing of time brings', () => {
    const of = beside('live');
    of.pass(20_000);
    of.ask('POST', '/seatrial/v1/play', { step: 'node "node-1" loses power' });
    const ready = (): string =>
      of
        .ask('GET', '/api/v1/nodes/node-1')
        .body.status.conditions.find((c: { type: string }) => c.type === 'Ready').status;
    of.pass(20_000);
    expect(ready()).toBe('True');
    of.pass(40_000);
    expect(ready()).toBe('Unknown');
  });

  it('stands still where it is frozen, until it is told to go on', () => {
    const of = beside('frozen');
    const from = of.served.now;
    of.ask('PATCH', SCALE, { spec: { replicas: 5 } });
    of.pass(60_000);
    expect(of.served.now).toBe(from);
    expect(of.clock({ advance: '1m' }).now).toBe(from + 60_000);
    expect(phases(of)).toEqual(Array(5).fill('Running'));
    expect(of.clock({ pace: 'live' }).now).toBe(from + 60_000);
    of.pass(1000);
    expect(of.served.now).toBeGreaterThanOrEqual(from + 61_000);
  });

  it('settles: what is on its way comes, however long it takes, and nothing else', () => {
    const of = beside('settle');
    of.pass(1000);
    const from = of.served.now;
    of.pass(600_000);
    expect(of.served.now - from).toBeLessThan(5000);
    of.ask('PATCH', SCALE, { spec: { replicas: 5 } });
    of.pass(100);
    expect(phases(of)).toEqual(Array(5).fill('Running'));
  });

  it('answers nobody from a past that the pace has left, though no tick has come', () => {
    const of = beside('x1000');
    const from = of.served.now;
    Object.assign(of.timer, { at: of.timer.now() + 3000 });
    expect(of.clock().now - from).toBeGreaterThanOrEqual(3_000_000);
  });

  it('catches up where a tick has had no more time', () => {
    const of = beside('x1000');
    of.timer.lookMs = 8;
    const from = of.served.now;
    of.pass(200);
    const behind = of.served.now - from;
    expect(behind).toBeLessThan(200_000);
    of.timer.lookMs = 0;
    of.pass(20);
    expect(of.served.now - from).toBeGreaterThanOrEqual(200_000);
  });

  it('stays where it was set back to, and plays to the same hash', () => {
    const of = beside('frozen');
    of.clock({ advance: '1m' });
    of.ask('PATCH', SCALE, { spec: { replicas: 3 } });
    const { now, hash } = of.clock({ advance: '1m' });
    of.ask('PATCH', SCALE, { spec: { replicas: 7 } });
    of.clock({ advance: '3m' });
    const again = of.clock({ rewind: '3m' });
    // The request that came at that very moment has come.
    expect([again.now, again.hash === hash]).toEqual([now, false]);
    of.clock({ rewind: '10s' });
    expect(of.clock({ advance: '10s' }).now).toBe(now);
    expect(of.clock().hash).toBe(hash);
    expect(Served.replay(of.served.log).cluster.hash()).toBe(hash);
  });

  it('goes on from a fork, as often as it is asked', () => {
    const of = beside('frozen');
    const kept = of.clock({ advance: '1m' });
    expect(parseTime(of.clock({ fork: 'before' }).forks.before)).toBe(Math.floor(kept.now / 1000) * 1000);
    const outcomes = [3, 6].map((replicas) => {
      const { life } = of.served;
      const resumed = of.clock({ resume: 'before' });
      expect([resumed.now, resumed.hash, of.served.life]).toEqual([kept.now, kept.hash, life + 1]);
      of.ask('PATCH', SCALE, { spec: { replicas } });
      const { hash } = of.clock({ advance: '1m' });
      expect(phases(of)).toHaveLength(replicas);
      expect(Served.replay(of.served.log).cluster.hash()).toBe(hash);
      return hash;
    });
    expect(outcomes[0]).not.toBe(outcomes[1]);
    // Also where its past had been set back behind it meanwhile.
    of.clock({ rewind: '1m30s' });
    expect(of.clock({ resume: 'before' }).hash).toBe(kept.hash);
  });

  it('strikes and heals by entries of schedules, each an input that is played again', () => {
    const of = beside('frozen');
    of.clock({ advance: '1m' });
    of.clock({ strike: { fault: 'NodePowerLoss', target: 'node-1' } });
    of.clock({ advance: '1m' });
    const ready = (): string[] =>
      of
        .ask('GET', '/api/v1/nodes')
        .body.items.map(
          (n: Body) => n.status.conditions.find((c: { type: string }) => c.type === 'Ready').status,
        );
    expect(ready()).toEqual(['Unknown', 'True']);
    of.clock({ heal: 'NodePowerLoss' });
    of.clock({ strike: { fault: 'ApiServerDown', for: '10s' } });
    of.clock({ heal: 'all' });
    of.clock({ advance: '1m' });
    expect(ready()).toEqual(['True', 'True']);
    const { log, cluster } = of.served;
    expect(log.inputs.flatMap((input) => (input.kind === 'step' ? [input.text] : []))).toEqual([
      'node "node-1" loses power',
      'fault "NodePowerLoss" is healed',
      'the api server is down for 10 seconds',
      'every fault is healed',
    ]);
    expect(Served.replay(log).cluster.hash()).toBe(cluster.hash());
  });

  it.each([
    [{ fork: 7 }, 'fork takes a name, not 7'],
    [{ fork: 'a b' }, 'a fork has a name of letters, digits, - and ., not "a b"'],
    [{ resume: 'none' }, 'there is no fork "none"; there is none'],
    [{ strike: 'NodePowerLoss' }, 'strike takes an entry of a schedule'],
    [{ strike: { fault: 'NodePowerLos' } }, 'NodePowerLoss'],
    [{ strike: { fault: 'NodePowerLoss', target: 'node-9' } }, 'node-9'],
    [{ strike: { fault: 'NodePowerLoss', target: 'node-1', for: 'long' } }, 'long'],
    [{ heal: 5 }, 'heal takes a name, not 5'],
    [
      { rewind: '9000h' },
      /^the clock can be set back to 2026-01-05T09:00:\d\dZ at the earliest, and stands at /,
    ],
    [{ advance: '1m', pace: 'live' }, 'the clock takes one of {"advance": "5m"}'],
    [{}, '{"heal": "all"}'],
  ] as const)('refuses %j, and stays as it was', (body, why) => {
    const of = beside('frozen');
    const before = of.clock();
    const { status, body: answer } = of.ask('POST', '/seatrial/v1/clock', body);
    expect([status, answer.reason]).toEqual([400, 'BadRequest']);
    if (typeof why === 'string') expect(answer.message).toContain(why);
    else expect(answer.message).toMatch(why);
    expect(of.clock()).toEqual(before);
  });
});

describe('a listener by such a timer', () => {
  it('ticks by it, ends watches by it, and stops it when it ends', async () => {
    const timer = new HandTimer();
    const listener = await Listener.listen(servedShop(), { port: 0, pace: { kind: 'rate', rate: 1 }, timer });
    const { authority, administrator } = listener.certificates;
    const get = (path: string, began: () => void = () => undefined): Promise<string> =>
      new Promise((resolve, reject) => {
        const access = { ca: authority, key: administrator.key, cert: administrator.certificate };
        httpsRequest(`${listener.url}${path}`, { ...access, agent: false }, (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => (text += chunk.toString()));
          response.on('end', () => resolve(text));
          began();
        })
          .on('error', reject)
          .end();
      });
    const now = async (): Promise<number> => JSON.parse(await get('/seatrial/v1/clock')).now;
    const from = await now();
    timer.pass(3000);
    expect((await now()) - from).toBeGreaterThanOrEqual(3000);
    let ended: Promise<string> | undefined;
    await new Promise<void>((began) => (ended = get(`${PODS}?watch=true&timeoutSeconds=30`, began)));
    timer.pass(29_000);
    let hasEnded = false;
    void ended!.then(() => (hasEnded = true));
    await now();
    expect(hasEnded).toBe(false);
    timer.pass(2000);
    expect(await ended).toContain('"type":"ADDED"');
    await listener.close();
    expect(timer.isStopped).toBe(true);
  });
});
