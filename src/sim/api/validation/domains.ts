/** Names built of domains. Models staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go. */
import { regexProblem } from '../labelsyntax.ts';
import { invalidValue, problemsAt, required, type Causes } from './field.ts';
import { subdomainProblems } from './text.ts';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const WILDCARD = `\\*\\.${LABEL}(\\.${LABEL})*`;
const WILDCARD_PATTERN = new RegExp(`^${WILDCARD}$`);
const PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const PATH_PATTERN = new RegExp(`^${PATH}$`);

/** `*.example.com`. */
export const wildcardProblems = (value: string): readonly string[] => [
  ...(value.length > 253 ? ['must be no more than 253 bytes'] : []),
  ...(WILDCARD_PATTERN.test(value)
    ? []
    : [
        regexProblem(
          "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which " +
            "must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric " +
            'character',
          WILDCARD,
          '*.example.com',
        ),
      ]),
];

/** `example.com/ingress-controller`. */
export function validateDomainPath(value: string | undefined, field: string, out: Causes): void {
  if (!value) {
    out.push(required(field));
    return;
  }
  const slash = value.indexOf('/');
  const [host, path] = [value.slice(0, Math.max(slash, 0)), value.slice(slash + 1)];
  if (host === '' || path === '') {
    out.push(invalidValue(field, value, 'must be a domain-prefixed path (such as "acme.io/foo")'));
    return;
  }
  problemsAt(field, host, subdomainProblems(host), out);
  if (!PATH_PATTERN.test(path)) out.push(invalidValue(field, path, regexProblem('Invalid path', PATH)));
}

/** `policy.example.com`: at least three segments. */
export function validateQualifiedDomain(value: string | undefined, field: string, out: Causes): void {
  if (!value) {
    out.push(required(field));
    return;
  }
  const problems = subdomainProblems(value);
  if (problems.length > 0) out.push(invalidValue(field, value, problems.join(',')));
  else if (value.split('.').length < 3)
    out.push(invalidValue(field, value, 'should be a domain with at least three segments separated by dots'));
}
