/** An audit, told. */
import { editInWords } from '../edits/catalogue/index.ts';
import type { ProvenChange } from './advise.ts';
import type { Millis } from '../sim/kernel/types.ts';
import type { Effect } from './measure.ts';

/** What a change does, in words. */
export const changeInWords = ({ edit, args }: ProvenChange, language: 'en' | 'ja' = 'en'): string =>
  editInWords(edit, args, language);

/** `4m10s` */
function minutesOf(ms: Millis): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${minutes > 0 ? `${minutes}m` : ''}${seconds % 60}s`;
}

/** `down for 4m10s (1,250 of 6,000 requests failed)` */
export function effectInWords({
  state,
  failed,
  sent,
  outageMs,
  disturbedMs,
  recovers,
  missing,
}: Effect): string {
  const count = (n: number): string => n.toLocaleString('en');
  if (state === 'survives') return 'survives';
  const over = disturbedMs >= 2 * Math.max(outageMs, 1000) ? ` over ${minutesOf(disturbedMs)}` : '';
  const requests = `${count(failed)} of ${count(sent)} requests failed${over}`;
  const gone =
    missing === 0 ? '' : `${count(missing)} ${missing === 1 ? 'replica does' : 'replicas do'} not come back`;
  if (failed === 0) return `degrades: ${gone}`;
  const rest = gone === '' ? '' : `, and ${gone}`;
  if (state === 'degrades') return `degrades: ${requests}${rest}`;
  return `down for ${minutesOf(outageMs)}${recovers ? '' : ' and not back'} (${requests})${rest}`;
}
