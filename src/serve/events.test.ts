/** Events of two groups, which are the same ones. Upstream's own: test/e2e/instrumentation/events.go. */
import { describe, expect, it } from 'vitest';
import { ask, type Body, eventsOf, flowOf, servedShop } from './testing.ts';

const IN = '/apis/events.k8s.io/v1/namespaces/default/events';
const CORE = '/api/v1/namespaces/default/events';
const STRATEGIC = { type: 'application/strategic-merge-patch+json' };
const TIME = '2026-01-05T09:00:01.000000Z';

const draft = (name: string, more: object = {}): object => ({
  metadata: { name, labels: { 'testevent-constant': 'true' } },
  regarding: { namespace: 'default' },
  eventTime: TIME,
  note: `This is ${name}`,
  action: 'Do',
  reason: 'Test',
  type: 'Normal',
  reportingController: 'test-controller',
  reportingInstance: 'test-node',
  ...more,
});
const namesOf = ({ items }: Body): string[] => items.map((o: Body) => o.metadata.name);

describe('an Event of events.k8s.io', () => {
  it('is made, found, patched, updated and deleted in its own version', () => {
    const served = servedShop();
    expect(ask(served, 'POST', IN, draft('event-test'))).toMatchObject({
      status: 201,
      body: { apiVersion: 'events.k8s.io/v1', kind: 'Event', note: 'This is event-test', eventTime: TIME },
    });
    const labelled = 'labelSelector=testevent-constant=true';
    for (const path of ['/apis/events.k8s.io/v1/events', IN, CORE])
      expect(namesOf(ask(served, 'GET', `${path}?${labelled}`).body)).toEqual(['event-test']);
    for (const path of [
      `${CORE}?fieldSelector=source=test-controller`,
      `${IN}?fieldSelector=reportingController=test-controller`,
    ])
      expect(namesOf(ask(served, 'GET', path).body)).toEqual(['event-test']);
    expect(ask(served, 'GET', `${IN}?fieldSelector=source=test-controller`).status).toBe(400);
    const series = { count: 2, lastObservedTime: TIME };
    const patched = ask(served, 'PATCH', `${IN}/event-test`, { series }, STRATEGIC);
    expect(patched).toMatchObject({ status: 200, body: { series, note: 'This is event-test' } });
    const { body: event } = ask(served, 'GET', `${IN}/event-test`);
    const more = { ...event, series: { ...series, count: 100 } };
    expect(ask(served, 'PUT', `${IN}/event-test`, more)).toMatchObject({
      status: 200,
      body: { series: { count: 100 } },
    });
    const { metadata, ...changed } = ask(served, 'GET', `${IN}/event-test`).body as Body;
    const { metadata: was, ...before } = event as Body;
    expect(changed).toEqual({ ...before, series: { ...series, count: 100 } });
    expect(metadata.uid).toBe(was.uid);
    expect(ask(served, 'DELETE', `${IN}/event-test`).status).toBe(200);
    for (const path of [IN, CORE]) expect(ask(served, 'GET', `${path}/event-test`).status).toBe(404);
  });

  it('goes with others of a selector, from both groups', () => {
    const served = servedShop();
    for (const name of ['a', 'b', 'c']) ask(served, 'POST', IN, draft(name));
    const labelled = '?labelSelector=testevent-constant=true';
    const { body } = ask(served, 'DELETE', `${IN}${labelled}`);
    expect([body.apiVersion, namesOf(body)]).toEqual(['events.k8s.io/v1', ['a', 'b', 'c']]);
    expect(namesOf(ask(served, 'GET', `${CORE}${labelled}`).body)).toEqual([]);
  });

  it('is one that a component recorded, too, with what is deprecated', () => {
    const served = servedShop();
    served.cluster.pass(5000);
    const [old] = ask(served, 'GET', `${CORE}?fieldSelector=reason=Scheduled`).body.items as Body[];
    const { body } = ask(served, 'GET', `${IN}/${old.metadata.name}`);
    expect(body).toMatchObject({
      metadata: old.metadata,
      eventTime: null,
      note: old.message,
      regarding: old.involvedObject,
      reportingController: old.reportingComponent,
      deprecatedSource: old.source,
      deprecatedFirstTimestamp: old.firstTimestamp,
      deprecatedCount: old.count,
    });
    expect(body).not.toHaveProperty('message');
    expect(ask(served, 'PUT', `${IN}/${old.metadata.name}`, body)).toMatchObject({ status: 200, body });
  });

  it('is watched from both groups', () => {
    const served = servedShop();
    const [mine, core] = [IN, CORE].map((path) => flowOf(served, 'GET', `${path}?watch=1`));
    ask(served, 'POST', IN, draft('event-test'));
    const last = (flow: typeof mine): Body => eventsOf(flow!).at(-1)!;
    expect(last(mine)).toMatchObject({
      type: 'ADDED',
      object: { apiVersion: 'events.k8s.io/v1', action: 'Do' },
    });
    expect(last(core)).toMatchObject({
      type: 'ADDED',
      object: { apiVersion: 'v1', message: 'This is event-test' },
    });
  });

  it.each([
    ['no time', { eventTime: null }, 'eventTime: Required value'],
    ['what is deprecated', { deprecatedCount: 2 }, 'count: Invalid value: "": needs to be unset'],
    ['an instance without a name', { reportingInstance: '' }, 'reportingInstance: Required value'],
    [
      'an object elsewhere',
      { eventTime: null, regarding: { namespace: 'x' } },
      'does not match event.namespace',
    ],
    ['a type of its own', { type: 'Odd' }, 'type: Invalid value: "": has invalid value: Odd'],
    ['a series of one', { series: { count: 1, lastObservedTime: TIME } }, 'should be at least 2'],
  ])('with %s is refused', (_what, more, said) => {
    const { status, body } = ask(servedShop(), 'POST', IN, draft('event-test', more));
    expect([status, body.message]).toEqual([422, expect.stringContaining(said)]);
  });

  it('changes by the words of either group', () => {
    const served = servedShop();
    ask(served, 'POST', IN, draft('event-test'));
    const path = (of: string): string => `${of}/event-test`;
    expect(ask(served, 'PATCH', path(IN), { note: 'other' }, STRATEGIC)).toMatchObject({
      status: 200,
      body: { note: 'other' },
    });
    expect(ask(served, 'PATCH', path(CORE), { message: 'another' }, STRATEGIC)).toMatchObject({
      status: 200,
      body: { message: 'another' },
    });
  });
});

it('both groups are told to clients that discover them', () => {
  const served = servedShop();
  expect(ask(served, 'GET', '/apis/events.k8s.io/v1').body.resources).toMatchObject([
    { name: 'events', kind: 'Event', shortNames: ['ev'] },
  ]);
  expect(ask(served, 'GET', '/openapi/v3/apis/events.k8s.io/v1').status).toBe(200);
});
