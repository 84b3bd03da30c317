/** JSONPath templates: what they find, and what client-go refuses. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateJsonPath } from './evaluate.ts';
import { parseJsonPath } from './parse.ts';

const SHOP = {
  kind: 'List',
  metadata: { labels: { app: 'shop', 'example.com/tier': 'front' }, note: null },
  items: [
    { name: 'apple', price: 3, weight: 0.5, fresh: true, ports: [80, 443] },
    { name: 'pear', price: 7, weight: 1.5, fresh: false, ports: [] },
    { name: 'plum', price: 7, kind: 'stone' },
  ],
};

const found = (template: string): unknown[] => evaluateJsonPath(parseJsonPath(template), SHOP).flat();

describe('a template finds', () => {
  it.each<[string, unknown[]]>([
    ['{.kind}', ['List']],
    ['{$.kind}{@.kind}', ['List', 'List']],
    ['kind: {.kind}', ['kind: ', 'List']],
    ['.kind', ['.kind']],
    ['{.items[0].name}', ['apple']],
    ['{.items[-1].name}', ['plum']],
    ['{.items[0:2].name}', ['apple', 'pear']],
    ['{.items[::2].name}', ['apple', 'plum']],
    ['{.items[*].name}', ['apple', 'pear', 'plum']],
    ['{.items[0,2].name}', ['apple', 'plum']],
    ["{.items[0]['name','price']}", ['apple', 3]],
    ['{.metadata.labels.*}', ['shop', 'front']],
    ['{.metadata.labels.example\\.com/tier}', ['front']],
    ["{.metadata.labels['example\\.com/tier']}", ['front']],
    // An unescaped dot in brackets parts fields too.
    ["{.metadata.labels['example.com/tier']}", []],
    ['{..name}', ['apple', 'pear', 'plum']],
    ['{.items[?(@.price==7)].name}', ['pear', 'plum']],
    ['{.items[?(@.name=="pear")].price}', [7]],
    ["{.items[?(@.name=='pear')].price}", [7]],
    ['{.items[?(@.price>=7)].name}', ['pear', 'plum']],
    ['{.items[?(@.name<"pear")].name}', ['apple']],
    ['{.items[?(@.fresh==true)].name}', ['apple']],
    // Elements without the field are passed over.
    ['{.items[?(@.weight<1.0)].name}', ['apple']],
    ['{.items[?(@.weight<0.7)].name}', ['apple']],
    ['{.items[?(@.kind)].name}', ['plum']],
    ['{range .items[*]}{.name}{"\\n"}{end}!', ['apple', '\n', 'pear', '\n', 'plum', '\n', '!']],
    ['{range .items[*]}{.name}', ['apple', 'pear', 'plum']],
    ['{range .nothing[*]}{.name}{end}!', ['!']],
    ['{range .items[0:2]}{range .ports[*]}{@} {end};{end}', [80, ' ', 443, ' ', ';', ';']],
    ['{.nothing.at.all}', []],
    ['{.metadata.note}', [null]],
    ['{.kind.deeper}', []],
    ["{'single \\'quoted\\' text'}", ["single 'quoted' text"]],
    ['{"tab\\tand \\u00e9"}', ['tab\tand é']],
    ['{.items[5:5]}', []],
    ['{}', [SHOP]],
  ])('%s', (template, values) => {
    expect(found(template)).toEqual(values);
  });
});

describe('a template is refused:', () => {
  it.each([
    ['{.items[?(@.name==pear)].price}', 'unrecognized identifier pear'],
    ['{kind}', 'unrecognized identifier kind'],
    ['{.items[0]', 'unclosed action'],
    ['{.items[0}', 'unterminated array'],
    ['{.items[one]}', 'invalid array index one'],
    ['{.items["name"]}', 'invalid array index "name"'],
    ['{.items[-]}', 'array index - is not a number'],
    ['{.items[7]}', 'array index out of bounds: index 7, length 3'],
    ['{.items[0:9]}', 'array index out of bounds: index 8, length 3'],
    ['{.items[0:3:0]}', 'step must be > 0'],
    ['{.metadata[0]}', 'map[string]interface {} is not array or slice'],
    ['{.kind[0]}', 'string is not array or slice'],
    ['{.metadata.labels[?(@.app=="shop")]}', 'cannot be filtered'],
    ['{.items[?(@.name=="pear"].price}', 'unterminated filter'],
    ['{.items[?(@.name=="pear")}', 'unclosed array expect ]'],
    ['{.items[?(@.price=="7")].name}', 'incompatible types for comparison'],
    ['{.items[?(@.fresh<true)].name}', 'invalid type for comparison'],
    ['{.items[?(@.price=~7)].name}', "unrecognized character in action: U+007E '~'"],
    ['{.items[?(@.price=7)].name}', 'unrecognized filter operator ='],
    ['{.items[?(@.ports[*]==80)].name}', 'can only compare one element at a time'],
    ['{(0)}', "unrecognized character in action: U+0028 '('"],
    ['{....name}', 'invalid multiple recursive descent'],
    ['{"never closed}', 'unterminated quoted string'],
    ['{"bad \\q escape"}', 'unquote string "bad \\q escape" error invalid syntax'],
    ['{1.2.3}', 'cannot parse number 1.2.3'],
    ['{end}', 'not in range, nothing to end'],
  ])('%s: %s', (template, why) => {
    expect(() => found(template)).toThrow(why);
  });
});

it('follows any path of keys and indices as one would by hand', () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/);
  const { node } = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(fc.integer(), fc.boolean(), fc.string()),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
      fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(node, fc.infiniteStream(fc.nat()), (data, choices) => {
      let value = data;
      let template = '';
      while (value !== null && typeof value === 'object') {
        const choice = choices.next().value as number;
        if (Array.isArray(value)) {
          const index = choice % value.length;
          template += `[${choice % 2 === 0 ? index : index - value.length}]`;
          value = value[index];
        } else {
          const keys = Object.keys(value);
          const name = keys[choice % keys.length]!;
          template += choice % 2 === 0 ? `.${name}` : `['${name}']`;
          value = (value as Record<string, unknown>)[name];
        }
      }
      expect(evaluateJsonPath(parseJsonPath(`{${template}}`), data)).toEqual([[value]]);
    }),
  );
});
