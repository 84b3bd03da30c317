import { describe, expect, it } from 'vitest';
import { focusOn, resultsIn, verdict } from './results.ts';

const OUTPUT = `Nov 30: INFO
{"msg":"Test Suite starting","total":3,"completed":0,"skipped":0,"failed":0}
{"msg":"PASSED [k8s.io] Pods should run \\"cat\\"  [Conformance]","total":3,"completed":1,"skipped":0,"failed":0}
•{"msg":"FAILED [sig-cli] Kubectl client [Conformance]","total":3,"completed":1,"skipped":0,"failed":1}
{"msg":"PASSED cut off`;

const RUN = '[k8s.io] Pods should run "cat" [Conformance]';
const CLIENT = '[sig-cli] Kubectl client [Conformance]';

describe('what e2e.test says', () => {
  it('is read by name, whatever its spaces', () =>
    expect([...resultsIn(OUTPUT)]).toEqual([
      [RUN, 'passed'],
      [CLIENT, 'failed'],
    ]));

  it('is asked for by a pattern that means those names alone', () => {
    const focus = new RegExp(focusOn([RUN, CLIENT]));
    expect(focus.test('[k8s.io] Pods should run "cat"  [Conformance]')).toBe(true);
    expect(focus.test('[k8s.io] Pods should run "dog" [Conformance]')).toBe(false);
    expect(focusOn(['a (b) [c] d.e'])).toBe(String.raw`a +\(b\) +\[c\] +d\.e`);
  });

  it.each<[readonly string[], boolean, readonly string[]]>([
    [[RUN], false, []],
    [[], false, [RUN]],
    [[RUN, CLIENT], true, []],
    [[RUN, 'one that did not run'], true, []],
  ])('with %j to pass fails: %s', (expected, failed, grown) =>
    expect(verdict(expected, resultsIn(OUTPUT))).toMatchObject({ failed, grown }),
  );
});
