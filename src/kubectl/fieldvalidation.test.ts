import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectl } from './run.ts';

const MANIFEST = JSON.stringify({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c' },
  data: { a: 'b' },
  datta: {},
});

const run = (line: string, cluster = Cluster.create({ seed: 'fields', nodes: 1 })): [string, string] => {
  const args = line.split(' ').slice(1);
  const { stdout, stderr } = runKubectl(cluster, args, {
    readFile: () => '',
    stdin: MANIFEST,
    places: false,
  });
  const stored = cluster.client().find('ConfigMap', 'default', 'c');
  return [stdout + stderr, stored === undefined ? '' : Object.keys(stored).join()];
};
const REFUSED =
  'Error from server (BadRequest): error when creating "STDIN": ConfigMap in version "v1" cannot be ' +
  'handled as a ConfigMap: strict decoding error: unknown field "datta"\n';
const WARNED = 'configmap/c created\nWarning: unknown field "datta"\n';
const KEPT = 'apiVersion,kind,metadata,data';

describe('--validate', () => {
  it.each([
    ['kubectl apply -f -', REFUSED, ''],
    ['kubectl create -f - --validate', REFUSED, ''],
    ['kubectl apply -f - --validate=true', REFUSED, ''],
    ['kubectl apply -f - --validate=warn', WARNED, KEPT],
    ['kubectl create -f - --validate=warn', WARNED, KEPT],
    ['kubectl apply -f - --validate=false', 'configmap/c created\n', KEPT],
    ['kubectl create -f - --validate=ignore', 'configmap/c created\n', KEPT],
    [
      'kubectl apply -f - --validate=maybe',
      'error: invalid - validate option "maybe"; must be one of: strict (or true), warn, ignore (or false)\n',
      '',
    ],
  ])('%s', (line, told, kept) => {
    expect(run(line)).toEqual([told, kept]);
  });

  it('replaces an object by what the server knows of it', () => {
    const cluster = Cluster.create({ seed: 'fields', nodes: 1 });
    run('kubectl create -f - --validate=false', cluster);
    expect(run('kubectl replace -f - --validate=warn', cluster)).toEqual([
      'configmap/c replaced\nWarning: unknown field "datta"\n',
      KEPT,
    ]);
  });
});
