/** What one look at a run shares among its panes: the moment, what was chosen, the language. */
import { signal, type Signal } from '@preact/signals';
import type { Language } from '../messages/index.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';

export interface View {
  readonly language: Signal<Language>;
  /** The moment that all panes show. */
  readonly at: Signal<Millis>;
  /** The entry whose causes are told. */
  readonly chosen: Signal<EntryId | undefined>;
}

export const viewOf = (language: Language): View => ({
  language: signal(language),
  at: signal(0),
  chosen: signal(undefined),
});
