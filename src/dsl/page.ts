/** The pages of the language. */
import { standardFaults } from '../chaos/index.ts';
import { INVARIANTS } from '../invariants/index.ts';
import { KIND_WORDS, WORKLOAD_WORDS } from '../sim/api/resources/words.ts';
import { CLAIM_FAMILIES } from './claims/index.ts';
import type { ClaimFamily } from './claims/types.ts';
import { OPERATION_FAMILIES } from './operations/index.ts';
import { LANGUAGE } from './phrases/index.ts';
import type { ParameterKind } from './phrases/parameterkind.ts';
import { PARAMETERS } from './phrases/parameters.ts';
import type { Keyword, Language } from './phrases/phrase.ts';
import type { Sentences } from './phrases/vocabulary.ts';
import { operationSentence, type Sentence } from './phrases/wording.ts';
import type { Claim } from './claims/claim.ts';
import type { OperationFamily } from './types.ts';

/** Families that not every run has: those of served clusters. */
type Served = readonly Pick<OperationFamily<any>, 'op' | 'keyword' | 'phrases'>[];

const servedSentences = (served: Served): Sentence[] =>
  served.flatMap(({ op, keyword, phrases }) =>
    phrases.map((wording) => operationSentence(op, keyword, wording, standardFaults)),
  );

const sentencesUnder = (keyword: Keyword): Sentence[] =>
  OPERATION_FAMILIES.filter((f) => f.keyword === keyword).flatMap((f) => LANGUAGE.operations.get(f.op)!);

const rowsFor = (sentences: readonly Sentence[], ...between: string[]): string[] =>
  sentences.map(({ en, about }) => `| ${[`\`${en.expression}\``, ...between, about].join(' | ')} |`);
const rowsOf = (keyword: Keyword, ...between: string[]): string[] =>
  rowsFor(sentencesUnder(keyword), ...between);

const KINDS = PARAMETERS as Readonly<Record<string, ParameterKind>>;

/** The words of a parameter type that is a closed list of them; undefined for any other. */
const wordsOf = (type: string): string[] | undefined =>
  type === 'kind' ? undefined : KINDS[type]?.words?.map(([spelling]) => spelling);

const sentencesOf = (...of: readonly Sentences[]): Sentence[] =>
  of.flatMap((sentences) => [...sentences.values()].flat());
const allSentences = (): Sentence[] => sentencesOf(LANGUAGE.operations, LANGUAGE.claims, LANGUAGE.faults);

const listed = (words: readonly string[], comma: string): string =>
  words.map((word) => `\`${word}\``).join(comma);

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

/** What stands at the places of English phrases, by their types. */
const ENGLISH_PLACES: Readonly<Record<string, string>> = {
  string:
    'quoted: a name, with a namespace where it is not the default: `"team/web"`; a file beside the ' +
    'feature; a URL; a line',
  int: '`3`',
  float: '`99.5`',
  duration: '`90s`, `5m`, `1h30m`, `250ms`, `90 seconds`, `5 minutes`, `1 hour`',
  moment: 'when a claim must hold, see *Then*; nothing: now',
  during: 'the same, not left out',
  lasting: '` for 5 minutes`, or nothing: until something heals the fault',
  selector: 'a quoted label selector, equality- or set-based: `"app=web"`, `"tier in (a, b), !canary"`',
  workload:
    `${WORKLOAD_WORDS.map(([words]) => `\`${words} "web"\``).join(', ')}; one of your own by its kind, ` +
    '`Rollout "web"`',
  nodes:
    '`node "node-1"`, `zone "zone-a"`, `a node`, `every node`, `some nodes`, `2 nodes`, `50% of nodes`, ' +
    'each but the first two with or without `matching "disk=ssd"`',
  nodeSet: 'the same without the one that names a node',
  pods:
    '`pod "web-0"`, `a pod matching "app=web"`, `every pod matching "app=web"`, ' +
    '`some pods matching "app=web"`, `2 pods matching "app=web"`, `50% of pods matching "app=web"`',
  containers:
    '`container "nginx" of pod "web-0"`, `a container of every pod matching "app=web"`, and so on; ' +
    '`a container` is no sidecar and no init container',
  count: '`3`, `no`, `at least 3`, `at most 3`, `exactly 3`',
  times: '`once`, `twice`, `3 times`',
  answer: '`answers 200`, `is refused`, `times out`, `is not resolved`, or the same of the past',
  kind: `as manifests write it, \`ConfigMap\`, \`Certificate\`, or in words: ${listed(
    KIND_WORDS.map(([words]) => words),
    ', ',
  )}`,
};
/** What words of a closed list do not tell. */
const ENGLISH_NOTES: Readonly<Record<string, string>> = {
  podState: ', which is what is so, not what the API says',
  podCondition: ': there is none of the name',
  jobState: ': neither over nor suspended',
};

/** The types at the places of sentences, each once, in the order of a page. */
function placesIn(phrases: readonly { readonly expression: string }[]): Set<string> {
  const types = phrases.flatMap(({ expression }) => [...expression.matchAll(/\{(\w+)\}/g)]);
  return new Set(types.map((m) => m[1]!));
}

/** Rows of what stands at places: those described, then those of closed lists of words. */
function placeRows(
  language: Language,
  described: Readonly<Record<string, string>>,
  wordsIn: (type: string) => string,
): string[] {
  const types = placesIn(
    allSentences().flatMap(({ en, ja, jaToo }) => (language === 'en' ? [en] : [ja, ...jaToo])),
  );
  return [
    ...Object.entries(described).filter(([type]) => types.has(type)),
    ...[...types].filter((type) => !(type in described)).map((type) => [type, wordsIn(type)] as const),
  ].map(([type, is]) => `| \`{${type}}\` | ${is} |`);
}

/** `docs/language.md`, written by `npm run generate`. */
export const languagePage = (served: Served): string => `# The language

<!-- Written by \`npm run generate\` from src/dsl (operations/, claims/, page.ts): change it there. -->

What a feature may say. \`(s)\` is optional text, \`a/b\` are alternatives, \`{…}\` are parameters, as in Cucumber Expressions.
\`Given\` and \`When\` may be exchanged: the past of a scenario counts from its first \`When\`.

| parameter | is |
|---|---|
${placeRows('en', ENGLISH_PLACES, (type) => listed(wordsOf(type)!, ', ') + (ENGLISH_NOTES[type] ?? '')).join('\n')}

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

A run whose clusters are served ([\`seatrial run --serve\`](serve.md)) has more:

| phrase | |
|---|---|
${rowsFor(servedSentences(served)).join('\n')}

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
| \`at every moment …\`, \`at no moment …\`, and what held before the action already, at the very instant of an action, before anything could come of it | a step that lets time pass before it, or \`for {duration}\` |
| Pods are still on their way because of an action where the scenario ends, and will be elsewhere within a minute; one that waits for what nobody does is not (a note, but a failure with \`--strict\`) | \`every pod is ready\` at the end; or what it comes to, \`within {duration}\` |
| a client was not due to send a request before the end | a step that lets time pass |
| a scenario tagged \`@expect-failure\` fails for another reason than a claim | the claim that is to fail; or without the tag |

What is only worth knowing is told as a note, and is no failure: what was assumed of images that nobody described.

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
| \`http\` | path: a file, a status, or \`{status: 503, after: 2s, body: "busy"}\` |
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
| \`@predict\` | an exercise in the training report: before each fault the page asks what will come of it |
`;

/** A parameter's words in Japanese, each beside what it means. */
const meant = (type: string): string =>
  KINDS[type]!.words!.map(([spelling, means]) => `\`${spelling}\`(${String(means)})`).join('、');

/** What stands at the places of Japanese phrases, by their types. */
const JAPANESE_PLACES: Readonly<Record<string, string>> = {
  string:
    '引用符で囲んだもの。名前(既定以外の名前空間なら `"team/web"`)、フィーチャーから見たファイル、' +
    'URL、コマンドなど',
  int: '`3`',
  float: '`99.5`',
  momentJa:
    '文頭に置き、省けます(今): `5分以内に`、`最終的に`、`5分間ずっと`、`どの時点でも`、' +
    '`次のことは一度も起きない:`、`ある時点で`。その前に `"印"以降、` を置けます',
  duringJa: '同じものを、省かずに',
  durationJa: '`90秒`、`1時間30分`、`500ミリ秒`(`90s`、`5m` も可)',
  lastingJa: '障害が続く長さ: `5分間、`。省くと、復旧させるまで続きます',
  countJa:
    '`ちょうど2個`、`2個`(同じ意味)、`少なくとも2個`、`2個以上`(同じ意味)、`2個以下`、' +
    '`多くとも2個`(同じ意味)',
  timesJa: '`2回`',
  answerJa: '`に200が返る`、`が拒否される`、`がタイムアウトする`、`の名前解決に失敗する`',
  workloadJa: `マニフェストの kind の後に名前: ${listed(
    WORKLOAD_WORDS.map(([, kind]) => `${kind}"web"`),
    '、',
  )}、自分で定義したものも`,
  selector: 'ラベルセレクター: `"app=web"`、`"tier in (a, b), !canary"`',
  nodesJa:
    '`ノード"node-1"`、`ゾーン"zone-a"`、`1台のノード`、`2台のノード`、`すべてのノード`、' +
    '`いくつかのノード`、`50%のノード`、`"disk=ssd"に一致する2台のノード`、' +
    '`2台の"disk=ssd"に一致するノード`(同じ意味)',
  nodeSetJa: '同じもの。ただし1台を名前で指すものを除く',
  podsJa:
    '`Pod"web-0"`、`"app=web"に一致する1個のPod`、`1個の"app=web"に一致するPod`(同じ意味)、' +
    '`"app=web"に一致するすべてのPod`、`"app=web"に一致するいくつかのPod`、' +
    '`"app=web"に一致する50%のPod`',
  containersJa:
    '`Pod"web-0"のコンテナ"nginx"`、`"app=web"に一致するすべてのPodのコンテナ` など。名前を省くと、' +
    'サイドカーと初期化コンテナ以外のもの',
  kindJa: `${meant('kindJa')}、またはマニフェストの kind: ${listed(
    KIND_WORDS.map(([, kind]) => kind),
    '、',
  )}、自分で定義したものも`,
};

/** `docs/language-ja.md`, written by `npm run generate`. */
export function japanesePage(served: Served): string {
  const rowsIn = (sentences: readonly Sentence[]): string =>
    sentences
      .flatMap(({ en, ja, jaToo }) =>
        [ja, ...jaToo].map(({ expression }) => `| \`${expression}\` | \`${en.expression}\` |`),
      )
      .join('\n');
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
${rowsIn(sentencesOf(LANGUAGE.operations, LANGUAGE.claims))}

クラスターを外から使える実行([\`seatrial run --serve\`](serve.md))には、次の文もあります。

| 日本語 | 英語 |
|---|---|
${rowsIn(servedSentences(served))}

## 障害の文

「もし」の後に書きます。\`{lastingJa}\` は障害が続く長さで、\`5分間、\` のように書き、省けます。

| 日本語 | 英語 |
|---|---|
${rowsIn(sentencesOf(LANGUAGE.faults))}

## 文の中の語

| パラメーター | 書けるもの |
|---|---|
${placeRows('ja', JAPANESE_PLACES, meant).join('\n')}

## イメージ

\`イメージ{string}は次のように振る舞う:\` の後のYAMLに書けるもの。書かなければ、約1秒で起動し、コンテナが宣言したポートで待ち受け続けます。

| キー | 意味 |
|---|---|
| \`pull\` | pullにかかる時間: \`3s\`。\`missing\` はどのレジストリにもない |
| \`startup\` | 待ち受けを始めるまでの時間 |
| \`listens\` | 待ち受けるポート |
| \`files\` | パス: 内容 |
| \`http\` | パス: ファイル、ステータス、または \`{status: 503, after: 2s, body: "busy"}\` |
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
| \`@predict\` | 学習レポートで演習になる。障害の前に、何が起きるかをページが尋ねる |
`;
}
