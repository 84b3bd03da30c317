import { describe, expect, it } from 'vitest';
import { readFeature } from '../dsl/feature.ts';
import { filesOf } from '../dsl/filesof.ts';
import { inWords, type Mutation } from './mutation.ts';
import { Mutated, type Verdict } from './trial.ts';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: shop
`;
const BUDGET = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: budget}
spec:
  minAvailable: 1
  selector: {matchLabels: {app: web}}
`;

const indented = (text: string): string => text.replace(/^(?=.)/gm, '      ');

const feature = (steps: string, tags = ''): string =>
  `Feature: f\n  ${tags}\n  Scenario: s\n${steps.replace(/^/gm, '    ')}\n`;

const EVICTED = `Given a cluster with 3 nodes
And the manifest in "web.yaml"
And the manifest in "budget.yaml"
And every pod is ready
When every pod matching "app=web" is evicted
And 1 minute passes`;
const KEPT = 'Then at every moment at least 1 pod matching "app=web" was ready';

function mutated(text: string, files: Readonly<Record<string, string>> = {}): Mutated {
  const [scenario] = readFeature(text, 'a.feature');
  return new Mutated(scenario!, {
    uri: 'a.feature',
    files: filesOf({ 'web.yaml': WEB, 'budget.yaml': BUDGET, ...files }),
  });
}

const find = (of: Mutated, words: string): Mutation =>
  of.mutations.find((m) => inWords(m).includes(words)) ??
  expect.fail(`no mutation "${words}" among ${of.mutations.map((m) => inWords(m)).join('; ')}`);
const tried = (of: Mutated, words: string): Verdict => of.try(find(of, words));

describe('a scenario with a change', () => {
  it('notices what its claims depend on', () => {
    const one = mutated(feature(`${EVICTED}\n${KEPT}`));
    expect(one.passes).toBe(true);
    expect(tried(one, 'poddisruptionbudget/budget is left out')).toMatchObject({ fate: 'killed', by: 6 });
    expect(tried(one, 'poddisruptionbudget/budget allows one more')).toMatchObject({ fate: 'killed' });
  });

  it('lets survive what it does not ask for', () => {
    const one = mutated(feature(`${EVICTED}\nThen deployment "web" has 2 of 2 replicas available`));
    expect(tried(one, 'poddisruptionbudget/budget is left out')).toEqual({ fate: 'survived' });
    expect(tried(one, 'without "every pod matching "app=web" is evicted"')).toEqual({ fate: 'survived' });
  });

  it('tells what changes nothing of what happens', () => {
    const one = mutated(feature(`${EVICTED}\n${KEPT}`));
    expect(tried(one, 'all old pods end before new ones begin')).toEqual({ fate: 'noEffect' });
  });

  it('sees through the hashes of templates, in the names of ReplicaSets and of ControllerRevisions', () => {
    const agent = WEB.replace('Deployment', 'DaemonSet')
      .replace('  replicas: 2\n', '')
      .replace('    spec:\n', '    spec:\n      terminationGracePeriodSeconds: 20\n');
    const web = WEB.replace('    spec:\n', '    spec:\n      terminationGracePeriodSeconds: 20\n');
    for (const text of [agent, web]) {
      const steps = `Given a cluster with 2 nodes\nAnd the manifest in "web.yaml"\nAnd every pod is ready`;
      const one = mutated(feature(`${steps}\nThen 2 pods matching "app=web" are ready`), {
        'web.yaml': text,
      });
      expect(tried(one, 'pods have 1 s to end')).toEqual({ fate: 'noEffect' });
    }
  });

  it('takes the port in the slices of a Service for a copy of its own, until somebody sends to it', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n' +
      '  ports: [{port: 80}]\n';
    const image = WEB.replace('image: shop', 'image: nginx\n        ports: [{containerPort: 80}]');
    const files = { 'web.yaml': image, 'service.yaml': service };
    const quiet = `Given a cluster with 1 node
And the manifest in "web.yaml"
And the manifest in "service.yaml"
And every pod is ready`;
    const asked = `${quiet}\nAnd a client sends 1 request per second to "http://web/"\nAnd 5 seconds pass`;
    const wrong = 'service/web sends what comes to port 80 where nothing listens';
    expect(tried(mutated(feature(quiet), files), wrong)).toEqual({ fate: 'noEffect' });
    expect(tried(mutated(feature(asked), files), wrong)).toEqual({ fate: 'survived' });
  });

  it('takes for an effect what is written at the same times, and says something else', () => {
    const placed = WEB.replace(
      '    spec:\n      containers',
      '    spec:\n      nodeSelector: {kubernetes.io/hostname: node-3}\n      containers',
    );
    const steps = `Given a cluster with 3 nodes
And the manifest in "web.yaml"
And every pod is ready
Then 2 pods matching "app=web" are ready`;
    const one = mutated(feature(steps), { 'web.yaml': placed });
    expect(tried(one, 'has no node selector')).toEqual({ fate: 'survived' });
  });

  it('takes for an effect what programs alone see', () => {
    const pod = `apiVersion: v1
kind: ConfigMap
metadata: {name: words}
data: {greeting: hello}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - {name: web, image: nginx, envFrom: [{configMapRef: {name: words}}]}
`;
    const steps = 'Given a cluster with 1 node\nAnd the manifests in "pod.yaml"\nAnd every pod is ready';
    const one = mutated(feature(`${steps}\nThen pod "web" is ready`), { 'pod.yaml': pod });
    expect(tried(one, 'greeting is missing')).toEqual({ fate: 'survived' });
  });

  it('tells of a step that does nothing', () => {
    const one = mutated(
      feature(
        'Given a cluster with 2 nodes\nAnd the manifest in "web.yaml"\nAnd every pod is ready\n' +
          'When node "node-1" is uncordoned\nThen deployment "web" has 2 of 2 replicas available',
      ),
    );
    expect(tried(one, 'without "node "node-1" is uncordoned"')).toEqual({ fate: 'noEffect' });
  });

  it('says where the weakened field stands, in files and in doc strings', () => {
    const text = feature(`Given a cluster with 2 nodes
And the manifest in "web.yaml"
And the manifest:
  """
${indented(BUDGET).replace(/^ {4}/gm, '')}  """
And every pod is ready
Then deployment "web" has 2 of 2 replicas available`);
    const one = mutated(text);
    const spotOf = (words: string): unknown => (find(one, words) as { spot: unknown }).spot;
    expect(spotOf('1 replicas, one less')).toEqual({ file: 'web.yaml', line: 6 });
    const line = text.split('\n').findIndex((l) => l.includes('minAvailable')) + 1;
    expect(spotOf('allows one more')).toEqual({ file: 'a.feature', line });
  });

  it('weakens what kubectl lines apply', () => {
    const one = mutated(
      feature(`Given a cluster with 2 nodes
When I run "kubectl apply -f web.yaml"
Then within 1 minute deployment "web" has 2 of 2 replicas available`),
    );
    expect(tried(one, '1 replicas, one less')).toMatchObject({ fate: 'killed', by: 2 });
  });

  it('weakens what kustomize makes of a folder', () => {
    const [scenario] = readFeature(
      feature(`Given a cluster with 2 nodes
When I run "kubectl apply -k 'overlay/'"
Then within 1 minute deployment "web" has 2 of 2 replicas available`),
      'a.feature',
    );
    const files = filesOf({ 'overlay/kustomization.yaml': 'resources: [../web.yaml]' });
    const list: (typeof files)['list'] = (path) => files.list?.(path.replace(/\/$/, ''));
    const one = new Mutated(scenario!, { uri: 'a.feature', files: { ...files, list, kustomize: () => WEB } });
    expect(tried(one, '1 replicas, one less')).toMatchObject({ fate: 'killed', by: 2 });
    const { spot } = find(one, '1 replicas, one less') as { spot: unknown };
    expect(spot).toEqual({ file: 'overlay (kustomize)', line: 6 });
  });

  it('takes a file for what every step reads of it that comes before it is applied', () => {
    const steps = `Given a cluster with 2 nodes
And the manifest in "web.yaml"
When I run "kubectl apply -f budget.yaml,web.yaml"
And every pod is ready
Then deployment "web" has 2 of 2 replicas available`;
    const one = mutated(feature(steps));
    expect(find(one, '1 replicas, one less')).toMatchObject({ from: 1 });
    expect(tried(one, '1 replicas, one less')).toMatchObject({ fate: 'killed', by: 4 });
    expect(find(one, 'poddisruptionbudget/budget is left out')).toMatchObject({ from: 2 });
  });

  it('is not at fault where the API refuses the manifest', () => {
    const parallel = WEB.replace('Deployment', 'StatefulSet').replace(
      'replicas: 2',
      'replicas: 1\n  serviceName: web',
    );
    const one = mutated(
      feature(`Given a cluster with 2 nodes
And the manifest:
  """
${indented(parallel).replace(/^ {4}/gm, '')}  """
And every pod is ready
When I run "kubectl apply -f set.yaml"
Then pod "web-0" is ready`),
      { 'set.yaml': parallel },
    );
    const ofFile = one.mutations.find(
      (m) => m.kind === 'edit' && m.edit === 'StatefulOrderDropped' && m.of.in === 'file',
    );
    expect(one.try(ofFile!)).toMatchObject({ fate: 'refused' });
  });

  it('that is to fail is noticed when it fails no more', () => {
    const one = mutated(
      feature(EVICTED.replace('And the manifest in "budget.yaml"\n', '') + `\n${KEPT}`, '@expect-failure'),
    );
    expect(one.passes).toBe(true);
    expect(tried(one, 'without "every pod matching')).toMatchObject({ fate: 'killed' });
  });

  it('that fails as it is has no changes', () => {
    const one = mutated(feature('Given a cluster with 2 nodes\nThen pod "web" is ready'));
    expect(one.passes).toBe(false);
    expect(one.why).toContain('pod "web" is ready');
    expect(one.mutations).toEqual([]);
  });

  it('notices a controller that is broken, where it asks for what that does', () => {
    const [scenario] = readFeature(feature(`${EVICTED}\n${KEPT}`), 'a.feature');
    const one = new Mutated(scenario!, {
      uri: 'a.feature',
      files: filesOf({ 'web.yaml': WEB, 'budget.yaml': BUDGET }),
      bugs: ['eviction-ignores-budgets', 'cronjob-ignores-suspend'],
    });
    expect(tried(one, 'the bug eviction-ignores-budgets')).toMatchObject({ fate: 'killed' });
    expect(tried(one, 'the bug cronjob-ignores-suspend')).toEqual({ fate: 'noEffect' });
  });

  it('is tried with every seed that it names', () => {
    const chance = feature(`${EVICTED}\n${KEPT}`, '@every-seed:3');
    expect(tried(mutated(chance), 'container web is told to start')).toMatchObject({ fate: 'killed' });
  });
});
