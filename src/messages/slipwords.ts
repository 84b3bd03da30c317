import type { Message } from '../sim/kernel/types.ts';
import type { Language } from './languages.ts';
import type { SlipMessages } from './slips.ts';
import { SLIPS_EN } from './slipsen.ts';
import { SLIPS_JA } from './slipsja.ts';

/** What a user got wrong, in words; undefined for what is none of that. */
export function slipWords({ key, args }: Message, language: Language): string | undefined {
  const words = language === 'ja' ? SLIPS_JA : SLIPS_EN;
  return Object.hasOwn(words, key) ? words[key as keyof SlipMessages](args as never) : undefined;
}
