/** What is done with a life as a whole: it is saved, shared, and searched for what breaks it. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Language } from '../../messages/index.ts';
import type { Found } from '../search.ts';
import type { LivePage } from './livesession.ts';
import { playgroundWords } from './words.ts';

interface Props {
  readonly page: LivePage;
  readonly language: Language;
  readonly name: string;
  /** Puts the life into the address. */
  readonly share: () => Promise<void>;
}

export function Keeping({ page, language, name, share }: Props): JSX.Element {
  const words = playgroundWords(language);
  const said = useSignal('');
  const found = useSignal<Found | undefined>(undefined);
  const save = async (): Promise<void> => {
    const { feature, hash } = await page.ask({ ask: 'save' });
    const url = URL.createObjectURL(new Blob([feature], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${name}.feature`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    said.value = words.saved(hash.slice(0, 12));
    document.body.dataset['hash'] = hash;
  };
  const search = async (): Promise<void> => {
    found.value = undefined;
    said.value = words.breaking;
    const result = await page.ask({ ask: 'search' });
    said.value = result === undefined ? words.unbroken : `${words.broken}: ${result.claim}`;
    found.value = result;
  };
  return (
    <>
      <button type="button" id="save" onClick={() => void save()}>
        {words.save}
      </button>
      <button type="button" id="share" onClick={() => void share().then(() => (said.value = words.shared))}>
        {words.share}
      </button>
      <button type="button" id="break" onClick={() => void search()}>
        {words.breakIt}
      </button>
      <span role="status" class="hint">
        {said.value}
      </span>
      {found.value !== undefined && (
        <span class="found">
          {found.value.steps.map((step) => (
            <code key={step}>{step}</code>
          ))}
          <button
            type="button"
            id="play-found"
            onClick={() => {
              for (const operation of found.value?.operations ?? [])
                void page.ask({ ask: 'play', operation });
              found.value = undefined;
            }}
          >
            {words.playFound}
          </button>
        </span>
      )}
    </>
  );
}
