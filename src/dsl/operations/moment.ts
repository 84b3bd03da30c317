import { markNow } from '../session.ts';
import type { OperationFamily } from '../types.ts';
import type { MomentOperation } from './operation.ts';

export const moment: OperationFamily<MomentOperation> = {
  op: 'moment',
  role: 'scene',
  keyword: 'Given',
  phrases: [
    { en: 'the moment {string:name}', ja: 'この時点を{name}とする', about: 'marks now, for `since "…"`' },
  ],
  play: ({ name }, { session }) => void session.marks.set(name, markNow(session)),
  shrink: { droppable: false },
};
