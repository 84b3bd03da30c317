import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/seatrial.mjs', import.meta.url));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seatrial-'));
  mkdirSync(join(folder, 'plan'));
  writeFileSync(join(folder, 'plan', 'faults.yaml'), 'faults: [{fault: SchedulerDown}]\n');
  writeFileSync(join(folder, 'broken.yaml'), '# no API version\nkind: Pod\n');
  writeFileSync(join(folder, 'slip.feature'), scenario('Given a cluster with 1 node'));
  writeFileSync(
    join(folder, 'nofaults.feature'),
    scenario('Given a cluster with 1 node\nAnd the manifests in "nofaults.yaml"\nWhen 1 minute passes'),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs the command in a folder that holds the feature, and nothing of the project. */
const seatrial = async (...args: string[]): Promise<Ended> => seatrialIn(folder, ...args);

async function seatrialIn(cwd: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [BIN, ...args],
      { cwd, env: { ...process.env, NO_COLOR: '1' } },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
      },
    );
  });
}

async function run(name: string, feature: string, ...args: string[]): Promise<Ended> {
  writeFileSync(join(folder, `${name}.feature`), feature);
  return seatrial('run', `${name}.feature`, ...args);
}

const scenario = (steps: string, tags = ''): string =>
  `Feature: f\n  ${tags}\n  Scenario: s\n${steps
    .split('\n')
    .map((l) => `    ${l}`)
    .join('\n')}\n`;
const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: web, ' +
  'image: nginx}]}';

describe('seatrial run', () => {
  it.concurrent('tells of claims that prove nothing: a warning, with --strict a failure', async () => {
    writeFileSync(join(folder, 'warned.yaml'), POD);
    const feature = scenario(
      'Given a cluster with 1 node\nAnd the manifest in "warned.yaml"\nWhen 1 minute passes\nThen exactly ' +
        '0 pods matching "app=wbe" are running',
    );
    const lenient = await run('warned', feature, '--junit', 'warned.xml');
    expect(lenient.code).toBe(0);
    expect(lenient.output).toContain(
      'warning: line 7, exactly 0 pods matching "app=wbe" are running: no pod matched "app=wbe" in the ' +
        'whole run, so this tests nothing; did you mean "app=web"?',
    );
    expect(lenient.output).toContain('1 passed, 0 failed, 1 warning');
    expect(readFileSync(join(folder, 'warned.xml'), 'utf8')).toContain('warning: line 7, exactly 0 pods');
    const strict = await run('warned', feature, '--strict');
    expect(strict.code).toBe(1);
    expect(strict.output).toContain('--strict makes warnings failures:');
  });

  it.concurrent('tells with --strict of what is still going on, and of another failure', async () => {
    const late = scenario('Given a cluster with 1 node\nWhen I run "kubectl run web --image=nginx"');
    expect(await run('late', late)).toMatchObject({ code: 0 });
    const strict = await run('late', late, '--strict');
    expect(strict).toMatchObject({ code: 1, output: expect.stringContaining('still going on: 1 pod') });
    const other = scenario(
      'Given a cluster with nodes:\n| name | cpu |\n| a | 100m |\nWhen I run "kubectl create deployment ' +
        'web --image=nginx"\nAnd I run "kubectl set resources deployment web --requests=cpu=9"\nAnd every ' +
        'pod is ready\nThen pod "web" is ready',
      '@expect-failure',
    );
    expect(await run('other', other)).toMatchObject({
      code: 0,
      output: expect.stringContaining('the failure that was expected came from this step'),
    });
    expect(await run('other', other, '--strict')).toMatchObject({ code: 1 });
  });

  it.concurrent('tells a drain that a budget holds up in a few lines, as something found', async () => {
    writeFileSync(
      join(folder, 'stuck.yaml'),
      `${POD}\n---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: ` +
        `{minAvailable: 1, selector: {matchLabels: {app: web}}}\n`,
    );
    const { code, output } = await run(
      'stuck',
      scenario(
        'Given a cluster with 1 node\nAnd the manifest in "stuck.yaml"\nAnd every pod is ready\nWhen node ' +
          '"node-1" is drained',
      ),
    );
    expect(code).toBe(1);
    expect(output).toMatch(/… the same \d+ times more …\n +error: nobody waits for ever/);
    expect(output.split('\n').length).toBeLessThan(30);
  });

  it.concurrent('shows what kubectl lines of passing steps print where --verbose asks for it', async () => {
    const feature = scenario('Given a cluster with 1 node\nWhen I run "kubectl get nodes -o name"');
    const plain = await run('quiet', feature);
    expect(plain.output).not.toContain('node/node-1');
    const verbose = await run('verbose', feature, '--verbose');
    expect(verbose.output).toContain('      $ kubectl get nodes -o name\n      node/node-1\n');
  });

  it.concurrent('passes: exit 0, virtual time beside steps, manifests beside features, results', async () => {
    // Each run makes the folder of results anew, so this one has a folder to itself.
    const alone = join(folder, 'alone');
    mkdirSync(alone);
    writeFileSync(join(alone, 'web.yaml'), POD);
    writeFileSync(
      join(alone, 'passes.feature'),
      scenario(
        'Given a cluster with 1 node\nAnd the manifest in "web.yaml"\nWhen 90s pass\nThen pod "web" is ' +
          'running',
      ),
    );
    const { code, output } = await seatrialIn(alone, 'run', 'passes.feature');
    expect(output).toContain('✓ When 90s pass [0:00:00 → 0:01:30]');
    expect(output).toContain('1 passed, 0 failed');
    expect(code).toBe(0);
    expect(
      readdirSync(join(alone, 'reports', 'allure-results')).some((f) => f.endsWith('-result.json')),
    ).toBe(true);
  });

  it.concurrent.each<[string, number, string, string[], string[]]>([
    [
      'claim',
      1,
      scenario('Given a cluster with 1 node\nWhen 1 minute passes\nThen pod "web" is running'),
      ['there was no pod "web"', '0 passed, 1 failed'],
      [],
    ],
    [
      'undefined',
      2,
      scenario('Given a cluster with 1 node\nWhen the moon is full'),
      ['no phrase of the language fits "the moon is full"'],
      [],
    ],
    [
      'parse',
      2,
      'Feature: f\n  Scenario: s\n    Given a cluster with 1 node\n    Whenever it rains\n',
      ['Parse error in "parse.feature" (4:5)'],
      [],
    ],
    [
      'manifest',
      2,
      scenario(
        `Given a cluster with 1 node\nAnd the manifest:\n  """\n  ` +
          `${POD.replace('image', 'imge').replace(/\n/g, '\n  ')}\n  """`,
      ),
      ['spec.containers[0].imge', 'manifest.feature:10:', 'did you mean "image"?'],
      [],
    ],
    [
      'kubectl',
      2,
      scenario('Given a cluster with 1 node\nWhen I run "kubectl get pod web"'),
      ['pods "web" not found'],
      [],
    ],
    [
      'table',
      2,
      scenario('Given a cluster with 1 node\nWhen these faults strike:\n  | fault |\n  | NodePowerLos |'),
      ['row 1 of the table: there is no fault "NodePowerLos"; did you mean "NodePowerLoss"?'],
      [],
    ],
    [
      'parameter',
      2,
      scenario(
        'Given a cluster with 1 node\nWhen fault "NodePowerLoss" strikes:\n  | target | node-1 |\n  | for ' +
          '| long |',
      ),
      ['for is a duration such as 90s or 5m, not "long"'],
      [],
    ],
    [
      'ahead',
      2,
      scenario(
        'Given a cluster with 1 node\nWhen I run "kubectl get nodes"\nAnd these faults strike:\n  | fault ' +
          '|\n  | Quake |',
      ),
      ['row 1 of the table: there is no fault "Quake"'],
      [],
    ],
    [
      'schedule',
      2,
      scenario('Given a cluster with 1 node\nWhen the faults in "patch-day.yaml" strike'),
      ['there is no file "patch-day.yaml" that can be read'],
      [],
    ],
    [
      'unfailed',
      1,
      scenario('Given a cluster with 1 node\nThen no pods matching "app=web" are running', '@expect-failure'),
      ['tagged @expect-failure, and every claim of it held'],
      [],
    ],
    [
      'failed',
      0,
      scenario(
        'Given a cluster with 1 node\nThen pod "web" is running\nWhen 1 minute passes',
        '@expect-failure',
      ),
      ['As expected, it failed'],
      [],
    ],
    [
      'docstring',
      2,
      scenario('Given a cluster with 1 node\nWhen 1 minute passes\n  """\n  x\n  """'),
      ['"1 minute passes" takes no doc string below it'],
      [],
    ],
    [
      'attachment',
      2,
      scenario('Given a cluster with 1 node\nWhen these faults strike:'),
      ['"these faults strike:" takes a table', 'and there is none'],
      [],
    ],
    ['largest', 2, scenario('Given a cluster with 9007199254740993 nodes'), ['the largest there may be'], []],
    [
      'quotes',
      1,
      scenario(
        'Given a cluster with 1 node\nWhen I run "kubectl get node node-1 -o json"\nThen the output ' +
          'contains "replicas: 3"',
      ),
      ['the output contains "replicas: 3"'],
      [],
    ],
    ["[x] {a,b} 'q'", 0, scenario('Given a cluster with 1 node'), ['1 passed, 0 failed'], []],
    [
      'nested',
      2,
      scenario(
        'Given a cluster with 1 node\nAnd the manifest:\n  """\n  apiVersion: v1\n  kind: Pod\n  ' +
          'metadata: {name: a}\n  spec: {readinessGates: [{}], containers: [{name: c, image: nginx}]}\n  """',
      ),
      ['spec.readinessGates[0].conditionType: Required value', 'nested.feature:10:31:'],
      [],
    ],
    ['seeds', 2, scenario('Given a cluster with 1 node', '@every-seed:many'), ['should be a number'], []],
    ['stepless', 2, 'Feature: f\n  Scenario: s\n    Whenever it rains\n', ['has no steps'], []],
    ['empty', 2, 'Feature: f\n', ['no scenario to run'], []],
    ['filtered', 2, scenario('Given a cluster with 1 node'), ['no scenario to run'], ['--tags', '@slow']],
  ])(
    '%s: exit %d',
    async (name, code, feature, texts, args) => {
      const ended = await run(name, feature, ...args);
      for (const text of texts) expect(ended.output).toContain(text);
      expect(ended.output).not.toMatch(/^ +at .*\.(?:ts|js):\d+/m);
      expect(ended.code).toBe(code);
    },
    60_000,
  );

  it.concurrent('plays a scenario with every seed it asks for, and names the one that fails', async () => {
    // Which of three equal nodes a pod gets is chance: no node is it for every seed.
    const steps =
      `Given a cluster with 3 nodes\nAnd the manifest:\n  """\n  ${POD.replace(/\n/g, '\n  ')}\n  ` +
      `"""\nAnd every pod is ready\nThen pod "web" is on node "node-1"`;
    const failing = await run('seeded', scenario(steps, '@every-seed:30 @expect-failure'));
    expect(failing.output).toContain('As expected, it failed');
    expect(failing.code).toBe(0);
    const seed = /it failed with seed (\d+)/.exec(failing.output)?.[1] ?? '1';
    expect((await run('again', scenario(steps), '--seed', seed)).code).toBe(1);
  });

  it.concurrent.each([
    [['run', 'nowhere.feature'], 'there is no feature file or folder nowhere.feature'],
    [['run'], "missing required argument 'feature'"],
    [['rum', 'x'], "unknown command 'rum'"],
    [['run', '--sed', '3', 'x.feature'], "unknown option '--sed'"],
    [['explore', 'nowhere'], 'there is no file or folder nowhere'],
    [['explore', 'plan/faults.yaml'], 'plan/faults.yaml is a schedule of faults, not a manifest'],
    [['explore', 'plan'], 'there is neither a manifest nor a scenario with manifests in plan'],
    [['explore', 'broken.yaml'], 'broken.yaml:2:1: apiVersion: required, but not set'],
    [['explore', 'nofaults.feature'], 'there is no file "nofaults.yaml" that can be read'],
    [['explore', 'broken.yaml', '--faults', 'NodePowerLos'], 'did you mean "NodePowerLoss"?'],
    [['run', 'slip.feature', '--tags', '((('], '--tags takes an expression such as "not @slow"'],
    [['run', 'slip.feature', '--name', '['], '--name takes a regular expression, not "["'],
    [['run', 'slip.feature', '--reports', 'slip.feature'], 'slip.feature/allure-results cannot be written'],
    [['run', 'slip.feature', '--json', 'plan'], 'plan cannot be written: it is a folder'],
    [['replay', 'nowhere.yaml'], 'the scenario nowhere.yaml cannot be read'],
  ])(
    '%j: exit 2',
    async (args, text) => {
      const ended = await seatrial(...args);
      expect(ended.output).toContain(text);
      expect(ended.code).toBe(2);
    },
    60_000,
  );
});
