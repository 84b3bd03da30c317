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
          spec: {containers: [{name: a, image: nginx}, {name: b, image: redis}]}
      """`;
const CLUSTER = '前提 2台のノードを持つクラスター';
const nodes = (...rows: readonly string[]): readonly string[] => [
  '前提 次のノードを持つクラスター:',
  ...rows,
];

function toldOf(steps: readonly string[], schedule = ''): string {
  const text = `# language: ja\n機能: f\n  シナリオ: s\n${steps.map((s) => `    ${s}`).join('\n')}\n`;
  try {
    playScenario(readFeature(text, 'f.feature')[0]!, { files: filesOf({ 'faults.yaml': schedule }) });
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`nothing is wrong with ${steps.join(' / ')}`);
}

/** A manifest's doc string. */
const manifest = (...lines: readonly string[]): readonly string[] => [
  CLUSTER,
  '前提 次のマニフェスト:',
  ['"""', ...lines, '"""'].join('\n    '),
];
const deployed = (...steps: readonly string[]): readonly string[] => [
  CLUSTER,
  '前提 次のマニフェスト:',
  POD.trimStart(),
  '前提 すべてのPodの準備が完了している',
  ...steps,
];
const behaving = (text: string): readonly string[] => [
  CLUSTER,
  '前提 イメージ"x"は次のように振る舞う:',
  `"""\n    ${text}\n    """`,
];
const answering = (text: string): readonly string[] => [
  CLUSTER,
  '前提 アドミッションWebhook"x"は次のように振る舞う:',
  `"""\n    ${text}\n    """`,
];
const striking = (...rows: readonly string[]): readonly string[] =>
  deployed('もし 次の障害が起きる:', ...rows.map((row) => `  ${row}`));

/** What we add below the words of kubectl, which are English as the real one's are: the place, and a hint. */
const hintOf = (told: string): string => told.split('\n').findLast((line) => /:\d+:\d+: /.test(line)) ?? told;

/** Names and code, and what the API server and kubectl say of selectors and paths. */
const THEIRS =
  /"[^"]*"|「[^」]*」|`[^`]*`|Pod default\/nix|unable to parse requirement: .*|error parsing jsonpath [^。]*/g;
/** Two English words or more, one after the other. */
const ENGLISH = /[A-Za-z]{2,} [a-z]{2,}/;

function expectJapanese(told: string): void {
  const ours = told.replaceAll(THEIRS, '');
  expect(ours).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
  expect(ours).not.toMatch(ENGLISH);
}

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
  ['a field', manifest('apiVersion: v1', 'kind: Pod', 'metadata: {name: a}', 'spec: {container: []}')],
  ['a field further in', manifest('apiVersion: v1', 'kind: Pod', 'metadata: {name: a}', 'image: nginx')],
  ['a type', manifest('apiVersion: v1', 'kind: Pod', 'metadata: {name: 3}', 'spec: {containers: []}')],
  [
    'a word',
    manifest(
      'apiVersion: v1',
      'kind: Pod',
      'metadata: {name: a}',
      'spec: {restartPolicy: always, containers: [{name: a, image: nginx}], x: 1}',
    ),
  ],
  ['no kind', manifest('apiVersion: v1')],
  ['no object', manifest('- 1')],
  ['an unknown kind', manifest('apiVersion: v1', 'kind: Podd', 'metadata: {name: a}')],
  ['no namespace', manifest('apiVersion: v1', 'kind: ConfigMap', 'metadata: {name: a, namespace: nowhere}')],
  ['what an image listens to', behaving('listens: many')],
  ['what an image is asked', behaving('http: {/: {status: 1}}')],
  ['a key of an image', behaving('port: 80')],
  ['when an image is ready', behaving('startup: soon')],
  ['what an image takes', behaving('memory: {start: 1Mi, grow: fast}')],
  ['what a webhook answers', answering('answers: no')],
  ['why a webhook refuses', answering('denies: {reason: Because}')],
  ['what a webhook patches', answering('patches: [{op: put}]')],
  ['a selector', deployed('ならば "app in"に一致するPodのうち少なくとも1個の準備が完了している')],
  ['a selector of a fault', deployed('もし "app in"に一致するすべてのPodをラベルで切り離す')],
  ['a selector of exec', deployed('もし "app in"に一致するPodのうち1個で"ls"を実行する')],
  ['an open quote', deployed('もし "app=web"に一致するPodのうち1個で\'echo "a\'を実行する')],
  ['a field of a claim', deployed('ならば Deployment"web"のフィールド".spec["が"3"である')],
  ['a header', deployed('ならば ヘッダー"X"を付けた"http://web/"へのリクエストに200が返る')],
  ['a URL', deployed('ならば "web"へのリクエストに200が返る')],
  ['a port', deployed('ならば "http://web:99999/"へのリクエストに200が返る')],
  ['who asks', deployed('ならば Pod"nix"から"http://web/"へのリクエストに200が返る')],
  ['a number', [CLUSTER, 'もし 99999999999999時間が経過する']],
  ['a column of faults', striking('| fault | color |', '| NodePowerLoss | red |')],
  ['a parameter', striking('| fault | target | exitCode |', '| NodePowerLoss | node-1 | 3 |')],
  [
    'a parameter of a type',
    striking('| fault | target | delay |', '| ContainerSlowAnswers | one pod matching app=web | x |'),
  ],
  ['a target', striking('| fault | target |', '| NodePowerLoss | the first one |')],
  ['how many', striking('| fault | target |', '| NodePowerLoss | 300% of nodes |')],
  ['no target', striking('| fault | target |', '| SchedulerDown | node-1 |')],
  ['what is not there', striking('| fault | target |', '| PodDelete | nix |')],
  ['a webhook', deployed('もし アドミッションWebhook"x"が停止する')],
  ['a process', deployed('もし "kube-dns"のwatchが30秒遅れる')],
  ['the last nodes', deployed('もし すべてのノードをクラスターから削除する')],
  ['no control plane', deployed('もし ノード"node-1"のetcdが停止する')],
  ['no leader', deployed('もし etcdのリーダーが停止する')],
  ['a file', deployed('もし "app=web"に一致する1個のPodのコンテナのファイル"/none"を削除する')],
  ['a probe', deployed('もし "app=web"に一致する1個のPodのコンテナのReadinessプローブが不安定になる')],
  [
    'a container',
    deployed(
      'もし Deployment"web"に存在しないイメージを展開する',
      'もし Deployment"nix"を前のリビジョンに戻す',
    ),
  ],
])('%s', (_, steps) => expectJapanese(hintOf(toldOf(steps))));

it.each([
  'faults: 3',
  'a: 1',
  '- 1',
  'faults: [1]',
  'faults: [{at: 1s}]',
  'faults: [{fault: Earthquake}]',
  'faults: [{fault: NodePowerLoss, target: [1]}]',
  'faults: [{sequence: [], times: 3}]',
  'faults: [{repeat: 2}]',
  'faults: [{repeat: x, do: []}]',
  'faults: [{repeat: 2000, do: []}]',
  'faults: [{every: soon, times: 3, do: []}]',
  'faults: [{chooseOne: []}]',
  'faults: [{at: soon, fault: SchedulerDown}]',
  'faults: [{at: 1s, fault: NodePowerLoss, target: nowhere}]',
])('a schedule: %s', (schedule) =>
  expectJapanese(toldOf(deployed('もし "faults.yaml"に書かれた障害が起きる'), schedule)),
);
