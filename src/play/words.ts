/** The words of a live session itself, in each language. */
import { printDuration } from '../chaos/duration.ts';
import type { Language } from '../messages/index.ts';
import type { Star } from './score.ts';

const EN = {
  commands: {
    kubectl: [
      'kubectl …, or its verb alone',
      'any line of kubectl: get pods, describe pod/x, scale, drain, exec, …',
    ],
    wait: ['wait 5m', 'time passes'],
    next: ['next', 'time passes until something happens'],
    settle: ['settle', 'time passes until nothing but time-outs is pending, an hour at most'],
    fault: ['fault node node-1 loses power', 'any sentence of the language: When …, Then …, too'],
    why: ['why pod/x', 'the causes of its last change, back to what was done'],
    rewind: ['rewind 2m', 'goes back by so much time; what was done later is not done'],
    undo: ['undo', 'takes back what was done last'],
    fork: ['fork', 'a life of its own goes on from here; switch 1 goes back to the first'],
    switch: ['switch 1', 'goes on with another fork; forks lists them'],
    forks: ['forks', 'lists the forks'],
    goals: ['goals', 'how the goals of the level stand'],
    hint: ['hint', 'the next hint of the level'],
    story: ['story', 'the feature that has been written so far'],
    save: ['save x.feature', 'writes it: seatrial run plays it to the same history'],
    help: ['help', 'this list'],
    exit: ['exit', 'ends the session'],
  },
  noSuchFork: (name: string, names: string) => `there is no fork ${name}; there are ${names}`,
  forked: (name: string, from: string) => `fork ${name} goes on from here; fork ${from} waits`,
  switched: (name: string, clock: string) => `fork ${name}, at ${clock}`,
  duration: (text: string) => `"${text}" is no duration: say 90s, 5m or 1h30m`,
  nothingToUndo: 'nothing has been done that could be taken back',
  noLevel: 'this is no level: it has neither goals nor hints',
  noMoreHints: 'there are no more hints',
  whyWhat: 'why takes an object: why pod/web-1, why node/node-1',
  neverChanged: (name: string) => `nothing has happened to ${name} here`,
  saved: (path: string, hash: string) => `saved: seatrial run ${path} (hash of the history: ${hash}…)`,
  saveWhere: 'save takes the name of a file: save x.feature',
  notHere: (command: string) => `${command} is not for here`,
  settled: 'nothing but time-outs is pending',
  unsettled: 'something still moves after an hour',
  nothingNext: 'nothing happens within a day',
  won: (clock: string) => `All goals are met, at ${clock}.`,
  star: ({ of, measured, limit }: Star) =>
    ({
      outageMs: `requests failed for ${printDuration(measured)} (${printDuration(limit)} at most)`,
      commands: `${measured} ${measured === 1 ? 'command' : 'commands'} (${limit} at most)`,
      budget: measured === 0 ? 'every disruption budget was kept' : 'a disruption budget was broken',
    })[of],
  goalStates: { open: 'open', met: 'met', broken: 'broken' },
  brokenAt: (clock: string) => `broken at ${clock}: rewind to before`,
};

const JA: typeof EN = {
  commands: {
    kubectl: [
      'kubectl …（動詞だけでもよい）',
      'kubectlの行：get pods、describe pod/x、scale、drain、exec など',
    ],
    wait: ['wait 5m', '時間を進める'],
    next: ['next', '何かが起きるまで時間を進める'],
    settle: ['settle', 'タイムアウト待ちのほかに動くものがなくなるまで進める（最長1時間）'],
    fault: ['fault ノードnode-1の電源が落ちる', '言語の文ならどれでも。「もし…」「ならば…」も書ける'],
    why: ['why pod/x', '最後の変化の原因を、操作までたどる'],
    rewind: ['rewind 2m', 'その時間だけ戻る。後でしたことはなかったことになる'],
    undo: ['undo', '最後にしたことを取り消す'],
    fork: ['fork', 'ここから枝分かれする。switch 1で元の枝に戻る'],
    switch: ['switch 1', '別の枝に移る。forksで一覧'],
    forks: ['forks', '枝の一覧'],
    goals: ['goals', 'レベルの目標の状況'],
    hint: ['hint', 'レベルの次のヒント'],
    story: ['story', 'ここまでに書かれたフィーチャー'],
    save: ['save x.feature', '保存する。seatrial runが同じ履歴を再現する'],
    help: ['help', 'この一覧'],
    exit: ['exit', '終わる'],
  },
  noSuchFork: (name, names) => `枝${name}はありません。あるのは${names}です`,
  forked: (name, from) => `枝${name}がここから続きます。枝${from}は待っています`,
  switched: (name, clock) => `枝${name}、時刻${clock}`,
  duration: (text) => `「${text}」は時間ではありません。90s、5m、1h30mのように書いてください`,
  nothingToUndo: '取り消せることは何もしていません',
  noLevel: 'これはレベルではないので、目標もヒントもありません',
  noMoreHints: 'ヒントはもうありません',
  whyWhat: 'whyには対象が要ります：why pod/web-1、why node/node-1',
  neverChanged: (name) => `${name}にはここで何も起きていません`,
  saved: (path, hash) => `保存しました：seatrial run ${path}（履歴のハッシュ：${hash}…）`,
  saveWhere: 'saveにはファイル名が要ります：save x.feature',
  notHere: (command) => `${command}はここでは使えません`,
  settled: 'タイムアウト待ちのほかに動くものはありません',
  unsettled: '1時間たっても動いているものがあります',
  nothingNext: '1日のうちには何も起きません',
  won: (clock) => `すべての目標を達成しました（${clock}）。`,
  star: ({ of, measured, limit }) =>
    ({
      outageMs: `リクエストが失敗した時間：${measured / 1000}秒（${limit / 1000}秒以内）`,
      commands: `コマンド${measured}回（${limit}回以内）`,
      budget: measured === 0 ? 'PodDisruptionBudgetが守られた' : 'PodDisruptionBudgetが破られた',
    })[of],
  goalStates: { open: '未達', met: '達成', broken: '失敗' },
  brokenAt: (clock) => `${clock}に失敗：その前まで巻き戻してください`,
};

export type Words = typeof EN;
const WORDS: Readonly<Record<Language, Words>> = { en: EN, ja: JA };
export const playWords = (language: Language): Words => WORDS[language];
