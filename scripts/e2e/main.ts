/**
 * `npm run e2e -- PATH_TO_E2E_TEST [options]`: Kubernetes' own conformance tests of 1.20 against a served
 * cluster. Those of `passed-1.20.txt` must pass; the list may only grow.
 *
 * --all             every conformance test; what passes for the first time is added to the list
 * --kubectl FILE    kubectl 1.20; else the one beside e2e.test
 * --repo-root DIR   Kubernetes' sources, of which some tests read manifests
 * --jobs N          so many at a time (3); tests that are to be alone come after, one by one
 * --log FILE        what e2e.test says, all of it
 * NAME …            only those whose names hold one of these (with --all: unlisted ones too)
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Operation } from '../../src/dsl/operations/operation.ts';
import { filesIn } from '../../src/files.ts';
import { Listener, Served } from '../../src/serve/index.ts';
import { EPOCH } from '../../src/sim/api/time.ts';
import { focusOn, resultsIn, verdict } from './results.ts';

const LIST = new URL('passed-1.20.txt', import.meta.url);

const START: readonly Operation[] = [
  { op: 'setting', name: 'legacyAccountSecrets', value: 'true' },
  { op: 'setting', name: 'tokensInEveryPod', value: 'true' },
  { op: 'cluster', nodes: 3 },
  { op: 'pass', durationMs: Date.now() - EPOCH },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    kubectl: { type: 'string' },
    'repo-root': { type: 'string' },
    log: { type: 'string' },
    jobs: { type: 'string', default: '3' },
  },
});
const [binary = '', ...names] = positionals;
const listed = readFileSync(LIST, 'utf8').trim().split('\n');
const isMeant = (test: string): boolean => names.length === 0 || names.some((name) => test.includes(name));

/** Beside others the clock would run ahead of tests that look at what a container's own time brings. */
const isAlone = (test: string): boolean =>
  /\[Serial\]|\*not\* be restarted with a exec|deployment should support rollover/.test(test);

/** Runs e2e.test once. @returns its output */
function tested(kubeconfig: string, reports: string, focus: string, skip: string): Promise<string> {
  const kubectl = values.kubectl ?? join(dirname(binary), 'kubectl');
  const root = values['repo-root'] ?? join(dirname(binary), '..', 'src', 'kubernetes-1.20');
  const args = [
    '--provider=skeleton',
    `--kubeconfig=${kubeconfig}`,
    ...(existsSync(kubectl) ? [`--kubectl-path=${resolve(kubectl)}`] : []),
    ...(existsSync(root) ? [`--repo-root=${resolve(root)}`] : []),
    '--kube-api-content-type=application/json',
    '--dump-logs-on-failure=false',
    '--minStartupPods=0',
    `--report-dir=${reports}`,
    '--ginkgo.noColor',
    `--ginkgo.focus=${focus}`,
    ...(skip === '' ? [] : [`--ginkgo.skip=${skip}`]),
  ];
  return new Promise((done, reject) => {
    const child = spawn(resolve(binary), args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('latin1');
      if (values.log !== undefined) appendFileSync(values.log, chunk);
      for (const line of chunk.toString('latin1').split('\n'))
        if (/\{"msg":"(?:PASSED|FAILED) /.test(line))
          console.log(line.slice(line.indexOf('{"msg":"') + 8, line.indexOf('","total"')));
    });
    child.on('error', reject);
    child.on('close', () => done(output));
  });
}

async function run(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-e2e-'));
  const served = Served.begin({ seed: '1', start: START, files: filesIn(process.cwd()) });
  const listener = await Listener.listen(served, { port: 0, pace: { kind: 'rate', rate: 2 } });
  try {
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, listener.kubeconfig, { mode: 0o600 });
    const asked = listed.filter(isMeant);
    const named = names.length === 0 ? '' : `(?:${focusOn(names)}).*`;
    const alone = asked.filter(isAlone);
    const jobs = Math.max(1, Number(values.jobs));
    const together = asked.filter((test) => !isAlone(test));
    const shares = Array.from({ length: jobs }, (_, i) => together.filter((__, at) => at % jobs === i));
    const outputs = values.all
      ? [await tested(kubeconfig, folder, String.raw`${named}\[Conformance\]`, '')]
      : await Promise.all(
          shares
            .filter((share) => share.length > 0)
            .map((share, i) => tested(kubeconfig, join(folder, String(i)), focusOn(share), '')),
        );
    if (!values.all && alone.length > 0) outputs.push(await tested(kubeconfig, folder, focusOn(alone), ''));
    const results = resultsIn(outputs.join('\n'));
    const { text, failed, grown } = verdict(asked, results);
    console.log(text);
    if (values.all && grown.length > 0)
      writeFileSync(LIST, `${[...new Set([...listed, ...grown])].sort().join('\n')}\n`);
    return failed ? 1 : 0;
  } finally {
    await listener.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (binary === '' || !existsSync(binary))
  console.log(
    `skipped: ${listed.length} conformance tests of Kubernetes 1.20, as there is no e2e.test ` +
      `(npm run e2e -- PATH_TO_E2E_TEST)`,
  );
else process.exitCode = await run();
