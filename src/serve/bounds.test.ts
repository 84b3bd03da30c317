import { describe, expect, it } from 'vitest';
import { Served } from './served.ts';
import { ask, eventsOf, flowOf, servedShop } from './testing.ts';

const MAPS = '/api/v1/namespaces/default/configmaps';
const CHANGES = 200;

/** A cluster that keeps little, and so many changes of it. */
function busy(changes: number, passMs = 0): Served {
  const served = servedShop('1', { changes: CHANGES, inputs: 50 });
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'busy' } };
  expect(ask(served, 'POST', MAPS, map).status).toBe(201);
  write(served, changes, passMs);
  return served;
}

function write(served: Served, changes: number, passMs = 0): void {
  const type = 'application/merge-patch+json';
  for (let i = 0; i < changes; i++) {
    expect(ask(served, 'PATCH', `${MAPS}/busy`, { data: { i: String(i) } }, { type }).status).toBe(200);
    served.pass(passMs);
  }
}

describe('a cluster that is served for long', () => {
  it('keeps a tail of its changes, and tells who asks for older ones to list anew', () => {
    const served = busy(3 * CHANGES);
    expect(served.cluster.history.length).toBeLessThan(2 * CHANGES);
    const { resourceVersion } = ask(served, 'GET', MAPS).body.metadata;
    const [told] = eventsOf(flowOf(served, 'GET', `${MAPS}?watch=true&resourceVersion=10`));
    expect(told).toMatchObject({ type: 'ERROR', object: { code: 410 } });
    const at = Number(resourceVersion) - 50;
    const { items } = ask(served, 'GET', `${MAPS}?resourceVersion=${at}&resourceVersionMatch=Exact`).body;
    expect(
      items.find((m: { metadata: { name: string } }) => m.metadata.name === 'busy').metadata,
    ).toMatchObject({ resourceVersion: String(at) });
  });

  it('cuts watchers off that are behind what it keeps, and none else', () => {
    const served = busy(10);
    const [slow, quick] = [
      flowOf(served, 'GET', `${MAPS}?watch=true`),
      flowOf(served, 'GET', `${MAPS}?watch=true`),
    ];
    expect(eventsOf(slow)).toEqual(eventsOf(quick));
    let seen = 0;
    for (let i = 0; i < 40; i++) {
      write(served, 20);
      const events = eventsOf(quick);
      expect(events.map(({ type }) => type)).toEqual(Array.from({ length: 20 }, () => 'MODIFIED'));
      seen += events.length;
    }
    expect([seen, quick.ended]).toEqual([800, false]);
    expect(eventsOf(slow)).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }]);
    expect(slow.ended).toBe(true);
  });

  it('lets inputs go that nobody has asked for, can be set back as far as it knows, and acts on', () => {
    const served = busy(300, 1000);
    expect(() => served.log).toThrow(/the first \d+ have been let go: start with --log FILE/);
    const at = served.now;
    served.pass(1000);
    write(served, 5, 1000);
    served.rewind(at);
    expect(ask(served, 'GET', `${MAPS}/busy`).body.data).toEqual({ i: '299' });
    served.play('node "node-1" loses power');
    served.pass(60_000);
    const { conditions } = ask(served, 'GET', '/api/v1/nodes/node-1').body.status;
    expect(conditions.find((c: { type: string }) => c.type === 'Ready').status).toBe('Unknown');
    expect(() => served.rewind(0)).toThrow(/can be set back to/);
  });

  it('has the history of one that keeps all', () => {
    const some = busy(300, 100);
    const all = servedShop('1', { inputs: Number.POSITIVE_INFINITY });
    expect(
      ask(all, 'POST', MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'busy' } }).status,
    ).toBe(201);
    write(all, 300, 100);
    expect(some.cluster.hash()).toBe(all.cluster.hash());
    expect(Served.replay(all.log).cluster.hash()).toBe(all.cluster.hash());
  });
});
