/**
 * What templates come to, as kubectl 1.33 (Go 1.24) prints them of this object, without the white space at
 * the end.
 */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { goTemplate } from './index.ts';
import { TemplateError } from './nodes.ts';

const OBJECT: unknown = parse(`
apiVersion: example.com/v1
kind: Thing
metadata: { name: web, labels: { app: web, a: b, z: z } }
spec:
  replicas: 3
  big: 1000000
  huge: 123456789012
  ratio: 0.25
  lit: true
  nothing: null
  empty: ""
  list: [a, b, c]
  numbers: [1, 2.5]
  items: [{ name: x, num: 1 }, { name: why }]
  code: aGVsbG8=
  html: "<a href='x'>&</a>"
  text: "hi \\"you\\"\\n"
`);

const CASES: readonly (readonly [template: string, printed: string])[] = [
  ['{{.metadata.name}}', 'web'],
  [
    '{{.spec.replicas}} {{.spec.big}} {{.spec.huge}} {{.spec.ratio}} {{.spec.lit}}',
    '3 1000000 123456789012 0.25 true',
  ],
  [
    '{{.spec.nothing}}|{{.spec.nope}}|{{.spec.nope.more}}|{{.spec.empty}}|',
    '<no value>|<no value>|<no value>||',
  ],
  [
    '{{.spec.nothing.x}}',
    'template: output:1:7: executing "output" at <.spec.nothing.x>: nil pointer evaluating ' +
      'interface {}.x',
  ],
  [
    '{{.metadata.name.x}}',
    'template: output:1:11: executing "output" at <.metadata.name.x>: can\'t evaluate field ' +
      'x in type interface {}',
  ],
  ['{{.spec.list}} {{.spec.items}}', '[a b c] [map[name:x num:1] map[name:why]]'],
  ['{{range .spec.list}}{{.}},{{end}}', 'a,b,c,'],
  ['{{range $i, $e := .spec.list}}{{$i}}={{$e}} {{end}}', '0=a 1=b 2=c'],
  ['{{range $k, $v := .metadata.labels}}{{$k}}={{$v}};{{end}}', 'a=b;app=web;z=z;'],
  ['{{range .spec.nope}}x{{else}}none{{end}}', 'none'],
  [
    '{{range .metadata.name}}x{{end}}',
    'template: output:1:17: executing "output" at <.metadata.name>: range can\'t iterate ' + 'over web',
  ],
  ['{{range 3}}{{.}}{{end}}', '012'],
  ['{{range .spec.replicas}}{{.}}{{end}}', '012'],
  ['{{range .spec.list}}{{if eq . "b"}}{{continue}}{{end}}{{.}}{{end}}', 'ac'],
  ['{{range .spec.list}}{{if eq . "b"}}{{break}}{{end}}{{.}}{{end}}', 'a'],
  ['{{if .spec.lit}}on{{else}}off{{end}}', 'on'],
  ['{{if .spec.empty}}x{{else if .spec.lit}}y{{else}}z{{end}}', 'y'],
  ['{{with .spec.items}}{{len .}}{{end}}', '2'],
  ['{{with .spec.nope}}x{{else with .spec.lit}}y{{.}}{{end}}', 'ytrue'],
  ['{{with $x := .metadata}}{{$x.name}}{{end}}', 'web'],
  ['{{$x := 1}}{{range .spec.list}}{{$x = 2}}{{end}}{{$x}}', '2'],
  ['{{index .spec.list 1}} {{index .metadata.labels "app"}} {{index .spec.items 0 "name"}}', 'b web x'],
  [
    '{{index .spec.list 9}}',
    'template: output:1:2: executing "output" at <index .spec.list 9>: error calling index: ' +
      'index out of range: 9',
  ],
  [
    '{{index .spec.list "a"}}',
    'template: output:1:2: executing "output" at <index .spec.list "a">: error calling ' +
      'index: cannot index slice/array with type string',
  ],
  [
    '{{index .metadata.labels 1}}',
    'template: output:1:2: executing "output" at <index .metadata.labels 1>: error calling ' +
      'index: value has type int; should be string',
  ],
  ['{{index .metadata.labels "nope"}}', '<no value>'],
  [
    '{{index .spec.nope 1}}',
    'template: output:1:2: executing "output" at <index .spec.nope 1>: error calling index: ' +
      'index of untyped nil',
  ],
  [
    '{{index .spec.replicas 1}}',
    'template: output:1:2: executing "output" at <index .spec.replicas 1>: error calling ' +
      "index: can't index item of type int64",
  ],
  ['{{len .spec.list}} {{len .metadata.name}} {{len .metadata.labels}}', '3 3 3'],
  [
    '{{len .spec.replicas}}',
    'template: output:1:2: executing "output" at <len .spec.replicas>: error calling len: ' +
      'len of type int64',
  ],
  [
    '{{len .spec.nope}}',
    'template: output:1:2: executing "output" at <len .spec.nope>: error calling len: ' +
      'reflect: call of reflect.Value.Type on zero Value',
  ],
  [
    '{{len}}',
    'template: output:1:2: executing "output" at <len>: wrong number of args for len: want ' + '1 got 0',
  ],
  [
    '{{len .a .b}}',
    'template: output:1:2: executing "output" at <len>: wrong number of args for len: want ' + '1 got 2',
  ],
  ['{{eq .spec.replicas 3}}', 'true'],
  [
    '{{eq .spec.replicas 3.0}} {{eq .metadata.name "web" "x"}} {{ne .metadata.name "x"}}',
    'template: output:1:2: executing "output" at <eq .spec.replicas 3.0>: error calling eq: ' +
      'incompatible types for comparison',
  ],
  [
    '{{eq .metadata.name}}',
    'template: output:1:2: executing "output" at <eq .metadata.name>: error calling eq: ' +
      'missing argument for comparison',
  ],
  [
    '{{eq .spec.list .spec.list}}',
    'template: output:1:2: executing "output" at <eq .spec.list .spec.list>: error calling ' +
      'eq: non-comparable type [a b c]: []interface {}',
  ],
  ['{{eq .spec.nope "x"}} {{eq .spec.nothing .spec.nope}}', 'false true'],
  ['{{lt 1 2}} {{le 2 2}} {{gt "b" "a"}} {{ge 1.5 2.5}}', 'true true true false'],
  [
    '{{lt .spec.list 1}}',
    'template: output:1:2: executing "output" at <lt .spec.list 1>: error calling lt: ' +
      'invalid type for comparison',
  ],
  [
    '{{lt 1 "a"}}',
    'template: output:1:2: executing "output" at <lt 1 "a">: error calling lt: incompatible ' +
      'types for comparison',
  ],
  ['{{and .spec.lit .metadata.name}} {{or .spec.empty "d"}} {{not .spec.lit}}', 'web d false'],
  [
    '{{printf "%s-%d %v %q %5s|%-5s| %05d %x %t" .metadata.name 3 .spec.replicas .spec.text ' +
      '"a" "b" 42 255 .spec.lit}}',
    'web-3 3 "hi \\"you\\"\\n"     a|b    | 00042 ff true',
  ],
  [
    '{{printf "%d" .spec.replicas}} {{printf "%s" .spec.replicas}} {{printf "%.0f %.2f %g ' +
      '%e" .spec.replicas .spec.ratio .spec.ratio .spec.big}}',
    '3 %!s(int64=3) %!f(int64=3) 0.25 0.25 %!e(int64=1000000)',
  ],
  [
    '{{printf "%s"}} {{printf "x" 1}} {{printf "%!"}} {{printf "%T %T %T %T %T" 1 1.5 "a" ' +
      '.spec.list .metadata}}',
    '%!s(MISSING) x%!(EXTRA int=1) %!!(MISSING) int float64 string []interface {} ' +
      'map[string]interface {}',
  ],
  ['{{printf "%v %s" .spec.list .spec.list}}', '[a b c] [a b c]'],
  ['{{printf "%v" .spec.nope}} {{print .spec.nope}} {{print .spec.nothing}}', '<nil> <nil> <nil>'],
  ['{{print 1 2 "a" 3}} {{println "a" 1}}', '1 2a3 a 1'],
  ['{{.metadata.name | printf "%s-%s" "x"}}', 'x-web'],
  ['{{.metadata.name | len | printf "%d"}}', '3'],
  ['{{"a" | printf "%s" | printf "%s!"}}', 'a!'],
  ['{{.spec.code | base64decode}}', 'hello'],
  [
    '{{base64decode .metadata.name}}',
    'template: output:1:2: executing "output" at <base64decode .metadata.name>: error ' +
      'calling base64decode: base64 decode failed: illegal base64 data at input byte 0',
  ],
  [
    '{{base64decode .spec.replicas}}',
    'template: output:1:20: executing "output" at <.spec.replicas>: wrong type for value; ' +
      'expected string; got int64',
  ],
  [
    '{{base64decode .spec.nope}}',
    'template: output:1:20: executing "output" at <.spec.nope>: invalid value; expected ' + 'string',
  ],
  [
    '{{html .spec.html}} {{urlquery .spec.html}} {{js .spec.html}}',
    '&lt;a href=&#39;x&#39;&gt;&amp;&lt;/a&gt; %3Ca+href%3D%27x%27%3E%26%3C%2Fa%3E \\u003Ca ' +
      "href\\u003D\\'x\\'\\u003E\\u0026\\u003C/a\\u003E",
  ],
  ['{{exists . "spec" "nope"}} {{exists . "spec" "list"}}', 'false true'],
  ['{{slice .metadata.name 1 2}} {{slice .spec.list 1}}', 'e [b c]'],
  [
    '{{slice .metadata.name 5}}',
    'template: output:1:2: executing "output" at <slice .metadata.name 5>: error calling ' +
      'slice: index out of range: 5',
  ],
  ['{{- /* comment */ -}} x {{- "a" -}} y', 'xay'],
  ['  {{- .metadata.name}}  {{.metadata.name -}}  z', 'web  webz'],
  ['{{define "t"}}[{{.}}]{{end}}{{template "t" .metadata.name}}{{template "t"}}', '[web][<no value>]'],
  ['{{block "b" .metadata}}<{{.name}}>{{end}}', '<web>'],
  [
    '{{template "nope"}}',
    'template: output:1:11: executing "output" at <{{template "nope"}}>: template "nope" ' + 'not defined',
  ],
  ['{{(index .spec.items 0).name}} {{(len .spec.list)}}', 'x 3'],
  [
    '{{"quoted \\"x\\" \\t|"}} {{`raw \\n`}} {{\'a\'}} {{1_000}} {{0x1F}} {{1e3}} {{-5}} {{true}} ' +
      '{{nil}}',
    'template: output:1:89: executing "output" at <nil>: nil is not a command',
  ],
  ['{{nope .}}', 'template: output:1: function "nope" not defined'],
  ['{{.x', 'template: output:1: unclosed action'],
  ['{{if .x}}', 'template: output:1: unexpected EOF'],
  ['{{end}}', 'template: output:1: unexpected {{end}}'],
  ['{{else}}', 'template: output:1: unexpected {{else}}'],
  ['{{}}', 'template: output:1: missing value for command'],
  ['{{$x}}', 'template: output:1: undefined variable "$x"'],
  [
    '{{.metadata.name "arg"}}',
    'template: output:1:11: executing "output" at <.metadata.name>: name is not a method ' +
      'but has arguments',
  ],
  [
    '{{"a" .b}}',
    'template: output:1:2: executing "output" at <"a">: can\'t give argument to non-function ' + '"a"',
  ],
  ['{{1 | 2}}', 'template: output:1: non executable command in pipeline stage 2'],
  ['{{.metadata | "x"}}', 'template: output:1: non executable command in pipeline stage 2'],
  ['{{if}}x{{end}}', 'template: output:1: missing value for if'],
  ['{{range $a, $b, $c := .x}}{{end}}', 'template: output:1: too many declarations in range'],
  ['{{.a.}}', 'template: output:1: unexpected <.> in operand'],
  ['{{"unterminated}}', 'template: output:1: unterminated quoted string'],
  ['{{`unterminated}}', 'template: output:1: unterminated raw quoted string'],
  ['{{(.a}}', 'template: output:1: unclosed left paren'],
  ['{{.a)}}', 'template: output:1: unexpected right paren'],
  ['{{break}}', 'template: output:1: {{break}} outside {{range}}'],
  [
    '{{.metadata.name.x.y}}',
    'template: output:1:11: executing "output" at <.metadata.name.x.y>: can\'t evaluate ' +
      'field x in type interface {}',
  ],
  [
    '{{range .spec.items}}{{.name.x}}{{end}}',
    'template: output:1:28: executing "output" at <.name.x>: can\'t evaluate field x in type ' +
      'interface {}',
  ],
  ['{{range .spec.items}}{{.num}},{{end}}', '1,<no value>,'],
  [
    '{{$n := .metadata.name}}{{$n.x}}',
    'template: output:1:28: executing "output" at <$n.x>: can\'t evaluate field x in type ' + 'string',
  ],
  [
    '{{with .metadata.name}}{{.x}}{{end}}',
    'template: output:1:25: executing "output" at <.x>: can\'t evaluate field x in type string',
  ],
  [
    '{{.spec.items.name}}',
    'template: output:1:7: executing "output" at <.spec.items.name>: can\'t evaluate field ' +
      'name in type interface {}',
  ],
  ['{{a}}', 'template: output:1: function "a" not defined'],
  ['{{.metadata.labels.app-x}}', "template: output:1: bad character U+002D '-'"],
  ['{{#x}}', 'template: output:1: unexpected "#" in command'],
  ['{{.x # y}}', 'template: output:1: unexpected "#" in operand'],
  ['{{if .x}}a{{else}}b{{else}}c{{end}}', 'template: output:1: expected end; found {{else}}'],
  ['{{/* unclosed }}', 'template: output:1: unclosed comment'],
  ['{{define "x"}}', 'template: output:1: unexpected EOF'],
  ['{{template}}', 'template: output:1: unexpected "}}" in template clause'],
  ['{{range $i := .spec.list}}{{$i}}{{end}}{{$i}}', 'template: output:1: undefined variable "$i"'],
  ['{{printf "%6.2f|%-8s|%+d|%08.3f" 3.14159 "ab" 5 2.5}}', '  3.14|ab      |+5|0002.500'],
  [
    '{{not}}',
    'template: output:1:2: executing "output" at <not>: wrong number of args for not: want ' + '1 got 0',
  ],
  [
    '{{index}}',
    'template: output:1:2: executing "output" at <index>: wrong number of args for index: ' +
      'want at least 1 got 0',
  ],
  [
    '{{and}}',
    'template: output:1:2: executing "output" at <and>: wrong number of args for and: want ' +
      'at least 1 got 0',
  ],
  ['{{printf 1}}', 'template: output:1:9: executing "output" at <1>: expected string; found 1'],
  ['{{print (printf "%d" 3) .spec.lit}}', '3true'],
  [
    '{{.}}',
    'map[apiVersion:example.com/v1 kind:Thing metadata:map[labels:map[a:b app:web z:z] ' +
      "name:web] spec:map[big:1000000 code:aGVsbG8= empty: html:<a href='x'>&</a> " +
      'huge:123456789012 items:[map[name:x num:1] map[name:why]] list:[a b c] lit:true ' +
      'nothing:<nil> numbers:[1 2.5] ratio:0.25 replicas:3 text:hi "you"\n]]',
  ],
  ['{{ .metadata.name }}{{ "\\n" }}', 'web'],
  ['{{if and .spec.lit (eq .metadata.name "web")}}yes{{end}}', 'yes'],
  ['{{if or (not .spec.lit) (gt (len .spec.list) 2)}}many{{end}}', 'many'],
  ['{{range $index, $item := .spec.items}}{{if $index}}, {{end}}{{$item.name}}{{end}}', 'x, why'],
];

function printed(template: string): string {
  try {
    const { text, error } = goTemplate(template, OBJECT);
    return error ?? text;
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
}

describe('a template of Go', () => {
  it.each(CASES)('%s', (template, expected) => {
    expect(printed(template).trimEnd()).toBe(expected);
  });

  it('stops where it must not go on: a template that calls itself', () => {
    expect(printed('{{define "t"}}{{template "t"}}{{end}}{{template "t"}}')).toContain(
      'exceeded maximum template depth',
    );
  });

  it('keeps what it wrote before it failed', () => {
    expect(goTemplate('a{{index .spec.list 9}}b', OBJECT).text).toBe('a');
    expect(goTemplate('{{.x}}', OBJECT, { strict: true }).error).toContain('map has no entry for key "x"');
  });
});
