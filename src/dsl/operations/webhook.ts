import { parse as parseYaml } from 'yaml';
import { parseWebhookBehaviour, type WebhookBehaviour } from '../../drivers/driver.ts';
import { simulationOf } from '../capabilities.ts';
import { languageOf } from '../explain.ts';
import { unread } from '../unread.ts';
import type { OperationFamily } from '../types.ts';
import type { WebhookOperation } from './operation.ts';

export const webhook: OperationFamily<WebhookOperation> = {
  op: 'webhook',
  role: 'scene',
  needs: () => 'simulation',
  keyword: 'Given',
  phrases: [
    {
      en: 'admission webhook {string:webhook} behaves as:',
      ja: 'アドミッションWebhook{webhook}は次のように振る舞う:',
      about:
        'what the program behind a webhook answers, by the name it has in its configuration, in YAML: ' +
        '`denies` (a message), `patches` (JSON Patch operations), `warns`, or a list `answers` of these, ' +
        'each for requests of which `when` (CEL: `object`, `oldObject`, `request`) holds; beside it ' +
        '`after` (a duration) and `certificate` (`expired`, `unknown authority`, `other name`)',
      docString: 'behaviour',
    },
    {
      en: 'admission webhook {string:webhook} denies requests with {string:denies}',
      ja: 'アドミッションWebhook{webhook}はリクエストを{denies}と言って拒否する',
      about: 'the same of one that lets nothing through',
    },
    {
      en: 'admission webhook {string:webhook} allows requests',
      ja: 'アドミッションWebhook{webhook}はリクエストを許可する',
      about: 'the same of one that lets everything through; what is assumed of one that nobody described',
    },
  ],
  play({ webhook: name, behaviour, denies }, { session }) {
    let parsed: WebhookBehaviour;
    try {
      parsed = parseWebhookBehaviour(
        behaviour === undefined ? { denies } : parseYaml(behaviour, { version: '1.1' }),
      );
    } catch (error) {
      throw unread('webhook', name, error, languageOf(session));
    }
    session.webhooks.set(name, parsed);
    if (session.driver !== undefined) simulationOf(session.driver).setWebhook(name, parsed);
  },
};
