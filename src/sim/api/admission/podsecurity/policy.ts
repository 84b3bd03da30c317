/**
 * Which policies a namespace asks for, by its labels. Models k8s.io/pod-security-admission/api/{constants,
 * helpers}.go.
 */
import type { Causes } from '../../validation/field.ts';
import { invalidValue } from '../../validation/field.ts';

const LEVELS = ['privileged', 'baseline', 'restricted'] as const;
export type Level = (typeof LEVELS)[number];

export interface LevelVersion {
  readonly level: Level;
  /** The minor version of Kubernetes whose checks count; Infinity: the latest. */
  readonly minor: number;
}

const MODES = ['enforce', 'audit', 'warn'] as const;
export type Mode = (typeof MODES)[number];
export type Policy = Readonly<Record<Mode, LevelVersion>>;

const PREFIX = 'pod-security.kubernetes.io/';
const PRIVILEGED: LevelVersion = { level: 'privileged', minor: Infinity };

/** `restricted:latest`, `baseline:v1.24` */
export const policyText = ({ level, minor }: LevelVersion): string =>
  `${level}:${minor === Infinity ? 'latest' : `v1.${minor}`}`;

/** Negative: the first is less strict. */
export const compareLevels = (a: Level, b: Level): number => LEVELS.indexOf(a) - LEVELS.indexOf(b);

/** Whether it asks for anything. */
export function isLabelled(labels: Readonly<Record<string, string>> | undefined): boolean {
  for (const key in labels) if (key.startsWith(PREFIX)) return true;
  return false;
}

const isLevel = (text: string): text is Level => (LEVELS as readonly string[]).includes(text);

/**
 * What the labels ask for. What cannot be read of `enforce` is `restricted`, of the others nothing, of a
 * version the latest.
 * @param out what is wrong with the labels
 */
export function policyOf(labels: Readonly<Record<string, string>>, out: Causes = []): Policy {
  const read = (mode: Mode): LevelVersion => {
    const level = labels[`${PREFIX}${mode}`];
    const version = labels[`${PREFIX}${mode}-version`];
    const wrong = (key: string, value: string, why: string): void =>
      void out.push(invalidValue(`metadata.labels[${PREFIX}${key}]`, value, why));
    if (level !== undefined && !isLevel(level))
      wrong(mode, level, 'must be one of privileged, baseline, restricted');
    const found = version === undefined ? null : /^v1\.(\d|[1-9]\d*)$/.exec(version);
    if (version !== undefined && version !== 'latest' && found === null)
      wrong(`${mode}-version`, version, 'must be "latest" or "v1.x"');
    const unreadable = mode === 'enforce' ? 'restricted' : 'privileged';
    return {
      level: level === undefined ? 'privileged' : isLevel(level) ? level : unreadable,
      minor: found === null ? Infinity : Number(found[1]),
    };
  };
  const [enforce, audit, warn] = MODES.map(read) as [LevelVersion, LevelVersion, LevelVersion];
  // Who enforces wants to be told at the workloads, too.
  const said = labels[`${PREFIX}enforce`];
  const isFollowed = said !== undefined && isLevel(said) && labels[`${PREFIX}warn`] === undefined;
  if (!isFollowed || compareLevels(enforce.level, 'privileged') <= 0) return { enforce, audit, warn };
  const minor = labels[`${PREFIX}warn-version`] === undefined ? enforce.minor : warn.minor;
  return { enforce, audit, warn: { level: enforce.level, minor } };
}

export const isSame = (a: LevelVersion, b: LevelVersion): boolean =>
  a.level === b.level && a.minor === b.minor;

/** Whether two come to the same. */
const isEquivalent = (a: LevelVersion, b: LevelVersion): boolean =>
  (a.level === 'privileged' && b.level === 'privileged') || isSame(a, b);

/** What of a policy is said of an exempt namespace: `enforce=restricted:latest`; '' for nothing. */
export function ignoredText(policy: Policy, labels: Readonly<Record<string, string>>): string {
  if (MODES.every((mode) => isEquivalent(policy[mode], PRIVILEGED))) return '';
  const isSaid = (mode: Mode): boolean =>
    labels[`${PREFIX}${mode}`] !== undefined || labels[`${PREFIX}${mode}-version`] !== undefined;
  return MODES.filter((mode) => policy[mode].level !== 'privileged' && isSaid(mode))
    .map((mode) => `${mode}=${policyText(policy[mode])}`)
    .join(', ');
}
