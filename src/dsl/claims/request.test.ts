/** Who answers a request and how long it takes: that the claims fail, and what they say then. */
import { describe, expect, it } from 'vitest';
import { Scenario } from '../scenario.ts';

const pod = (name: string, image: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: shop, version: ${name}}}
spec: {containers: [{name: shop, image: "${image}", ports: [{containerPort: 80}]}]}
`;
const SERVICE = `
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
`;

const base = new Scenario()
  .say('Given a cluster with 1 node')
  .say('And image "slow" behaves as:', 'listens: [80]\nhttp:\n  /: {status: 200, after: 500ms}\n')
  .say('And the manifest:', [pod('fast', 'nginx'), pod('slow', 'slow'), SERVICE].join('---'))
  .say('And every pod is ready')
  .say('When 10 seconds pass');
const say = (line: string) => (): unknown => base.fork().say(line);

describe('how long an answer takes', () => {
  it('is less than said, or the claim says how long it took and who answered', () => {
    expect(say('Then a request to "http://slow/" answers 200 in under 510ms')).not.toThrow();
    expect(say('Then a request to "http://slow/" answers 200 in under 500ms')).toThrow(
      /it answered 200 after 50\d ms \(pod default\/slow on node-1\)/,
    );
    expect(say('Then a request to "http://slow/" answers 404 in under 1 second')).toThrow(
      'it answered 200 after',
    );
  });

  it(
    'is not what "within" says: an answer that comes later does not pass, and the advice says what to ' +
      'write',
    () => {
      for (const line of [
        'Then a request to "http://slow/" answers 200 within 10ms',
        'Then within 10ms a request to "http://slow/" answers 200',
      ]) {
        expect(say(line)).toThrow(
          /it answered 200 after 50\d ms, too late .*"answers 200 in under 1 second"/,
        );
      }
      expect(say('Then a request to "http://slow/" answers 200 within 10 seconds')).not.toThrow();
      expect(say('Then a request to "http://fast/" answers 200 within 10ms')).not.toThrow();
    },
  );
});

describe('who answers', () => {
  it('is a pod that matches, or the claim says which pod it was', () => {
    expect(
      say('Then a request to "http://fast/" answers 200 from a pod matching "version=fast"'),
    ).not.toThrow();
    expect(say('Then a request to "http://fast/" answers 200 from a pod matching "version=slow"')).toThrow(
      'it answered 200 (pod default/fast on node-1)',
    );
    expect(say('Then a request to "http://fast/" answers 404 from a pod matching "version=fast"')).toThrow(
      'it answered 200',
    );
  });

  it('behind a service is either of two in time, and never one that is not behind it', () => {
    for (const version of ['fast', 'slow'])
      expect(
        say(
          'Then within 1 minute a request to "http://shop/" answers 200 from a pod matching ' +
            `"version=${version}"`,
        ),
      ).not.toThrow();
    expect(
      say('Then within 1 minute a request to "http://shop/" answers 200 from a pod matching "app=other"'),
    ).toThrow('it answered 200 (pod default/');
  });
});

describe('a claim about what a request comes to meet', () => {
  const moved = 'When I run "kubectl label pods --all app=other --overwrite"';

  it('is asked again once those who route have learnt of the endpoints, at which nothing is written', () => {
    const scenario = base.fork().say(moved);
    const { now } = scenario.cluster;
    scenario.say('Then within 30 seconds a request to "http://shop/" is refused');
    expect(scenario.cluster.now - now).toBeLessThan(2_000);
  });
});
