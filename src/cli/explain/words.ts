/** What `seatrial explain` says, in each language. */
import type { Language } from '../../messages/index.ts';
import type { Detail, Outcome, StageName } from './follow.ts';

interface Words {
  readonly stages: Readonly<Record<StageName, string>>;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly details: Readonly<Record<Detail['key'], (...args: readonly string[]) => string>>;
  readonly head: (line: string) => string;
  readonly printed: string;
  readonly timeless: string;
}

const EN: Words = {
  head: (line) => `The path of: ${line}`,
  printed: 'kubectl printed:',
  timeless: 'Times are virtual, from the moment the line was run; requests themselves take none.',
  stages: {
    client: 'checks of kubectl itself',
    authentication: 'authentication',
    authorization: 'authorization',
    admission: 'admission',
    validation: 'validation',
    etcd: 'etcd',
    controllers: 'controllers',
    scheduler: 'scheduler',
    volumes: 'kubelet: volumes',
    sandbox: 'kubelet: sandbox',
    network: 'kubelet: network',
    image: 'kubelet: image',
    start: 'kubelet: start',
  },
  outcomes: {
    passed: 'passed',
    refused: 'REFUSED',
    waiting: 'WAITING',
    unneeded: 'not needed',
    unreached: 'not reached',
  },
  details: {
    requests: (list) => `requests: ${list}`,
    user: (user, groups) => `user "${user}" of groups ${groups}`,
    rule: (what, why) => `${what}: ${why}`,
    unasked: (what) => `${what}: system:masters may do everything`,
    stored: (what) => `stored: ${what}`,
    made: (by, kind, name) => `${by} made ${kind} ${name}`,
    deleted: (by, kind, name) => `${by} deleted ${kind} ${name}`,
    more: (count) => `and ${count} more`,
    pods: (name, count) => `Pod ${name} is followed, the first of ${count}`,
    bound: (pod, node) => `Pod ${pod} goes to ${node}`,
    address: (ip) => `address ${ip}`,
    verbatim: (text) => text,
  },
};

const JA: Words = {
  head: (line) => `次のコマンドがたどる道: ${line}`,
  printed: 'kubectlの出力:',
  timeless: '時刻は、コマンドを実行した時からの仮想時間である。リクエスト自体に時間はかからない。',
  stages: {
    client: 'kubectl自身による検査',
    authentication: '認証',
    authorization: '認可',
    admission: 'アドミッション',
    validation: '検証',
    etcd: 'etcd',
    controllers: 'コントローラー',
    scheduler: 'スケジューラー',
    volumes: 'kubelet: ボリューム',
    sandbox: 'kubelet: サンドボックス',
    network: 'kubelet: ネットワーク',
    image: 'kubelet: イメージ',
    start: 'kubelet: 起動',
  },
  outcomes: { passed: '通過', refused: '拒否', waiting: '待機中', unneeded: '不要', unreached: '未到達' },
  details: {
    requests: (list) => `リクエスト: ${list}`,
    user: (user, groups) => `ユーザー"${user}" (グループ: ${groups})`,
    rule: (what, why) => `${what}: ${why}`,
    unasked: (what) => `${what}: system:mastersは何でも許される`,
    stored: (what) => `保存: ${what}`,
    made: (by, kind, name) => `${by}が${kind} ${name}を作成した`,
    deleted: (by, kind, name) => `${by}が${kind} ${name}を削除した`,
    more: (count) => `ほか${count}件`,
    pods: (name, count) => `${count}個のPodのうち最初のPod ${name}を追う`,
    bound: (pod, node) => `Pod ${pod}を${node}に割り当てた`,
    address: (ip) => `アドレス${ip}`,
    verbatim: (text) => text,
  },
};

export const WORDS: Readonly<Record<Language, Words>> = { en: EN, ja: JA };
