import { describe, expect, it } from 'vitest';
import { filesOf } from '../dsl/scenario.ts';
import type { Language } from '../messages/index.ts';
import { completions } from './completion.ts';
import { Live } from './live.ts';
import { Terminal } from './terminal.ts';
import { OPENED, SHOP } from './testing.ts';

const opened = (language: Language = 'en'): Live =>
  Live.begin({ seed: '1', start: OPENED, files: filesOf({ 'shop.yaml': SHOP }), language });
const terminal = (live = opened()): Terminal => new Terminal(live, { language: 'en' });

const saidOf = (terminal: Terminal, ...lines: string[]): string => {
  let text = '';
  for (const line of lines) ({ text } = terminal.run(line));
  return text;
};

describe('a terminal', () => {
  it('tells kubectl, time, faults and causes apart, and writes only what was done', () => {
    const t = terminal();
    expect(t.run('get nodes').text).toContain('node-1   Ready');
    expect(t.run('kubectl scale deployment web --replicas=3').text).toBe('deployment.apps/web scaled');
    expect(t.run('wait --for=condition=Available deployment/web --timeout=60s').text).toContain(
      'condition met',
    );
    expect(t.run('fault node node-1 loses power for 10 minutes').text).toBe('⚡ NodePowerLoss: node-1');
    t.run('wait 2m');
    expect(t.run('get nodes').text).toMatch(/node-1 +NotReady/);
    expect(saidOf(t, 'why node/node-1').split('\n').at(-1)).toContain(
      '“node "node-1" loses power for 10 minutes”',
    );
    const story = saidOf(t, 'story').split('\n');
    expect(story.slice(story.indexOf('    And every pod is ready') + 1)).toEqual([
      '    When I run "kubectl scale deployment web --replicas=3"',
      '    And I run "kubectl wait --for=condition=Available deployment/web --timeout=60s"',
      '    And node "node-1" loses power for 10 minutes',
      '    And 2 minutes pass',
    ]);
  });

  it('says what is wrong with a line, and leaves all as it was', () => {
    const t = terminal();
    const { hash } = t.live;
    for (const [line, wrong] of [
      ['wait soon', '"soon" is no duration'],
      ['rewind', '"" is no duration'],
      ['undo', 'nothing has been done'],
      ['goals', 'this is no level'],
      ['why web', 'why takes an object'],
      ['why nope/web', 'the server doesn\'t have a resource type "nope"'],
      ['switch 7', 'there is no fork 7'],
      ['save x.feature', 'save is not for here'],
      ['fault node node-9 runs away', 'no phrase'],
      ['fault node node-9 loses power', 'there is no node "node-9"'],
      ['get pods -w', 'time stands still'],
      ['delete -f shop.yaml', 'files are read by'],
      ['scale deployment no-such --replicas=2', 'not found'],
      ['any 1 to 3 faults strike within 1 minute', 'which is not played here'],
    ] as const) {
      const { text, failed } = t.run(line);
      expect([line, failed]).toEqual([line, true]);
      expect(text).toContain(wrong);
    }
    expect(t.live.hash).toBe(hash);
  });

  it('takes names without quotes in either language, and answers in the one it speaks', () => {
    const english = terminal();
    english.run('node node-1 loses power');
    for (const line of ['ノードnode-1の電源が落ちる', 'fault ノード node-1 の電源が落ちる']) {
      const t = new Terminal(opened('ja'), { language: 'ja' });
      expect([line, t.run(line).failed]).toEqual([line, false]);
      expect(t.live.hash).toBe(english.live.hash);
    }
    const t = new Terminal(opened('ja'), { language: 'ja' });
    expect(t.run('雨が降る').text).toContain('どの言い方にも当てはまらない');
    expect(t.run('ノードnode-9の電源が落ちる').text).toMatch(/node-9.*(ない|ありません)/);
  });

  it('goes back, forks, and takes manifests of files into what is saved', () => {
    const t = terminal(
      Live.begin({ seed: '1', start: OPENED.slice(0, 1), files: filesOf({ 'shop.yaml': SHOP }) }),
    );
    expect(t.run('apply -f shop.yaml').text).toContain('deployment.apps/web created');
    t.run('wait 1m');
    t.run('fork');
    t.run('scale deployment web --replicas=5');
    t.run('settle');
    expect(saidOf(t, 'get deployment web')).toContain('5/5');
    t.run('undo');
    t.run('undo');
    expect(saidOf(t, 'get deployment web')).toContain('2/2');
    t.run('switch 1');
    expect(saidOf(t, 'get deployment web')).toContain('2/2');
    expect(t.run('rewind 30s').text).toBe('0:00:30');
    expect(t.run('forks').text).toBe('* 1  0:00:30\n  2  0:01:00');
    expect(saidOf(t, 'story')).toContain('kind: Deployment');
  });
});

describe('completion', () => {
  const live = opened();
  const [web = ''] = (live.stateAt(live.now) as { kind: string; metadata: { name: string } }[])
    .filter((o) => o.kind === 'Pod')
    .map((o) => o.metadata.name);

  it.each([
    ['ku', ['kubectl']],
    ['kubectl rollout s', ['status']],
    ['get deploy', ['deployments']],
    ['get deployment/', ['deployment/web']],
    ['get deployments ', ['web']],
    ['logs web', [web]],
    ['drain node-', ['node-1', 'node-2']],
    ['get pods --sel', ['--selector']],
    ['why node/', ['node/node-1', 'node/node-2']],
    ['fault node ', ['node-1', 'node-2']],
    ['fault node node-1 lo', ['loses']],
    ['fault node node-1 loses power for 1', ['10m', '10s', '1h', '1m']],
    ['fault node node-1 flies', []],
    ['wait 1', ['10m', '10s', '1h', '1m']],
  ])('of "%s"', (line, wanted) => {
    expect(completions(line, live)).toEqual(expect.arrayContaining(wanted));
    if (wanted.length === 0) expect(completions(line, live)).toEqual([]);
    else expect(completions(line, live)).not.toContain('help');
  });

  it('offers what is there to begin with', () => {
    expect(completions('', live)).toEqual(expect.arrayContaining(['get', 'fault', 'wait', 'node', 'help']));
  });
});
