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
  keyword: 'Given',
  phrases: [
    {
      en: 'a client sends {int:perSecond} request(s) per second to {string:url}',
      ja: 'クライアントが{url}に毎秒{perSecond}件のリクエストを送る',
      about: 'from outside of the pods, through DNS and services, until the scenario ends',
    },
  ],
  play({ url, perSecond }, { session }) {
    if (perSecond > MAX_PER_SECOND) throw wrong('clientTooFast', { most: MAX_PER_SECOND, asked: perSecond });
    if (!(perSecond > 0)) throw wrong('clientTooSlow', { asked: perSecond });
    const network = networkOf(driverOf(session));
    checkUrl(url);
    network.addClient(url, perSecond, session.namespace);
  },
};
