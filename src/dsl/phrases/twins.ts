/**
 * Japanese twins of the phrases that are not faults' (those bring their own). Each place of a twin says which
 * place of the English phrase it is, counted from 0, and its parameter type there: Japanese has its words in
 * another order.
 */
import type { Phrase } from './phrase.ts';

const TWINS: Readonly<Record<string, string>> = {
  // The scene
  'a cluster with {int} node(s)': '{0:int}台のノードを持つクラスター',
  'a cluster with nodes:': '次のノードを持つクラスター:',
  'any cluster of {int} to {int} nodes': '{0:int}台から{1:int}台のノードを持つ任意のクラスター',
  'namespace {string}': '名前空間{0:string}',
  'the manifest:': '次のマニフェスト:',
  'the manifest(s) in {string}': '{0:string}のマニフェスト',
  'image {string} behaves as:': 'イメージ{0:string}は次のように振る舞う:',
  'cluster setting {string} is {string}': 'クラスター設定{0:string}は{1:string}である',
  'every pod is ready': 'すべてのPodが準備完了である',
  'the cluster has settled': 'クラスターが落ち着いている',
  'a client sends {int} request(s) per second to {string}':
    'クライアントが{1:string}に毎秒{0:int}件のリクエストを送る',
  'the moment {string}': 'この時点を{0:string}とする',
  'chance goes on from seed {string}': '乱数をシード{0:string}から続ける',
  // What happens
  'I run {string}': '{0:string}を実行する',
  'I run:': '次を実行する:',
  '{duration} pass(es)': '{0:durationJa}が経過する',
  '{string} is executed in pod {string}': 'Pod{1:string}で{0:string}を実行する',
  '{string} is executed in container {string} of pod {string}':
    'Pod{2:string}のコンテナ{1:string}で{0:string}を実行する',
  '{string} is executed in a pod matching {selector}':
    '{1:selector}に一致するPodのひとつで{0:string}を実行する',
  '{workload} is scaled to {int}': '{0:workloadJa}を{1:int}個にスケールする',
  'the image of {workload} is changed to {string}': '{0:workloadJa}のイメージを{1:string}に変更する',
  '{workload} is rolled back': '{0:workloadJa}をロールバックする',
  'any {int} to {int} faults strike within {duration}':
    '{2:durationJa}以内に任意の{0:int}個から{1:int}個の障害が起きる',
  'any {int} to {int} voluntary disruptions strike within {duration}':
    '{2:durationJa}以内に任意の{0:int}個から{1:int}個の自発的な中断が起きる',
  'any {int} to {int} of these faults strike within {duration}:':
    '{2:durationJa}以内に次の障害のうち任意の{0:int}個から{1:int}個が起きる:',
  'fault {string} strikes:': '障害{0:string}が起きる:',
  'these faults strike:': '次の障害が起きる:',
  'the faults in {string} strike': '{0:string}の障害が起きる',
  'every fault is healed': 'すべての障害が回復する',
  'fault {string} is healed': '障害{0:string}が回復する',
  'each node is drained, rebooted and uncordoned in turn': '各ノードを順番にdrainし、再起動し、uncordonする',
  // What must hold
  '{moment}{workload} has/had {int} of {int} replicas {replicaState}':
    '{0:momentJa}{1:workloadJa}の{3:int}個中{2:int}個のレプリカが{4:replicaStateJa}である',
  '{moment}{count} pod(s) matching {selector} is/are/was/were {podState}':
    '{0:momentJa}{2:selector}に一致するPodの{1:countJa}個が{3:podStateJa}である',
  '{moment}pod {string} is/was {podCondition}': '{0:momentJa}Pod{1:string}が{2:podConditionJa}である',
  '{moment}pod {string} is/was on node {string}': '{0:momentJa}Pod{1:string}がノード{2:string}にある',
  '{moment}container {string} of pod {string} has/had restarted {times}':
    '{0:momentJa}Pod{2:string}のコンテナ{1:string}が{3:timesJa}再起動している',
  '{moment}container {string} of pod {string} is/was waiting with reason {string}':
    '{0:momentJa}Pod{2:string}のコンテナ{1:string}が理由{3:string}で待機している',
  '{moment}container {string} of pod {string} was last terminated with reason {string}':
    '{0:momentJa}Pod{2:string}のコンテナ{1:string}が前回は理由{3:string}で終了している',
  '{moment}node {string} is/was {nodeState}': '{0:momentJa}ノード{1:string}が{2:nodeStateJa}である',
  'node {string} is cordoned': 'ノード{0:string}がcordonされている',
  '{during}node {string} is/was cordoned': '{0:duringJa}ノード{1:string}がcordonされている',
  '{moment}pod disruption budget {string} allows/allowed {int} disruption(s)':
    '{0:momentJa}PodDisruptionBudget{1:string}が{2:int}個の中断を許す',
  '{moment}pod disruption budget {string} is/was honoured':
    '{0:momentJa}PodDisruptionBudget{1:string}が守られている',
  '{moment}no two pods matching {selector} share/shared a {topology}':
    '{0:momentJa}{1:selector}に一致するどの2つのPodも同じ{2:topologyJa}にない',
  '{moment}a request to {string} {answer}': '{0:momentJa}{1:string}へのリクエストが{2:answerJa}',
  '{moment}a request to {string} from pod {string} {answer}':
    '{0:momentJa}Pod{2:string}から{1:string}へのリクエストが{3:answerJa}',
  'a request to {string} {answer} within {duration}':
    '{0:string}へのリクエストが{2:durationJa}のうちに{1:answerJa}',
  '{moment}service {string} routes/routed to {int} pod(s)':
    '{0:momentJa}Service{1:string}が{2:int}個のPodに転送する',
  '{moment}service {string} is/was available': '{0:momentJa}Service{1:string}が利用可能である',
  '{moment}no request failed': '{0:momentJa}どのリクエストも失敗していない',
  '{moment}at least {float}% of requests succeeded': '{0:momentJa}リクエストの{1:float}%以上が成功している',
  '{moment}at most {int} request(s) failed': '{0:momentJa}失敗したリクエストは{1:int}件以下である',
  '{moment}an event {string} is/was recorded for {kind} {string}':
    '{0:momentJa}{2:kindJa}{3:string}にイベント{1:string}が記録されている',
  '{moment}an event {string} is/was recorded for {kind} {string} saying {string}':
    '{0:momentJa}{2:kindJa}{3:string}に{4:string}を含むイベント{1:string}が記録されている',
  '{moment}an event {string} is/was recorded for a pod matching {selector}':
    '{0:momentJa}{2:selector}に一致するPodにイベント{1:string}が記録されている',
  '{moment}an event {string} is/was recorded for a pod matching {selector} saying {string}':
    '{0:momentJa}{2:selector}に一致するPodに{3:string}を含むイベント{1:string}が記録されている',
  'the output is:': '出力は次のとおりである:',
  'the output contains {string}': '出力は{0:string}を含む',
  'the output contains:': '出力は次を含む:',
  'the command fails with {string}': 'コマンドは{0:string}で失敗する',
  '{moment}invariant {string} holds': '{0:momentJa}不変条件{1:string}が成り立つ',
  '{moment}all invariants hold': '{0:momentJa}すべての不変条件が成り立つ',
};

export interface Twin {
  readonly expression: string;
  /** For each place of the twin, the place of the English phrase. */
  readonly order: readonly number[];
}

/** Undefined for a phrase without a twin. */
export function twinOf(english: string): Twin | undefined {
  const text = TWINS[english];
  if (text === undefined) return undefined;
  const order: number[] = [];
  const expression = text.replace(/\{(\d+):(\w+)\}/g, (_, place: string, type: string) => {
    order.push(Number(place));
    return `{${type}}`;
  });
  return { expression, order };
}

/** The Japanese phrase that makes the same operations. */
export function japanese(phrase: Phrase): Phrase[] {
  const twin = twinOf(phrase.expression);
  if (twin === undefined) return [];
  const { expression, order } = twin;
  const build = (...values: never[]): ReturnType<Phrase['build']> => {
    const english: never[] = [];
    order.forEach((place, i) => {
      english[place] = values[i]!;
    });
    return phrase.build(...english, ...values.slice(order.length));
  };
  const args = (operation: Parameters<Phrase['args']>[0]): readonly unknown[] | undefined => {
    const english = phrase.args(operation);
    return english === undefined
      ? undefined
      : [...order.map((place) => english[place]), ...english.slice(order.length)];
  };
  return [{ ...phrase, expression, build, args }];
}
