import { execute } from '../operator.ts';
import type { OperationFamily } from './types.ts';

/** A command in a container: of a Pod by its name, or of one of those that match. */
export interface ExecOperation {
  readonly op: 'exec';
  readonly command: string;
  readonly pod?: string;
  readonly container?: string;
  readonly selector?: string;
}

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
      ja: '{selector}に一致するPodのひとつで{command}を実行する',
      about: 'in one of them that runs, drawn from the seed',
    },
  ],
  commands: true,
  play: (operation, { session, mayFail }) => execute(session, operation, mayFail),
};
