/** An audit, told. */
import { editInWords } from '../edits/catalogue/index.ts';
import type { Language } from '../messages/index.ts';
import type { Millis } from '../sim/kernel/types.ts';
import type { Advice, ProvenChange } from './advise.ts';
import type { Effect } from './measure.ts';
import { TRIALS, type Trial } from './trials/index.ts';

/** What a change does, in words. */
const changeInWords = ({ edit, args }: ProvenChange, language: Language = 'en'): string =>
  editInWords(edit, args, language);

/** `4m10s` */
export function minutesOf(ms: Millis): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${minutes > 0 ? `${minutes}m` : ''}${seconds % 60}s`;
}

const count = (n: number): string => n.toLocaleString('en');

/** `down for 4m10s (1,250 of 6,000 requests failed)` */
export function effectInWords(effect: Effect, language: Language = 'en'): string {
  const { state, failed, sent, outageMs, disturbedMs, recovers, missing } = effect;
  const isLong = disturbedMs >= 2 * Math.max(outageMs, 1000);
  if (language === 'ja') {
    if (state === 'survives') return '影響なし';
    const over = isLong ? `${minutesOf(disturbedMs)}にわたって` : '';
    const requests = `${over}${count(sent)}件中${count(failed)}件のリクエストが失敗`;
    const gone = missing === 0 ? '' : `${count(missing)}個のレプリカが戻らない`;
    if (failed === 0) return `低下: ${gone}`;
    const rest = gone === '' ? '' : `、${gone}`;
    if (state === 'degrades') return `低下: ${requests}${rest}`;
    return `${minutesOf(outageMs)}停止${recovers ? '' : 'し、戻らない'} (${requests})${rest}`;
  }
  if (state === 'survives') return 'survives';
  const over = isLong ? ` over ${minutesOf(disturbedMs)}` : '';
  const requests = `${count(failed)} of ${count(sent)} requests failed${over}`;
  const gone =
    missing === 0 ? '' : `${count(missing)} ${missing === 1 ? 'replica does' : 'replicas do'} not come back`;
  if (failed === 0) return `degrades: ${gone}`;
  const rest = gone === '' ? '' : `, and ${gone}`;
  if (state === 'degrades') return `degrades: ${requests}${rest}`;
  return `down for ${minutesOf(outageMs)}${recovers ? '' : ' and not back'} (${requests})${rest}`;
}

/** What is known of how to mend a finding, a line each. @param change how a strengthening is said */
export function adviceInWords(
  { advice, helps, noticing, tried }: Advice,
  language: Language = 'en',
  change: (of: ProvenChange) => string = (of) => changeInWords(of, language),
): string[] {
  const isJa = language === 'ja';
  if (advice !== undefined) return advice.map((c) => `${isJa ? '解決' : 'mended by'}: ${change(c)}`);
  if (noticing === true) return [isJa ? '気づくまでの間だけ' : 'no more than it takes to notice'];
  if (helps !== undefined)
    return [
      ...helps.changes.map((c) => `${isJa ? '軽減' : 'lessened by'}: ${change(c)}`),
      isJa
        ? `その結果: ${effectInWords(helps.effect, language)} (試した${tried}通りに完全な解決はない)`
        : `and then: ${effectInWords(helps.effect)} (nothing of ${tried} tried mends it altogether)`,
    ];
  if (tried === 0)
    return [isJa ? '時間切れで解決策を試していない' : 'what would mend it was not tried: the time was over'];
  return [isJa ? `試した${tried}通りに解決策はない` : `nothing of ${tried} tried mends it`];
}

/** What happens in a trial. */
export function trialInWords({ name, kind, workload }: Trial, language: Language): string {
  const ja = language === 'ja' ? TRIALS.find((t) => t.kind === kind)?.ja : undefined;
  if (ja === undefined) return name;
  const subject = workload === undefined ? /^[\w-]+(?= loses )/.exec(name)?.[0] : name.split(':')[0];
  return subject === undefined ? ja : `${subject}: ${ja}`;
}

export const kindInWords = (kind: string, language: Language): string =>
  (language === 'ja' ? TRIALS.find((t) => t.kind === kind)?.ja : undefined) ?? kind;
