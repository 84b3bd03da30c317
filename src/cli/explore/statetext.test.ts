import { expect, it } from 'vitest';
import { freshState, stateIn, stateText, type State } from './store.ts';

it('writes a long text once, however often a state says it, and reads it as it was', () => {
  const text = `kind: Pod\n# ${'x'.repeat(5000)}`;
  const found = ['a', 'b', 'c'].map((name) => ({
    file: `${name}.feature`,
    finding: { scenario: { seed: '1', operations: [{ op: 'manifest', text }] } },
  }));
  const state = { ...freshState('k'), found } as unknown as State;
  const written = stateText(state);
  expect(written.length).toBeLessThan(2 * text.length);
  expect(stateIn(written)).toEqual(state);
});

it('leaves a state without long texts as it is', () => {
  const state = freshState('k');
  expect(stateText(state)).toBe(JSON.stringify(state));
  expect(stateIn(stateText(state))).toEqual({ ...state, why: undefined });
});
