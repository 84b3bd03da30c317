/** What the simulator's own errors say, in Japanese; their English stands where they are made. */
import type { Hint, Meant } from '../sim/api/schema/hints.ts';
import type { FieldType } from '../sim/api/schema/types.ts';
import type { Misreading } from '../sim/api/misreading.ts';
import type { EndFacts } from '../sim/limits.ts';

const USED = { events: '件のイベント', changes: '件の変更', years: '年' };

/** Of a run that was ended at a limit. */
export function endJa({ used, at, busiest }: EndFacts): string {
  const after = used === 'time' ? '使える実時間' : `${used.count}${USED[used.of]}`;
  const busy =
    busiest === undefined
      ? ''
      : `。最も動いていたもの: ${busiest.who} (直近の${busiest.of}件の変更のうち${busiest.changes}件)`;
  return `実行を仮想時間${at}で打ち切った。上限は${after}である${busy}`;
}

const EXPECTED: Readonly<Record<FieldType['kind'], string>> = {
  object: 'オブジェクト',
  list: 'リスト',
  map: 'オブジェクト',
  string: '文字列',
  int32: '整数',
  int64: '整数',
  number: '数',
  boolean: 'trueかfalse',
  quantity: '量(100m、1.5、512Mi)',
  intOrString: '整数か文字列',
  time: '時刻(2026-01-05T09:00:00Z)',
  microTime: '時刻(2026-01-05T09:00:00Z)',
  bytes: 'base64の文字列',
  any: '任意の値',
};

function expected(type: FieldType): string {
  if (type.kind === 'map' && type.of.kind === 'string') return '値が文字列のオブジェクト';
  if (type.kind !== 'string' || type.values === undefined) return EXPECTED[type.kind];
  return `${type.values
    .filter((value) => value !== '')
    .map((value) => JSON.stringify(value))
    .join('、')}のいずれか`;
}

function found(value: unknown): string {
  if (Array.isArray(value)) return 'リスト';
  if (value === null || value === undefined) return '空';
  if (typeof value === 'string')
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  return typeof value === 'object' ? 'オブジェクト' : String(value);
}

function meantJa(meant: Meant): string {
  if (meant === 'outer') return '字下げが深すぎるのではないか。これは外側のオブジェクトのフィールドである';
  return 'word' in meant ? `"${meant.word}"のことか` : `"${meant.below}"の下に書くのではないか`;
}

const after = (text: string | undefined): string => (text === undefined ? '' : `。${text}`);

/** What is wrong with a field of a manifest. */
export function hintJa(hint: Hint): string {
  switch (hint.is) {
    case 'unknown':
      return `このフィールドはない${after(hint.meant && meantJa(hint.meant))}`;
    case 'missing':
      return `必要なフィールドがない。${expected(hint.type)}を書く`;
    case 'type': {
      const isQuotable = hint.type.kind === 'string' && ['boolean', 'number'].includes(typeof hint.found);
      const read = hint.source === undefined ? '' : `YAMLは${hint.source}をそう読む。`;
      const quote = isQuotable ? ` (${read}引用符で囲むと文字列になる)` : '';
      return `${expected(hint.type)}ではなく${found(hint.found)}がある${quote}`;
    }
    case 'enum':
      return (
        `${hint.words}のいずれかではなく${found(hint.found)}がある` +
        after(hint.meant === undefined ? undefined : meantJa({ word: hint.meant }))
      );
    case 'object':
      return `apiVersionとkindのあるオブジェクトではなく${found(hint.found)}がある`;
    case 'unset':
      return '必要だが、書かれていない';
    case 'text':
      return `文字列ではなく${found(hint.found)}がある`;
  }
}

const WANTED: { readonly [K in Exclude<Misreading['wanted'], object>]: string } = {
  duration: '3sや250msのような時間',
  pull: '3sのような時間か、missing',
  quantity: '50Miや250mのような量',
  growth: '1Mi/sのような、時間あたりの量',
  mapping: 'マップ',
  file: '/で始まるファイルのパス',
  path: '/で始まるパス',
  boolean: 'trueかfalse',
  list: 'リスト',
  patch: 'JSON Patchの操作のリスト',
  pointer: '/metadata/labels/teamのようなパス',
  cel: 'CELの式',
  field: 'spec.scheduleのようなフィールド(metadataではlabelsとannotationsだけ)',
  version: 'v1のようなバージョン',
};

/** What is wrong with a behaviour in YAML. */
export function misreadingJa({ path, wanted, value }: Misreading): string {
  const what =
    typeof wanted === 'string'
      ? WANTED[wanted]
      : 'problem' in wanted
        ? undefined
        : 'among' in wanted
          ? `${wanted.among.join('、')}のいずれか`
          : `${wanted.from}から${wanted.to}までの整数`;
  return what === undefined
    ? `${path}: CELの式として読めない: ${(wanted as { problem: string }).problem}`
    : `${path}: ${what}ではなく${found(value)}がある`;
}
