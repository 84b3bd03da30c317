import { expect, it } from 'vitest';
import { stopText, wayText } from './ways.ts';

it('tells the way of a request place by place, with the time of each and what was in it', () => {
  const hops = [
    { place: 'node', name: 'node-1', afterMs: 0, obstacle: '' },
    { place: 'service', name: 'default/web', afterMs: 0, obstacle: '' },
    { place: 'pod', name: 'default/web-1', afterMs: 0.5, obstacle: 'staleRoute' },
  ] as const;
  expect(wayText.en(hops)).toBe(
    'client → node node-1 (0 ms) → service default/web (0 ms) → pod default/web-1 (0.5 ms): ' +
      'node node-1 still routes to pod default/web-1, which is gone',
  );
  expect(wayText.ja(hops)).toBe(
    'クライアント → ノードnode-1 (0 ms) → Service default/web (0 ms) → Pod default/web-1 (0.5 ms): ' +
      'ノードnode-1は、もう存在しないPod default/web-1にまだ転送している',
  );
});

it('names an address that is no Pod for what it is', () => {
  const stop = { place: 'pod', name: '10.1.2.3', obstacle: 'podGone', via: '' } as const;
  expect(stopText.en(stop)).toBe('10.1.2.3 is not there');
});
