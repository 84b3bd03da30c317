import { describe, expect, it } from 'vitest';
import { readFeature } from './feature.ts';
import { givenOf } from './taken.ts';
import { play } from './interpreter.ts';
import { properties } from '../explore/property.ts';
import { playScenario } from './playfeature.ts';
import { standardKit } from './kit.ts';
import { filesOf, readStep, Scenario } from './scenario.ts';
import { createSession } from './session.ts';
import { simulate } from '../drivers/simulated.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: nginx
      tty: true
  hostUsers: true
`;
const files = filesOf({ 'web.yaml': POD, 'again.yaml': POD.replace('{name: web}', '{name: other}') });

const feature = (scene: string): string => `Feature: f
  Scenario: s
    Given a cluster with 1 node
${scene}
    When 1 minute passes
`;
const DOC_STRING = `    And the manifest:
      """
${POD.trimEnd().replace(/^/gm, '      ')}
      """`;

describe('what is taken as given', () => {
  it('is each field that is stored only, with the places of manifests where it was met', () => {
    const session = createSession({ seed: 1, files, kit: standardKit, createDriver: simulate });
    play(session, { op: 'cluster', nodes: 1 });
    play(session, { op: 'manifestsIn', path: 'web.yaml' });
    play(session, { op: 'kubectl', lines: ['kubectl apply -f again.yaml'] });
    expect(givenOf(session)).toEqual([
      { given: 'field', kind: 'Pod', field: 'spec.containers.tty', places: ['web.yaml:8', 'again.yaml:8'] },
      { given: 'field', kind: 'Pod', field: 'spec.hostUsers', places: ['web.yaml:9', 'again.yaml:9'] },
    ]);
  });

  it('is what a command says by itself, too', () => {
    const session = createSession({ seed: 1, files, kit: standardKit, createDriver: simulate });
    play(session, { op: 'cluster', nodes: 1 });
    const patch = '{"spec": {"template": {"spec": {"hostUsers": true}}}}';
    const lines = [
      'kubectl create deployment web --image=nginx',
      `kubectl patch deployment web -p '${patch}'`,
      `kubectl patch deployment web --dry-run=client -p '${patch.replace('hostUsers', 'hostIPC')}'`,
    ];
    play(session, { op: 'kubectl', lines });
    expect(givenOf(session)).toEqual([
      {
        given: 'field',
        kind: 'Deployment',
        field: 'spec.template.spec.hostUsers',
        places: ['kubectl patch'],
      },
    ]);
  });

  it('is what a JSON patch brings, and nothing of what was there', () => {
    const session = createSession({ seed: 1, files, kit: standardKit, createDriver: simulate });
    play(session, { op: 'cluster', nodes: 1 });
    const template = '/spec/template/spec';
    const patches = [
      [{ op: 'add', path: `${template}/hostUsers`, value: true }],
      [{ op: 'add', path: `${template}/containers/0/tty`, value: true }],
      [{ op: 'replace', path: '/spec/replicas', value: 2 }],
      [{ op: 'test', path: '/spec/replicas', value: 2 }],
    ];
    play(session, {
      op: 'kubectl',
      lines: [
        'kubectl create deployment web --image=nginx',
        ...patches.map((p) => `kubectl patch deployment web --type json -p '${JSON.stringify(p)}'`),
      ],
    });
    const given = { given: 'field', kind: 'Deployment', places: ['kubectl patch'] };
    expect(givenOf(session)).toEqual([
      { ...given, field: 'spec.template.spec.hostUsers' },
      { ...given, field: 'spec.template.spec.containers.tty' },
    ]);
  });

  it('is what the manifests of a property say, at their own lines, and the images of its draws', () => {
    const shop = POD.replace('image: nginx', 'image: example.com/shop');
    const session = createSession({
      seed: 1,
      files: filesOf({ 'web.yaml': shop }),
      kit: standardKit,
      createDriver: simulate,
      property: properties({ runs: 2 }),
    });
    play(session, { op: 'anyCluster', min: 1, max: 2 });
    play(session, { op: 'manifestsIn', path: 'web.yaml' });
    play(session, { op: 'everyPodReady' });
    play(session, readStep('Then pod "web" is running').operation);
    expect(givenOf(session)).toEqual([
      { given: 'field', kind: 'Pod', field: 'spec.containers.tty', places: ['web.yaml:8'] },
      { given: 'field', kind: 'Pod', field: 'spec.hostUsers', places: ['web.yaml:9'] },
      expect.objectContaining({ given: 'image', name: 'example.com/shop' }),
    ]);
  });

  it('is all that an object of a kind says which is only stored', () => {
    const text =
      'apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: {name: more}\nspec:\n' +
      '  cidrs: [10.97.0.0/16]\n';
    const session = createSession({
      seed: 1,
      files: filesOf({ 'web.yaml': text }),
      kit: standardKit,
      createDriver: simulate,
    });
    play(session, { op: 'cluster', nodes: 1 });
    play(session, { op: 'manifestsIn', path: 'web.yaml' });
    expect(givenOf(session)).toEqual([
      { given: 'field', kind: 'ServiceCIDR', field: '', places: ['web.yaml:2'] },
    ]);
  });

  it('is not what a command wrote that only looked, or read the manifest to delete', () => {
    const session = createSession({ seed: 1, files, kit: standardKit, createDriver: simulate });
    play(session, { op: 'cluster', nodes: 1 });
    for (const line of ['apply -f web.yaml --dry-run=client', 'delete -f web.yaml --ignore-not-found'])
      play(session, { op: 'kubectl', lines: [line] });
    expect(givenOf(session)).toEqual([]);
  });

  it.each([
    ['Given strict simulation', '    Given strict simulation'],
    ['a setting', '    Given cluster setting "strictSimulation" is "true"'],
  ])('fails where the simulation is to be strict, in the line of the feature (%s)', (_, strict) => {
    const [scenario] = readFeature(feature(`${strict}\n${DOC_STRING}`), 'web.feature');
    expect(() => playScenario(scenario!, { files })).toThrow(
      /^the simulation is to be strict.*\n {2}Pod spec.containers.tty \(web.feature:14\)/,
    );
  });

  it('fails for an image that nobody described, in the language of the feature', () => {
    const steps = '    Given strict simulation\n    When I run "kubectl run web --image=example.com/shop"';
    const [scenario] = readFeature(feature(steps), 'web.feature');
    expect(() => playScenario(scenario!, { files })).toThrow(/image "example.com\/shop"/);
    const japanese =
      `# language: ja\n機能: f\n  シナリオ: s\n    前提1台のノードを持つクラスター\n    ` +
      `かつ厳密なシミュレーション\n    かつ"web.yaml"のマニフェスト\n`;
    expect(() => playScenario(readFeature(japanese, 'web.feature')[0]!, { files })).toThrow(
      /シミュレーションは厳密とされた/,
    );
  });

  it('is nothing of what is played', () => {
    const played = new Scenario({ files: filesOf({}) })
      .say('Given strict simulation')
      .say('And a cluster with 1 node')
      .say('And the manifest:', POD.replace(/ *tty.*\n/, '').replace(/ *hostUsers.*\n/, ''));
    expect(played.say('And every pod is ready').warnings).toEqual([]);
  });
});
