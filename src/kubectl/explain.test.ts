import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './run.ts';

const CRD = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: backups.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Backup, plural: backups }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          description: A copy of a database.
          properties:
            spec:
              type: object
              description: What is copied, and where to, in more words than one line of a terminal of today can hold.
              required: [target]
              properties:
                target: { type: string, description: Where to. }
                mode: { type: string, enum: [Full, Delta, "", Log, None] }
                parts:
                  type: array
                  items: { type: object, properties: { name: { type: string } } }
`;
const cluster = Cluster.create({ seed: 1, nodes: 1 });
const run = (line: string): string =>
  runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => CRD }).stdout;
run('apply -f crd.yaml');

describe('kubectl explain', () => {
  it('tells what a custom resource is by its schema', () => {
    expect(run('explain backups.spec')).toBe(
      `GROUP:      example.com
KIND:       Backup
VERSION:    v1

FIELD: spec <Object>


DESCRIPTION:
    What is copied, and where to, in more words than one line of a terminal of
    today can hold.
FIELDS:
  mode	<string>
  enum: Full, Delta, "", Log, ....
    <no description>

  parts	<[]Object>
    <no description>

  target	<string> -required-
    Where to.


`,
    );
  });

  it('goes down to the last field, recursively on demand', () => {
    expect(run('explain backups.example.com.spec.parts --recursive')).toBe(
      `GROUP:      example.com
KIND:       Backup
VERSION:    v1

FIELD: parts <[]Object>


DESCRIPTION:
    <empty>
FIELDS:
  name	<string>

`,
    );
    expect(run('explain backup.spec.mode')).toContain(
      'ENUM:\n    Full\n    Delta\n    ""\n    Log\n    None\n\n',
    );
  });

  it('knows the fields of every built-in kind, and does not go in circles', () => {
    expect(run('explain deployment.spec.template.spec.containers.ports -R')).toContain(
      'FIELDS:\n  containerPort\t<integer> -required-\n  hostIP\t<string>\n',
    );
    const recursive = run('explain crd --recursive').split('\n');
    expect(recursive).toContain('      schema\t<CustomResourceValidation>');
    expect(recursive.length).toBeLessThan(2_000);
  });

  it.each([
    ['explain', 'error: You must specify the type of resource to explain.'],
    ['explain pods x', 'error: We accept only this format: explain RESOURCE'],
    ['explain pods.spec.x.y', 'error: field "y" does not exist'],
    ['explain nothing', 'error: the server doesn\'t have a resource type "nothing"'],
    ['explain pods --api-version=v2', 'error: couldn\'t find resource for "v2, Resource=pods"'],
  ])('%s is refused', (line, said) => {
    expect(runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => '' }).stderr).toContain(said);
  });

  it('tells what metrics are, and their right is asked for by the same name', () => {
    expect(run('explain podmetrics.containers')).toBe(`GROUP:      metrics.k8s.io
KIND:       PodMetrics
VERSION:    v1beta1

FIELD: containers <[]ContainerMetrics>


DESCRIPTION:
    <empty>
FIELDS:
  name	<string> -required-
    <no description>

  usage	<map[string]Quantity> -required-
    <no description>


`);
    const fields = run('explain nodemetrics --recursive')
      .match(/^  \w+/gm)!
      .map((name) => name.trim());
    expect(fields.filter((name) => ['timestamp', 'usage', 'window', 'containers'].includes(name))).toEqual([
      'timestamp',
      'usage',
      'window',
    ]);
    const asked = runKubectlLine(cluster, 'kubectl auth can-i get podmetrics', { readFile: () => '' });
    expect([asked.stdout, asked.stderr]).toEqual(['yes\n', '']);
  });
});
