import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answered, Call, Kept } from './messages.ts';
import { Standing } from './undo.ts';

const POD = '/api/v1/namespaces/shop/pods/lone';
const DELETED: Kept = {
  id: 1,
  undo: {
    named: 'Pod shop/lone',
    call: { method: 'POST', path: '/api/v1/namespaces/shop/pods', body: '{}' },
    fine: 409,
    awaits: POD,
  },
};
const pod = (metadata: object): Answered => ({ status: 200, body: JSON.stringify({ metadata }) });
const THERE: Answered = { status: 409, body: '{"message":"pods \\"lone\\" already exists"}' };
const GOING = pod({ deletionTimestamp: '2026-01-05T09:00:30Z' });
const MADE: Answered = { status: 201, body: '{}' };
const GONE: Answered = { status: 404, body: '{}' };

/** What undoing asks of a server that answers so, and what is left. */
async function undone(answers: readonly Answered[]): Promise<{ asked: string[]; left: string[] }> {
  const standing = new Standing();
  standing.note(DELETED);
  const asked: string[] = [];
  const left = standing.undoAll(({ method, path }: Call) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push(`${method} ${path}`);
    return Promise.resolve(answer);
  });
  await vi.runAllTimersAsync();
  return { asked, left: await left };
}

describe('a Pod that a run has deleted', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is made again', async () =>
    expect(await undone([MADE])).toEqual({ asked: ['POST /api/v1/namespaces/shop/pods'], left: [] }));

  it('is waited for while it goes, and made again when it is gone', async () => {
    const { asked, left } = await undone([THERE, GOING, THERE, GOING, MADE]);
    expect(left).toEqual([]);
    expect(asked.map((text) => text.split(' ')[0])).toEqual(['POST', 'GET', 'POST', 'GET', 'POST']);
    expect(asked[1]).toBe(`GET ${POD}`);
  });

  it('is left alone where another of its name is there to stay, or is gone again', async () => {
    expect(await undone([THERE, pod({})])).toMatchObject({ left: [] });
    expect(await undone([THERE, GONE])).toMatchObject({ left: [] });
  });

  it('is told of where it does not go', async () => {
    const forEver = Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? THERE : GOING));
    expect((await undone(forEver)).left).toEqual(['Pod shop/lone: it is being deleted still']);
  });
});
