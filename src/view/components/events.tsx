/** What components noted for people to read, up to a moment. */
import type { JSX } from 'preact';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { ChangeEntry, Entry } from '../run.ts';
import { pageWords } from '../words/page.ts';

interface Props {
  readonly entries: readonly Entry[];
  readonly language: Language;
  readonly at: Millis;
  readonly choose: (entry: Entry) => void;
}

type EventEntry = ChangeEntry & Required<Pick<ChangeEntry, 'event'>>;

export function Events({ entries, language, at, choose }: Props): JSX.Element {
  const words = pageWords(language);
  const noted = entries
    .filter((e): e is EventEntry => e.type === 'api' && e.event !== undefined && e.at <= at)
    .reverse();
  if (noted.length === 0) return <p class="hint">{words.noEvents}</p>;
  return (
    <div class="scrolled" tabindex={0} role="region" aria-label={words.events}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.time}</th>
            <th scope="col">{words.reason}</th>
            <th scope="col">{words.object}</th>
            <th scope="col">{words.message}</th>
          </tr>
        </thead>
        <tbody>
          {noted.map((entry) => (
            <tr key={entry.id}>
              <td>
                <button type="button" class="clock" onClick={() => choose(entry)}>
                  {printClock(entry.at)}
                </button>
              </td>
              <td>{entry.event.reason}</td>
              <td>{entry.event.about}</td>
              <td>{entry.event.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
