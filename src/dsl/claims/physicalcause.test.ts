import { describe, expect, it } from 'vitest';
import { ClaimError } from '../errors.ts';
import { Scenario } from '../scenario.ts';

const WEB = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: server, image: "slow:1", ports: [{containerPort: 80, name: http}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: v1
kind: Service
metadata: {name: portless}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: htp}]}
`;

const scene = (): Scenario =>
  new Scenario()
    .say('Given a cluster with 2 nodes')
    .say('And image "slow:1" behaves as:', 'http: {"/": {status: 200, after: 500ms}}')
    .say('And the manifest:', WEB)
    .say('And every pod is ready');

function failing(scenario: Scenario, step: string): ClaimError {
  try {
    scenario.say(step);
  } catch (error) {
    if (error instanceof ClaimError) return error;
    throw error;
  }
  throw new Error(`it holds: ${step}`);
}

const nodeOf = (scenario: Scenario): string =>
  scenario.cluster.client().get('Pod', 'default', 'web').spec.nodeName!;

describe('what is physically so', () => {
  it.each([
    'Then at least 1 pod matching "app=web" is serving',
    'Then for 1 minute at least 1 pod matching "app=web" is serving',
    'Then at every moment at least 1 pod matching "app=web" was serving',
    'Then a request to "http://web/" answers 200',
  ])('has its causes there, back to the step: %s', (claim) => {
    const scenario = scene();
    const node = nodeOf(scenario);
    scenario.say(`When node "${node}" loses power`).say('And 1 second passes');
    const { causes } = failing(scenario, claim);
    expect(causes.slice(0, 2).join('\n')).toContain(`node ${node} lost power`);
    expect(causes[causes.length - 1]).toContain(`step: node "${node}" loses power`);
  });

  it('is told of a Pod by what happened to its container', () => {
    const scenario = scene().say('When container "server" of pod "web" crashes');
    const { causes } = failing(scenario, 'Then at least 1 pod matching "app=web" is serving');
    expect(causes[0]).toMatch(/container server of pod default\/web (exited|crashes)/);
  });
});

describe('a request that is to be answered within a time', () => {
  it('is too late where the answer takes longer', () => {
    expect(failing(scene(), 'Then a request to "http://web/" answers 200 within 10ms').message).toMatch(
      /it answered 200 after 5\d\d ms, too late/,
    );
    expect(() => scene().say('Then a request to "http://web/" answers 200 within 2s')).not.toThrow();
    expect(() => scene().say('Then within 10ms a request to "http://web/" answers 200')).toThrow('too late');
  });
});

describe('a service whose target port no container has', () => {
  it('routes nowhere, and is not available', () => {
    const scenario = scene();
    expect(() => scenario.say('Then service "web" routes to 1 pod')).not.toThrow();
    expect(() => scenario.say('Then service "portless" routes to 1 pod')).toThrow('it routed to 0');
    expect(() => scenario.say('Then service "portless" is available')).toThrow('it routed to 0');
  });
});
