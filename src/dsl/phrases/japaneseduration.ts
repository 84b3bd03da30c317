/** Durations in Japanese: `90秒`, `1時間30分`; the English forms are read too. */
import { DURATION_PATTERN, parseDuration } from '../../chaos/duration.ts';

const UNITS: readonly (readonly [word: string, ms: number])[] = [
  ['日', 86_400_000],
  ['時間', 3_600_000],
  ['分', 60_000],
  ['秒', 1000],
  ['ミリ秒', 1],
];
const PART = /(\d+(?:\.\d+)?) ?(ミリ秒|秒|分|時間|日)/g;
/** Source of a regular expression without capture groups. */
export const DURATION_JA =
  `\\d+(?:\\.\\d+)? ?(?:ミリ秒|秒|分|時間|日)(?: ?\\d+(?:\\.\\d+)? ` +
  `?(?:ミリ秒|秒|分|時間|日))*|${DURATION_PATTERN}`;

/** `1時間30分` in ms; the English forms too. */
export function parseDurationJa(text: string): number | undefined {
  const english = parseDuration(text);
  if (english !== undefined) return english;
  let total: number | undefined;
  for (const [, n, unit] of text.matchAll(PART))
    total = (total ?? 0) + Number(n) * UNITS.find(([word]) => word === unit)![1];
  return total === undefined ? undefined : Math.round(total);
}

/** `1時間30分`, `0秒` */
export function printDurationJa(ms: number): string {
  let rest = ms;
  let text = '';
  for (const [word, unit] of UNITS.slice(1)) {
    const n = Math.floor(rest / unit);
    rest -= n * unit;
    if (n > 0) text += `${n}${word}`;
  }
  return text === '' ? '0秒' : text;
}

/** How long: `30秒間`, `1時間`. */
export const printSpanJa = (ms: number): string => `${printDurationJa(ms).replace(/間$/, '')}間`;

/** The same in ms, also where `間` is left out. */
export const parseSpanJa = (text: string): number | undefined =>
  parseDurationJa(text.replace(/(?<!時)間$/, ''));
