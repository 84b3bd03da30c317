/** An audit, told. */
import { editInWords } from '../edits/catalogue/index.ts';
import type { Language } from '../messages/index.ts';
import type { Millis } from '../sim/kernel/types.ts';
import type { Advice, ProvenChange } from './advise.ts';
import type { Done } from './done.ts';
import type { Effect } from './measure.ts';
import type { Served, ServedAs } from './subject.ts';
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

/** Of a workload that nobody asks: `down for 45s (none of 2 replicas was ready)` */
function readinessInWords(effect: Effect, language: Language): string {
  const { state, outageMs, disturbedMs, recovers, replicas, missing } = effect;
  const isJa = language === 'ja';
  if (state === 'survives') return isJa ? '影響なし' : 'survives';
  const gone = both(isJa ? '、' : ', and ', heldInWords(effect, language), missingInWords(missing, language));
  const rest = gone === '' ? '' : isJa ? `、${gone}` : `, and ${gone}`;
  if (state === 'down') {
    const length = minutesOf(outageMs);
    const all = count(replicas);
    if (isJa) {
      const who = replicas === 1 ? 'レプリカ' : `${all}個のレプリカのどれも`;
      return `${length}停止${recovers ? '' : 'し、戻らない'} (${who}がReadyでない)${rest}`;
    }
    const who = replicas === 1 ? 'its replica was not ready' : `none of ${all} replicas was ready`;
    return `down for ${length}${recovers ? '' : ' and not back'} (${who})${rest}`;
  }
  if (gone !== '' && Math.round(disturbedMs / 1000) === 0)
    return isJa ? `低下: ${gone}` : `degrades: ${gone}`;
  return isJa
    ? `低下: ${minutesOf(disturbedMs)}の間、Readyなレプリカが${count(replicas)}個に足りない${rest}`
    : `degrades: ${fewerInWords([replicas])} ready for ${minutesOf(disturbedMs)}${rest}`;
}

/** `fewer than 2 replicas`; of one `no replica`. @param wanted of one workload, or of each of several */
export const fewerInWords = (wanted: readonly number[]): string =>
  wanted.every((n) => n === 1)
    ? 'no replica'
    : new Set(wanted).size === 1
      ? `fewer than ${count(wanted[0]!)} replicas`
      : 'fewer replicas than wanted';

function heldInWords({ held }: Effect, language: Language): string {
  if (held === undefined) return '';
  return language === 'ja' ? `${held}のdrainがいつまでも終わらない` : `the drain of ${held} never ends`;
}

function missingInWords(missing: number, language: Language): string {
  if (missing === 0) return '';
  if (language === 'ja') return `${count(missing)}個のレプリカが戻らない`;
  return `${count(missing)} ${missing === 1 ? 'replica does' : 'replicas do'} not come back`;
}

/** `does not complete (BackoffLimitExceeded, 1 pod failed)`, `completes 45s later (1 pod failed)` */
function doneInWords(state: Effect['state'], done: Done, language: Language): string {
  const isJa = language === 'ja';
  if (state === 'survives') return isJa ? '影響なし' : 'survives';
  const { end, reason, lateMs, failedPods, twice, due, missed, atOnce } = done;
  if (missed > 0)
    return isJa
      ? `${due}回の起動時刻のうち${missed}回を逃す`
      : `${missed} of ${due} ${due === 1 ? 'run' : 'runs'} missed`;
  if (end === undefined) return isJa ? `Jobが溜まる: 同時に${atOnce}個` : `piles up: ${atOnce} jobs at once`;
  const failed =
    failedPods === 0
      ? ''
      : isJa
        ? `${failedPods}個のPodが失敗`
        : `${failedPods} ${failedPods === 1 ? 'pod' : 'pods'} failed`;
  const why = [reason ?? '', failed].filter((part) => part !== '').join(isJa ? '、' : ', ');
  const because = why === '' ? '' : ` (${why})`;
  if (end === 'failed') return `${isJa ? '失敗に終わる' : 'fails for good'}${because}`;
  if (end === 'unfinished') return `${isJa ? 'いつまでも終わらない' : 'never ends'}${because}`;
  const late =
    lateMs === 0 ? '' : isJa ? `${minutesOf(lateMs)}遅れて完了` : `completes ${minutesOf(lateMs)} later`;
  const again =
    twice === 0
      ? ''
      : isJa
        ? `${twice}個のPodが同じ処理を重ねて行う`
        : `${twice} ${twice === 1 ? 'pod does' : 'pods do'} the work once more`;
  return `${[late, again].filter((part) => part !== '').join(isJa ? '、' : ', and ')}${because}`;
}

const both = (between: string, ...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(between);

/** `down for 4m10s (1,250 of 6,000 requests failed)` */
export function effectInWords(effect: Effect, language: Language = 'en'): string {
  const { state, failed, sent, outageMs, disturbedMs, recovers, missing } = effect;
  if (effect.done !== undefined) return doneInWords(state, effect.done, language);
  if (sent === 0) return readinessInWords(effect, language);
  const isLong = disturbedMs >= 2 * Math.max(outageMs, 1000);
  if (language === 'ja') {
    if (state === 'survives') return '影響なし';
    const over = isLong ? `${minutesOf(disturbedMs)}にわたって` : '';
    const requests = `${over}${count(sent)}件中${count(failed)}件のリクエストが失敗`;
    const gone = both('、', heldInWords(effect, language), missingInWords(missing, language));
    if (failed === 0) return `低下: ${gone}`;
    const rest = gone === '' ? '' : `、${gone}`;
    if (state === 'degrades') return `低下: ${requests}${rest}`;
    return `${minutesOf(outageMs)}停止${recovers ? '' : 'し、戻らない'} (${requests})${rest}`;
  }
  if (state === 'survives') return 'survives';
  const over = isLong ? ` over ${minutesOf(disturbedMs)}` : '';
  const requests = `${count(failed)} of ${count(sent)} requests failed${over}`;
  const gone = both(', and ', heldInWords(effect, language), missingInWords(missing, language));
  if (failed === 0) return `degrades: ${gone}`;
  const rest = gone === '' ? '' : `, and ${gone}`;
  if (state === 'degrades') return `degrades: ${requests}${rest}`;
  return `down for ${minutesOf(outageMs)}${recovers ? '' : ' and not back'} (${requests})${rest}`;
}

/** What is known of how to mend a finding, a line each. @param change how a strengthening is said */
export function adviceInWords(
  { advice, helps, noticing, tried, triedOn }: Advice,
  language: Language = 'en',
  change: (of: ProvenChange) => string = (of) => changeInWords(of, language),
): string[] {
  const isJa = language === 'ja';
  const sets =
    triedOn === undefined
      ? isJa
        ? `試した${tried}通り`
        : `nothing of ${tried} tried`
      : isJa
        ? `同様の${triedOn}で試した${tried}通り`
        : `nothing of ${tried} tried on ${triedOn}, which is alike,`;
  if (advice !== undefined) return advice.map((c) => `${isJa ? '解決' : 'mended by'}: ${change(c)}`);
  if (noticing === true) return [isJa ? '気づくまでの間だけ' : 'no more than it takes to notice'];
  const all = isJa ? `${sets}に完全な解決はない` : `${sets} mends it altogether`;
  // Of what nobody plans no more was looked for.
  const rest = tried > 1 ? ` (${all})` : '';
  if (helps !== undefined)
    return [
      ...helps.changes.map((c) => `${isJa ? '軽減' : 'lessened by'}: ${change(c)}`),
      `${isJa ? 'その結果' : 'and then'}: ${effectInWords(helps.effect, language)}${rest}`,
    ];
  if (tried === 0)
    return [isJa ? '時間切れで解決策を試していない' : 'what would mend it was not tried: the time was over'];
  return [isJa ? `${sets}に解決策はない` : `${sets} mends it`];
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

const KINDS: readonly { as: ServedAs; one: string; many: string; ja: string }[] = [
  { as: 'Service', one: 'Service', many: 'Services', ja: 'Service' },
  { as: 'Ingress', one: 'Ingress', many: 'Ingresses', ja: 'Ingress' },
  { as: 'HTTPRoute', one: 'HTTPRoute', many: 'HTTPRoutes', ja: 'HTTPRoute' },
  {
    as: 'workload',
    one: 'workload by its ready replicas',
    many: 'workloads by their ready replicas',
    ja: 'Readyなレプリカで見るワークロード',
  },
  { as: 'Job', one: 'Job', many: 'Jobs', ja: 'Job' },
  { as: 'CronJob', one: 'CronJob', many: 'CronJobs', ja: 'CronJob' },
];

/** `3 Services, 1 Ingress and 2 workloads by their ready replicas` */
export function countInWords(services: readonly Pick<Served, 'as'>[], language: Language = 'en'): string {
  const of = (as: ServedAs): number => services.filter((s) => s.as === as).length;
  const counted = KINDS.flatMap(({ as, one, many, ja }) => {
    const n = of(as);
    const isNone = n === 0 && !(as === 'Service' && services.length === 0);
    return isNone ? [] : [language === 'ja' ? `${n}個の${ja}` : `${n} ${n === 1 ? one : many}`];
  });
  if (language === 'ja') return counted.join('、');
  const some = counted;
  return some.length < 2 ? some.join('') : `${some.slice(0, -1).join(', ')} and ${some[some.length - 1]}`;
}
