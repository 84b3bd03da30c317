/** What names, labels, ports and percentages may look like. */
import { labelKeyProblems, labelValueProblems } from '../../sim/api/labelsyntax.ts';
import {
  configKeyProblems, envNameProblems, headerNameProblems, ipProblems, label1035Problems, labelProblems, percentProblems, portNameProblems,
  portNumberProblems, subdomainProblems,
} from '../../sim/api/validation/text.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

type Rule = (text: never) => readonly string[];

const a = (count: number): string => 'a'.repeat(count);

/** One case for each rule and verdict: the whole list of texts, those that got the other verdict. */
const ROWS: readonly [string, Rule, readonly (string | number)[], readonly (string | number)[]][] = [
  ['RFC 1123 label', labelProblems, ['a', 'ab', 'a1', 'a-1', 'a--1--2--b', '0', '012', '1a', '1-a', a(63)],
    ['', 'A', 'aBc', '1-A', '-', 'a-', '-a', '1-', '_', 'a_b', '.', 'a.', '.a', 'a.b', '1.2', ' ', 'a b', a(64)]],
  ['RFC 1123 subdomain', subdomainProblems, ['a', 'a.a', 'a-1.a', 'a.1', '0.1', 'a.b.c.d.e', '1.2.3.4.5', a(253)],
    ['', 'A', 'a-', '-a', '_a', 'a_b', '.', 'a.', '.a', 'a..b', '1..2', 'a b', 'ab.A', 'A.1', '0.A', 'a@b', 'a,b', 'a;b', 'a:b', 'a%b', 'a?b', 'a$b', a(254)]],
  ['RFC 1035 label', label1035Problems, ['a', 'abc', 'a1', 'a-1', 'a--1--2--b', a(63)],
    ['0', '01', '1a', '1-a', '', 'A', '-', 'a-', '-a', '_', 'a_b', '.', 'a.b', ' a', 'a b', a(64)]],
  ['port number', portNumberProblems, [1, 2, 1000, 16_384, 32_768, 65_535], [0, -1, 65_536, 100_000]],
  ['port name', portNameProblems, ['telnet', 're-mail-ck', 'pop3', 'a', 'a-1', '1-a', 'a-1-b-2-c', '1-a-2-b-3'],
    ['longerthan15characters', '', a(16), '12345', '1-2-3-4', '-begin', 'end-', 'two--hyphens', 'whois++']],
  ['qualified name', labelKeyProblems, ['simple', 'now-with-dashes', '1-starts-with-num', '1234', 'simple/simple', 'now.with.dots/simple', '1-num.2-num/3-num',
    '1.2.3.4/5678', 'Uppercase_Is_OK_123', 'example.com/Uppercase_Is_OK_123', 'requests.storage-foo', a(63), `${a(253)}/${'b'.repeat(63)}`],
    ['nospecialchars%^=@', 'cantendwithadash-', '-cantstartwithadash-', 'only/one/slash', 'Example.com/abc', 'example_com/abc', 'example.com/', '/simple', a(64), `${a(254)}/abc`]],
  ['label value', labelValueProblems, ['simple', 'now-with-dashes', '1-starts-with-num', 'end-with-num-1', '1234', a(63), ''],
    ['nospecialchars%^=@', 'Tama-nui-te-rā.is.Māori.sun', '\\backslashes\\are\\bad', '-starts-with-dash', 'ends-with-dash-', '.starts.with.dot', 'ends.with.dot.', a(64)]],
  ['HTTP header name', headerNameProblems, ['Accept-Encoding', 'Host', 'X-Forwarded-For', 'a', '-a', 'a-', 'a--1--2--b', '--123-ABC'],
    ['Host:', 'X-@Home', '', '_', 'a_', '.', 'a.b', '1.2', ' ', 'a b', '#a#', '^', ',', ';', '=', '<', '?', '@', '{']],
  ['percentage', percentProblems, ['0%', '00000%', '1%', '01%', '99%', '100%', '101%'],
    ['', '0', '100', '0.0%', '99.9%', 'hundred', ' 1%', '1% ', '-0%', '-1%', '+1%']],
  ['config map key', configKeyProblems, ['a', 'good-good', 'still.good', '.so.is.this', 'THIS_IS_GOOD', 'so_is_this_17'], ['.', '..', '..bad', 'b*d', 'bad!&bad']],
  ['environment variable', envNameProblems, ['-', ':', '_', '+a', 'a..', '%a', 'a:a', 'aAz', 'a9', '0 a', "'a", '@a'], ['', '=', 'a=', '1=a', 'a=b']],
  ['IP address', ipProblems, ['::1', '2a00:79e0:2:0:f1c3:e797:93c1:df80', '::', '2001:4860:4860::8888', '127.0.0.1', '0.0.0.0', '8.8.8.8', '1.2.3.4'],
    ['', 'a', 'myhost.mydomain', '-1.0.0.0', '[2001:db8:0:1]:80', '1.2.3', '1.2.3.4/32', '256.1.1.1', '1:::2']],
];

const cases: ConformanceCase[] = ROWS.flatMap(([name, rule, good, bad]) => [
  { name: `${name}: accepted`, run: () => good.filter((text) => rule(text as never).length > 0), expected: [] },
  { name: `${name}: refused`, run: () => bad.filter((text) => rule(text as never).length === 0), expected: [] },
]);

export const nameCases: CaseArea = {
  area: 'names, ports and formats', source: 'staging/src/k8s.io/apimachinery/pkg/util/validation/validation_test.go', cases,
};
