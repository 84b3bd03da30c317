import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { manifestFiles } from '../dsl/inlinemanifests.ts';
import { filesIn } from '../files.ts';
import { Cluster } from '../sim/cluster.ts';
import { runKubectl } from './run.ts';
import type { KubectlIO } from './session.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: x-one }
spec: { containers: [{ name: one, image: nginx }] }
`;
const io: KubectlIO = {
  readFile: () => POD,
  list: (path) => (path === 'over' ? ['kustomization.yaml', 'one.yaml'] : undefined),
  kustomize: (folder) => {
    if (folder !== 'over') throw new Error(`error: must build at directory: '${folder}' doesn't exist\n`);
    return POD;
  },
};
const cluster = Cluster.create({ seed: 1, nodes: 1 });
const kubectl = (line: string, given: KubectlIO = io) => runKubectl(cluster, line.split(' '), given);

describe('-k', () => {
  it('is what kustomize makes of the folder, for every verb that reads files', () => {
    expect(kubectl('kustomize over').stdout).toBe(POD);
    expect(kubectl('diff -k over').code).toBe(1);
    expect(kubectl('apply -k over').stdout).toBe('pod/x-one created\n');
    expect(kubectl('diff -k over').code).toBe(0);
    expect(kubectl('get -k over -o name').stdout).toBe('pod/x-one\n');
    expect(kubectl('delete -k over --now').stdout).toContain('pod "x-one" deleted');
    expect(kubectl('create -k over').stdout).toBe('pod/x-one created\n');
  });

  it.each([
    ['apply -k over -f one.yaml', 'error: only one of -f or -k can be specified\n'],
    ['apply -k over -R', "error: the -k flag can't be used with -f or -R\n"],
    ['apply -k under', "error: must build at directory: 'under' doesn't exist\n"],
    ['kustomize a b', 'error: specify one path to kustomization.yaml\n'],
  ])('%s is refused', (line, said) => {
    expect(kubectl(line)).toMatchObject({ code: 1, stdout: '', stderr: said });
  });

  it('says what to do where kustomize cannot be run', () => {
    const { stderr } = kubectl('apply -k over', { readFile: () => POD });
    expect(stderr).toMatch(/^error: kustomize, which renders over, .*kubectl kustomize DIR > FILE/);
  });
});

const isInstalled = ['kustomize', 'kubectl'].some((program) => spawnSync(program).error === undefined);

describe.skipIf(!isInstalled)(
  'folders with a kustomization (where kustomize or kubectl is installed)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'seatrial-'));
    writeFileSync(join(folder, 'one.yaml'), POD);
    writeFileSync(join(folder, 'kustomization.yaml'), 'resources: [one.yaml]\nnamePrefix: prod-\n');
    afterAll(() => rmSync(folder, { recursive: true }));

    it('are one manifest, as the program renders it', () => {
      const [{ file, text }, ...others] = manifestFiles('.', filesIn(folder)) as [
        { file: string; text: string },
      ];
      expect([file, others]).toEqual(['.', []]);
      expect(text).toContain('name: prod-x-one');
    });

    it('are refused in its words', () => {
      writeFileSync(join(folder, 'kustomization.yaml'), 'resources: [two.yaml]\n');
      expect(() => manifestFiles('.', filesIn(folder))).toThrow(/^\.: .*two\.yaml/);
    });
  },
);
