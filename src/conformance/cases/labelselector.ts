/** Label selectors: parsing, printing, matching. */
import { matches, parseLabelSelector, printSelector, requirement, selectorFromLabels, selectorOf, selectorText, type SelectorOperator } from '../../sim/api/selector.ts';
import type { LabelSelector } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const attempt = (run: () => unknown): unknown => {
  try {
    return run();
  } catch {
    return 'refused';
  }
};
type Row = [key: string, operator: SelectorOperator, ...values: string[]];
const rows = (text: string): unknown => attempt(() => parseLabelSelector(text).requirements.map((r): Row => [r.key, r.operator, ...r.values]));

const good = ['x=a,y=b,z=c', '', 'x!=a,y=b', 'x=', 'x= ', 'x=,z= ', 'x= ,z= ', '!x', 'x>1', 'x>1,z<5'];
const bad = ['x=a||y=b', 'x==a==b', '!x=a', 'x<a', ',x,y', 'x nott in (y)', 'a in (xyz),', 'a in (xyz)b notin ()', 'a in (xyz abc)', 'a notin(', 'a (', '('];

const parsed: [string, Row[]][] = [
  ['', []], ['\rx', [['x', 'exists']]], ['this-is-a-dns.domain.com/key-with-dash', [['this-is-a-dns.domain.com/key-with-dash', 'exists']]],
  ['this-is-another-dns.domain.com/key-with-dash in (so,what)', [['this-is-another-dns.domain.com/key-with-dash', 'in', 'so', 'what']]],
  ['0.1.2.domain/99 notin (10.10.100.1, tick.tack.clock)', [['0.1.2.domain/99', 'notin', '10.10.100.1', 'tick.tack.clock']]],
  ['foo  in\t (abc)', [['foo', 'in', 'abc']]], ['x notin\n (abc)', [['x', 'notin', 'abc']]], ['x  notin\t\t\t(abc,def)', [['x', 'notin', 'abc', 'def']]],
  ['x in (abc,def)', [['x', 'in', 'abc', 'def']]], ['x in (abc,)', [['x', 'in', '', 'abc']]], ['x in ()', [['x', 'in', '']]],
  ['x notin (abc,,def),bar,z in (),w', [['bar', 'exists'], ['w', 'exists'], ['x', 'notin', '', 'abc', 'def'], ['z', 'in', '']]],
  ['x,y in (a)', [['x', 'exists'], ['y', 'in', 'a']]], ['x=a', [['x', '=', 'a']]], ['x>1', [['x', 'gt', '1']]], ['x<7', [['x', 'lt', '7']]], ['x=a,y!=b', [['x', '=', 'a'], ['y', '!=', 'b']]],
  ['x=a,y!=b,z in (h,i,j)', [['x', '=', 'a'], ['y', '!=', 'b'], ['z', 'in', 'h', 'i', 'j']]], ['x notin ( )', [['x', 'notin', '']]], ['x notin (, a)', [['x', 'notin', '', 'a']]], ['a ', [['a', 'exists']]],
  ['a in (x,y,notin, z,in)', [['a', 'in', 'in', 'notin', 'x', 'y', 'z']]], ['y==b', [['y', '==', 'b']]],
];

const set = { foo: 'bar', baz: 'blah' };
const matched: [string, Record<string, string>, boolean][] = [
  ['', { x: 'y' }, true], ['x=y', { x: 'y' }, true], ['x=y,z=w', { x: 'y', z: 'w' }, true], ['x!=y,z!=w', { x: 'z', z: 'a' }, true], ['notin=in', { notin: 'in' }, true], ['x', { x: 'z' }, true], ['!x', { y: 'z' }, true],
  ['x>1', { x: '2' }, true], ['x<1', { x: '0' }, true], ['x=z', {}, false], ['x=y', { x: 'z' }, false], ['x=y,z=w', { x: 'w', z: 'w' }, false], ['x!=y,z!=w', { x: 'z', z: 'w' }, false], ['x', { y: 'z' }, false],
  ['!x', { x: 'z' }, false], ['x>1', { x: '0' }, false], ['x<1', { x: '2' }, false], ['foo=bar', set, true], ['baz=blah', set, true], ['foo=bar,baz=blah', set, true], ['foo=blah', set, false], ['baz=bar', set, false],
  ['foo=bar,foobar=bar,baz=blah', set, false], ['x in (foo),y notin (alpha)', { x: 'foo', y: 'baz' }, true], ['x in (foo),y in (alpha)', { x: 'foo', y: 'baz' }, false], ['x notin (),y', { y: '' }, true],
  ['!x,y', { y: '' }, true], ['x notin (),!y', { y: '' }, false], ['x in ()', { y: 'baz' }, false], ['z>1', { z: '2' }, true], ['z>1', { z: 'v2' }, false],
];

const made: [string, SelectorOperator, string[], boolean][] = [
  ['x', 'in', [], false], ['x', 'notin', [], false], ['x', 'in', ['foo'], true], ['x', 'notin', ['foo'], true], ['x', 'exists', [], true], ['x', '!', [], true], ['1foo', 'in', ['bar'], true], ['1234', 'in', ['bar'], true],
  ['y', 'gt', ['1'], true], ['z', 'lt', ['6'], true], ['foo', 'gt', ['bar'], false], ['barz', 'lt', ['blah'], false], ['a'.repeat(254), 'exists', [], false], ['x', '=', ['a', 'b'], false], ['x', 'exists', ['a'], false],
  ['x', '=', ['a'.repeat(64)], false], ['x', '=', ['a b'], false],
];

const printedRows: [Row[], string][] = [
  [[['x', 'in', 'abc', 'def'], ['y', 'notin', 'jkl'], ['z', 'exists']], 'x in (abc,def),y notin (jkl),z'], [[['x', 'notin', 'abc', 'def'], ['y', '!=', 'jkl'], ['z', '!']], 'x notin (abc,def),y!=jkl,!z'],
  [[['x', 'notin', 'abc'], ['y', 'in', 'jkl', 'mno'], ['z', 'notin', '']], 'x notin (abc),y in (jkl,mno),z notin ()'],
  [[['x', '=', 'abc'], ['y', '==', 'jkl'], ['z', '!=', 'a'], ['z', 'exists']], 'x=abc,y==jkl,z!=a,z'], [[['x', 'gt', '2'], ['y', 'lt', '8'], ['z', 'exists']], 'x>2,y<8,z'],
];

/** The structured form: source staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/helpers_test.go. */
const structured: [string, LabelSelector | undefined, unknown, string][] = [
  ['none', undefined, 'nothing', '<none>'], ['an empty one', {}, '', '<none>'], ['labels', { matchLabels: { foo: 'bar' } }, 'foo=bar', 'foo=bar'],
  ['an expression', { matchExpressions: [{ key: 'baz', operator: 'In', values: ['qux', 'norf'] }] }, 'baz in (norf,qux)', 'baz in (norf,qux)'],
  ['labels and an expression', { matchLabels: { foo: 'bar' }, matchExpressions: [{ key: 'baz', operator: 'In', values: ['qux', 'norf'] }] }, 'baz in (norf,qux),foo=bar', 'baz in (norf,qux),foo=bar'],
  ['an expression with values where none belong', { matchExpressions: [{ key: 'baz', operator: 'Exists', values: ['qux', 'norf'] }] }, 'refused', '<error>'],
];

const cases: ConformanceCase[] = [
  ...good.map((text): ConformanceCase => ({ name: `${JSON.stringify(text)} prints as read`, run: () => printSelector(parseLabelSelector(text)), expected: text.replaceAll(' ', '') })),
  ...bad.map((text): ConformanceCase => ({ name: `${JSON.stringify(text)} is refused`, run: () => rows(text), expected: 'refused' })),
  ...parsed.map(([text, expected]): ConformanceCase => ({ name: `${JSON.stringify(text)} is read`, run: () => rows(text), expected })),
  { name: 'terms are sorted', run: () => printSelector(parseLabelSelector('x=a,a=x')) === printSelector(parseLabelSelector('a=x,x=a')), expected: true },
  ...matched.map(([text, labels, expected]): ConformanceCase => ({
    name: `${JSON.stringify(text)} ${expected ? 'matches' : 'does not match'} ${JSON.stringify(labels)}`, run: () => matches(parseLabelSelector(text), labels), expected,
  })),
  ...made.map(([key, operator, values, valid]): ConformanceCase => ({
    name: `${key.length > 20 ? 'a long key' : key} ${operator} ${JSON.stringify(values).slice(0, 40)} is ${valid ? 'valid' : 'invalid'}`,
    run: () => attempt(() => requirement(key, operator, values)) !== 'refused', expected: valid,
  })),
  ...printedRows.map(([list, text]): ConformanceCase => ({
    name: `prints ${text}`, run: () => printSelector({ requirements: list.map(([key, operator, ...values]) => ({ key, operator, values })), nothing: false }), expected: text,
  })),
  ...([[{}, true], [{ foo: 'bar' }, true], [{ baz: 'blah' }, true], [set, true], [{ foo: 'other' }, false]] as const).map(([wanted, expected]): ConformanceCase => ({
    name: `the labels ${JSON.stringify(wanted)} as a selector`, run: () => matches(selectorFromLabels(wanted as Record<string, string>), set), expected,
  })),
  ...structured.flatMap(([name, selector, expected, text]): ConformanceCase[] => [
    { name: `${name} as a selector`, run: () => attempt(() => (selectorOf(selector).nothing ? 'nothing' : printSelector(selectorOf(selector)))), expected },
    { name: `${name} as text`, run: () => selectorText(selector), expected: text },
  ]),
];

export const labelSelectorCases: CaseArea = {
  area: 'label selectors', source: 'staging/src/k8s.io/apimachinery/pkg/labels/selector_test.go', cases,
};
