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
