/** What a Japanese feature is told of bad input: in Japanese, but for names, code and the API's own words. */
import { expect, it } from 'vitest';
import { readFeature } from './feature.ts';
import { playScenario } from './playfeature.ts';
import { filesOf } from './scenario.ts';

const POD = `      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: a, image: nginx}, {name: b, image: busybox}]}
      """`;
const CLUSTER = '前提 2台のノードを持つクラスター';
const nodes = (...rows: readonly string[]): readonly string[] => [
  '前提 次のノードを持つクラスター:',
  ...rows,
];

function toldOf(steps: readonly string[]): string {
  const text = `# language: ja\n機能: f\n  シナリオ: s\n${steps.map((s) => `    ${s}`).join('\n')}\n`;
  try {
    playScenario(readFeature(text, 'f.feature')[0]!, { files: filesOf({}) });
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`nothing is wrong with ${steps.join(' / ')}`);
}

/** Two English words or more, one after the other, outside of quotes and code. */
const ENGLISH = /[A-Za-z]{2,} [a-z]{2,}/;

it.each<[string, readonly string[]]>([
  ['a duration', ['前提 クラスター設定"nodeMonitorGracePeriod"は"soon"である']],
  ['a flag', ['前提 クラスター設定"strictSimulation"は"maybe"である']],
  ['a bound', ['前提 クラスター設定"plegRelist"は"0s"である']],
  ['a range', ['前提 クラスター設定"nodeBoot"は"25s to 15s"である']],
  ['a subnet', ['前提 クラスター設定"podSubnet"は"10"である']],
  ['a pool', ['前提 "here"のアドレスを割り当てるロードバランサー']],
  ['a second cluster', [CLUSTER, CLUSTER]],
  ['too many nodes', ['前提 20000台のノードを持つクラスター']],
  ['a column', nodes('| name | color |', '| a | red |')],
  ['no name', nodes('| cpu |', '| 2 |')],
  ['an empty name', nodes('| name | cpu |', '|  | 2 |')],
  ['a name', nodes('| name |', '| A_B |')],
  ['a quantity', nodes('| name | cpu |', '| a | many |')],
  ['a label', nodes('| name | labels |', '| a | b |')],
  ['a taint', nodes('| name | taints |', '| a | b |')],
  ['a count', nodes('| name | pods |', '| a | few |')],
  ['a zone', nodes('| name | zone |', '| a | b c |')],
  ['a name twice', nodes('| name |', '| a |', '| a |')],
  ['no row', nodes('| name |')],
  ['a rate', [CLUSTER, '前提 クライアントが"http://web/"に毎秒5000件のリクエストを送る']],
  ['a metric', [CLUSTER, '前提 メトリクス"queue"は"long"である']],
  [
    'which container',
    [
      CLUSTER,
      '前提 次のマニフェスト:',
      POD.trimStart(),
      'もし Deployment"web"のイメージを"nginx:2"に変更する',
    ],
  ],
])('%s', (_, steps) => {
  const told = toldOf(steps).replaceAll(/"[^"]*"|「[^」]*」/g, '');
  expect(told).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
  expect(told).not.toMatch(ENGLISH);
});
