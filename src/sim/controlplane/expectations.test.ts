import fc from 'fast-check';
import { describe, expect as check, it } from 'vitest';
import {
  creationObserved,
  deletionObserved,
  expect,
  forgetExpectations,
  isSatisfied,
  type Expectations,
} from './expectations.ts';

describe('expectations', () => {
  it('hold until every creation and deletion was seen', () => {
    const all: Expectations = new Map();
    expect(all, 'k', 2, ['a', 'b'], 0);
    creationObserved(all, 'k');
    deletionObserved(all, 'k', 'a');
    check(isSatisfied(all, 'k', 0)).toBe(false);
    creationObserved(all, 'k');
    deletionObserved(all, 'k', 'a');
    check(isSatisfied(all, 'k', 0)).toBe(false);
    deletionObserved(all, 'k', 'b');
    check(isSatisfied(all, 'k', 0)).toBe(true);
  });

  it('expire after five minutes', () => {
    const all: Expectations = new Map();
    expect(all, 'k', 1, [], 1000);
    check(isSatisfied(all, 'k', 301_000)).toBe(false);
    check(isSatisfied(all, 'k', 301_001)).toBe(true);
  });

  it('are no business of other keys, and end when forgotten', () => {
    const all: Expectations = new Map();
    expect(all, 'k', 1, [], 0);
    check(isSatisfied(all, 'other', 0)).toBe(true);
    forgetExpectations(all, 'k');
    check(isSatisfied(all, 'k', 0)).toBe(true);
  });

  it('count a deletion once, however often and in whatever order it is seen', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(5), { maxLength: 20 }),
        (uids, seen) => {
          const all: Expectations = new Map();
          expect(all, 'k', 0, uids, 0);
          const left = new Set(uids);
          for (const i of seen) {
            const uid = uids[i % uids.length]!;
            deletionObserved(all, 'k', uid);
            left.delete(uid);
            check(isSatisfied(all, 'k', 0)).toBe(left.size === 0);
          }
        },
      ),
    );
  });
});
