import { describe, expect, it } from 'vitest';
import { readScenario } from './scenario.ts';

const yaml = (actions: string): string => `name: x\nnodes: 3\nuntil: 60s\nactions:\n${actions}`;

describe('scenario files', () => {
  it('are read in the order of time', () => {
    const scenario = readScenario(
      yaml(
        '  - at: 20s\n    kubectl: get pods\n    background: true\n  - at: 0.5s\n    node: {stop: ' +
          'node-1}\n  - at: 0s\n    apply: |\n      kind: Pod\n',
      ),
      'dir/x.yaml',
    );
    expect(scenario).toEqual({
      file: 'x.yaml',
      name: 'x',
      nodes: 3,
      untilMs: 60_000,
      actions: [
        { at: 0, type: 'apply', manifest: 'kind: Pod\n' },
        { at: 500, type: 'node', does: 'stop', node: 'node-1' },
        { at: 20_000, type: 'kubectl', line: 'get pods', background: true },
      ],
    });
  });

  it.each([
    ['null', 'x.yaml:1:1: the file: expected a mapping with name, nodes, until and actions'],
    ['actions: *nowhere', 'x.yaml: Unresolved alias'],
    ['nodes: 1\nactions: [null]', 'x.yaml:2:11: actions.0: expected a mapping with at'],
    ['- a list', 'x.yaml:1:1: the file: expected a mapping with name, nodes, until and actions'],
    ['nodes: three', 'x.yaml:1:8: nodes: expected a number of nodes'],
    ['nodes: 3', 'actions: expected a list of actions'],
    [yaml('  - at: soon\n    kubectl: get pods\n'), 'x.yaml:5:9: actions.0.at: expected a time such as 20s'],
    [
      yaml('  - at: 1s\n    delete: x\n'),
      'x.yaml:5:5: actions.0: expected one of apply (a manifest), kubectl (a line) or node',
    ],
    [
      yaml('  - at: 1s\n    node: {reboot: node-1}\n'),
      'x.yaml:6:11: actions.0.node: expected {stop: NAME} or {start: NAME}',
    ],
    [
      yaml('  - at: 1s\n    node: {stop: node-4}\n'),
      'x.yaml:6:18: actions.0.node.stop: expected a node that is there by then (node-1, node-2, node-3)',
    ],
    [
      yaml('  - at: 2s\n    node: {start: node-4}\n  - at: 1s\n    node: {stop: node-4}\n'),
      'x.yaml:8:18: actions.1.node.stop: expected a node that is there by then (node-1, node-2, node-3)',
    ],
    ['a: [', 'x.yaml: '],
  ])('refuses %s', (text, message) => {
    expect(() => readScenario(text, 'x.yaml')).toThrow(message);
  });
});
