/** What a fault has met, where it is no object with a name of its own, in the words of a language. */
import type { Language } from './languages.ts';

const JAPANESE: Readonly<Record<string, string>> = {
  'api server': 'APIサーバー',
  'control plane': 'コントロールプレーン',
  clients: 'クライアント',
  'ingress controllers': 'Ingressコントローラー',
  'gateway controllers': 'Gatewayコントローラー',
  'all images': 'すべてのイメージ',
};

/** @param target as a strike names it: `team/web-0`, `control plane` */
export const metText = (target: string, language: Language): string =>
  language === 'ja' ? (JAPANESE[target] ?? target) : target;

/** @param said what a strike adds to a target: `SIGTERM is ignored`, a path, what the API server answered */
export const addedText = (said: string, language: Language): string =>
  language === 'ja'
    ? said.replace(/^(SIG\w+) is ignored$/, '$1は無視される').replace(/^refused: /, '拒否された: ')
    : said;
