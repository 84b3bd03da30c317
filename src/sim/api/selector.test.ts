import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeFieldValue, matchesFields, parseFieldSelector, printFieldSelector } from './fieldselector.ts';
import { BUILT_IN } from './resources/index.ts';
import {
  matches,
  parseLabelSelector,
  printSelector,
  selectorOf,
  selectorText,
  type Requirement,
  type SelectorOperator,
} from './selector.ts';
import type { Pod } from './types.ts';

const key = fc.constantFrom('app', 'tier', 'example.com/zone', 'in', 'notin', 'x-1');
const value = fc.constantFrom('', 'web', 'db', 'in', 'notin', '1', '27', 'v1.2_3');
const requirementArb: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({ key, operator: fc.constantFrom<SelectorOperator>('=', '==', '!='), values: fc.tuple(value) }),
  fc.record({
    key,
    operator: fc.constantFrom<SelectorOperator>('in', 'notin'),
    values: fc.uniqueArray(value, { minLength: 1, maxLength: 3 }).map((v) => v.sort()),
  }),
  fc.record({ key, operator: fc.constantFrom<SelectorOperator>('exists', '!'), values: fc.constant([]) }),
  fc.record({
    key,
    operator: fc.constantFrom<SelectorOperator>('gt', 'lt'),
    values: fc.tuple(fc.integer({ min: -5, max: 30 }).map(String)),
  }),
);
const labelsArb = fc.dictionary(key, value, { maxKeys: 4 });

/** What each operator means, said once more. */
function model(r: Requirement, labels: Record<string, string>): boolean {
  const has = r.key in labels;
  const actual = labels[r.key] ?? '';
  const number = /^-?\d+$/.test(actual) ? Number(actual) : NaN;
  if (r.operator === 'exists') return has;
  if (r.operator === '!') return !has;
  if (r.operator === 'gt') return has && number > Number(r.values[0]);
  if (r.operator === 'lt') return has && number < Number(r.values[0]);
  const among = has && r.values.includes(actual);
  return r.operator === '!=' || r.operator === 'notin' ? !among : among;
}
const sorted = (list: Requirement[]): Requirement[] =>
  [...list].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));

describe('label selectors', () => {
  it('print what parses to the same selector', () => {
    fc.assert(
      fc.property(fc.array(requirementArb, { maxLength: 4 }), (list) => {
        const selector = {
          requirements: sorted(list).filter((r) => !(Number(r.values[0]) < 0)),
          nothing: false,
        };
        expect(parseLabelSelector(printSelector(selector))).toEqual(selector);
      }),
    );
  });

  it('match as the meaning of their requirements says', () => {
    fc.assert(
      fc.property(fc.array(requirementArb, { maxLength: 3 }), labelsArb, (list, labels) => {
        expect(matches({ requirements: list, nothing: false }, labels)).toBe(
          list.every((r) => model(r, labels)),
        );
      }),
    );
  });

  it('tell an absent selector from an empty one', () => {
    expect(matches(selectorOf(undefined), {})).toBe(false);
    expect(matches(selectorOf({}), { a: 'b' })).toBe(true);
    expect(selectorText(undefined)).toBe('<none>');
    expect(
      selectorText({
        matchLabels: { b: 'c', a: 'd' },
        matchExpressions: [{ key: 'a', operator: 'In', values: ['y', 'x'] }],
      }),
    ).toBe('a=d,a in (x,y),b=c');
    expect(selectorText({ matchExpressions: [{ key: 'a', operator: 'Like' as 'In', values: ['x'] }] })).toBe(
      '<error>',
    );
  });

  it('are not fooled by labels named as object members', () => {
    expect(matches(parseLabelSelector('toString'), { a: 'b' })).toBe(false);
    expect(matches(parseLabelSelector('!constructor'), { a: 'b' })).toBe(true);
  });

  it('are refused in Kubernetes words', () => {
    expect(() => parseLabelSelector('x=a||y=b')).toThrow(
      /^unable to parse requirement: values\[0\]\[x\]: Invalid value: "a\|\|y": a valid label must be/,
    );
    expect(() => parseLabelSelector('a in (b c)')).toThrow(
      "unable to parse requirement: found 'c', expected: ',' or ')'",
    );
    expect(() => parseLabelSelector('a,')).toThrow("found '', expected: identifier after ','");
    expect(() => parseLabelSelector('x<a')).toThrow(
      "values[0]: Invalid value: \"a\": for 'Gt', 'Lt' operators, the value must be an integer",
    );
  });
});

const pod = (phase: 'Running' | 'Pending', node: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'default', uid: 'u', resourceVersion: '1', creationTimestamp: '' },
  spec: { containers: [], nodeName: node },
  status: { phase },
});

describe('field selectors', () => {
  it('match the fields of a pod', () => {
    expect(
      matchesFields(
        parseFieldSelector('status.phase=Running,spec.nodeName!=node-2'),
        BUILT_IN.get('Pod'),
        pod('Running', 'node-1'),
      ),
    ).toBe(true);
    expect(
      matchesFields(
        parseFieldSelector('status.phase==Pending'),
        BUILT_IN.get('Pod'),
        pod('Running', 'node-1'),
      ),
    ).toBe(false);
    expect(matchesFields(parseFieldSelector('spec.nodeName='), BUILT_IN.get('Pod'), pod('Pending', ''))).toBe(
      true,
    );
  });

  it('refuse fields that the kind cannot be selected by', () => {
    expect(() => parseFieldSelector('spec.image=x', BUILT_IN.get('Pod'))).toThrow(
      'field label not supported: spec.image',
    );
    expect(() => parseFieldSelector('status.replicas=1', BUILT_IN.get('Deployment'))).toThrow(
      '"status.replicas" is not a known field selector: only "metadata.name", "metadata.namespace"',
    );
  });

  it('print what parses to the same selector', () => {
    const term = fc.record({
      field: fc.constantFrom('metadata.name', 'status.phase'),
      operator: fc.constantFrom<'=' | '!='>('=', '!='),
      value: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(term, { maxLength: 3 }), (terms) => {
        const printed = printFieldSelector({ terms });
        const parsed = parseFieldSelector(printed);
        expect(parseFieldSelector(printFieldSelector(parsed))).toEqual(parsed);
        expect(parsed.terms).toHaveLength(terms.length);
        for (const t of terms) expect(parsed.terms).toContainEqual(t);
        expect(terms.every((t) => printed.includes(escapeFieldValue(t.value)))).toBe(true);
      }),
    );
  });
});
