/** Gherkin's own words, as features are written with. */
import type { Language } from '../../messages/index.ts';
import type { Keyword } from './phrase.ts';

const WORDS: Readonly<
  Record<Language, Readonly<Record<Keyword | 'And' | 'Feature' | 'Background' | 'Scenario', string>>>
> = {
  en: {
    Given: 'Given',
    When: 'When',
    Then: 'Then',
    And: 'And',
    Feature: 'Feature',
    Background: 'Background',
    Scenario: 'Scenario',
  },
  ja: {
    Given: '前提',
    When: 'もし',
    Then: 'ならば',
    And: 'かつ',
    Feature: '機能',
    Background: '背景',
    Scenario: 'シナリオ',
  },
};

/** Gherkin's words, without the space behind them. */
export const keywordsIn = (language: Language): (typeof WORDS)[Language] => WORDS[language];
