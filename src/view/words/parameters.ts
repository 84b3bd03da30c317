/** What the parameters of faults are called in forms; tables and files call them by their columns. */
import type { ParameterField } from '../../chaos/fields.ts';
import type { Worded } from '../run.ts';

export const PARAMETER_WORDS: Readonly<Record<ParameterField, Worded>> = {
  otherNode: { en: 'other node', ja: '相手のノード' },
  container: { en: 'container', ja: 'コンテナ' },
  otherSelector: { en: 'labels of the other pods', ja: '相手の Pod のラベル' },
  exitCode: { en: 'exit code', ja: '終了コード' },
  signal: { en: 'signal', ja: 'シグナル' },
  delayMs: { en: 'delay', ja: '遅れ' },
  periodMs: { en: 'period', ja: '間隔' },
  skewMs: { en: 'how far ahead', ja: '時計の進み' },
  percent: { en: 'share', ja: '割合' },
  factor: { en: 'how many times', ja: '倍率' },
  status: { en: 'status', ja: 'ステータス' },
  replicas: { en: 'how many', ja: '数' },
  amount: { en: 'amount', ja: '量' },
  perSecond: { en: 'a second', ja: '毎秒の量' },
  path: { en: 'path', ja: 'パス' },
  content: { en: 'content', ja: '内容' },
  image: { en: 'image', ja: 'イメージ' },
  key: { en: 'key', ja: 'キー' },
  value: { en: 'value', ja: '値' },
  host: { en: 'host', ja: 'ホスト' },
  component: { en: 'component', ja: 'コンポーネント' },
  resource: { en: 'resource', ja: 'リソース' },
  direction: { en: 'direction', ja: '向き' },
  forMs: { en: 'for how long', ja: '期間' },
};
