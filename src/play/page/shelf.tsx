/** Every fault of the catalogue, to be dragged onto a node or a Pod; the palette does it by keyboard. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Language } from '../../messages/index.ts';
import type { FaultOffer } from '../../view/palette.ts';
import { pageWords } from '../../view/words/page.ts';
import type { LivePage } from './livesession.ts';
import { playgroundWords } from './words.ts';

/** As what a drag carries a fault: its kind, and of what its target is, `NodeDrain node`. */
export const FAULT_TYPE = 'application/x-seatrial-fault';

const FAMILIES = ['node', 'pod', 'network', 'controlplane', 'change'] as const;
/** What can be dropped somewhere: others are aimed at what the map does not show. */
const DROPPED = ['node', 'pod', 'container'];

interface Props {
  readonly page: LivePage;
  readonly language: Language;
  readonly choose: (kind: string) => void;
}

export function Shelf({ page, language, choose }: Props): JSX.Element {
  const offers = useSignal<readonly FaultOffer[]>([]);
  useEffect(() => {
    void page.offers().then((all) => (offers.value = all));
  }, [page]);
  const words = pageWords(language);
  return (
    <details class="shelf">
      <summary>{playgroundWords(language).shelf}</summary>
      {FAMILIES.map((family) => (
        <div key={family}>
          <h4>{words.families[family]}</h4>
          {offers.value
            .filter((o) => o.family === family)
            .map((offer) => (
              <button
                type="button"
                key={offer.kind}
                data-fault={offer.kind}
                draggable={DROPPED.includes(offer.target)}
                onClick={() => choose(offer.kind)}
                onDragStart={(e) => e.dataTransfer?.setData(FAULT_TYPE, `${offer.kind} ${offer.target}`)}
              >
                {offer.gist[language]}
              </button>
            ))}
        </div>
      ))}
    </details>
  );
}
