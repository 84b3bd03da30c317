import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import ts from 'typescript-api';
import * as seatrial from '../../src/index.ts';
import * as kubectl from '../../src/kubectl.ts';
import { readSurface, REPORT, reportOf, type Exported } from './api.ts';
import { pack, project, ROOT } from './packed.ts';

describe('the public surface', () => {
  const surface = readSurface();
  const exported = surface.entries.flatMap(({ name, exported: all }) =>
    all.map((e) => [`${name} ${e.name}`, e] as const),
  );

  it('is what docs/api.md says (npm run api -- --accept, where a change is meant)', () => {
    expect(readFileSync(REPORT, 'utf8')).toBe(reportOf(surface));
  });

  it.each(exported)('%s has a doc comment, and an example where it is more than a type', (_, one) => {
    expect(one.comment).not.toBe('');
    if (one.kind !== 'type') expect(one.examples).not.toEqual([]);
  });

  const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
`;
  const FEATURE = `Feature: f
  Scenario: s
    Given a cluster with 1 node
    When 1 hour passes
`;
  /** What examples speak of without saying where it comes from. */
  const scope = (): Record<string, unknown> => {
    const scenario = new seatrial.Scenario({ files: seatrial.filesOf({ 'web.yaml': MANIFEST }) })
      .say('Given a cluster with 3 nodes')
      .say('And the manifest in "web.yaml"')
      .say('And every pod is ready');
    return {
      ...seatrial,
      ...kubectl,
      fc,
      scenario,
      scene: scenario,
      cluster: scenario.cluster,
      manifest: MANIFEST,
      feature: FEATURE,
      io: { readFile: () => MANIFEST },
      console: { log: () => undefined },
    };
  };
  // Those of the test runners stand in the examples, which are run as a whole.
  const alone = surface.entries
    .filter(({ name }) => name === 'seatrial' || name === 'seatrial/kubectl')
    .flatMap(({ exported: all }) => all)
    .flatMap((e: Exported) => e.examples.map((code) => [e.name, code] as const));

  it.each(alone)('the example of %s runs', (_, code) => {
    const names = scope();
    const own = new Set([...code.matchAll(/^(?:const|let) (\w+)/gm)].map((m) => m[1]));
    const given = Object.keys(names).filter((n) => !own.has(n));
    const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2023 } });
    const run = new Function(...given, outputText) as (...args: unknown[]) => unknown;
    const play = (): unknown => run(...given.map((n) => names[n]));
    const throws = /\/\/ throws/.test(code);
    if (throws) expect(play).toThrow();
    else expect(play).not.toThrow();
  });
});

interface Fence {
  readonly language: string;
  /** The file that it is, where it says one. */
  readonly file: string | undefined;
  readonly text: string;
}

function fencesOf(page: string): Fence[] {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  return [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(([, language, file, body]) => ({
    language: language!,
    file,
    text: body!,
  }));
}

/** @returns what went wrong; empty when nothing did */
const runLine = (cwd: string, line: string): Promise<string> =>
  new Promise((resolve) => {
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_|npm_|TEST|FC_)/.test(name)),
    );
    const path = `${join(cwd, 'node_modules', '.bin')}:${env['PATH']}`;
    execFile(
      'bash',
      ['-c', line.replace(/^npx /, '')],
      { cwd, env: { ...env, PATH: path, NO_COLOR: '1' } },
      (error, stdout, stderr) => resolve(error === null ? '' : `${line}\n${stdout}${stderr}`),
    );
  });

/** How a user's own project takes TypeScript as tsx and Vitest do. */
const TSC =
  '--strict --target es2023 --lib es2023 --module nodenext --types node --allowImportingTsExtensions ' +
  '--skipLibCheck';

describe('the code of a page', () => {
  let folder = '';
  let tarball = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'seatrial-docs-'));
    tarball = pack(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.concurrent.each(['embedding.md', 'extending.md'])('%s runs as it stands there', async (page) => {
    const at = join(folder, page.replace('.md', ''));
    mkdirSync(at);
    const packages = [
      '@cucumber/cucumber',
      '@fast-check/vitest',
      '@types/node',
      'fast-check',
      'tsx',
      'typescript',
      'vitest',
    ];
    writeFileSync(
      join(at, 'package.json'),
      JSON.stringify({ type: 'module', devDependencies: Object.fromEntries(packages.map((p) => [p, '*'])) }),
    );
    project(at, tarball);
    const lines: string[] = [];
    const files: string[] = [];
    for (const { language, file, text } of fencesOf(page)) {
      if (language === 'console') lines.push(...text.split('\n').filter((l) => /^(?:npx|node) /.test(l)));
      else if (file === undefined) throw new Error(`${page}: a block of ${language} says no file`);
      else {
        mkdirSync(dirname(join(at, file)), { recursive: true });
        writeFileSync(join(at, file), text);
        if (language === 'ts') files.push(file);
      }
    }
    expect(lines).not.toEqual([]);
    expect(await runLine(at, `tsc --noEmit ${TSC} ${files.join(' ')}`)).toBe('');
    for (const line of lines) expect(await runLine(at, line)).toBe('');
  });
});
