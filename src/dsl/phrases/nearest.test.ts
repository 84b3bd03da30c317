import { describe, expect, it } from 'vitest';
import { LANGUAGE } from './index.ts';
import { nearestPhrases, unknownStep } from './nearest.ts';

describe('the nearest phrases', () => {
  it.each([
    ['the pod "web" is ready', 'pod "web" is ready'],
    ['3 pods with label "app=web" are ready', '3 pods matching "app=web" are ready'],
    ['I wait 5 minutes', '5 minutes pass'],
    ['node "node-1" is powered off', 'node "node-1" is powered on'],
    ['pod "web" should be running', 'pod "web" is running'],
    ['a cluster of 3 nodes', 'a cluster with 3 nodes'],
    ['the deployment "web" is scaled to 5 replicas', 'deployment "web" is scaled to 5'],
    ['within 2 minutes the node "n" is ready', 'within 2 minutes node "n" is ready'],
    ['all pods are ready', 'every pod is ready'],
    ['5分経過する', '5分が経過する'],
    ['"app=shop"に一致するすべてのPodが削除される', '"app=shop"に一致するすべてのPodを削除する'],
    ['3台のクラスター', '3台のノードを持つクラスター'],
  ])('of %j: %j', (step, phrase) => {
    const nearest = nearestPhrases(step, LANGUAGE);
    expect(nearest).toHaveLength(3);
    expect(nearest[0]).toBe(phrase);
  });

  it.each([
    ['ならば', 'Pod"web"がReadyになっている', 'Pod"web"の準備が完了している'],
    ['ならば', 'ノード"node-1"がNotReadyになっている', 'ノード"node-1"の準備が完了していない'],
    [
      'ならば',
      'Pod"web"がCrashLoopBackOffになる',
      'Pod"web"のコンテナ"…"が"CrashLoopBackOff"により待機中である',
    ],
    ['ならば', 'Pod"web"のコンテナ"c"の再起動回数が1である', 'Pod"web"のコンテナ"c"が1回再起動している'],
    ['ならば', 'Deployment"web"のレプリカが5個になる', 'Deployment"web"の5個中5個のレプリカが利用可能である'],
    ['ならば', 'Service"web"のエンドポイントが3つある', 'Service"web"が3個のPodに振り分ける'],
    ['ならば', 'イベント"FailedScheduling"が発生する', 'Pod"…"にイベント"FailedScheduling"が記録されている'],
    ['ならば', 'Job"backup"が完了する', 'Job"backup"が完了している'],
    ['ならば', '出力に rolled back が含まれる', '出力に"rolled back"が含まれる'],
    ['もし', 'kubectl get pods を実行する', '"kubectl get pods"を実行する'],
    ['もし', 'ノード「node-1」の電源が落ちる', 'ノード"node-1"の電源が落ちる'],
    ['もし', 'web.yaml を適用する', '"web.yaml"のマニフェスト'],
    ['もし', 'Podを1つ削除する', '"…"に一致する1個のPodを削除する'],
    ['もし', '5分待つ', '5分が経過する'],
    ['もし', '2分経過後', '2分が経過する'],
    ['もし', 'ノード"node-1"をドレインする', 'ノード"node-1"をdrainする'],
    ['もし', 'Deployment"web"のレプリカ数を5にする', 'Deployment"web"を5個にスケールする'],
    ['もし', '"app=web"に一致するPodを1つ削除する', '"app=web"に一致する1個のPodを削除する'],
    ['もし', '"web.yaml"を適用する', '"web.yaml"のマニフェスト'],
  ])('of what a newcomer writes: %s %s', (keyword, step, phrase) => {
    expect(nearestPhrases(step, LANGUAGE, keyword === 'もし' ? 'When' : 'Then')[0]).toBe(phrase);
  });

  it('claim where something is to be claimed', () => {
    expect(nearestPhrases('node "node-1" is in power', LANGUAGE, 'Then')[0]).not.toContain('power');
    expect(nearestPhrases('Pod"web"を消す', LANGUAGE, 'When')[0]).toBe('Pod"web"を削除する');
  });

  it('agree with their number', () => {
    const nearest = nearestPhrases('1 pod with label "app=web" is ready', LANGUAGE);
    expect(nearest).toContain('1 pod matching "app=web" is ready');
  });

  it('of a phrase with one letter gone is mostly the phrase itself', () => {
    const sentences = [...LANGUAGE.operations.values(), ...LANGUAGE.claims.values()]
      .flat()
      .flatMap(({ en, ja }) => [en, ja])
      .filter(({ expression }) => !/[{(/]/.test(expression));
    for (const { expression } of sentences)
      expect(nearestPhrases(expression.slice(0, 3) + expression.slice(4), LANGUAGE)).toContain(expression);
    expect(sentences.length).toBeGreaterThan(10);
  });
});

it('takes no digits of a name for a number', () => {
  expect(nearestPhrases('new nodes take node-1 times as long', LANGUAGE)[0]).toContain('{int}');
  expect(nearestPhrases('new nodes took 3 times as long', LANGUAGE)[0]).toContain('3 times');
});

describe('quotes within quotes', () => {
  const HINT = 'quotes stand within quotes';
  it.each([
    ['I run "kubectl get pods -l "app=web" -o wide"', true],
    ['I run "kubectl get pods', true],
    ['I execute "kubectl get pods"', false],
    ['I execute \'kubectl get pods -l "app=web"\'', false],
    ['I execute "kubectl get pods -l \\"app=web\\""', false],
    ['"app=web"に一致するPod"web"', false],
  ])('%s: %s', (step, told) => {
    expect(unknownStep(step, LANGUAGE, 'en').includes(HINT)).toBe(told);
    expect(unknownStep(step, LANGUAGE, 'ja').includes('引用符の中に引用符')).toBe(told);
  });
});
