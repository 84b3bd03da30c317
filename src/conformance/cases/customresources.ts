/** What structural schemas make of custom resources: pruning, defaults, lists that are sets or maps, rules of CEL. */
import { defaulted, withoutNulls } from '../../sim/api/schema/structural/defaulting.ts';
import { validateListTypes } from '../../sim/api/schema/structural/listtypes.ts';
import { pruned } from '../../sim/api/schema/structural/prune.ts';
import { compileRules, validateRules } from '../../sim/api/schema/structural/rules.ts';
import type { StructuralSchema } from '../../sim/api/schema/structural/schema.ts';
import { validateValue } from '../../sim/api/schema/structural/values.ts';
import { fieldPath } from '../../sim/api/schema/check.ts';
import type { Causes } from '../../sim/api/validation/field.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const TESTS = 'staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver';
const INTEGER: StructuralSchema = { type: 'integer' };
const NUMBER: StructuralSchema = { type: 'number' };
const STRING: StructuralSchema = { type: 'string' };
const object = (properties: Record<string, StructuralSchema>, more: StructuralSchema = {}): StructuralSchema => ({
  type: 'object',
  properties,
  ...more,
});
const list = (items: StructuralSchema, more: StructuralSchema = {}): StructuralSchema => ({ type: 'array', items, ...more });
const map = (additionalProperties: StructuralSchema): StructuralSchema => ({ type: 'object', additionalProperties });
const PRESERVE: StructuralSchema = { 'x-kubernetes-preserve-unknown-fields': true };

type Pruning = readonly [name: string, schema: StructuralSchema, value: unknown, expected: unknown, gone: readonly string[]];
const A_AND_C = object({ a: INTEGER, c: INTEGER });
const PRUNINGS: readonly Pruning[] = [
  ['nothing is there', object({}), {}, {}, []],
  ['items of a list', object({ list: list(A_AND_C) }), { list: [{ a: 1 }, { b: 1 }, { a: 1, b: 2, c: 3 }] }, { list: [{ a: 1 }, {}, { a: 1, c: 3 }] }, ['list[1].b', 'list[2].b']],
  ['what is not said, with all in it', object({ said: A_AND_C }), { other: { a: 1 }, said: { a: 1, b: 2, c: 3 } }, { said: { a: 1, c: 3 } }, ['other', 'said.b']],
  ['values of a map', object({ map: map(A_AND_C) }), { map: { x: { a: 1, b: 2 } } }, { map: { x: { a: 1 } } }, ['map.x.b']],
  ['a map of anything keeps its keys, and nothing in their values', object({ map: { type: 'object', additionalProperties: true } }), { map: { x: 1, y: { a: 1 } } }, { map: { x: 1, y: {} } }, ['map.y.a']],
  ['preserving keeps what is not said', object({ a: INTEGER }, PRESERVE), { a: 1, b: { c: 2 } }, { a: 1, b: { c: 2 } }, []],
  ['preserving prunes what is said', object({ said: object({ a: INTEGER }) }, PRESERVE), { said: { a: 1, b: 2 }, other: { b: 2 } }, { said: { a: 1 }, other: { b: 2 } }, ['said.b']],
  ['preserving within pruning', object({ pruning: object({ keeping: object({}, PRESERVE) }) }), { pruning: { a: 1, keeping: { a: 1 } } }, { pruning: { keeping: { a: 1 } } }, ['pruning.a']],
  ['values of a map that preserves are pruned by their own schema', object({ map: { ...map(object({ a: INTEGER })), ...PRESERVE } }), { map: { x: { a: 1, b: 2 } } }, { map: { x: { a: 1 } } }, ['map.x.b']],
  ['apiVersion, kind and metadata of the root stay', object({ a: INTEGER }), { apiVersion: 'v1', kind: 'K', metadata: { any: 1 }, a: 1 }, { apiVersion: 'v1', kind: 'K', metadata: { any: 1 }, a: 1 }, []],
  ['those of a field go', object({ in: object({ a: INTEGER }) }), { in: { apiVersion: 'v1', kind: 'K', metadata: {}, a: 1 } }, { in: { a: 1 } }, ['in.apiVersion', 'in.kind', 'in.metadata']],
  ['those of an object within stay', object({ in: object({ a: INTEGER }, { 'x-kubernetes-embedded-resource': true }) }), { in: { apiVersion: 'v1', kind: 'K', metadata: { name: 'x' }, a: 1, b: 2 } }, { in: { apiVersion: 'v1', kind: 'K', metadata: { name: 'x' }, a: 1 } }, ['in.b']],
  ['of an integer or string nothing goes', object({ port: { 'x-kubernetes-int-or-string': true } }), { port: 'http' }, { port: 'http' }, []],
];

function pruning([name, schema, value, expected, gone]: Pruning): ConformanceCase {
  return {
    name,
    run() {
      const told: string[] = [];
      const result = pruned(value as object, schema, (path) => told.push(fieldPath(path)));
      return { result, told: told.sort() };
    },
    expected: { result: expected, told: gone },
  };
}

export const pruningCases: CaseArea = {
  area: 'pruning of custom resources',
  source: `${TESTS}/schema/pruning/algorithm_test.go`,
  cases: PRUNINGS.map(pruning),
};

type Defaulting = readonly [name: string, schema: StructuralSchema, value: unknown, expected: unknown];
const withDefault = (value: unknown, more: StructuralSchema = {}): StructuralSchema => ({ ...more, default: value });
const DEFAULTINGS: readonly Defaulting[] = [
  ['nothing to fill in', object({}), { a: 1 }, { a: 1 }],
  ['a scalar that is not there', object({ foo: withDefault('bar', STRING) }), {}, { foo: 'bar' }],
  ['what is there stays', object({ foo: withDefault('bar', STRING) }), { foo: 'a' }, { foo: 'a' }],
  ['an empty text is there', object({ foo: withDefault('bar', STRING) }), { foo: '' }, { foo: '' }],
  ['within what a default gave', object({ foo: object({ x: withDefault('A', STRING) }, { default: {} }) }), {}, { foo: { x: 'A' } }],
  ['not within what is not there', object({ foo: object({ x: withDefault('A', STRING) }) }), {}, {}],
  ['within items', object({ list: list(object({ x: withDefault('A', STRING) })) }), { list: [{}, { x: 'B' }] }, { list: [{ x: 'A' }, { x: 'B' }] }],
  ['within values of a map', object({ map: map(object({ x: withDefault('A', STRING) })) }), { map: { a: {}, b: { x: 'B' } } }, { map: { a: { x: 'A' }, b: { x: 'B' } } }],
  ['in place of a null that may not be', object({ foo: withDefault('bar', STRING) }), { foo: null }, { foo: 'bar' }],
  ['a null that may be stays', object({ foo: withDefault('bar', { ...STRING, nullable: true }) }), { foo: null }, { foo: null }],
  ['a null item that may not be', object({ list: list(withDefault('A', STRING)) }), { list: ['x', null] }, { list: ['x', 'A'] }],
  ['a null in a map that may not be', object({ map: map(withDefault('A', STRING)) }), { map: { a: null } }, { map: { a: 'A' } }],
  ['a null without a default is dropped', object({ foo: STRING }), { foo: null }, {}],
  ['one that may be stays so', object({ foo: { ...STRING, nullable: true } }), { foo: null }, { foo: null }],
  ['nulls of what is not said are left', object({}), { other: null }, { other: null }],
  ['a null item stays in its place', object({ list: list(STRING) }), { list: ['x', null] }, { list: ['x', null] }],
];

export const customDefaultingCases: CaseArea = {
  area: 'defaults of custom resources',
  source: `${TESTS}/schema/defaulting/{algorithm,prunenulls}_test.go`,
  cases: DEFAULTINGS.map(([name, schema, value, expected]) => ({
    name,
    run: () => defaulted(withoutNulls(value, schema), schema),
    expected,
  })),
};

type ListType = readonly [name: string, schema: StructuralSchema, value: unknown, expected: readonly string[]];
const SET = (items: StructuralSchema): StructuralSchema => object({ array: list(items, { 'x-kubernetes-list-type': 'set' }) });
const KEYED = (...keys: string[]): StructuralSchema =>
  object({ array: list(object({ a: STRING, b: INTEGER, c: STRING }), { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys }) });
const LIST_TYPES: readonly ListType[] = [
  ['a list of no type', object({ array: list(STRING) }), { array: ['a', 'b', 'a'] }, []],
  ['a set with one item', SET(STRING), { array: ['a'] }, []],
  ['a set with two equal items', SET(STRING), { array: ['a', 'a'] }, ['array[1]: Duplicate value: "a"']],
  ['a set with two different items', SET(STRING), { array: ['a', 'b'] }, []],
  ['each is told once', SET(STRING), { array: ['a', 'a', 'b', 'c', 'd', 'c', 'a'] }, ['array[1]: Duplicate value: "a"', 'array[5]: Duplicate value: "c"']],
  ['a number is no text', SET({ 'x-kubernetes-int-or-string': true }), { array: [1, '1'] }, []],
  ['a set of lists', SET(list(STRING)), { array: [['1'], ['2'], ['1']] }, ['array[2]: Duplicate value: ["1"]']],
  ['a set of objects', SET(object({ a: STRING })), { array: [{ a: '1' }, { a: '2' }, { a: '1' }] }, ['array[2]: Duplicate value: {"a":"1"}']],
  ['a map with one key', KEYED('a'), { array: [{ a: '1' }, { a: '2', c: 'x' }, { a: '1', c: 'y' }] }, ['array[2]: Duplicate value: {"a":"1"}']],
  ['a map whose keys are not there', KEYED('a'), { array: [{ c: 'x' }, { c: 'y' }] }, ['array[1]: Duplicate value: {}']],
  ['a map with two keys', KEYED('a', 'b'), { array: [{ a: '1', b: 1 }, { a: '1', b: 2 }, { a: '1', b: 1 }] }, ['array[2]: Duplicate value: {"a":"1","b":1}']],
  ['a map of what are no objects', KEYED('a'), { array: [{ a: '1' }, 'x'] }, ['array[1]: Invalid value: "x": must be an object for an array of list-type map']],
  ['within items', object({ outer: list(SET(STRING)) }), { outer: [{ array: ['a'] }, { array: ['a', 'a'] }] }, ['outer[1].array[1]: Duplicate value: "a"']],
];

const told = (causes: Causes): string[] => causes.map(({ field, message }) => `${field}: ${message}`);

export const listTypeCases: CaseArea = {
  area: 'lists that are sets or maps',
  source: `${TESTS}/schema/listtype/validation_test.go`,
  cases: LIST_TYPES.map(([name, schema, value, expected]) => ({
    name,
    run() {
      const causes: Causes = [];
      validateListTypes(value, schema, '', causes);
      return told(causes);
    },
    expected,
  })),
};

type Validation = readonly [name: string, schema: StructuralSchema, value: unknown, expected: readonly string[], old?: unknown];
const field = (schema: StructuralSchema): StructuralSchema => object({ field: schema });
const VALUES: readonly Validation[] = [
  ['an integer is a number', field(NUMBER), { field: 1 }, []],
  ['a fraction is no integer', field(INTEGER), { field: 1.5 }, ['field: Invalid value: "number": field in body must be of type integer: "number"']],
  ['a text is no integer', field(INTEGER), { field: '1' }, ['field: Invalid value: "string": field in body must be of type integer: "string"']],
  ['nothing where something must be', field(STRING), { field: null }, ['field: Invalid value: "null": field in body must be of type string: "null"']],
  ['nothing where it may be', field({ ...STRING, nullable: true }), { field: null }, []],
  ['an integer or string is an integer', field({ 'x-kubernetes-int-or-string': true }), { field: 42 }, []],
  ['… or a string', field({ 'x-kubernetes-int-or-string': true }), { field: 'foo' }, []],
  ['… and nothing else', field({ 'x-kubernetes-int-or-string': true }), { field: true }, ['field: Invalid value: "boolean": field in body must be of type integer,string: "boolean"']],
  ['one of the words', field({ ...STRING, enum: ['foo', 'bar'] }), { field: 'bar' }, []],
  ['none of the words', field({ ...STRING, enum: ['foo', 'bar'] }), { field: 'baz' }, ['field: Unsupported value: "baz": supported values: "foo", "bar"']],
  ['too long', field({ ...STRING, maxLength: 2 }), { field: 'abc' }, ['field: Too long: may not be more than 2 bytes']],
  ['too short', field({ ...STRING, minLength: 2 }), { field: 'a' }, ['field: Invalid value: "a": field in body should be at least 2 chars long']],
  ['a pattern it has not', field({ ...STRING, pattern: '^(?i)on$' }), { field: 'off' }, ["field: Invalid value: \"off\": field in body should match '^(?i)on$'"]],
  ['a pattern it has, in either case', field({ ...STRING, pattern: '^(?i)on$' }), { field: 'ON' }, []],
  ['a time that is none', field({ ...STRING, format: 'date-time' }), { field: 'today' }, ['field: Invalid value: "today": field in body must be of type date-time: "today"']],
  ['a format that nobody checks', field({ ...STRING, format: 'colour' }), { field: 'today' }, []],
  ['too small', field({ ...NUMBER, minimum: 10 }), { field: 5 }, ['field: Invalid value: 5: field in body should be greater than or equal to 10']],
  ['just too small', field({ ...NUMBER, minimum: 10, exclusiveMinimum: true }), { field: 10 }, ['field: Invalid value: 10: field in body should be greater than 10']],
  ['too large', field({ ...NUMBER, maximum: 10 }), { field: 11 }, ['field: Invalid value: 11: field in body should be less than or equal to 10']],
  ['no multiple', field({ ...INTEGER, multipleOf: 3 }), { field: 4 }, ['field: Invalid value: 4: field in body should be a multiple of 3']],
  ['too many items', field(list(STRING, { maxItems: 1 })), { field: ['a', 'b'] }, ['field: Too many: 2: must have at most 1 items']],
  ['too few items', field(list(STRING, { minItems: 1 })), { field: [] }, ['field: Invalid value: 0: field in body should have at least 1 items']],
  ['too few properties', field({ type: 'object', minProperties: 1, ...PRESERVE }), { field: {} }, ['field: Invalid value: 0: field in body should have at least 1 properties']],
  ['what is required', object({ a: STRING }, { required: ['a'] }), {}, ['a: Required value']],
  ['in an item', field(list(object({ a: INTEGER }))), { field: [{}, { a: 'x' }] }, ['field[1].a: Invalid value: "string": field[1].a in body must be of type integer: "string"']],
  ['any of some', field({ ...INTEGER, anyOf: [{ minimum: 10 }, { maximum: 1 }] }), { field: 12 }, []],
  ['none of any', field({ ...INTEGER, anyOf: [{ minimum: 10 }, { maximum: 1 }] }), { field: 5 }, ['<nil>: Invalid value: "": "field" must validate at least one schema (anyOf)', 'field: Invalid value: 5: field in body should be greater than or equal to 10']],
  ['two of one', field({ ...INTEGER, oneOf: [{ minimum: 1 }, { maximum: 9 }] }), { field: 5 }, ['<nil>: Invalid value: "": "field" must validate one and only one schema (oneOf). Found 2 valid alternatives']],
  ['what it must not be', field({ ...INTEGER, not: { minimum: 3 } }), { field: 5 }, ['<nil>: Invalid value: "": "field" must not validate the schema (not)']],
  ['what is as it was passes', object({ a: { ...STRING, maxLength: 1 }, b: STRING }), { a: 'long', b: 'y' }, [], { a: 'long', b: 'x' }],
  ['what is another does not', object({ a: { ...STRING, maxLength: 1 } }), { a: 'longer' }, ['a: Too long: may not be more than 1 bytes'], { a: 'long' }],
  ['an item of a map that is as it was passes', KEYED('a').properties!['array']!, [{ a: '2', b: 'x' }, { a: '1', b: 'y' }], ['[1].b: Invalid value: "string": [1].b in body must be of type integer: "string"'], [{ a: '1', b: 1 }, { a: '2', b: 'x' }]],
];

export const customValueCases: CaseArea = {
  area: 'values by structural schemas',
  source: `${TESTS}/validation/{validation,ratcheting}_test.go`,
  cases: VALUES.map(([name, schema, value, expected, old]) => ({
    name,
    run() {
      const causes: Causes = [];
      validateValue(value, old, schema, '', causes);
      return told(causes);
    },
    expected,
  })),
};

const numbered = <T>(values: readonly T[]): Record<string, T> =>
  Object.fromEntries(values.map((value, i) => [`val${i + 1}`, value]));
const formatted = (format: string): StructuralSchema => ({ ...STRING, format });

/** Expressions that are true of an object. */
type Truths = readonly [about: string, values: readonly unknown[], schemas: readonly StructuralSchema[], rules: readonly string[]];
const TRUTHS: readonly Truths[] = [
  ['numbers', [5, 10, 15, 10.5, 10], [INTEGER, INTEGER, INTEGER, NUMBER, NUMBER], [
    'type(self.val1) == int', 'type(self.val5) == double', 'self.val5 == 10.0', 'double(self.val1) < self.val4', 'self.val1 < int(self.val4)',
    'self.val1 < self.val4', 'self.val2 <= self.val5', '5 < 10.0', 'self.val3 / 4 == 3', 'self.val3 % 4 == 3',
  ]],
  ['texts', ['Rook takes 👑', 'l1\nl2'], [STRING, STRING], [
    "self.val1.startsWith('Rook')", "!self.val1.contains('gives')", "self.val1.endsWith('👑')", "self.val1.matches('^[^0-9]*$')", "matches(self.val1, '^[^0-9]*$')", "!matches(self.val1, '[0-9]')", "self.val1.matches('^(?i)rook TAKES')", "self.val2.matches('l1(?s:.)[[:alpha:]]2')", 'size(self.val1) == 12',
    "self.val1.charAt(3) == 'k'", "self.val1.indexOf('o', 2) == 2", "self.val1.replace(' ', 'x') == 'Rookxtakesx👑'", "self.val1.replace(' ', 'x', 1) == 'Rookxtakes 👑'",
    "self.val1.split(' ') == ['Rook', 'takes', '👑']", "self.val1.split(' ', 2) == ['Rook', 'takes 👑']", "self.val1.substring(4, 10).trim() == 'takes'",
    "self.val1.upperAscii() == 'ROOK TAKES 👑'", "'%d %s %f'.format([1, 'abc', 1.0]) == '1 abc 1.000000'", "'%b %o'.format([7, 8]) == '111 10'", "self.val2 == '''l1\nl2'''",
  ]],
  ['formats', ['QUI=', '1h2m3s4ms', '1997-07-16', '2011-08-18T19:03:37.01+01:00'], [formatted('byte'), formatted('duration'), formatted('date'), formatted('date-time')], [
    "self.val1 == b'AB'", 'type(self.val1) == bytes', 'size(self.val1) == 2', "self.val2 == duration('1h2m3s4ms')", "self.val2 == duration('1h2m') + duration('3s4ms')",
    'self.val2.getMinutes() == 62', "self.val3 == timestamp('1997-07-16T00:00:00.000Z')", 'self.val3.getMonth() == 6', 'self.val3.getFullYear() == 1997',
    "self.val4 == timestamp('2011-08-18T19:03:37.010+01:00')", "self.val4.getHours('UTC') == 18", 'type(self.val4) == google.protobuf.Timestamp',
  ]],
  ['lists', [[1, 2, 3], ['a', 'b']], [list(INTEGER), list(STRING)], [
    '1 in self.val1', 'self.val1.all(x, x > 0)', 'self.val1.exists(x, x == 2)', 'self.val1.exists_one(x, x > 2)', 'self.val1.map(x, x > 1, x * 2) == [4, 6]',
    'self.val1.filter(x, x > 1).size() == 2', 'self.val1[0] == 1', 'self.val1 + [4] == [1, 2, 3, 4]', 'self.val1.isSorted()', 'self.val1.sum() == 6', 'self.val1.max() == 3',
    "self.val2.indexOf('b') == 1", "self.val2.join('-') == 'a-b'", 'sets.equivalent(self.val1, [3, 2, 1])', 'sets.intersects(self.val1, [9, 1])', 'has(self.val2[0].b) || true',
  ]],
  ['maps and names', [{ a: 'x', 'b.c': 'y' }, { 'x-y': 1, in: 2, 'a__b': 3 }], [map(STRING), object({ 'x-y': INTEGER, in: INTEGER, 'a__b': INTEGER, absent: STRING })], [
    "self.val1['b.c'] == 'y'", "'a' in self.val1", 'self.val1.all(k, size(k) > 0)', 'self.val1.size() == 2', 'has(self.val1.a)', 'self.val2.x__dash__y == 1', 'self.val2.__in__ == 2',
    'self.val2.a__underscores__b == 3', '!has(self.val2.absent)', "self.val2.?absent.orValue('d') == 'd'",
  ]],
  ['libraries', ['100Mi', '10.0.0.1', '10.0.0.0/8', 'https://kubernetes.io:80/path?a=b', 'abc 123 def 456'], [STRING, STRING, STRING, STRING, STRING], [
    "quantity(self.val1).isGreaterThan(quantity('1Mi'))", "quantity('1').compareTo(quantity('1000m')) == 0", "!isQuantity('three')", 'ip(self.val2).family() == 4', "!isIP('10.0.0.256')",
    'cidr(self.val3).containsIP(self.val2)', "string(cidr('192.168.1.7/24').masked()) == '192.168.1.0/24'", "ip('fe80::1').isLinkLocalUnicast()", "url(self.val4).getScheme() == 'https'",
    "url(self.val4).getPort() == '80'", "!isURL('../relative')", "self.val5.find('[0-9]+') == '123'", "self.val5.findAll('[0-9]+', 1) == ['123']", "format.dns1123Label().validate('A_b').hasValue()",
  ]],
  ['optional values', [{ a: 2 }, 3], [object({ a: INTEGER, b: INTEGER }), INTEGER], [
    'self.val1.?a.value() == 2', 'self.val2 >= self.val1.?a.value()', 'self.val1.?a.optMap(a, a + self.val2).value() == 5', '!self.val1.?b.optMap(b, b + 1).hasValue()',
    'self.val1.?a.optFlatMap(a, optional.of(a * 2)).orValue(0) == 4', '!self.val1.?b.optFlatMap(b, optional.of(b)).hasValue()',
  ]],
  ['two variables', [['a', 'b', 'c'], { x: 1, y: 2 }], [list(STRING), map(INTEGER)], [
    'self.val1.all(i, v, i < 3 && v != "")', 'self.val1.exists(i, v, i == 1 && v == "b")', 'self.val1.existsOne(i, v, i > 1)', '!self.val1.exists_one(i, v, i > 0)',
    'self.val2.all(k, v, v < 3 && k in ["x", "y"])', 'self.val1.transformList(i, v, v + string(i)) == ["a0", "b1", "c2"]', 'self.val1.transformList(i, v, i > 0, v) == ["b", "c"]',
    'self.val2.transformMap(k, v, v + 1)["y"] == 3', 'self.val2.transformMap(k, v, v > 1, v).size() == 1', 'self.val2.transformMapEntry(k, v, {k + k: v})["xx"] == 1',
    'self.val1.all(i, v, self.val1.all(j, w, i == j || v != w))',
  ]],
  ['semantic versions', ['1.2.3-rc.1', 'v1.2'], [STRING, STRING], [
    'isSemver(self.val1)', '!isSemver(self.val2)', 'isSemver(self.val2, true)', 'semver(self.val2, true).minor() == 2', 'semver(self.val1).isLessThan(semver("1.2.3"))',
    'semver("1.0.0-alpha.9").compareTo(semver("1.0.0-alpha.10")) == -1', 'semver("1.10.0").isGreaterThan(semver("1.9.9"))', 'semver(self.val1).major() == 1 && semver(self.val1).patch() == 3',
  ]],
];

function ruleCase(rule: string, values: readonly unknown[], schemas: readonly StructuralSchema[]): ConformanceCase {
  return {
    name: rule,
    run() {
      const causes: Causes = [];
      validateRules(numbered(values), undefined, object(numbered(schemas), { 'x-kubernetes-validations': [{ rule }] }), causes);
      return told(causes);
    },
    expected: [],
  };
}

type Transition = readonly [name: string, rule: object, old: unknown, value: unknown, expected: readonly string[]];
const ruled = (rule: object): StructuralSchema => object({ v: { ...STRING, 'x-kubernetes-validations': [rule as never] }, o: STRING });
const IMMUTABLE = { rule: 'self == oldSelf', message: 'is immutable' };
const TRANSITIONS: readonly Transition[] = [
  ['a transition is not judged at creation', IMMUTABLE, undefined, { v: 'a' }, []],
  ['nor where the field is new', IMMUTABLE, {}, { v: 'a' }, []],
  ['a transition that may not be', IMMUTABLE, { v: 'a' }, { v: 'b' }, ['v: Invalid value: "b": is immutable']],
  ['one that changes nothing', IMMUTABLE, { v: 'a', o: 'x' }, { v: 'a', o: 'y' }, []],
  ['an old value that may be absent', { rule: 'oldSelf.hasValue() || self == "a"', optionalOldSelf: true }, undefined, { v: 'b' }, ['v: Invalid value: "b": failed rule: oldSelf.hasValue() || self == "a"']],
  ['… and is there', { rule: 'oldSelf.hasValue() || self == "a"', optionalOldSelf: true }, { v: 'a' }, { v: 'b' }, []],
  ['what is as it was is not judged again', { rule: 'self.size() < 2' }, { v: 'long', o: 'x' }, { v: 'long', o: 'y' }, []],
  ['an old value that may be absent, compared', { rule: 'oldSelf.hasValue() ? self >= oldSelf.value() : true', optionalOldSelf: true }, { v: 'b' }, { v: 'a' }, ['v: Invalid value: "a": failed rule: oldSelf.hasValue() ? self >= oldSelf.value() : true']],
  ['a message of an expression', { rule: 'self.size() < 2', messageExpression: '"not " + self' }, undefined, { v: 'long' }, ['v: Invalid value: "long": not long']],
  ['a message where the expression fails', { rule: 'self.size() < 2', message: 'too long', messageExpression: '[""][3]' }, undefined, { v: 'long' }, ['v: Invalid value: "long": too long']],
  ['a reason', { rule: 'false', reason: 'FieldValueForbidden', message: 'no' }, undefined, { v: 'a' }, ['v: Forbidden: no']],
  ['a missing value', { rule: 'false', reason: 'FieldValueRequired', message: 'wanted' }, undefined, { v: 'a' }, ['v: Required value: wanted']],
];

type Compiling = readonly [name: string, schema: StructuralSchema, expected: readonly string[]];
const rooted = (rule: object, more: StructuralSchema = {}): StructuralSchema =>
  object({ a: INTEGER, s: STRING, l: list(object({ b: STRING })) }, { 'x-kubernetes-validations': [rule as never], ...more });
const COMPILINGS: readonly Compiling[] = [
  ['a field that is there', rooted({ rule: 'self.a > 1' }), []],
  ['a field that is not', rooted({ rule: 'self.b > 1' }), ["x[0].rule: Invalid value: \"self.b > 1\": compilation failed: ERROR: <input>:1:5: undefined field 'b'\n | self.b > 1\n | ....^"]],
  ['a field of an item that is not', rooted({ rule: 'self.l.all(i, i.c == "")' }), ["x[0].rule: Invalid value: \"self.l.all(i, i.c == \\\"\\\")\": compilation failed: ERROR: <input>:1:16: undefined field 'c'\n | self.l.all(i, i.c == \"\")\n | ...............^"]],
  ['a field of an item that is not, behind its index', rooted({ rule: 'self.l.all(n, i, i.c == "")' }), ["x[0].rule: Invalid value: \"self.l.all(n, i, i.c == \\\"\\\")\": compilation failed: ERROR: <input>:1:19: undefined field 'c'\n | self.l.all(n, i, i.c == \"\")\n | ..................^"]],
  ['the name of the object', rooted({ rule: "self.metadata.name.startsWith('a')" }), []],
  ['its labels are not seen', rooted({ rule: 'has(self.metadata.labels)' }), ["x[0].rule: Invalid value: \"has(self.metadata.labels)\": compilation failed: ERROR: <input>:1:18: undefined field 'labels'\n | has(self.metadata.labels)\n | .................^"]],
  ['what is no condition', rooted({ rule: '"a" + "b"' }), ['x[0].rule: Invalid value: "\\"a\\" + \\"b\\"": cel expression must evaluate to a bool']],
  ['what is no text', rooted({ rule: 'true', messageExpression: '1 + 1' }), ['x[0].messageExpression: Invalid value: "1 + 1": messageExpression must evaluate to a string']],
  ['optionalOldSelf without oldSelf', rooted({ rule: 'true', optionalOldSelf: true }), ['x[0].optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule']],
];

export const celRuleCases: CaseArea = {
  area: 'rules of CEL',
  source: `${TESTS}/schema/cel/{validation,compilation}_test.go`,
  cases: [
    ...TRUTHS.flatMap(([, values, schemas, rules]) => rules.map((rule) => ruleCase(rule, values, schemas))),
    ...TRANSITIONS.map(([name, rule, old, value, expected]): ConformanceCase => ({
      name,
      run() {
        const causes: Causes = [];
        validateRules(value as object, old as object | undefined, ruled(rule), causes);
        return told(causes);
      },
      expected,
    })),
    ...COMPILINGS.map(([name, schema, expected]): ConformanceCase => ({
      name,
      run() {
        const causes: Causes = [];
        compileRules(schema, true, 'x', undefined, causes);
        return told(causes);
      },
      expected,
    })),
  ],
};
