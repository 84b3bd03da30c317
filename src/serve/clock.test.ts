import { describe, expect, it } from 'vitest';
import { Clock, paceOf } from './clock.ts';
import { ask, servedShop } from './testing.ts';

const PODS = '/api/v1/namespaces/default/pods';
const NEVER = (): boolean => false;

describe('the clock of a served cluster', () => {
  it('reads its paces, and no others', () => {
    expect(['live', 'x10', 'x0.5', 'frozen', 'settle'].map(paceOf)).toEqual([
      { kind: 'rate', rate: 1 },
      { kind: 'rate', rate: 10 },
      { kind: 'rate', rate: 0.5 },
      { kind: 'frozen' },
      { kind: 'settle' },
    ]);
    expect(['x0', 'x', 'fast', 'x-1', '10', 'x1000000'].map(paceOf)).toEqual(Array(6).fill(undefined));
  });

  it('is never behind the pace, and stands still where it is frozen', () => {
    const served = servedShop();
    const clock = new Clock(served, { kind: 'rate', rate: 10 }, 0);
    const { now } = served;
    clock.tick(2000, NEVER);
    expect(served.now - now).toBeGreaterThanOrEqual(20_000);
    clock.set({ kind: 'frozen' }, 2000);
    const { now: then } = served;
    clock.tick(900_000, NEVER);
    expect(served.now).toBe(then);
  });

  it('runs ahead to what is on its way: a scaled Deployment is ready when next looked at', () => {
    const served = servedShop();
    const clock = new Clock(served, { kind: 'settle' }, 0);
    clock.tick(0, NEVER);
    const scale = '/apis/apps/v1/namespaces/default/deployments/web/scale';
    ask(served, 'PATCH', scale, { spec: { replicas: 4 } }, { type: 'application/merge-patch+json' });
    clock.tick(20, NEVER);
    const pods = ask(served, 'GET', PODS).body.items;
    expect(pods.map((p: { status: { phase: string } }) => p.status.phase)).toEqual(Array(4).fill('Running'));
  });

  it('is not taken along by a container that fails and starts without end', () => {
    const served = servedShop();
    const spec = { containers: [{ name: 'c', image: 'busybox', command: ['sh', '-c', 'exit 1'] }] };
    ask(served, 'POST', PODS, { metadata: { name: 'broken' }, spec });
    const clock = new Clock(served, { kind: 'rate', rate: 1 }, 0);
    const { now } = served;
    for (let realMs = 0; realMs <= 60_000; realMs += 20) clock.tick(realMs, NEVER);
    // As much as passed, as much again, and the lead that there was at first.
    expect(served.now - now).toBeLessThanOrEqual(60_000 + 60_000 + 60_000 + 5000);
  });
});
