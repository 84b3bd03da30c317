/** How newcomers put in Japanese what the language says otherwise, so that they are told what they meant. */
import { STRING_PATTERN } from './quoting.ts';

const QUOTED = new RegExp(STRING_PATTERN, 'g');
const BECOMES = '(?:に?なる|に?なっている|である|だ)?$';

/** In this order; `""` is what a quote of the step says, `"…"` one that it lacks. */
const EVERYDAY: readonly (readonly [RegExp, string])[] = [
  [/[「『]([^」』]*)[」』]/g, '"$1"'],
  [/^([\w./-]+\.ya?ml) ?(?=[のを])/, '"$1"'],
  [/^(kubectl .+?) ?を実行/, '"$1"を実行'],
  [/^kubectl .+?が失敗する$/, 'コマンドが"…"というエラーで失敗する'],
  [/^出力に ?([^" ][^"]*?) ?が含まれる$/, '出力に"$1"が含まれる'],
  [/(\d+)つ/g, '$1個'],
  [/ドレイン/g, 'drain'],
  [/コードン/g, 'cordon'],
  [/常に|いつでも|いつも/, 'どの時点でも'],
  [new RegExp(`[がは]?NotReady${BECOMES}`), 'の準備が完了していない'],
  [new RegExp(`[がは]?Ready${BECOMES}|[がは]起動している$`), 'の準備が完了している'],
  [new RegExp(`[がは]?Running${BECOMES}|[がは](?:動いて|動作して|稼働して)いる$`), 'が実行中である'],
  [new RegExp(`[がは]?Pending${BECOMES}`), 'が保留中である'],
  [new RegExp(`[がは]?(\\w+BackOff|\\w+Error)${BECOMES}`), 'のコンテナ"…"が"$1"により待機中である'],
  [new RegExp(`[がは]?(OOMKilled|Completed)${BECOMES}`), 'のコンテナ"…"が前回は"$1"で終了した'],
  [/の再起動回数[がは](\d+)回?である$/, 'が$1回再起動している'],
  [/ステータスコード ?(\d+) ?が返.*$/, '"…"へのリクエストに$1が返る'],
  [/が完了する$/, 'が完了している'],
  [/に違反しない$/, 'が守られている'],
  [/^Podを(\d+個)/, '"…"に一致する$1のPodを'],
  [/が再起動される$/, 'が1回再起動している'],
  [/(?:を?待つ|[がは]?経つ|[がは]?経過後)$/, 'が経過する'],
  [/のレプリカ数?を(\d+)個?に.*$/, 'を$1個にスケールする'],
  [/のレプリカ数?[がは](\d+)個?(?:になる|である)$/, 'の$1個中$1個のレプリカが利用可能である'],
  [/のPodが(\d+)個実行中である$/, 'の$1個中$1個のレプリカが利用可能である'],
  [/のエンドポイント[がは](\d+)個.*$/, 'が$1個のPodに振り分ける'],
  [/を(?:適用|デプロイ|apply)する$/, 'のマニフェスト'],
  [/に(?:アクセス|接続)する$/, 'へのリクエストに200が返る'],
  [/イベント""[がは](?:発生|出力)する$/, 'Pod"…"にイベント""が記録されている'],
  [/に一致する(Pod|ノード)を(\d+[個台])/, 'に一致する$2の$1を'],
];

/** @example everydayJa('Pod"web"がReadyになる') === 'Pod"web"の準備が完了している' */
export function everydayJa(text: string): string {
  const quoted = text.match(QUOTED) ?? [];
  const plain = text.replace(QUOTED, '""');
  const said = EVERYDAY.reduce((rest, [words, ours]) => rest.replace(words, ours), plain);
  let next = 0;
  return said.replaceAll('""', () => quoted[next++] ?? '"…"');
}
