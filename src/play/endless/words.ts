/** What drawn levels say, in each language. */
import type { Language } from '../../messages/index.ts';
import type { Scene } from './scene.ts';

const EN = {
  title: (number: number, { app }: Scene) => `Endless ${number}: what happened to ${app}?`,
  story: ({ nodes, app, replicas }: Scene, steps: number) =>
    'Nobody wrote this level: the search drew it. ' +
    `Deployment ${app} has ${replicas} Pods on ${nodes} nodes, ` +
    'behind a Service of its name, and all was well. Then something happened, eight minutes ago, and it ' +
    `does not mend itself. Find out what is wrong, and make ${app} whole again: ` +
    `${steps === 1 ? 'one command is' : `${steps} commands are`} enough.`,
  look: 'Look at the nodes, the Pods and the Deployment: what is not as it should be?',
  happened: (what: string) => `This is what happened: ${what}`,
  helps: (what: string) => `This helps: ${what}`,
  solution: 'What the search found',
  and: ', and ',
};

const JA: typeof EN = {
  title: (number, { app }) => `エンドレス${number}：${app}に何が起きた？`,
  story: ({ nodes, app, replicas }, steps) =>
    'このレベルは人が書いたものではなく、探索が引き当てました。' +
    `Deployment ${app}は${nodes}台のノードに${replicas}個のPodを持ち、` +
    '同じ名前のServiceの後ろで順調に動いていました。8分前に何かが起き、放っておいても直りません。' +
    `何が悪いのかを突き止め、${app}を元どおりにしてください。コマンドは${steps}つで足ります。`,
  look: 'ノード、Pod、Deploymentを見る。あるべき姿と違うのはどこか',
  happened: (what) => `起きたこと：${what}`,
  helps: (what) => `役に立つこと：${what}`,
  solution: '探索が見つけた解',
  and: '、',
};

const WORDS: Readonly<Record<Language, typeof EN>> = { en: EN, ja: JA };
export const endlessWords = (language: Language): typeof EN => WORDS[language];
