/** The pages of the language. */
import { INVARIANTS } from '../invariants/index.ts';
import { CLAIM_FAMILIES } from './claims/index.ts';
import type { ClaimFamily } from './claims/types.ts';
import { OPERATION_FAMILIES } from './operations/index.ts';
import { LANGUAGE } from './phrases/index.ts';
import { JAPANESE_PARAMETERS } from './phrases/japanese.ts';
import type { ParameterKind } from './phrases/parameterkind.ts';
import { PARAMETERS } from './phrases/parameters.ts';
import type { Keyword } from './phrases/phrase.ts';
import type { Sentence } from './phrases/wording.ts';
import type { Claim } from './claims/claim.ts';

const sentencesUnder = (keyword: Keyword): Sentence[] =>
  OPERATION_FAMILIES.filter((f) => f.keyword === keyword).flatMap((f) => LANGUAGE.operations.get(f.op)!);

const rowsOf = (keyword: Keyword, ...between: string[]): string[] =>
  sentencesUnder(keyword).map(
    ({ en, about }) => `| ${[`\`${en.expression}\``, ...between, about].join(' | ')} |`,
  );

/** The words of a parameter type that is a closed list of them; undefined for any other. */
function wordsOf(type: string): string[] | undefined {
  const pattern = (PARAMETERS as Readonly<Record<string, { pattern: string }>>)[type]?.pattern;
  return pattern !== undefined && /^[a-z ]+(?:\|[a-z ]+)+$/.test(pattern) ? pattern.split('|') : undefined;
}

/** Whether a claim asks the API or physical truth; where that depends on a word, which words do not. */
function asksOf(family: ClaimFamily<Claim>, { en }: Sentence): string {
  const types = [...en.expression.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);
  const asks = (values: readonly string[]): string => {
    const operation = en.build(...(values as never[]));
    return operation.op === 'assert' ? family.asks(operation.claim, INVARIANTS) : '';
  };
  const plain = Array.from({ length: en.places }, () => '');
  const usual = asks(plain);
  const others = types.flatMap((type, i) =>
    (wordsOf(type) ?? []).filter((word) => asks(plain.with(i, word)) !== usual),
  );
  const other = usual === 'api' ? 'physical' : 'api';
  return others.length === 0 ? usual : `${usual}; ${others.map((w) => `\`${w}\``).join(', ')}: ${other}`;
}

const claimRows = (): string[] =>
  CLAIM_FAMILIES.flatMap((family) =>
    LANGUAGE.claims
      .get(family.claim)!
      .map((s) => `| \`${s.en.expression}\` | ${asksOf(family, s)} | ${s.about} |`),
  );

/** `docs/language.md`, written by `npm run generate`. */
export const languagePage = (): string => `# The language

<!-- Written by \`npm run generate\` from src/dsl (operations/, claims/, page.ts): change it there. -->

What a feature may say. \`(s)\` is optional text, \`a/b\` are alternatives, \`{…}\` are parameters, as in Cucumber Expressions.
\`Given\` and \`When\` may be exchanged: the past of a scenario counts from its first \`When\`.

| parameter | is |
|---|---|
| \`{duration}\` | \`90s\`, \`5m\`, \`1h30m\`, \`250ms\`, \`90 seconds\`, \`5 minutes\`, \`1 hour\` |
| \`{selector}\` | a quoted label selector, equality- or set-based: \`"app=web"\`, \`"tier in (a, b), !canary"\` |
| \`{workload}\` | \`deployment "web"\`, \`replica set "web"\`, \`stateful set "db"\`, \`daemon set "agent"\`; one of your own by its kind, \`Rollout "web"\` |
| names | quoted, with a namespace where it is not the default: \`"team/web"\` |
| \`{count}\` | \`3\`, \`at least 3\`, \`at most 3\`, \`exactly 3\` |
| \`{podState}\` | \`ready\`, \`available\`, \`running\`, \`pending\`, \`failed\`, \`terminating\`, \`serving\` (what is so, not what the API says) |
| \`{podCondition}\` | \`running\`, \`pending\`, \`ready\`, \`not ready\`, \`succeeded\`, \`failed\`, \`gone\` |
| \`{kind}\` | in words, \`config map\`, \`pod disruption budget\`, or as manifests write it: \`ConfigMap\`, \`Certificate\` |
| \`{answer}\` | \`answers 200\`, \`is refused\`, \`times out\`, \`is not resolved\` |

## Given

| phrase | |
|---|---|
${rowsOf('Given').join('\n')}

## When

| phrase | |
|---|---|
${rowsOf('When').join('\n')}

Faults (\`node {string} loses power\`, \`the api server is down for {duration}\`, …) are on a page of their own: [faults.md](faults.md), or \`npx seatrial faults\`.
A fault with \`for {duration}\` heals by itself.

## Then

\`{moment}\` stands before a claim, or nothing for now:

| moment | holds when the claim |
|---|---|
| \`within {duration}\` | comes to hold by then; time passes until it does |
| \`eventually\` | comes to hold within an hour of virtual time |
| \`for {duration}\` | holds now and at every change until then |
| \`at every moment\` | held at every change since the scenario's first \`When\` |
| \`at no moment\` | held at none of them |
| \`sometimes\` | at one moment at least; of a property, in one of its draws at least: what was never reached was never tested |
| \`since "x"\` | the same, from a marked moment; alone it means every moment since |

Claims are asked at every change, not by sampling. A failed one says the first moment, what was found, the objects as kubectl prints them, and the chain of
causes back to the step. A claim asks what the API says, or what is physically so, which the API may not know yet.

Right after an action, \`within\` and \`eventually\` wait for what the action does to the claim: one that held before the action, and that changes which came of
the action break in the time given, holds once it comes to hold again. The next step that lets time pass ends that.

### Claims that test nothing

A claim may hold and prove nothing. That is told as a warning beside the step, in the terminal and in every report; \`seatrial run --strict\` makes it a failure.

| warning | write instead |
|---|---|
| no Pod matched the selector, nothing had the name, in the whole run | the selector or name that is meant: the nearest that exists is told |
| \`within …\`, \`eventually\`: it held before the action, and nothing that came of the action in that time touched what it is about | what changes; or \`for {duration}\`, where it must stay so |
| \`at every moment …\`, \`at no moment …\` at the very instant of an action, before anything could come of it | a step that lets time pass before it, or \`for {duration}\` |

What is only worth knowing is told as a note, and is no failure: Pods that are still on their way because of an action where the scenario ends, and what was
assumed of images that nobody described.

| phrase | asks | |
|---|---|---|
${rowsOf('Then', 'api').concat(claimRows()).join('\n')}

## Images

What a container of an image does, in YAML. Absent keys mean a server that starts in about a second, listens on the container's declared ports and runs on.

| key | |
|---|---|
| \`pull\` | how long the pull takes: \`3s\`, or \`missing\` |
| \`startup\` | until it listens |
| \`listens\` | ports |
| \`files\` | path: content |
| \`http\` | path: a file, or \`{status: 503, after: 2s}\` |
| \`memory\` | \`50Mi\`, or \`{start: 50Mi, grow: 1Mi/s}\` |
| \`cpu\` | \`100m\`, or \`{perRequest: 5m}\` |
| \`exits\` | \`{after: 1s, code: 1}\` |
| \`ignoresSigterm\` | \`true\` |
| \`logs\` | lines printed at the start |

Containers of \`nginx\` and \`httpd\` write a line of every request but those of probes into their log, and answer what they have
accepted before they end.

## Tags

| tag | |
|---|---|
| \`@seed:N\` | plays with that seed (\`--seed\` likewise) |
| \`@every-seed:N\` | plays with N seeds; all must pass |
| \`@runs:N\` | draws of a property scenario (100; \`--runs\` and \`--time-limit\` likewise) |
| \`@expect-failure\` | passes when a claim fails; with \`@every-seed:N\` when one fails with at least one seed |
`;

/** A parameter's words in Japanese, each beside what it means. */
const wordRows = (): string[] =>
  Object.values(JAPANESE_PARAMETERS as Readonly<Record<string, ParameterKind>>)
    .filter(({ words }) => words !== undefined)
    .map(({ name, words }) => {
      const pairs = words!.map(([spelling, means]) => `\`${spelling}\`(${String(means)})`);
      return `| \`{${name}}\` | ${pairs.join('、')} |`;
    });

/** `docs/language-ja.md`, written by `npm run generate`. */
export function japanesePage(): string {
  const rows = [LANGUAGE.operations, LANGUAGE.claims]
    .flatMap((sentences) => [...sentences.values()].flat())
    .flatMap(({ en, ja, jaToo }) =>
      [ja, ...jaToo].map(({ expression }) => `| \`${expression}\` | \`${en.expression}\` |`),
    );
  const faults = [...LANGUAGE.faults.values()]
    .flat()
    .map(({ en, ja }) => `| \`${ja.expression}\` | \`${en.expression}\` |`);
  return `# 日本語の語彙

<!-- Written by \`npm run generate\` from src/dsl (operations/, claims/, page.ts): change it there. -->

フィーチャーの最初の行に \`# language: ja\` と書くと、キーワード(機能、シナリオ、前提、もし、ならば、かつ)もステップも日本語で書けます。
意味は[英語の語彙](language.md)と同じです。障害の一つひとつは[障害のカタログ](faults.md)にあります。

\`\`\`gherkin
# language: ja
機能: ノードの障害
  シナリオ: 電源が落ちたノードのPodは作り直される
    前提 3台のノードを持つクラスター
    かつ "web.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし ノード"node-1"の電源が落ちる
    ならば 10分以内にDeployment"web"の3個中3個のレプリカが利用可能である
\`\`\`

キーワードとステップの文の間には空白を置きます。「かつ」は前のステップと同じ役割のステップを続けます。

## 文

| 日本語 | 英語 |
|---|---|
${rows.join('\n')}

## 障害の文

「もし」の後に書きます。\`{lastingJa}\` は障害が続く長さで、\`5分間、\` のように書き、省けます。

| 日本語 | 英語 |
|---|---|
${faults.join('\n')}

## 文の中の語

| パラメーター | 書けるもの |
|---|---|
| \`{momentJa}\` | 文頭に置き、省けます(今): \`5分以内に\`、\`最終的に\`、\`5分間ずっと\`、\`どの時点でも\`、\`次のことは一度も起きない:\`、\`ある時点で\`。その前に \`"印"以降、\` を置けます |
| \`{duringJa}\` | 同じものを、省かずに |
| \`{durationJa}\` | \`90秒\`、\`1時間30分\`、\`500ミリ秒\`(\`90s\`、\`5m\` も可) |
| \`{countJa}\` | \`ちょうど2個\`、\`2個\`(同じ意味)、\`少なくとも2個\`、\`2個以上\`(同じ意味)、\`2個以下\`、\`多くとも2個\`(同じ意味) |
| \`{timesJa}\` | \`2回\` |
| \`{answerJa}\` | \`に200が返る\`、\`が拒否される\`、\`がタイムアウトする\`、\`の名前解決に失敗する\` |
| \`{workloadJa}\` | \`Deployment"web"\`、\`StatefulSet"db"\` など、マニフェストの kind の後に名前 |
| \`{selector}\` | ラベルセレクター: \`"app=web"\`、\`"tier in (a, b), !canary"\` |
| \`{nodesJa}\` | \`ノード"node-1"\`、\`ゾーン"zone-a"\`、\`1台のノード\`、\`すべてのノード\`、\`いくつかのノード\`、\`50%のノード\`、\`"disk=ssd"に一致する2台のノード\`、\`2台の"disk=ssd"に一致するノード\` |
| \`{nodeSetJa}\` | 同じもの。ただし1台を名前で指すものを除く |
| \`{podsJa}\` | \`Pod"web-0"\`、\`"app=web"に一致する1個のPod\`、\`1個の"app=web"に一致するPod\`(同じ意味)、\`"app=web"に一致するすべてのPod\` |
| \`{containersJa}\` | \`Pod"web-0"のコンテナ"nginx"\`、\`"app=web"に一致するすべてのPodのコンテナ\` |
| \`{kindJa}\` | マニフェストの kind: \`Pod\`、\`ConfigMap\`、自分で定義したものも。次の語も |
${wordRows().join('\n')}

## イメージ

\`イメージ{string}は次のように振る舞う:\` の後のYAMLに書けるもの。書かなければ、約1秒で起動し、コンテナが宣言したポートで待ち受け続けます。

| キー | 意味 |
|---|---|
| \`pull\` | pullにかかる時間: \`3s\`。\`missing\` はどのレジストリにもない |
| \`startup\` | 待ち受けを始めるまでの時間 |
| \`listens\` | 待ち受けるポート |
| \`files\` | パス: 内容 |
| \`http\` | パス: ファイル、または \`{status: 503, after: 2s}\` |
| \`memory\` | \`50Mi\`、または \`{start: 50Mi, grow: 1Mi/s}\` |
| \`cpu\` | \`100m\`、または \`{perRequest: 5m}\` |
| \`exits\` | \`{after: 1s, code: 1}\` |
| \`ignoresSigterm\` | \`true\` |
| \`logs\` | 起動時に出力する行 |

## タグ

| タグ | 意味 |
|---|---|
| \`@seed:N\` | そのシードで実行する(\`--seed\` も同じ) |
| \`@every-seed:N\` | N個のシードで実行し、すべてで成り立たなければならない |
| \`@runs:N\` | 性質のシナリオを試す回数(100。\`--runs\` と \`--time-limit\` も同じ) |
| \`@expect-failure\` | 主張が成り立たないときに合格とする。\`@every-seed:N\` と一緒なら、少なくとも1個のシードで |
`;
}
