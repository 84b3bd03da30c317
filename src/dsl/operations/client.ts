import { networkOf } from '../capabilities.ts';
import { wrong } from '../errors.ts';
import { checkUrl } from '../url.ts';
import { driverOf } from '../session.ts';
import { type OperationFamily } from '../types.ts';
import type { ClientOperation } from './operation.ts';

const MAX_PER_SECOND = 1000;

export const client: OperationFamily<ClientOperation> = {
  op: 'client',
  role: 'scene',
  needs: () => 'network',
  keyword: 'Given',
  phrases: [
    {
      en: 'a client sends {int:perSecond} request(s) per second to {string:url}',
      ja: 'クライアントが{url}に毎秒{perSecond}件のリクエストを送る',
      about: 'from outside of the pods, through DNS and services, until the scenario ends',
    },
    {
      en: 'a client with keep-alive sends {int:perSecond} request(s) per second to {string:url}',
      ja: '接続を保つクライアントが{url}に毎秒{perSecond}件のリクエストを送る',
      about:
        'on one connection, which stays with the pod that it was opened to, ready or not; when the pod ' +
        'ends it is closed, and what is on its way is reset',
      fixed: { keepAlive: true },
    },
    {
      en:
        'a client that retries {int:retries} time(s) sends {int:perSecond} request(s) per second to ' +
        '{string:url}',
      ja: '{retries}回まで再試行するクライアントが{url}に毎秒{perSecond}件のリクエストを送る',
      about: 'a request counts once, as its last try ends; answers below 500 are not tried again',
    },
    {
      en:
        'a client with a time-out of {duration:timeoutMs} sends {int:perSecond} request(s) per second to ' +
        '{string:url}',
      ja: '{timeoutMs}でタイムアウトするクライアントが{url}に毎秒{perSecond}件のリクエストを送る',
      about: 'others wait for 10 seconds',
    },
    {
      en:
        'a client with keep-alive, {int:retries} retry/retries and a time-out of {duration:timeoutMs} ' +
        'sends {int:perSecond} request(s) per second to {string:url}',
      ja:
        '接続を保ち{retries}回まで再試行し{timeoutMs}でタイムアウトするクライアントが' +
        '{url}に毎秒{perSecond}件のリクエストを送る',
      fixed: { keepAlive: true },
    },
  ],
  play({ url, perSecond, keepAlive, retries, timeoutMs }, { session }) {
    if (perSecond > MAX_PER_SECOND) throw wrong('clientTooFast', { most: MAX_PER_SECOND, asked: perSecond });
    if (!(perSecond > 0)) throw wrong('clientTooSlow', { asked: perSecond });
    const network = networkOf(driverOf(session));
    checkUrl(url);
    network.addClient(url, perSecond, session.namespace, {
      ...(keepAlive === undefined ? {} : { keepAlive }),
      ...(retries === undefined ? {} : { retries }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
  },
};
