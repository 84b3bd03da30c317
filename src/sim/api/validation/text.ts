/**
 * Formats of names, ports, percentages and addresses; each function answers what is wrong, nothing when all
 * is well. Models staging/src/k8s.io/apimachinery/pkg/util/validation/{validation,ip}.go.
 */
import { regexProblem, subdomainProblems } from '../labelsyntax.ts';
import { inclusiveRange } from './field.ts';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const LABEL_PATTERN = new RegExp(`^${LABEL}$`);
const LABEL_1035_PATTERN = new RegExp(`^${LABEL_1035}$`);
const SUBDOMAIN_PATTERN = new RegExp(`^${LABEL}(\\.${LABEL})*$`);
const NONE: readonly string[] = [];

const maxLength = (limit: number): string => `must be no more than ${limit} bytes`;

/** RFC 1123 label. */
export function labelProblems(value: string): readonly string[] {
  if (value.length <= 63 && LABEL_PATTERN.test(value)) return NONE;
  const problems: string[] = [];
  if (value.length > 63) problems.push(maxLength(63));
  if (!LABEL_PATTERN.test(value)) {
    problems.push(
      SUBDOMAIN_PATTERN.test(value)
        ? 'must not contain dots'
        : regexProblem(
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and " +
              'must start and end with an alphanumeric character',
            LABEL,
            'my-name',
            '123-abc',
          ),
    );
  }
  return problems;
}

/** RFC 1035 label: as 1123, starting with a letter. */
export function label1035Problems(value: string): readonly string[] {
  const problems: string[] = [];
  if (value.length > 63) problems.push(maxLength(63));
  if (!LABEL_1035_PATTERN.test(value)) {
    problems.push(
      regexProblem(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an " +
          'alphabetic character, and end with an alphanumeric character',
        LABEL_1035,
        'my-name',
        'abc-123',
      ),
    );
  }
  return problems;
}

export { subdomainProblems };

/** What a name must not hold whatever its kind (it stands in a URL's path). */
export function pathSegmentProblems(name: string): readonly string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((c) => name.includes(c)).map((c) => `may not contain '${c}'`);
}

export const portNumberProblems = (port: number): readonly string[] =>
  Number.isInteger(port) && port >= 1 && port <= 65_535 ? NONE : [inclusiveRange(1, 65_535)];

export function portNameProblems(name: string): readonly string[] {
  const problems: string[] = [];
  if (name.length > 15) problems.push(maxLength(15));
  if (!/^[-a-z0-9]+$/.test(name))
    problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(name)) problems.push('must contain at least one letter (a-z)');
  if (name.includes('--')) problems.push('must not contain consecutive hyphens');
  if (name.startsWith('-') || name.endsWith('-')) problems.push('must not begin or end with a hyphen');
  return problems;
}

export const percentProblems = (text: string): readonly string[] =>
  /^[0-9]+%$/.test(text)
    ? NONE
    : [
        regexProblem(
          "a valid percent string must be a numeric string followed by an ending '%'",
          '[0-9]+%',
          '1%',
          '93%',
        ),
      ];

export const headerNameProblems = (name: string): readonly string[] =>
  /^[-A-Za-z0-9]+$/.test(name)
    ? NONE
    : [
        regexProblem(
          "a valid HTTP header must consist of alphanumeric characters or '-'",
          '[-A-Za-z0-9]+',
          'X-Header-Name',
        ),
      ];

/** Names of environment variables, relaxed since 1.34. */
export function envNameProblems(name: string): readonly string[] {
  if (name === '') return ['environment variable name must be non-empty'];
  return /^[ -<>-~]*$/.test(name)
    ? NONE
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

export function configKeyProblems(key: string): readonly string[] {
  const problems: string[] = [];
  if (key.length > 253) problems.push(maxLength(253));
  if (!/^[-._a-zA-Z0-9]+$/.test(key)) {
    problems.push(
      regexProblem(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        '[-._a-zA-Z0-9]+',
        'key.name',
        'KEY_NAME',
        'key-name',
      ),
    );
  }
  if (key === '.') problems.push("must not be '.'");
  else if (key === '..') problems.push("must not be '..'");
  else if (key.startsWith('..')) problems.push("must not start with '..'");
  return problems;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
const IPV6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:.]*$/;
export const isIPv4 = (text: string): boolean => IPV4.test(text);

/** Good enough for IPv6: hexadecimal groups, at most one `::`, eight groups in all. */
function isIPv6(text: string): boolean {
  if (!IPV6.test(text) || text.includes(':::')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((h) => (h === '' ? [] : h.split(':')));
  if (groups.some((g) => !/^[0-9a-fA-F]{1,4}$/.test(g))) return false;
  return halves.length === 2 ? groups.length < 8 : groups.length === 8;
}

export const ipProblems = (text: string): readonly string[] =>
  isIPv4(text) || isIPv6(text) ? NONE : ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'];
