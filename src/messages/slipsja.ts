/** What a user got wrong, in Japanese. */
import type { SlipMessages } from './slips.ts';

export const SLIPS_JA: { readonly [K in keyof SlipMessages]: (args: SlipMessages[K]) => string } = {
  settingDuration: ({ name, value }) => `クラスター設定"${name}"は40sのような時間で、"${value}"ではない`,
  settingBoolean: ({ name, value }) => `クラスター設定"${name}"はtrueかfalseで、"${value}"ではない`,
  settingBounds: ({ name, least, most, value }) =>
    `クラスター設定"${name}"は${least}から${most}までで、"${value}"ではない`,
  settingRange: ({ name, value }) => `クラスター設定"${name}": ${value}は始まりより前に終わっている`,
  settingPool: ({ name, value }) =>
    `クラスター設定"${name}"は172.18.255.200-172.18.255.250や192.0.2.0/28のようなIPv4アドレスの範囲で、` +
    `"${value}"ではない`,
  settingSubnet: ({ name, example, value }) =>
    `クラスター設定"${name}"は${example}のようなアドレスの最初の2つの数で、"${value}"ではない`,
  settingNumber: ({ name, value }) => `クラスター設定"${name}"は数で、"${value}"ではない`,
  settingFixed: ({ name }) =>
    `クラスター設定"${name}"はクラスターより先に書く: アドレスはもうそれに従って割り当てられている`,
  nodeQuantity: ({ node, column, text, example }) =>
    `ノード${node}: ${column}の"${text}"は0より大きい量ではない (例: ${example})`,
  nodeLabel: ({ node, label }) => `ノード${node}: ラベル"${label}"はキー=値の形で書く`,
  nodeTaint: ({ node, taint, effects }) =>
    `ノード${node}: taint"${taint}"はキー=値:効果の形で書く。効果は${effects.join('、')}のいずれか`,
  nodePods: ({ node, pods }) => `ノード${node}: podsの"${pods}"は数ではない`,
  nodeZone: ({ node, zone }) => `ノード${node}: zoneの"${zone}"はラベルの値にならない`,
  noNodeColumn: ({ column, columns }) => `ノードの表に列"${column}"はない。書けるのは${columns.join('、')}`,
  noNodeNames: ({ column }) => `ノードの表には列"${column}"が要る`,
  nodeWithoutName: ({ row }) => `ノードの表に名前のない行がある: ${row}行目`,
  nodeName: ({ name }) => `ノードの表に名前"${name}"がある。名前に使えるのは英小文字、数字、-、.`,
  nodeTwice: ({ name }) => `ノードの表に"${name}"が2回ある`,
  noNodeRows: () => 'ノードの表に行がない',
  nodeRole: ({ node, role, known }) => `ノード${node}: role"${role}"はない。書けるのは${known}か、空`,
  clusterTwice: () => 'シナリオにはもうクラスターがある',
  planeWithoutNode: () => 'コントロールプレーンには1台以上のノードが要る',
  clusterSize: ({ most, asked }) =>
    `クラスターのノードは1台から${most.toLocaleString('en')}台までで、${asked}台ではない`,
  bareNode: ({ line, column }) =>
    `STDIN:${line}:${column}: status: マシンが登録しないNodeには必要。マシンは「次のノードを持つクラスター:」で` +
    '名前を付ける',
  clientTooFast: ({ most, asked }) => `クライアントが送るのは毎秒${most}件までで、${asked}件ではない`,
  metricQuantity: ({ metric, value }) => `メトリクス"${metric}"は30や250mのような量で、"${value}"ではない`,
  manyContainers: ({ kind, name, containers, line }) =>
    `${kind} "${name}"にはコンテナ${containers.join('、')}がある: どれかを"${line}"を実行する形で書く`,
  noRollout: ({ kind, kinds }) => `${kind}にロールアウトはない。あるのは${kinds.join('、')}`,
  neverStuck: ({ kind }) =>
    `${kind}に進行の期限はなく、ロールアウトが止まっているとは状態に書かれない: 終わっているはずの時に、` +
    '進行中かどうかを問う',
  noCapacity: ({ wanted }) => `"${wanted}"は容量ではない。"10Gi"のように書く`,
  tagNumber: ({ what, example, text }) => `${what}は${example}のような数で、"${text}"ではない`,
  notThere: ({ what, name, namespace }) => `名前空間"${namespace}"に${what} "${name}"はない`,
  noDefinition: ({ name }) => `CustomResourceDefinition "${name}"はない`,
  membersLost: ({ members, lost }) => `etcdのメンバーは${members}台で、${lost}台を失うことはできない`,
  noLeader: ({ process }) => `${process}にリーダーはいない: 失うものがない`,
  leaderDown: ({ process }) => `${process}は動いていない: 失うリーダーがいない`,
  nodeOff: ({ node }) => `ノード${node}の電源は切れている: 障害を起こすものがない`,
  noKey: ({ what, name }) => `${what} "${name}"にキーはない`,
  isImmutable: ({ what, name }) => `${what} "${name}"は変更できない (immutable)`,
  noReadinessProbe: ({ pods }) => `${pods.join('、')}に、不安定になるreadinessProbeはない`,
  pathNotAbsolute: ({ path }) => `パスは/で始まるが、"${path}"はそうでない`,
  noFileIn: ({ path, pods }) => `${pods.join('、')}にファイル${path}はない`,
  selfPartition: ({ node }) => `ノード"${node}"を自分自身から切り離すことはできない`,
  reachesItself: ({ node }) => `ノード"${node}"は自分自身にはいつでも届く`,
  noNodeObject: ({ node }) => `${node}のNodeオブジェクトはない`,
  jobEnded: ({ name }) => `Job "${name}"はもう終わっている`,
  noJobPod: ({ name }) => `Job "${name}"のPodは1つも動いていない`,
  alreadySuspended: ({ kind, name }) => `${kind} "${name}"はもう一時停止している`,
  claimUnbound: ({ claim }) => `PersistentVolumeClaim "${claim}"は結び付いていない`,
  claimOnNode: ({ claim }) =>
    `PersistentVolumeClaim "${claim}"はノードのディレクトリである: ノードのディスクを満杯にする`,
  claimUnmounted: ({ claim }) => `PersistentVolumeClaim "${claim}"はまだマウントされていない`,
  notScaled: ({ kind }) => `${kind}の数は変えられない`,
  imageExists: ({ image }) => `イメージ"${image}"は存在する: この障害には存在しないものが要る`,
  dnsMode: ({ mode }) => `DnsFailureのvalueはerror、random、slowのいずれかで、"${mode}"ではない`,
  faultNeedsZone: ({ fault }) => `${fault}には対象のゾーンが要る: "zone 名前"`,
  faultNeedsNode: ({ fault }) => `${fault}には対象のノードが要る`,
  faultNeedsPod: ({ fault }) => `${fault}には対象のPodが要る`,
  faultNeedsWorkload: ({ fault }) => `${fault}には対象のワークロードが要る`,
};
