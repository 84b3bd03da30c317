import { expect, it } from 'vitest';
import { standardKit } from '../../dsl/kit.ts';
import { brokenInWords, happening } from './told.ts';
import { perSecond } from './tell.ts';

it('tells what a fault without a sentence of its own strikes, and how', () => {
  const faults = [
    { kind: 'NodePowerLoss', node: 'node-1', forMs: 60_000 },
    { kind: 'NodeMemoryPressure', node: 'node-3', percent: 99, forMs: 60_000 },
  ];
  expect(happening({ faults }, standardKit)).toEqual([
    'node "node-1" loses power for 1 minute',
    'fault "NodeMemoryPressure" strikes: target node-3, percent 99%, for 1 minute',
  ]);
  expect(happening({ faults }, standardKit, 'ja')[0]).toBe('1分間、ノード"node-1"の電源が落ちる');
});

it('tells in the language of a page what does not hold', () => {
  const claim = 'Then at every moment service "web" was available';
  expect(brokenInWords(claim, standardKit, 'en')).toBe('at every moment service "web" was available');
  expect(brokenInWords(claim, standardKit, 'ja')).toBe('どの時点でもService"web"が利用可能である');
});

it('tells how many runs a second where one takes seconds', () => {
  expect(perSecond(8, 60_000)).toBe('0.1');
  expect(perSecond(6000, 60_000)).toBe('100');
  expect(perSecond(0, 0)).toBe('0.0');
});
