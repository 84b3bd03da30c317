import { describe, expect, it } from 'vitest';
import { ClaimError, InputError } from './errors.ts';
import { readFeature } from './feature.ts';
import { playScenario } from './playfeature.ts';
import { filesOf } from './scenario.ts';

/** A scenario of one node, which is played. */
function played(steps: string): void {
  const begin = 'Feature: f\n  Scenario: s\n    Given a cluster with 1 node\n';
  const text = `${begin}${steps}\n    When 1 minute passes\n`;
  const files = filesOf({
    "a,b's [x].yaml": 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n',
    'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n',
  });
  playScenario(readFeature(text, 'slip.feature')[0]!, { files });
}

const docString = (step: string, text: string): string =>
  `    ${step}:\n      """\n${text.replace(/^/gm, '      ')}\n      """`;
const manifest = (text: string): string => docString('And the manifest', text);
const lines = (text: string): string => docString('When I run', text);

describe('everyday slips', () => {
  it.each<[string, string, RegExp]>([
    [
      'a readiness gate without its condition',
      manifest(
        'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {readinessGates: [{}], containers: [{name: ' +
          'a, image: nginx}]}',
      ),
      /spec\.readinessGates\[0\]\.conditionType: Required value/,
    ],
    [
      'an owner reference that is null, told as upstream tells it, once a field',
      manifest(
        'apiVersion: v1\nkind: Pod\nmetadata: {name: a, ownerReferences: [null]}\nspec: {containers: ' +
          '[{name: a, image: nginx}]}',
      ),
      /^(?![^]*Required value)[^]*\* metadata\.ownerReferences\.uid: Invalid value: "": must not be empty/,
    ],
    [
      'an endpoint without addresses',
      manifest(
        'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: a}\naddressType: ' +
          'IPv4\nendpoints: [{}]',
      ),
      /endpoints\[0\]\.addresses: Required value/,
    ],
    [
      'a Node without status',
      manifest('apiVersion: v1\nkind: Node\nmetadata: {name: n9}'),
      /STDIN:1:1: status: required of a Node that no machine registers/,
    ],
    [
      'no metadata in a patch',
      lines(`kubectl patch node node-1 --type=merge -p '{"metadata": null}'`),
      /undeterminable: name must be provided/,
    ],
    [
      'a fault of a Job where there is none',
      '    When these faults strike:\n      | at | fault | target |\n      | 1s | ConfigUpdate | job "x" |',
      /there is no Job "x" in namespace "default"/,
    ],
    [
      'a duration past what can be counted',
      '    When 99999999999999999999 minutes pass',
      /larger than 9007199254740991/,
    ],
    [
      'a number of replicas past what can be counted',
      manifest(
        'apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: a}\nspec: {replicas: ' +
          '99999999999999999999, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, ' +
          'spec: {containers: [{name: a, image: nginx}]}}}',
      ),
      /spec\.replicas of type int32/,
    ],
    [
      'a setting of 0 s',
      '    Given cluster setting "nodeMonitorPeriod" is "0s"',
      /is from 10ms to .*, not "0s"/,
    ],
    [
      'quotes that do not close in -f',
      lines(`kubectl apply -f '"a.yaml'`),
      /invalid argument .* for "-f, --filename" flag/,
    ],
  ])('%s is bad input', (_, steps, message) => {
    expect(() => played(steps)).toThrow(InputError);
    expect(() => played(steps)).toThrow(message);
  });

  it.each([
    [
      'an EndpointSlice whose endpoints are null',
      manifest(
        'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: a}\naddressType: ' +
          'IPv4\nendpoints: null',
      ) + `\n${lines('kubectl get endpointslices -o wide\nkubectl describe endpointslice a')}`,
    ],
    [
      'a Lease without spec',
      manifest('apiVersion: coordination.k8s.io/v1\nkind: Lease\nmetadata: {name: a}') +
        `\n${lines('kubectl get leases -A\nkubectl describe lease a')}`,
    ],
    [
      'an Event without source',
      manifest(
        'apiVersion: v1\nkind: Event\nmetadata: {name: a}\ninvolvedObject: {kind: Pod, namespace: ' +
          'default, name: x}',
      ) + `\n${lines('kubectl get events -o wide\nkubectl describe event a')}`,
    ],
    [
      'a Node whose status was taken away',
      lines(
        `kubectl patch node node-1 --subresource=status --type=merge -p '{"status": null}'\nkubectl get ` +
          `nodes -o wide\nkubectl describe node node-1`,
      ),
    ],
    [
      'a file with a comma, a quote, a space and a class in its name',
      `    And the manifest in "a,b's [x].yaml"`,
    ],
    ['files named as kubectl names several', lines(`kubectl apply -f 'a.yaml,"a,b'"'"'s [x].yaml"'`)],
  ])('%s is taken', (_, steps) => {
    expect(() => played(steps)).not.toThrow();
  });
});

describe('a claim that asks too early', () => {
  const WEB = manifest(
    'apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: a, ' +
      'image: nginx, ports: [{containerPort: 80}]}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: ' +
      'web}\nspec: {selector: {app: web}, ports: [{port: 80}]}',
  );
  const warningsOf = (then: string): readonly string[] => {
    const steps =
      `    Given a cluster with 1 node\n${WEB}\n    And every pod is ready\n    And a client sends 10 ` +
      `requests per second to "http://web/"\n    And 10 seconds pass\n    When node "node-1" is ` +
      `cordoned\n${then}`;
    return playScenario(readFeature(`Feature: f\n  Scenario: s\n${steps}\n`, 'f.feature')[0]!, {
      files: filesOf({}),
    }).warnings;
  };

  it('of requests is warned of, though it names no moment', () => {
    expect(warningsOf('    Then no request failed')).toEqual([
      expect.stringMatching(
        /^no request failed: it was asked at the very instant of “node "node-1" is cordoned”/,
      ),
    ]);
    expect(warningsOf('    And 10 seconds pass\n    Then no request failed')).toEqual([]);
  });
});

describe('a drain that does not end', () => {
  it('is explained by the budget that refuses', () => {
    const steps = `${manifest(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: ' +
        'a, image: nginx}]}\n---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: ' +
        'web}\nspec: {minAvailable: 1, selector: {matchLabels: {app: web}}}',
    )}
    And every pod is ready
    When node "node-1" is drained without waiting
    Then within 5 minutes the drain of node "node-1" is finished`;
    let failure: unknown;
    try {
      played(steps);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(ClaimError);
    expect((failure as ClaimError).causes[0]).toMatch(
      /disruption-controller: PodDisruptionBudget default\/web status updated/,
    );
    expect((failure as ClaimError).message).toContain(
      'PodDisruptionBudget web: it allows no eviction: 1 healthy, 1 wanted',
    );
  });
});
