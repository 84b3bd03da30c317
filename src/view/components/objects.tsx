/** The objects of the API at a moment, by kind: one in full, and what its last change did to it. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import { visible } from '../../messages/visible.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { ChangeEntry, Entry } from '../run.ts';
import type { Difference, Session } from '../session.ts';
import { pageWords } from '../words/page.ts';
import { DifferenceLines } from './difference.tsx';
import { useTold } from './told.ts';

interface ObjectOfApi {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface Props {
  readonly session: Session;
  readonly language: Language;
  readonly at: Millis;
  readonly choose: (entry: Entry) => void;
}

const nameOf = ({ metadata: { namespace = '', name } }: ObjectOfApi): string =>
  namespace === '' || namespace === 'default' ? name : `${namespace}/${name}`;

/** The last change of an object until a moment. */
const changeOf = ({ entries }: Session, object: ObjectOfApi, at: Millis): ChangeEntry | undefined =>
  entries.findLast(
    (e): e is ChangeEntry =>
      e.type === 'api' &&
      e.at <= at &&
      e.kind === object.kind &&
      e.name === object.metadata.name &&
      e.namespace === (object.metadata.namespace ?? ''),
  );

export function Objects({ session, language, at, choose }: Props): JSX.Element {
  const words = pageWords(language);
  const objects = useTold(() => session.stateAt(at), [], [session, at]) as readonly ObjectOfApi[];
  const kinds = [...new Set(objects.map((o) => o.kind))].filter((k) => k !== 'Event').sort();
  const kind = useSignal('Pod');
  const chosen = useSignal('');
  const of = objects.filter((o) => o.kind === kind.value);
  const object = of.find((o) => nameOf(o) === chosen.value) ?? of[0];
  return (
    <div class="objects">
      <p>
        <label>
          {words.kind}{' '}
          <select value={kind.value} onChange={(e) => (kind.value = e.currentTarget.value)}>
            {kinds.map((k) => (
              <option key={k} value={k}>
                {`${k} (${objects.filter((o) => o.kind === k).length})`}
              </option>
            ))}
          </select>
        </label>{' '}
        <label>
          {words.object}{' '}
          <select
            value={object === undefined ? '' : nameOf(object)}
            onChange={(e) => (chosen.value = e.currentTarget.value)}
          >
            {of.map((o) => (
              <option key={nameOf(o)}>{nameOf(o)}</option>
            ))}
          </select>
        </label>
      </p>
      {object === undefined ? (
        <p class="hint">{words.noneOfKind}</p>
      ) : (
        <Whole session={session} object={object} language={language} at={at} choose={choose} />
      )}
    </div>
  );
}

function Whole({
  session,
  object,
  language,
  at,
  choose,
}: Props & { readonly object: ObjectOfApi }): JSX.Element {
  const words = pageWords(language);
  const { kind } = object;
  const { name, namespace } = object.metadata;
  const yaml = useTold<string>(
    () =>
      session
        .kubectl(`get ${kind} ${name}${namespace === undefined ? '' : ` -n ${namespace}`} -o yaml`, at)
        .then(
          (printed) => printed.output,
          () => JSON.stringify(object, null, 2),
        ),
    '',
    [session, kind, name, namespace, at],
  );
  const change = changeOf(session, object, at);
  const difference = useTold<Difference>(
    async () => (change === undefined ? {} : await session.difference(change.id)),
    {},
    [session, change?.id],
  );
  return (
    <>
      {change !== undefined && (
        <details open>
          <summary>
            {words.lastChange} · {printClock(change.at)}
          </summary>
          <button type="button" onClick={() => choose(change)}>
            {words.why}
          </button>
          <DifferenceLines difference={difference} language={language} />
        </details>
      )}
      <pre class="yaml" tabindex={0}>
        {visible(yaml)}
      </pre>
    </>
  );
}
