/** What Allure's pages say of ours, in each language: names of attachments, parameters and categories. */
import { say, type Language } from '../messages/index.ts';

const EN = {
  times: 'Virtual time',
  warnings: 'Warnings',
  given: 'Taken as given',
  withSeed: (seed: string) => `With seed ${seed}`,
  docString: 'Doc string',
  table: 'Table',
  met: 'Met',
  expected: 'Failed as expected',
  counterexample: 'Counterexample',
  lanes: 'Lanes',
  causes: 'Causes',
  of: (what: string, name: string) => `${what}: ${name.toLowerCase()}`,
  virtualTime: 'virtual time',
  seed: 'seed',
  nodes: 'nodes',
  range: (min: number, max: number) => `${min} to ${max}`,
  whole: 'the scenario as a whole',
  invariantBroken: 'Invariant broken',
  claimFailed: 'Claim failed',
  defect: 'Defect of Seatrial',
  badInput: 'Bad input',
};

const JA: typeof EN = {
  times: '仮想時刻',
  warnings: '警告',
  given: '前提としたこと',
  withSeed: (seed) => `シード${seed}の場合`,
  docString: 'ドキュメント文字列',
  table: '表',
  met: '当たった対象',
  expected: '期待どおりの失敗',
  counterexample: '反例',
  lanes: 'レーン',
  causes: '原因',
  of: (what, name) => `${what}の${name}`,
  virtualTime: '仮想時刻',
  seed: 'シード',
  nodes: 'ノード数',
  range: (min, max) => `${min}〜${max}`,
  whole: 'シナリオ全体',
  invariantBroken: '不変条件が破られた',
  claimFailed: '主張が成り立たない',
  defect: 'Seatrialの不具合',
  badInput: '入力の誤り',
};

const WORDS: Readonly<Record<Language, typeof EN>> = { en: EN, ja: JA };
export const allureWords = (language: Language): typeof EN => WORDS[language];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What is found where an invariant was broken, as a part of a regular expression. */
export const foundBroken = (language: Language): string =>
  escaped(say('foundBroken', { name: 'NAME', message: '' }, language)).replace('NAME', '[\\w-]+');
