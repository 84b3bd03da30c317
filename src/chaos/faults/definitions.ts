/** CustomResourceDefinitions that go, with all that is of them. */
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { misses, type Fault } from '../types.ts';

export const definitionDeleted: Fault = defineFault({
  kind: 'DefinitionDeleted',
  family: 'change',
  needs: 'api',
  target: 'definition',
  about:
    'A CustomResourceDefinition is deleted: its objects are deleted first, as far as finalizers let them ' +
    'go, what they own goes after them, and clients are told that there is no such kind.',
  heals: 'Nothing makes it anew; neither its objects, were it applied again.',
  phrases: [
    say(
      'custom resource definition {string:definition} is deleted',
      'カスタムリソース定義{string:definition}を削除する',
    ),
  ],
  strike(call, ctx) {
    const name = call.definition ?? '';
    const found = ctx.api.find('CustomResourceDefinition', '', name);
    if (found === undefined) throw misses('noDefinition', { name });
    ctx.api.delete('CustomResourceDefinition', '', name);
    return { targets: [name] };
  },
});
