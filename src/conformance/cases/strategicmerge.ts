/** Strategic merge patches: making them from two and from three objects, and applying them. */
import { schemaTable, objectType } from '../../sim/api/schema/types.ts';
import { diffMaps } from '../../sim/api/merge/diff.ts';
import type { Json } from '../../sim/api/merge/jsonmerge.ts';
import { strategicMerge } from '../../sim/api/merge/strategic.ts';
import { threeWayPatch } from '../../sim/api/merge/threeway.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

/**
 * `items` and `others` merge by name, `numbers` merge, `plain` and `fixed` do not, `union` and `parts` retain
 * keys.
 */
const SOURCES: Readonly<Record<string, string>> = {
  'v1.Item': 'fixed []l;items []@v1.Item merge:name;labels {}s;name s;numbers []l merge;other s;others []@v1.Item merge:name;parts []@v1.Item merge,retainKeys:name;plain []@v1.Item;union @v1.Union retainKeys;value s',
  'v1.Union': 'items []@v1.Item merge:name;labels {}s;name s;numbers []l merge;other s;plain []@v1.Item;value s',
};
const table = schemaTable((name) => SOURCES[name]);
const type = objectType('v1.Item', table);

/** `1 2=b 3~x -4`: items by name, with value after `=`, other after `~`; `-` stands for a deletion. */
function items(text: string): Json[] {
  return text.split(' ').filter((t) => t !== '').map((t) => {
    const [, minus, name, value, other] = /^(-?)([^=~]+)(?:=([^~]*))?(?:~(.*))?$/.exec(t)!;
    return {
      ...(minus === '-' ? { $patch: 'delete' } : {}), name, ...(value === undefined ? {} : { value: value === 'null' ? null : value }), ...(other === undefined ? {} : { other }),
    };
  });
}
const order = (text: string, list = 'items'): Json => ({ [`$setElementOrder/${list}`]: items(text) });
const numbers = (...list: number[]): Json => ({ numbers: list });
const numberOrder = (...list: number[]): Json => ({ '$setElementOrder/numbers': list });
const drop = (...list: number[]): Json => ({ '$deleteFromPrimitiveList/numbers': list });
const list = (text: string): Json => ({ items: items(text) });
const others = (text: string): Json => ({ others: items(text) });
const parts = (text: string): Json => ({ parts: items(text) });
const retain = (...keys: string[]): Json => ({ $retainKeys: keys });
const union = (...members: Json[]): Json => ({ union: Object.assign({}, ...members) as Json });
const retained = (keys: string, ...members: Json[]): Json => ({ ...order('bar foo', 'parts'), parts: [Object.assign({ name: 'foo' }, retain(...keys.split(' ')), ...members) as Json] });

/**
 * name, the object before, what is wanted, the live one; the two patches; what the second makes of the live
 * object.
 */
type Row = [name: string, original: Json, modified: Json, current: Json, twoWay: Json, threeWay: Json, result: Json, twoWayResult?: Json];
const rows: Row[] = [
  ['nothing applied before', {}, { name: '1', value: '1' }, { name: '1', other: 'a' }, { name: '1', value: '1' }, { value: '1' }, { name: '1', value: '1', other: 'a' }],
  ['no change', { name: '1' }, { name: '1' }, { name: '1' }, {}, {}, { name: '1' }],
  ['a field is added', { name: '1' }, { name: '1', value: '1' }, { name: '1', other: 'a' }, { value: '1' }, { value: '1' }, { name: '1', value: '1', other: 'a' }],
  ['a field is added, another was changed live', { name: '1' }, { name: '1', value: '1' }, { name: 'a', other: 'a' }, { value: '1' }, { name: '1', value: '1' }, { name: '1', value: '1', other: 'a' }],
  ['a field is added, another dropped', { name: '1' }, { value: '1' }, { name: '1', other: 'a' }, { name: null, value: '1' }, { name: null, value: '1' }, { value: '1', other: 'a' }],
  ['a field is dropped that was changed live', { name: '1' }, { value: '1' }, { name: 'a', other: 'a' }, { name: null, value: '1' }, { name: null, value: '1' }, { value: '1', other: 'a' }],
  ['a key of a map is dropped', { labels: { k: '1', l: '1' } }, { labels: { k: '1' } }, { labels: { k: '1', l: '1', m: 'a' } }, { labels: { l: null } }, { labels: { l: null } }, { labels: { k: '1', m: 'a' } }],
  ['a key of a map is dropped, another was changed live', { labels: { k: '1', l: '1' } }, { labels: { k: '1' } }, { labels: { k: 'a', l: '1', m: 'a' } }, { labels: { l: null } }, { labels: { k: '1', l: null } }, { labels: { k: '1', m: 'a' } }],
  ['all fields are dropped', { name: '1', value: '1' }, {}, { name: '1', value: 'a', other: 'a' }, { name: null, value: null }, { name: null, value: null }, { other: 'a' }],
  ['all fields are dropped, one added that is there', { name: '1', value: '1' }, { other: 'a' }, { name: '1', value: '1', other: 'a' }, { name: null, value: null, other: 'a' }, { name: null, value: null }, { other: 'a' }],
  ['all fields are dropped, one added that is otherwise live', { name: '1', value: '1' }, { other: 'a' }, { name: '1', value: '1', other: 'b' }, { name: null, value: null, other: 'a' }, { name: null, value: null, other: 'a' }, { other: 'a' }],
  ['a plain list of scalars is replaced', { fixed: [1, 2] }, { fixed: [2, 3] }, { fixed: [1, 4] }, { fixed: [2, 3] }, { fixed: [2, 3] }, { fixed: [2, 3] }],
  ['all items are dropped', list('1 2'), { items: [] }, list('1~a 2~b'), list('-1 -2'), list('-1 -2'), { items: [] }],
  ['all items are dropped, none is live', list('1 2'), { items: [] }, { items: [] }, list('-1 -2'), list('-1 -2'), { items: [] }],
  ['empty lists', { items: [] }, { items: [] }, { items: [] }, {}, {}, { items: [] }],
  ['null in the manifest removes what is live', { name: '2' }, { name: '1', value: '1', other: null }, { name: 'a', other: 'a' }, { name: '1', value: '1', other: null }, { name: '1', value: '1', other: null }, { name: '1', value: '1' }, { name: '1', value: '1' }],
  ['null in the manifest removes what was applied', { name: 'o', value: 'o' }, { name: 'm', value: null }, { name: 'o', value: 'o', other: 'c' }, { name: 'm', value: null }, { name: 'm', value: null }, { name: 'm', other: 'c' }, { name: 'm' }],
  ['a union is left alone', { name: 'a', ...union({ name: 'f' }) }, { name: 'a', ...union({ name: 'f' }) }, { name: 'a', value: 'b', ...union({ name: 'f' }) }, {}, {}, { name: 'a', value: 'b', ...union({ name: 'f' }) }],
  ['a field beside a union changes', { name: 'a', ...union({ name: 'f' }) }, { name: 'a', value: 'b', ...union({ name: 'f' }) }, { name: 'a', other: 'c', ...union({ name: 'f' }) }, { value: 'b' }, { value: 'b' }, { name: 'a', value: 'b', other: 'c', ...union({ name: 'f' }) }],

  ['a scalar is dropped', numbers(1, 2, 3), numbers(1, 2), numbers(1, 2, 3, 4), { ...numberOrder(1, 2), ...drop(3) }, { ...numberOrder(1, 2), ...drop(3) }, numbers(1, 2, 4)],
  ['a scalar that stands twice is dropped', numbers(1, 2, 3, 3), numbers(1, 2), numbers(1, 2, 3, 3, 4), { ...numberOrder(1, 2), ...drop(3) }, { ...numberOrder(1, 2), ...drop(3) }, numbers(1, 2, 4)],
  ['a scalar is added, another dropped', numbers(1, 2, 3), numbers(1, 2, 4), numbers(1, 2, 3, 4), { ...numberOrder(1, 2, 4), ...drop(3), ...numbers(4) }, { ...numberOrder(1, 2, 4), ...drop(3) }, numbers(1, 2, 4)],
  ['a scalar is added', numbers(1, 2), numbers(1, 2, 3), numbers(1, 2, 4), { ...numberOrder(1, 2, 3), ...numbers(3) }, { ...numberOrder(1, 2, 3), ...numbers(3) }, numbers(1, 2, 3, 4)],
  ['a scalar is added that is live', numbers(1, 2), numbers(1, 2, 3), numbers(1, 2, 3), { ...numberOrder(1, 2, 3), ...numbers(3) }, {}, numbers(1, 2, 3)],
  ['a scalar is added in front', numbers(1, 2), numbers(3, 1, 2), numbers(1, 4, 2), { ...numberOrder(3, 1, 2), ...numbers(3) }, { ...numberOrder(3, 1, 2), ...numbers(3) }, numbers(3, 1, 4, 2)],
  ['scalars are added between', numbers(1, 2), numbers(1, 4, 2, 3), numbers(1, 2), { ...numberOrder(1, 4, 2, 3), ...numbers(4, 3) }, { ...numberOrder(1, 4, 2, 3), ...numbers(4, 3) }, numbers(1, 4, 2, 3)],
  ['a scalar is dropped, others change places', numbers(1, 3, 2), numbers(2, 1), numbers(1, 2, 3), { ...numberOrder(2, 1), ...drop(3) }, { ...numberOrder(2, 1), ...drop(3) }, numbers(2, 1)],
  ['a scalar is added, one dropped, others change places', numbers(1, 3, 2), numbers(4, 2, 1), numbers(1, 2, 3), { ...numberOrder(4, 2, 1), ...numbers(4), ...drop(3) }, { ...numberOrder(4, 2, 1), ...numbers(4), ...drop(3) }, numbers(4, 2, 1)],
  ['scalars change places', numbers(1, 3, 4, 2), numbers(4, 2, 3, 1), numbers(1, 3, 4, 2), numberOrder(4, 2, 3, 1), numberOrder(4, 2, 3, 1), numbers(4, 2, 3, 1)],
  ['scalars change places, one more is live', numbers(1, 3, 4, 2), numbers(4, 2, 3, 1), numbers(1, 3, 4, 2, 9), numberOrder(4, 2, 3, 1), numberOrder(4, 2, 3, 1), numbers(4, 2, 3, 1, 9)],
  ['scalars change places around a live one', numbers(1, 2, 3, 4), numbers(2, 1, 4, 3), numbers(1, 2, 9, 3, 4), numberOrder(2, 1, 4, 3), numberOrder(2, 1, 4, 3), numbers(2, 1, 9, 4, 3)],
  ['scalars change places around live ones', numbers(1, 2, 3, 4), numbers(2, 1, 4, 3), numbers(1, 2, 7, 9, 8, 3, 4), numberOrder(2, 1, 4, 3), numberOrder(2, 1, 4, 3), numbers(2, 1, 7, 9, 8, 4, 3)],
  ['scalars that stand twice change places', numbers(1, 2, 3, 2, 4), numbers(2, 1, 4, 3, 2), numbers(1, 2, 3, 2, 4), numberOrder(2, 1, 4, 3, 2), numberOrder(2, 1, 4, 3, 2), numbers(2, 2, 1, 4, 3), numbers(2, 2, 1, 4, 3)],

  ['items are added', list('1 2=2'), list('4=4 1 2=2 3=3'), list('1~a 2=2~b'), { ...order('4 1 2 3'), ...list('4=4 3=3') }, { ...order('4 1 2 3'), ...list('4=4 3=3') }, list('4=4 1~a 2=2~b 3=3')],
  ['an item is added, another was changed live', list('1 2=2'), list('1 2=2 3=3'), list('1~a 2=3~b'), { ...order('1 2 3'), ...list('3=3') }, { ...order('1 2 3'), ...list('2=2 3=3') }, list('1~a 2=2~b 3=3')],
  ['a field of an item is added', list('1 2=2'), list('1=1 2=2'), list('1~a 2=2~b'), { ...order('1 2'), ...list('1=1') }, { ...order('1 2'), ...list('1=1') }, list('1=1~a 2=2~b')],
  ['a field of an item is added, another item is gone', list('1 2=2'), list('1=1 2=2'), list('1~a 3=2~b'), { ...order('1 2'), ...list('1=1') }, { ...order('1 2'), ...list('1=1 2=2') }, list('1=1~a 2=2 3=2~b')],
  ['a field of an item is added that is live', list('1 2=2'), list('1=1 2=2'), list('1=1~a 2=2~b'), { ...order('1 2'), ...list('1=1') }, {}, list('1=1~a 2=2~b')],
  ['an item is added that is live', list('1=a 2'), list('1=a 2 3'), list('1=a~x 2 3'), { ...order('1 2 3'), ...list('3') }, {}, list('1=a~x 2 3')],
  ['a field of an item is added that is live, another was changed', list('1 2=2'), list('1=1 2=2'), list('1=1~a 2=3~b'), { ...order('1 2'), ...list('1=1') }, { ...order('1 2'), ...list('2=2') }, list('1=1~a 2=2~b')],
  ['a field of an item changes', list('1=1 2=2'), list('1=a 2=2'), list('1=1~a 2=2~b'), { ...order('1 2'), ...list('1=a') }, { ...order('1 2'), ...list('1=a') }, list('1=a~a 2=2~b')],
  ['a field of an item changes that was changed live', list('1=1 2=2'), list('1=a 2=2'), list('1=3~a 2=2~b'), { ...order('1 2'), ...list('1=a') }, { ...order('1 2'), ...list('1=a') }, list('1=a~a 2=2~b')],
  ['an item is dropped', list('1 2'), list('2'), list('1 2~b'), { ...order('2'), ...list('-1') }, { ...order('2'), ...list('-1') }, list('2~b')],
  ['an item is dropped that was changed live', list('1 2'), list('2'), list('1~a 2~b'), { ...order('2'), ...list('-1') }, { ...order('2'), ...list('-1') }, list('2~b')],
  ['an item is dropped that is gone', list('1 2'), list('2'), list('2~b'), { ...order('2'), ...list('-1') }, { ...order('2'), ...list('-1') }, list('2~b')],
  ['an item is dropped, another is live', list('1 2'), list('2'), list('3~a'), { ...order('2'), ...list('-1') }, { ...order('2'), ...list('2 -1') }, list('2 3~a')],
  ['an item is added, one dropped', list('1 2'), list('2 3'), list('1 2~b 4~c'), { ...order('2 3'), ...list('3 -1') }, { ...order('2 3'), ...list('3 -1') }, list('2~b 4~c 3')],
  ['an item is added, one dropped, another is gone', list('1 2'), list('2 3'), list('1~a 4~c'), { ...order('2 3'), ...list('3 -1') }, { ...order('2 3'), ...list('2 3 -1') }, list('4~c 2 3')],
  ['a field of an item is dropped', list('1=1 2=2'), list('1 2=2'), list('1=1~a 2=2~b'), { ...order('1 2'), ...list('1=null') }, { ...order('1 2'), ...list('1=null') }, list('1~a 2=2~b')],
  ['a field of an item is dropped that was changed live', list('1=1 2=2'), list('1 2=2'), list('1=a~a 2=2'), { ...order('1 2'), ...list('1=null') }, { ...order('1 2'), ...list('1=null') }, list('1~a 2=2')],
  ['a field of an item is dropped that is gone', list('1=1 2=2'), list('1 2=2'), list('1~a 2=2~b'), { ...order('1 2'), ...list('1=null') }, { ...order('1 2'), ...list('1=null') }, list('1~a 2=2~b')],
  ['a field of an item is dropped, another is gone', list('1=1 2=2'), list('1 2=2'), list('1~a 2~b'), { ...order('1 2'), ...list('1=null') }, { ...order('1 2'), ...list('1=null 2=2') }, list('1~a 2=2~b')],
  ['a plain list in an item is replaced', { items: [{ name: '1', plain: items('1 2=2') }, { name: '2' }] }, { items: [{ name: '1', plain: items('1=1') }, { name: '2' }] }, { items: [{ name: '1', other: 'a', plain: items('2=2') }, { name: '2', other: 'b' }] },
    { ...order('1 2'), items: [{ name: '1', plain: items('1=1') }] }, { ...order('1 2'), items: [{ name: '1', plain: items('1=1') }] }, { items: [{ name: '1', other: 'a', plain: items('1=1') }, { name: '2', other: 'b' }] }],
  ['an item of an item gets a field', { items: [{ name: '1', ...list('1 2=2') }, { name: '2' }] }, { items: [{ name: '1', ...list('1=1 2=2') }, { name: '2' }] }, { items: [{ name: '1', other: 'a', ...list('1=a~c 2=b~d') }, { name: '2', other: 'b' }] },
    { ...order('1 2'), items: [{ ...order('1 2'), name: '1', ...list('1=1') }] }, { ...order('1 2'), items: [{ ...order('1 2'), name: '1', ...list('1=1 2=2') }] }, { items: [{ name: '1', other: 'a', ...list('1=1~c 2=2~d') }, { name: '2', other: 'b' }] }],
  ['an item of an item gets a field but is gone', { items: [{ name: '1', ...list('1 2=2') }, { name: '2' }] }, { items: [{ name: '1', ...list('2=2 1=1') }, { name: '2' }] }, { items: [{ name: '1', other: 'a', ...list('2=2~d') }, { name: '2', other: 'b' }] },
    { ...order('1 2'), items: [{ ...order('2 1'), name: '1', ...list('1=1') }] }, { ...order('1 2'), items: [{ ...order('2 1'), name: '1', ...list('1=1') }] }, { items: [{ name: '1', other: 'a', ...list('2=2~d 1=1') }, { name: '2', other: 'b' }] }],
  ['an item is added beside a live one', others('1'), others('1 2'), others('1~a 3'), { ...order('1 2', 'others'), ...others('2') }, { ...order('1 2', 'others'), ...others('2') }, others('1~a 2 3')],
  ['an item is added, the first is gone', others('1'), others('1 2'), others('3'), { ...order('1 2', 'others'), ...others('2') }, { ...order('1 2', 'others'), ...others('1 2') }, others('1 2 3')],
  ['an item is added in front', list('1 2=2'), list('3=3 1 2=2'), list('1~a 2=2~b'), { ...order('3 1 2'), ...list('3=3') }, { ...order('3 1 2'), ...list('3=3') }, list('3=3 1~a 2=2~b')],
  ['items are added between', list('1 2=2'), list('1 4=4 2=2 3=3'), list('1~a 2=2~b'), { ...order('1 4 2 3'), ...list('4=4 3=3') }, { ...order('1 4 2 3'), ...list('4=4 3=3') }, list('1~a 4=4 2=2~b 3=3')],
  ['an item is dropped, others change places', list('1 3=3 2=2'), list('2=2 1'), list('1~a 2=2~b 3=3'), { ...order('2 1'), ...list('-3') }, { ...order('2 1'), ...list('-3') }, list('2=2~b 1~a')],
  ['an item changes, and all places', list('1 3=3 2=2'), list('2=2 3=x 1'), list('1~a 2=2~b 3=3'), { ...order('2 3 1'), ...list('3=x') }, { ...order('2 3 1'), ...list('3=x') }, list('2=2~b 3=x 1~a')],
  ['an item is added, one dropped, others change places', list('1 3=3 2=2'), list('4=4 2=2 1'), list('1~a 2=2~b 3=3'), { ...order('4 2 1'), ...list('4=4 -3') }, { ...order('4 2 1'), ...list('4=4 -3') }, list('4=4 2=2~b 1~a')],
  ['items change places', list('1 3=3 4=4 2=2'), list('4=4 2=2 3=3 1'), list('1~a 3=3 4=4 2=2'), order('4 2 3 1'), order('4 2 3 1'), list('4=4 2=2 3=3 1~a')],
  ['items change places, one more is live', list('1 3=3 4=4 2=2'), list('4=4 2=2 3=3 1'), list('1~a 3=3 4=4 2=2 9'), order('4 2 3 1'), order('4 2 3 1'), list('4=4 2=2 3=3 1~a 9')],
  ['items change places around a live one', list('1 2=2 3=3 4=4'), list('2=2 1 4=4 3=3'), list('1~a 2=2 9 3=3 4=4'), order('2 1 4 3'), order('2 1 4 3'), list('2=2 1~a 9 4=4 3=3')],
  ['items change places around live ones', list('1 2=2 3=3 4=4'), list('2=2 1 4=4 3=3'), list('1~a 2=2 7 9 8 3=3 4=4'), order('2 1 4 3'), order('2 1 4 3'), list('2=2 1~a 7 9 8 4=4 3=3')],
  ['items that stand twice change places', list('1 2=x 3 2=y 4'), list('2=x 1 4 3 2=y'), list('1 2=x 3 2=y 4'), order('2 1 4 3 2'), order('2 1 4 3 2'), list('2=x 2=y 1 4 3'), list('2=x 2=y 1 4 3')],
  ['one list loses an item, another changes its order', { ...list('a=a b=b'), ...others('c=c d=d') }, { ...list('b=b'), ...others('d=d c=c') }, { ...list('a=a b=b'), ...others('c=c d=d') },
    { ...order('b'), ...order('d c', 'others'), ...list('-a') }, { ...order('b'), ...order('d c', 'others'), ...list('-a') }, { ...list('b=b'), ...others('d=d c=c') }],

  ['a union loses what was defaulted', {}, union({ other: 'b' }), union({ value: 'f' }), union({ other: 'b' }), union(retain('other'), { other: 'b' }), union({ other: 'b' })],
  ['a union becomes another', {}, union({ name: '2', other: 'b' }), union({ name: '1', value: 'f' }), union({ name: '2', other: 'b' }), union(retain('name', 'other'), { name: '2', other: 'b' }), union({ name: '2', other: 'b' })],
  ['a union gets a field', union({ name: 'f' }), union({ name: 'f', value: 'b' }), union({ name: 'f' }), union(retain('name', 'value'), { value: 'b' }), union(retain('name', 'value'), { value: 'b' }), union({ name: 'f', value: 'b' })],
  ['a union gets a field and loses a live one', union({ name: 'f' }), union({ name: 'f', value: 'b' }), union({ name: 'f', other: 'a' }), union(retain('name', 'value'), { value: 'b' }), union(retain('name', 'value'), { value: 'b' }), union({ name: 'f', value: 'b' })],
  ['a union loses a field', union({ name: 'f', value: 'b' }), union({ name: 'f' }), union({ name: 'f', value: 'b', other: 'a' }), union(retain('name'), { value: null }), union(retain('name'), { value: null }), union({ name: 'f' })],
  ['a union loses a live field only', union({ name: 'f', value: 'b' }), union({ name: 'f', value: 'b' }), union({ name: 'f', value: 'b', other: 'a' }), {}, union(retain('name', 'value')), union({ name: 'f', value: 'b' })],
  ['a union gets a key in a map', union({ name: 'f', labels: { k: 'a' } }), union({ name: 'f', labels: { k: 'a', l: 'b' } }), union({ name: 'f', labels: { k: 'a', m: 'c' } }), union(retain('labels', 'name'), { labels: { l: 'b' } }), union(retain('labels', 'name'), { labels: { l: 'b' } }), union({ name: 'f', labels: { k: 'a', l: 'b', m: 'c' } })],
  ['a union loses a key in a map', union({ name: 'f', labels: { k: 'a', l: 'b' } }), union({ name: 'f', labels: { k: 'a' } }), union({ name: 'f', labels: { k: 'a', l: 'b', m: 'c' } }), union(retain('labels', 'name'), { labels: { l: null } }), union(retain('labels', 'name'), { labels: { l: null } }), union({ name: 'f', labels: { k: 'a', m: 'c' } })],
  ['a union changes a key in a map', union({ name: 'f', labels: { k: 'o', l: 'b' } }), union({ name: 'f', labels: { k: 'm', l: 'b' } }), union({ name: 'f', labels: { k: 'n', l: 'b', m: 'c' } }), union(retain('labels', 'name'), { labels: { k: 'm' } }), union(retain('labels', 'name'), { labels: { k: 'm' } }), union({ name: 'f', labels: { k: 'm', l: 'b', m: 'c' } })],
  ['a union has a plain list replaced', union({ name: 'f', plain: items('a b') }), union({ name: 'f', plain: items('a c b') }), union({ name: 'f', plain: items('a b') }), union(retain('name', 'plain'), { plain: items('a c b') }), union(retain('name', 'plain'), { plain: items('a c b') }), union({ name: 'f', plain: items('a c b') })],
  ['a union gets a field, its plain list was changed live', union({ name: 'f', plain: items('a b') }), union({ name: 'f', value: 'b', plain: items('a b') }), union({ name: 'f', plain: items('a b c') }), union(retain('name', 'plain', 'value'), { value: 'b' }), union(retain('name', 'plain', 'value'), { value: 'b', plain: items('a b') }), union({ name: 'f', value: 'b', plain: items('a b') })],
  ['a union loses a plain list', union({ name: 'f', plain: items('a b') }), union({ name: 'f', value: 'b' }), union({ name: 'f', plain: items('a b c') }), union(retain('name', 'value'), { value: 'b', plain: null }), union(retain('name', 'value'), { value: 'b', plain: null }), union({ name: 'f', value: 'b' })],
  ['a union keeps scalars, one more is live', union({ name: 'f' }, numbers(1, 2)), union({ name: 'f', value: 'b' }, numbers(1, 2)), union({ name: 'f' }, numbers(1, 2, 3)), union(retain('name', 'numbers', 'value'), { value: 'b' }), union(retain('name', 'numbers', 'value'), numberOrder(1, 2), { value: 'b' }), union({ name: 'f', value: 'b' }, numbers(1, 2, 3))],
  ['a union gets a scalar', union({ name: 'f' }, numbers(1, 2)), union({ name: 'f' }, numbers(1, 2, 4)), union({ name: 'f' }, numbers(1, 2, 3)), union(retain('name', 'numbers'), numberOrder(1, 2, 4), numbers(4)), union(retain('name', 'numbers'), numberOrder(1, 2, 4), numbers(4)), union({ name: 'f' }, numbers(1, 2, 4, 3))],
  ['a union loses a scalar', union({ name: 'f' }, numbers(1, 2, 3)), union({ name: 'f' }, numbers(1, 3)), union({ name: 'f' }, numbers(1, 2, 3, 4)), union(retain('name', 'numbers'), numberOrder(1, 3), drop(2)), union(retain('name', 'numbers'), numberOrder(1, 3), drop(2)), union({ name: 'f' }, numbers(1, 3, 4))],
  ['a union gets a scalar and loses one', union({ name: 'f' }, numbers(1, 2, 3)), union({ name: 'f' }, numbers(1, 3, 5)), union({ name: 'f' }, numbers(1, 2, 3, 4)), union(retain('name', 'numbers'), numberOrder(1, 3, 5), drop(2), numbers(5)), union(retain('name', 'numbers'), numberOrder(1, 3, 5), drop(2), numbers(5)), union({ name: 'f' }, numbers(1, 3, 5, 4))],
  ['a union loses its scalars', union({ name: 'f' }, numbers(1, 2, 3)), union({ name: 'f' }), union({ name: 'f' }, numbers(1, 2, 3)), union(retain('name'), { numbers: null }), union(retain('name'), { numbers: null }), union({ name: 'f' })],
  ['a union keeps items, one more is live', union({ name: 'f' }, list('a b')), union({ name: 'f', value: 'b' }, list('a b')), union({ name: 'f' }, list('a b c')), union(retain('items', 'name', 'value'), { value: 'b' }), union(retain('items', 'name', 'value'), order('a b'), { value: 'b' }), union({ name: 'f', value: 'b' }, list('a b c'))],
  ['a union gets an item', union({ name: 'f' }, list('a b')), union({ name: 'f' }, list('a b c')), union({ name: 'f' }, list('a b x')), union(retain('items', 'name'), order('a b c'), list('c')), union(retain('items', 'name'), order('a b c'), list('c')), union({ name: 'f' }, list('a b c x'))],
  ['a union changes an item', union({ name: 'f' }, list('a b=f')), union({ name: 'f' }, list('a b=r')), union({ name: 'f' }, list('a b=f x')), union(retain('items', 'name'), order('a b'), list('b=r')), union(retain('items', 'name'), order('a b'), list('b=r')), union({ name: 'f' }, list('a b=r x'))],
  ['a union loses an item', union({ name: 'f' }, list('a b')), union({ name: 'f' }, list('a')), union({ name: 'f' }, list('a b x')), union(retain('items', 'name'), order('a'), list('-b')), union(retain('items', 'name'), order('a'), list('-b')), union({ name: 'f' }, list('a x'))],
  ['a union loses its items', union({ name: 'f' }, list('a b')), union({ name: 'f', value: 'b' }), union({ name: 'f' }, list('a b')), union(retain('name', 'value'), { value: 'b', items: null }), union(retain('name', 'value'), { value: 'b', items: null }), union({ name: 'f', value: 'b' })],

  ['a part loses a live field', parts('bar foo=a'), parts('bar foo=a'), parts('bar foo=a~x'), {}, retained('name value'), parts('bar foo=a')],
  ['a part changes and loses a live field', parts('bar foo=o'), parts('bar foo=m'), parts('bar foo=n~x'), retained('name value', { value: 'm' }), retained('name value', { value: 'm' }), parts('bar foo=m')],
  ['a part gets a field', parts('bar foo'), parts('bar foo=a'), parts('bar foo'), retained('name value', { value: 'a' }), retained('name value', { value: 'a' }), parts('bar foo=a')],
  ['a part gets a field and loses a live one', parts('bar foo'), parts('bar foo=a'), parts('bar foo~x'), retained('name value', { value: 'a' }), retained('name value', { value: 'a' }), parts('bar foo=a')],
  ['a part loses a field', parts('bar foo=a'), parts('bar foo'), parts('bar foo=a'), retained('name', { value: null }), retained('name', { value: null }), parts('bar foo')],
  ['a part loses a field and a live one', parts('bar foo=a'), parts('bar foo'), parts('bar foo=a~x'), retained('name', { value: null }), retained('name', { value: null }), parts('bar foo')],
];

/**
 * Patches nobody computes, but a hand can write: name, object, patch, result (or part of the error's text).
 */
const written: [name: string, original: Json, patch: Json, result: Json | string][] = [
  ['scalars are not doubled', numbers(1, 2), numbers(2, 3), numbers(1, 2, 3)],
  ['$patch: delete empties a map', { labels: { k: '1', l: '1' } }, { labels: { $patch: 'delete' } }, { labels: {} }],
  ['$patch: replace empties a list', list('1 2'), { items: [{ $patch: 'replace' }] }, { items: [] }],
  ['empty lists merge to an empty one', { items: [] }, { items: [] }, { items: [] }],
  ['$patch: replace empties an object', { name: '1', value: '1' }, { $patch: 'replace' }, {}],
  ['$patch: replace leaves only the patch', { name: '1', value: '1' }, { $patch: 'replace', other: 'a' }, { other: 'a' }],
  ['$patch: delete takes every item of a name', list('1 1 2=a 3 3'), list('-1 -3'), list('2=a')],
  ['a union gets a field without directive', union({ name: 'f' }), union({ value: 'b' }), union({ name: 'f', value: 'b' })],
  ['a union changes a field without directive', union({ name: 'f', value: 'a' }), union({ value: 'b' }), union({ name: 'f', value: 'b' })],
  ['a union loses a field without directive', union({ name: 'f', value: 'a' }), union({ value: null }), union({ name: 'f' })],
  ['a union merges an empty map', union({ name: 'f', value: 'a' }), { union: {} }, union({ name: 'f', value: 'a' })],
  ['a part gets a field without directive', parts('bar foo'), parts('foo=a'), parts('bar foo=a')],
  ['a part changes a field without directive', parts('bar foo=a'), parts('foo=b'), parts('bar foo=b')],
  ['a part loses a field without directive', parts('bar foo=a'), parts('foo=null'), parts('bar foo')],
  ['items take the order of the patch', list('1 2=b 3'), list('3=c 1=a 2~x'), list('3=c 1=a 2=b~x')],
  ['items take the order of the patch, others go before', list('1 2=b 3'), list('3=c 1=a'), list('2=b 3=c 1=a')],
  ['scalars take the order of the patch', numbers(1, 2, 3), numbers(3, 1, 2), numbers(3, 1, 2)],
  ['scalars take the order of the patch, others go before', numbers(1, 2, 3), numbers(3, 1), numbers(2, 3, 1)],
  ['the order may name items that are not there', list('1 3'), { ...order('3 2 1'), ...list('3=3 1=1') }, list('3=3 1=1')],
  ['the order may name scalars that are not there', numbers(1, 3), numberOrder(3, 2, 1), numbers(3, 1)],
  ['items must stand in the order that is set', list('1 3 2'), { ...order('1 2 3'), ...list('3=3 1=1') }, "doesn't match"],
  ['scalars must stand in the order that is set', numbers(1, 3, 2), { ...numberOrder(1, 2, 3), ...numbers(3, 1) }, "doesn't match"],
  ['an item must have its merge key', list('1=a'), { items: [{ value: 'b' }] }, 'does not contain declared merge key'],
  ['retained keys must hold all that the patch sets', union({ name: 'f' }), union(retain('name'), { value: 'b' }), "patch content doesn't match retainKeys list"],
  ['retained keys are a list', union({ name: 'f' }), union({ $retainKeys: 'name' }), 'invalid patch format of retainKeys'],
  ['lists of lists are not supported', { items: [[1]] }, { items: [[2]] }, 'lists of lists are not supported'],
];

const all = { ignoreChanges: false, ignoreDeletions: false };
const cases: ConformanceCase[] = [
  ...rows.flatMap(([name, original, modified, current, twoWay, threeWay, result, twoWayResult]): ConformanceCase[] => [
    { name: `${name}: from two objects`, run: () => diffMaps(original, modified, type, all), expected: twoWay },
    { name: `${name}: applied to the first`, run: () => strategicMerge(original, twoWay, type), expected: twoWayResult ?? modified },
    { name: `${name}: from three objects`, run: () => threeWayPatch(type, original, modified, current) ?? {}, expected: threeWay },
    { name: `${name}: applied to the live one`, run: () => strategicMerge(current, threeWay, type), expected: result },
  ]),
  ...written.map(([name, original, patch, result]): ConformanceCase => ({
    name,
    run: () => {
      if (typeof result !== 'string') return strategicMerge(original, patch, type);
      try {
        return strategicMerge(original, patch, type);
      } catch (error) {
        return (error as Error).message.includes(result) ? result : (error as Error).message;
      }
    },
    expected: result,
  })),
];

export const strategicMergeCases: CaseArea = {
  area: 'strategic merge patches', source: 'staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch_test.go', cases,
};
