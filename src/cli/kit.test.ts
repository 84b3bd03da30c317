import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { isBuilt } from '../../bin/built.mjs';
import { folderOf } from './testing.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What a user imports is what the command runs: compiled where that is up to date. */
const FACE = join(ROOT, isBuilt(ROOT) ? 'dist/src/index.js' : 'src/index.ts');

/** A user's own fault, invariant, phrase, image and controller, by the public face only. */
const KIT = `import {
  defineFault, defineInvariant, extendKit, phrase, standardKit, type Controller, type OwnPhrase,
} from ${JSON.stringify(pathToFileURL(FACE).href)};

const tierLost = defineFault({
  kind: 'TierLost',
  family: 'pod',
  target: 'none',
  needs: 'api',
  about: 'All Pods of a tier are gone at once.',
  heals: 'Their controller makes others.',
  parameters: [{ field: 'value', default: 'front', among: ['front'], about: 'which tier' }],
  phrases: [phrase('tier {string:value} is lost', '層{string:value}を失う')],
  strike(call, ctx) {
    const pods = ctx.api.list('Pod', { labelSelector: \`tier=\${call.value}\` });
    for (const { metadata } of pods)
      ctx.api.delete('Pod', metadata.namespace ?? 'default', metadata.name, { gracePeriodSeconds: 0 });
    return { targets: pods.map((p) => p.metadata.name) };
  },
});

const tierThere = defineInvariant({
  name: 'tier-there',
  asks: 'api',
  about: 'The front tier has a Pod.',
  why: 'without one nobody is served',
  fails: 'The last of them went.',
  init: () => null,
  observe: (entry, _state, view) =>
    entry.type === 'api' && entry.kind === 'Pod' && entry.after === undefined &&
    ![...view.list('Pod')].some((p) => p.metadata.labels?.tier === 'front')
      ? { message: 'the front tier has no Pod', objects: [] }
      : undefined,
});

const wait: OwnPhrase = {
  keyword: 'When',
  en: 'the night passes in {duration:durationMs}',
  ja: '夜が{durationMs}で明ける',
  build: ({ durationMs }: { durationMs: number }) => ({ op: 'pass', durationMs }),
};

const stamp: Controller = {
  name: 'stamp-controller',
  watches: ['ConfigMap'],
  init: () => ({}),
  observe: ({ type, object }, _state, ctx) => {
    if (type !== 'DELETED') ctx.queue.add(\`\${object.metadata.namespace}/\${object.metadata.name}\`);
  },
  sync(key, _state, ctx) {
    const [namespace, name] = key.split('/') as [string, string];
    ctx.api.patch('ConfigMap', namespace, name, 'merge', { metadata: { labels: { stamped: 'yes' } } });
  },
};

export default extendKit(standardKit, {
  faults: [tierLost],
  invariants: [tierThere],
  phrases: [wait],
  images: { 'shop/api': { listens: [8080], logs: ['the shop is open'] } },
  controllers: [stamp],
});
`;
const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {tier: front}}
  template:
    metadata: {labels: {tier: front}}
    spec: {containers: [{name: api, image: 'shop/api:2', ports: [{containerPort: 8080}]}]}
`;
const FEATURE = `Feature: A kit of one's own
  Background:
    Given a cluster with 2 nodes
    And the manifest in "web.yaml"
    And every pod is ready

  Scenario: An image, a controller, a phrase
    When I run "kubectl logs deployment/web"
    Then the output contains "the shop is open"
    When I run "kubectl create configmap c"
    And the night passes in 1 minute
    And I run "kubectl get configmap c --show-labels"
    Then the output contains "stamped=yes"
    And invariant "tier-there" holds

  Scenario: A fault by its phrase
    When tier "front" is lost
    Then invariant "tier-there" holds

  Scenario: A fault in a table
    When these faults strike:
      | at | fault    | value |
      | 5s | TierLost | front |
    Then invariant "tier-there" holds
`;

const seatrial = (cwd: string, ...args: string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(ROOT, 'bin/seatrial.mjs'), ...args],
      { cwd, env: { ...process.env, NO_COLOR: '1' } },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });

it("takes a user's own fault, invariant, phrase, image and controller to run and explore", async () => {
  const folder = folderOf({ 'kit.mts': KIT, 'web.yaml': WEB, 'own.feature': FEATURE });
  const good = await seatrial(folder, 'run', 'own.feature:7', '--kit', 'kit.mts');
  expect(good).toMatchObject({ code: 0 });
  for (const line of ['16', '20']) {
    const bad = await seatrial(folder, 'run', `own.feature:${line}`, '--kit', 'kit.mts');
    expect(bad.output).toContain('the front tier has no Pod');
    expect(bad.code).toBe(1);
  }
  // Without the kit nobody knows these steps.
  expect(await seatrial(folder, 'run', 'own.feature:16')).toMatchObject({ code: 2 });

  const explore = [
    '--kit',
    'kit.mts',
    '--faults',
    'TierLost',
    '--runs',
    '20',
    '--workers',
    '2',
    '--max',
    '2',
  ];
  const explored = await seatrial(folder, 'explore', 'web.yaml', ...explore);
  expect(explored.output).toContain('invariant "tier-there" holds');
  expect(explored.code).toBe(1);
  const kept = readdirSync(join(folder, 'reports/explore'), { recursive: true, encoding: 'utf8' });
  const found = kept.find((file) => file.includes('tier-there') && file.endsWith('.feature'))!;
  const again = await seatrial(folder, 'run', join('reports/explore', found), '--kit', 'kit.mts');
  expect(again.output).toContain('the front tier has no Pod');
  expect(again.code).toBe(1);
}, 180_000);

it('says what is wrong with a kit, and of which', async () => {
  const folder = folderOf({ 'kit.mjs': 'export const kit = 1;', 'web.yaml': WEB });
  expect(await seatrial(folder, 'explore', 'web.yaml', '--kit', 'kit.mjs')).toEqual({
    code: 2,
    output:
      'seatrial: the kit kit.mjs exports nothing by default: it should say "export default ' +
      'extendKit(standardKit, { … })"\n',
  });
});
