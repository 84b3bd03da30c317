/** An audit, told. */
import { printDuration } from '../chaos/duration.ts';
import { editOf } from '../edits/catalogue/index.ts';
import type { ProvenChange } from './audit.ts';
import type { Effect } from './measure.ts';

/** What a change does, in words. */
export const changeInWords = ({ edit, args }: ProvenChange, language: 'en' | 'ja' = 'en'): string =>
  editOf(edit).words[language].replace(/\{(\w+)\}/g, (_, name: string) => String(args[name] ?? name));

/** `down for 4m10s (1,250 of 6,000 requests failed)` */
export function effectInWords({ state, failed, sent, outageMs, recovers }: Effect): string {
  const count = (n: number): string => n.toLocaleString('en');
  const requests = `${count(failed)} of ${count(sent)} requests failed`;
  if (state === 'survives') return 'survives';
  if (state === 'degrades') return `degrades: ${requests}`;
  const time = printDuration(Math.round(outageMs / 1000) * 1000);
  return `down for ${time}${recovers ? '' : ' and not back'} (${requests})`;
}
