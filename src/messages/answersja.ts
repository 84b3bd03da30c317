/** What came of a request that was not answered, in Japanese. */
export const ANSWERS: Readonly<Record<string, string>> = {
  refused: '拒否された',
  reset: '接続がリセットされた',
  'timed out': 'タイムアウトした',
  'not resolved': '名前が解決されなかった',
};
