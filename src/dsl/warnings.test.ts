import { describe, expect, it } from 'vitest';
import { Scenario } from './scenario.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 4
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: server, image: shop, ports: [{containerPort: 80}]}]}
`;

const scene = (...steps: readonly string[]): Scenario => {
  const scenario = new Scenario()
    .say('Given a cluster with 3 nodes')
    .say('And the manifest:', DEPLOYMENT)
    .say('And every pod is ready');
  for (const step of steps) scenario.say(step);
  return scenario;
};
const HELD_BEFORE = /it held before “.*”/;

describe('a claim about what was never there', () => {
  it.each([
    ['exactly 0 pods matching "app=shpo" are running', 'no pod matched "app=shpo"', 'app=shop'],
    ['at most 3 pods matching "ap=shop" are running', 'no pod matched "ap=shop"', 'app=shop'],
    ['at no moment at least 1 pod matching "app=shpo" was failed', 'no pod matched "app=shpo"', 'app=shop'],
    ['no two pods matching "app in (shpo)" share a node', 'no pod matched "app in (shpo)"', 'app=shop'],
    ['at no moment deployment "wob" had 0 of 4 replicas available', 'there was no Deployment "wob"', 'web'],
    ['at no moment node "nod-1" was unknown', 'there was no Node "nod-1"', 'node-1'],
    ['at no moment an event "Evicted" was recorded for a pod matching "app=shpo"', 'no pod', 'app=shop'],
    ['pod "elsewhere" is gone', 'there was no Pod "elsewhere"', undefined],
  ])('is told: %s', (claim, what, nearest) => {
    const [warning, ...others] = scene('When 5 minutes pass', `Then ${claim}`).warnings;
    expect(others).toEqual([]);
    expect(warning).toContain(`${claim}: ${what}`);
    if (nearest === undefined)
      expect(warning).toMatch(/tests nothing; say one that "kubectl get pod" shows$/);
    else expect(warning).toContain(`did you mean "${nearest}"?`);
  });

  it('is told by the container, where the Pod was there', () => {
    const scenario = new Scenario()
      .say('Given a cluster with 1 node')
      .say(
        'And the manifest:',
        'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: server, image: ' +
          'nginx}]}',
      )
      .say('When 1 minute passes')
      .say('Then at no moment container "servr" of pod "web" had restarted once');
    expect(scenario.warnings).toEqual([
      'at no moment container "servr" of pod "web" had restarted once: pod "web" had no container "servr" ' +
        'in the whole run, so this tests nothing; did you mean "server"?',
    ]);
  });

  it('is none where it was there at any time, before the claim or after it', () => {
    const { warnings } = scene(
      'Then exactly 0 pods matching "app=late" are running',
      'When deployment "web" is scaled to 0',
      'And 5 minutes pass',
      'Then exactly 0 pods matching "app=shop" are running',
      'When I run "kubectl run late --image=nginx --labels=app=late"',
      'And 1 minute passes',
      'Then exactly 1 pod matching "app=late" is running',
    );
    expect(warnings).toEqual([]);
  });

  it('is none of a node, which is in no namespace, nor of its events', () => {
    const { warnings } = scene(
      'When node "node-1" is cordoned',
      'And 1 minute passes',
      'Then at no moment an event "Rebooted" was recorded for node "node-1"',
    );
    expect(warnings).toEqual([]);
  });
});

describe('within, right after an action', () => {
  it('waits until what came of it has broken the claim, and holds when it holds again', () => {
    const scenario = scene('When every pod matching "app=shop" is deleted');
    const { now } = scenario.cluster;
    scenario.say('Then within 5 minutes 4 pods matching "app=shop" are ready');
    expect(scenario.cluster.now).toBeGreaterThan(now + 1000);
    scenario
      .say('And within 5 minutes deployment "web" has 4 of 4 replicas available')
      .say('And at most 3 pods matching "app=shop" are terminating');
    expect(scenario.warnings).toEqual([]);
  });

  it('fails where it does not come to hold again in time', () => {
    const scenario = scene('When node "node-1" loses power');
    expect(() =>
      scenario.say('Then within 60 seconds deployment "web" has 4 of 4 replicas available'),
    ).toThrow('It did not come to hold by');
  });

  it('holds at once, and says so, where nothing that came of it in time touches the claim', () => {
    const scenario = scene('When node "node-1" loses power');
    const { now } = scenario.cluster;
    scenario.say('Then within 20 seconds deployment "web" has 4 of 4 replicas available');
    expect(scenario.cluster.now).toBe(now);
    expect(scenario.warnings).toEqual([expect.stringMatching(HELD_BEFORE)]);
  });

  it('holds at once where the action itself has made it true', () => {
    const scenario = scene(
      'When node "node-1" is cordoned',
      'Then within 1 minute node "node-1" is cordoned',
    );
    expect(scenario.warnings).toEqual([]);
  });

  it('waits likewise for what is physically so', () => {
    const scenario = scene(
      'When I run "kubectl expose deployment web --port=80"',
      'And deployment "web" is scaled to 1',
      'And 1 minute passes',
    );
    expect(() =>
      scenario
        .fork()
        .say('When deployment "web" is scaled to 0')
        .say('Then within 1 minute a request to "http://web/" answers 200'),
    ).toThrow('It did not come to hold by');
    scenario.say('When every pod matching "app=shop" is deleted');
    const { now } = scenario.cluster;
    scenario.say('Then within 5 minutes a request to "http://web/" answers 200');
    expect(scenario.cluster.now).toBeGreaterThan(now + 500);
    expect(scenario.warnings).toEqual([]);
  });

  it('says of what is physically so, too, that it held before and nothing touched it', () => {
    const scenario = scene('When I run "kubectl expose deployment web --port=80"', 'And 1 minute passes');
    const told = (act: string): readonly string[] =>
      scenario.fork().say(act).say('Then within 1 minute a request to "http://web/" answers 200').warnings;
    expect(told('When I run "kubectl create configmap other --from-literal=a=b"')).toEqual([
      expect.stringMatching(HELD_BEFORE),
    ]);
    expect(told('When deployment "web" is scaled to 5').filter((w) => HELD_BEFORE.test(w))).toEqual([]);
  });

  it('does not wait once a step has let time pass', () => {
    const scenario = scene('When every pod matching "app=shop" is deleted', 'And 5 minutes pass');
    const { now } = scenario.cluster;
    scenario.say('Then within 5 minutes deployment "web" has 4 of 4 replicas available');
    expect(scenario.cluster.now).toBe(now);
    expect(scenario.warnings).toEqual([]);
  });

  it('asks nothing of a command that only looks', () => {
    const scenario = scene('When I run "kubectl get pods"');
    scenario.say('Then within 5 minutes deployment "web" has 4 of 4 replicas available');
    expect(scenario.warnings).toEqual([]);
  });

  it('plays alike with a cluster that is watched', () => {
    const steps = [
      'When every pod matching "app=shop" is deleted',
      'Then within 5 minutes 4 pods matching "app=shop" are ready',
      'And at no moment at least 9 pods matching "app=shop" were serving',
    ];
    expect(scene(...steps).cluster.hash()).toBe(scene(...steps).cluster.hash());
  });
});

describe('a claim over the past', () => {
  const BROKEN = 'Then at every moment at least 3 pods matching "app=shop" were ready';

  it('at the very instant of an action is told', () => {
    expect(scene('When every pod matching "app=shop" is deleted', BROKEN).warnings).toEqual([
      expect.stringContaining(
        'it was asked at the very instant of “every pod matching "app=shop" is deleted”',
      ),
      expect.stringContaining(
        'still going on: 4 pods terminating (since “every pod matching "app=shop" is deleted”)',
      ),
    ]);
  });

  it.each([
    'invariant "unique-pod-addresses" holds',
    'at every moment invariant "unique-pod-addresses" holds',
    'at no moment an event "Evicted" was recorded for node "node-1"',
    'at no moment at least 5 pods matching "app=shop" were ready',
    'at every moment a request to "http://node-1/" is refused',
  ])('at that instant is told, whatever it asks: %s', (claim) => {
    const act = 'When every pod matching "app=shop" is deleted';
    expect(scene(act, `Then ${claim}`).warnings).toContainEqual(
      expect.stringContaining('it was asked at the very instant of'),
    );
    expect(scene(act, 'And 1 minute passes', `Then ${claim}`).warnings.join()).not.toContain('instant');
  });

  it('about now is told at that instant, where it held before', () => {
    const told = (act: string, claim: string): string =>
      scene(`When ${act}`, `Then ${claim}`).warnings.join();
    const lost = 'node "node-1" loses power';
    expect(told(lost, '4 pods matching "app=shop" are ready')).toContain('instant of');
    expect(told(lost, 'node "node-1" is ready')).toContain('instant of');
    expect(told(lost, 'for 10 seconds node "node-1" is ready')).not.toContain('instant of');
    // What the action itself has made true.
    expect(told('node "node-1" is cordoned', 'node "node-1" is cordoned')).not.toContain('instant of');
    expect(told('node "node-1" is cordoned', 'node "node-1" is ready')).toContain('instant of');
  });

  it('is asked in earnest once time has passed', () => {
    expect(() =>
      scene('When every pod matching "app=shop" is deleted', 'And 1 minute passes', BROKEN),
    ).toThrow('It was first broken at');
  });
});

describe('the end of a scenario', () => {
  it('says what is still on its way, and since when', () => {
    expect(scene('When node "node-1" loses power', 'And 351 seconds pass').warnings).toEqual([
      expect.stringMatching(
        /^still going on: \d pods? .* \(since “node "node-1" loses power”\): wait with "every pod/,
      ),
    ]);
  });

  it('says it of what no controller has seen yet', () => {
    const claim = 'Then field ".spec.replicas" of deployment "web" is "6"';
    const act = 'When I run "kubectl scale deployment web --replicas=6"';
    const made = new Scenario()
      .say('Given a cluster with 2 nodes')
      .say('And the manifest:', DEPLOYMENT)
      .say('And every pod is ready');
    expect(made.fork().say(act).say(claim).warnings).toEqual([
      expect.stringMatching(/^still going on: \d pods pending \(since “I run "kubectl scale/),
    ]);
    expect(made.fork().say(act).say(claim).say('And every pod is ready').warnings).toEqual([]);
  });

  it('says nothing of Pods that stay as they are: nobody ends those of a node without power', () => {
    expect(scene('When node "node-1" loses power', 'And 7 minutes pass').warnings).toEqual([]);
  });

  it('says of a client that it sent no request, where no time passed behind it', () => {
    const idle = 'When a client sends 1 request per second to "http://node-1/"';
    expect(scene(idle).warnings).toEqual([
      expect.stringMatching(/^a client sends 1 .*: it sent no request .* "1 minute passes"$/),
    ]);
    expect(scene(idle, 'And 1 second passes').warnings).toEqual([]);
    expect(scene(idle, 'And 1 second passes', idle).warnings).toEqual([
      expect.stringContaining('sent no request'),
    ]);
  });

  it('says nothing of Pods that wait since before the first action', () => {
    const scenario = new Scenario()
      .say('Given a cluster with 1 node')
      .say(
        'And the manifest:',
        DEPLOYMENT.replace('image: shop', 'image: shop, resources: {requests: {cpu: 9}}'),
      )
      .say('When 5 minutes pass');
    expect(scenario.warnings).toEqual([]);
  });
});
