/**
 * Whether an image's name can be one: what a kubelet asks before it looks for the image. Models
 * ParseNormalizedNamed of github.com/distribution/reference (normalize.go, regexp.go) and ParseImageName of
 * pkg/util/parsers/parsers.go.
 */
import { remembered } from '../../kernel/memo.ts';

const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const PATH_PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const REFERENCE = new RegExp(
  `^((?:${DOMAIN}/)?${PATH_PART}(?:/${PATH_PART})*)(?::[\\w][\\w.-]{0,127})?(?:@${DIGEST})?$`,
);
const IDENTIFIER = /^[a-f0-9]{64}$/;
const LONGEST_PATH = 255;

/** `docker.io` and what follows it, where the first part of a name is no registry. */
function split(image: string): [domain: string, rest: string] {
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(slash, 0));
  const isRegistry =
    slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  if (isRegistry) return [first, image.slice(slash + 1)];
  return ['docker.io', slash < 0 ? `library/${image}` : image];
}

function problemIn(image: string): string | undefined {
  if (IDENTIFIER.test(image))
    return `invalid repository name (${image}), cannot specify 64-byte hexadecimal strings`;
  const [domain, rest] = split(image);
  const path = rest.split(':')[0]!;
  if (path.toLowerCase() !== path)
    return `invalid reference format: repository name (${path}) must be lowercase`;
  const whole = `${domain}/${rest}`;
  const found = REFERENCE.exec(whole);
  if (found === null)
    return REFERENCE.test(whole.toLowerCase())
      ? 'repository name must be lowercase'
      : 'invalid reference format';
  return found[1]!.length - domain.length - 1 > LONGEST_PATH
    ? `repository name must not be more than ${LONGEST_PATH} characters`
    : undefined;
}

/** As `problemIn`, '' where there is none: every start of a container asks, of few images. */
const problemOf = remembered(500, (image: string): string => problemIn(image) ?? '');

/** What a kubelet says of a name that can be none of an image; undefined: it can. */
export function imageNameProblem(image: string): string | undefined {
  const problem = problemOf(image);
  return problem === ''
    ? undefined
    : `Failed to apply default image tag "${image}": couldn't parse image name "${image}": ${problem}`;
}
