/** What a report's page does when it opens: unpack what it holds, show it, and replay what is looked at. */
import { render } from 'preact';
import { App, readHash } from '../components/app.tsx';
import type { Opened } from '../components/scenariopage.tsx';
import { LANGUAGES } from '../../messages/index.ts';
import { fromBase85 } from '../base85.ts';
import { type Columns, fromColumns } from '../columns.ts';
import { RecordedSession } from '../recorded.ts';
import type { Book, Run } from '../run.ts';
import { viewOf } from '../view.ts';
import { Simulator } from './replayed.ts';

/** The text that an element of the page holds, gzipped. */
async function unpacked(id: string): Promise<string> {
  const bytes = fromBase85(document.getElementById(id)?.textContent ?? '');
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return await new Response(stream).text();
}

let starting: Promise<Simulator> | undefined;

/** Started when the first run is looked at. */
const simulator = (): Promise<Simulator> =>
  (starting ??= unpacked('simulator').then(
    (code) => new Simulator(new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })))),
  ));

/** What was recorded is shown at once; the replay takes its place if it comes to the same. */
async function open(run: Run, opened: (is: Opened) => void): Promise<void> {
  const session = new RecordedSession(run);
  const { cause } = run;
  if (cause === undefined) return opened({ session, standing: 'notReplayable' });
  opened({ session, standing: 'replaying' });
  try {
    const replayed = await (await simulator()).replay({ ...run, cause });
    if (replayed.hash === run.hash) opened({ session: replayed.session, standing: 'replayed' });
    else opened({ session, standing: 'differs' });
  } catch {
    opened({ session, standing: 'differs' });
  }
}

/** On paper everything is open. */
function openOnPaper(): void {
  let opened: readonly HTMLDetailsElement[] = [];
  const set = (open: boolean): void => {
    for (const details of opened) details.open = open;
  };
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    set(true);
  });
  addEventListener('afterprint', () => set(false));
}

const root = document.getElementById('app')!;
const book = fromColumns(JSON.parse(await unpacked('book')) as Columns) as Book;
const written = LANGUAGES.find((l) => l === document.documentElement.lang) ?? 'en';
const view = viewOf(readHash(location.hash).language ?? written);
root.replaceChildren();
render(<App book={book} view={view} open={(run, opened) => void open(run, opened)} />, root);
openOnPaper();
document.body.dataset['ready'] = '';
