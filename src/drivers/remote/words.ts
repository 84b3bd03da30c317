/** What is said of real clusters alone, in each language: pages have none, and do without these words. */
import { FaultError } from '../../chaos/types.ts';

type Language = Parameters<FaultError['told']>[0];

interface RealMessages {
  planManyClusters: Record<string, never>;
  planClientManner: Record<string, never>;
  planPastRequests: Record<string, never>;
  planNeedsPhysical: Record<string, never>;
  planNeedsSimulation: Record<string, never>;
  planNoExperiment: Record<string, never>;
  planNoChaosMesh: { readonly kind: string };
  planKillsOnly: Record<string, never>;
  planDnsNotSlow: Record<string, never>;
  notInjected: { readonly what: string; readonly problem: string };
  notOnlyContainer: { readonly pod: string };
  noPortDeclared: { readonly container: string; readonly pod: string };
  noPodsOnNode: { readonly node: string };
  planAsksMachines: { readonly command: string };
  planUnknownKind: { readonly kind: string };
  planRefused: { readonly refused: number; readonly where: string };
  planOnly: { readonly scenarios: number; readonly where: string };
}

type Words = { readonly [K in keyof RealMessages]: (args: RealMessages[K]) => string };

const en: Words = {
  planManyClusters: () => 'a step that says "any" is played on many clusters: simulated ones',
  planClientManner: () =>
    'on a real cluster clients send each request once, on a connection of its own: ' +
    'they neither keep one open nor try again',
  planPastRequests: () =>
    'of a moment gone by a real cluster does not tell what a request would have been answered: ' +
    'ask "within", "for", or what became of the requests of a client',
  planNeedsPhysical: () =>
    'it acts below the API or asks what is so there, and a real cluster is reached by its API only',
  planNeedsSimulation: () => 'it tells a simulated cluster how to behave',
  planNoExperiment: () => 'it acts below the API, and Chaos Mesh has no experiment that does the same',
  planNoChaosMesh: ({ kind }) =>
    `it acts below the API: Chaos Mesh could do it, and the cluster has no ${kind}.chaos-mesh.org`,
  planKillsOnly: () => 'Chaos Mesh ends containers by SIGKILL alone, with exit code 137',
  planDnsNotSlow: () => 'Chaos Mesh has DNS fail or give random answers; it does not make it slow',
  notInjected: ({ what, problem }) =>
    `${what} was not injected within 1 minute: ${problem === '' ? 'no Pod was selected' : problem}`,
  notOnlyContainer: ({ pod }) =>
    `Chaos Mesh starts all containers of pod "${pod}" anew from an image that does nothing: ` +
    'one with other containers, a command, a liveness or a startup probe would not be as the fault says',
  noPortDeclared: ({ container, pod }) =>
    `container "${container}" of pod "${pod}" declares no TCP port, at which its answers would be changed`,
  noPodsOnNode: ({ node }) => `no pod of the namespaces that may be touched has a network on node "${node}"`,
  planAsksMachines: ({ command }) =>
    `kubectl ${command} asks the machines, and those of a real cluster are not asked here`,
  planUnknownKind: ({ kind }) => `${kind} is no kind that Seatrial knows`,
  planRefused: ({ refused, where }) =>
    `${refused} step${refused === 1 ? '' : 's'} cannot be played on ${where}: nothing was touched`,
  planOnly: ({ scenarios, where }) =>
    `${scenarios} scenario${scenarios === 1 ? '' : 's'} could be played on ${where}: nothing was touched; ` +
    'with --yes it is done, and put back in the end',
};

const ja: Words = {
  planManyClusters: () =>
    '「任意の」と言うステップは多くのクラスターで試すもので、シミュレーションだけでできる',
  planClientManner: () =>
    '実際のクラスターのクライアントは毎回新しい接続で1回だけ送り、接続の維持も再試行もしない',
  planPastRequests: () =>
    '過ぎた時点のリクエストの結果は、実際のクラスターでは後から分からない。' +
    'これからの時間か、クライアントの結果を問う',
  planNeedsPhysical: () =>
    'APIより下に働きかけるか、そこの実際の状態を問うステップだが、実際のクラスターにはAPIでしか届かない',
  planNeedsSimulation: () => 'シミュレーションのクラスターに振る舞いを指示するステップである',
  planNoExperiment: () => 'APIより下に働きかけるステップで、Chaos Meshに同じことをする実験はない',
  planNoChaosMesh: ({ kind }) =>
    `APIより下に働きかけるステップで、Chaos Meshならできるが、クラスターに${kind}.chaos-mesh.orgはない`,
  planKillsOnly: () => 'Chaos Meshがコンテナを終わらせる手段はSIGKILLだけで、終了コードは137になる',
  planDnsNotSlow: () => 'Chaos MeshのDNSの障害は失敗とでたらめな応答だけで、遅くはできない',
  notInjected: ({ what, problem }) =>
    `${what}は1分以内に注入されなかった: ${problem === '' ? 'Podが1つも選ばれなかった' : problem}`,
  notOnlyContainer: ({ pod }) =>
    `Chaos MeshはPod"${pod}"のすべてのコンテナを何もしないイメージで起動し直す。ほかのコンテナ、command、` +
    'livenessProbe、startupProbeがあると、障害の説明どおりにならない',
  noPortDeclared: ({ container, pod }) =>
    `Pod"${pod}"のコンテナ"${container}"は、応答を変えるTCPポートを宣言していない`,
  noPodsOnNode: ({ node }) => `変更してよい名前空間に、ノード"${node}"で自身のネットワークを持つPodはない`,
  planAsksMachines: ({ command }) =>
    `kubectl ${command}はノードに問うコマンドだが、実際のクラスターのノードにはここからは問わない`,
  planUnknownKind: ({ kind }) => `${kind}はSeatrialの知らない種類である`,
  planRefused: ({ refused, where }) => `${where}では${refused}個のステップを行えない。何も変更していない`,
  planOnly: ({ scenarios, where }) =>
    `${where}で${scenarios}個のシナリオを行える。何も変更していない。--yesを付けると実行し、最後に元へ戻す`,
};

const WORDS: Readonly<Record<Language, Words>> = { en, ja };

/** What is to be said, in a language yet to be chosen. */
export type InWords = (language: Language) => string;

/** @example said('planUnknownKind', { kind: 'v1 Widget' })('en') */
export const said =
  <K extends keyof RealMessages>(key: K, args: RealMessages[K]): InWords =>
  (language) =>
    WORDS[language][key](args);

/** A fault that cannot strike a real cluster. */
export class NotPlayed extends FaultError {
  private readonly words: InWords;

  constructor(words: InWords) {
    super(words('en'));
    this.words = words;
  }

  override told(language: Language): string {
    return this.words(language);
  }
}
