/** `semver` of Kubernetes' CEL (staging/src/k8s.io/apiserver/pkg/cel/library/semverlib.go). */
import type { Environment } from '@marcbachmann/cel-js';

const NUMBER = '(0|[1-9]\\d*)';
const BEFORE = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][\\dA-Za-z-]*)';

/** Semantic Versioning 2.0.0, as github.com/blang/semver reads it. */
const VERSION = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}` +
    `(?:-(${BEFORE}(?:\\.${BEFORE})*))?(?:\\+[\\dA-Za-z-]+(?:\\.[\\dA-Za-z-]+)*)?$`,
);

class Version {
  readonly numbers: readonly bigint[];
  readonly before: readonly string[];

  constructor(numbers: readonly bigint[], before: readonly string[]) {
    this.numbers = numbers;
    this.before = before;
  }
}

/** `v1.2` as 1.2.0: without its `v`, with the numbers it lacks, without zeros in front. */
function normalized(text: string): string {
  const [, head, tail] = /^([^-+]*)(.*)$/s.exec(text.replace(/^v/, ''))!;
  const parts = head!.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  while (parts.length < 3) parts.push('0');
  return `${parts.join('.')}${tail}`;
}

function parsed(text: string, normalize: boolean): Version | undefined {
  const match = VERSION.exec(normalize ? normalized(text) : text);
  if (match === null) return undefined;
  return new Version(match.slice(1, 4).map(BigInt), match[4]?.split('.') ?? []);
}

function versionOf(text: string, normalize = false): Version {
  const version = parsed(text, normalize);
  if (version === undefined) throw new Error(`invalid semantic version ${JSON.stringify(text)}`);
  return version;
}

function compareIdentifiers(a: string, b: string): number {
  const [first, second] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (first && second) return Number(BigInt(a) - BigInt(b));
  if (first !== second) return first ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function compare(a: Version, b: Version): number {
  for (const [i, number] of a.numbers.entries())
    if (number !== b.numbers[i]) return number < b.numbers[i]! ? -1 : 1;
  if (a.before.length === 0 || b.before.length === 0) return Math.sign(b.before.length - a.before.length);
  for (const [i, identifier] of a.before.entries()) {
    const other = b.before[i];
    const by = other === undefined ? 1 : compareIdentifiers(identifier, other);
    if (by !== 0) return Math.sign(by);
  }
  return Math.sign(a.before.length - b.before.length);
}

export const addVersions = (env: Environment): Environment =>
  env
    .registerType('Semver', { ctor: Version })
    .registerFunction('isSemver(string): bool', (text: string) => parsed(text, false) !== undefined)
    .registerFunction(
      'isSemver(string, bool): bool',
      (text: string, normalize: boolean) => parsed(text, normalize) !== undefined,
    )
    .registerFunction('semver(string): Semver', (text: string) => versionOf(text))
    .registerFunction('semver(string, bool): Semver', versionOf)
    .registerFunction('Semver.major(): int', ({ numbers }: Version) => numbers[0]!)
    .registerFunction('Semver.minor(): int', ({ numbers }: Version) => numbers[1]!)
    .registerFunction('Semver.patch(): int', ({ numbers }: Version) => numbers[2]!)
    .registerFunction('Semver.isGreaterThan(Semver): bool', (a: Version, b: Version) => compare(a, b) > 0)
    .registerFunction('Semver.isLessThan(Semver): bool', (a: Version, b: Version) => compare(a, b) < 0)
    .registerFunction('Semver.compareTo(Semver): int', (a: Version, b: Version) => BigInt(compare(a, b)));
