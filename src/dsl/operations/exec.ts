import { execute } from '../operator.ts';
import type { OperationFamily } from '../types.ts';
import type { ExecOperation } from './operation.ts';

export const exec: OperationFamily<ExecOperation> = {
  op: 'exec',
  role: 'act',
  keyword: 'When',
  phrases: [
    {
      en: '{string:command} is executed in pod {string:pod}',
      ja: 'Pod{pod}で{command}を実行する',
      about: '`kubectl exec` in its first container',
    },
    {
      en: '{string:command} is executed in container {string:container} of pod {string:pod}',
      ja: 'Pod{pod}のコンテナ{container}で{command}を実行する',
      about: '`kubectl exec -c`',
    },
    {
      en: '{string:command} is executed in a pod matching {selector}',
      ja: '{selector}に一致するPodのうち1個で{command}を実行する',
      about: 'in one of them that runs, drawn from the seed',
    },
  ],
  commands: true,
  play: (operation, { session, mayFail }) => execute(session, operation, mayFail),
};
