import { expect, it } from 'vitest';
import { servedShop } from '../testing.ts';
import { putLoad } from './testing.ts';
import { Listener } from './server.ts';

it('200 watchers see what 50 writers write, all of it, once and in its order', async () => {
  const served = servedShop('1', { changes: 2000 });
  const listener = await Listener.listen(served, { port: 0, pace: { kind: 'rate', rate: 10 } });
  const load = { watchers: 200, writers: 50, writes: 6 };
  expect(await putLoad(listener, load)).toEqual({
    writes: 300,
    events: 60_000,
    lost: 0,
    reordered: 0,
    cutOff: 0,
    wrong: [],
  });
  await listener.close();
});
