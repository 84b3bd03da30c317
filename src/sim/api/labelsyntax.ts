/**
 * What label keys and values may look like, in the words of Kubernetes' validation.
 * Models staging/src/k8s.io/apimachinery/pkg/api/validate/content/{kube,dns}.go.
 */
const KEY_FORMAT = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const KEY = new RegExp(`^(?:${KEY_FORMAT})$`);
const VALUE_FORMAT = `(${KEY_FORMAT})?`;
const VALUE = new RegExp(`^(?:${VALUE_FORMAT})$`);
const SUBDOMAIN_FORMAT = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const SUBDOMAIN = new RegExp(`^(?:${SUBDOMAIN_FORMAT})$`);

/** The message for a text that a pattern refuses. */
export function regexProblem(message: string, format: string, ...examples: string[]): string {
  const shown = examples.map((e, i) => `${i > 0 ? ' or ' : ''}'${e}', `).join('');
  return `${message} (${shown === '' ? '' : `e.g. ${shown}`}regex used for validation is '${format}')`;
}

const tooLong = (limit: number): string => `must be no more than ${limit} bytes`;
const ALPHANUMERIC =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " +
  'character';

/** What is wrong with a DNS subdomain (RFC 1123); empty when nothing is. */
export function subdomainProblems(value: string): string[] {
  const problems: string[] = [];
  if (value.length > 253) problems.push(tooLong(253));
  if (!SUBDOMAIN.test(value)) {
    problems.push(
      regexProblem(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', " +
          'and must start and end with an alphanumeric character',
        SUBDOMAIN_FORMAT,
        'example.com',
      ),
    );
  }
  return problems;
}

/** What is wrong with a label key (also of annotations, taints, resources); empty when nothing is. */
export function labelKeyProblems(key: string): string[] {
  const parts = key.split('/');
  const shape = regexProblem(ALPHANUMERIC, KEY_FORMAT, 'MyName', 'my.name', '123-abc');
  if (parts.length > 2)
    return [
      `a valid label key ${shape} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  const problems: string[] = [];
  const name = parts[parts.length - 1]!;
  if (parts.length === 2) {
    if (parts[0] === '') problems.push('prefix part must be non-empty');
    else for (const p of subdomainProblems(parts[0]!)) problems.push(`prefix part ${p}`);
  }
  if (name === '') problems.push('name part must be non-empty');
  else if (name.length > 63) problems.push(`name part ${tooLong(63)}`);
  if (!KEY.test(name)) problems.push(`name part ${shape}`);
  return problems;
}

/** What is wrong with a label value; empty when nothing is. */
export function labelValueProblems(value: string): string[] {
  const problems: string[] = [];
  if (value.length > 63) problems.push(tooLong(63));
  if (!VALUE.test(value)) {
    problems.push(
      regexProblem(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', " +
          'and must start and end with an alphanumeric character',
        VALUE_FORMAT,
        'MyValue',
        'my_value',
        '12345',
      ),
    );
  }
  return problems;
}
