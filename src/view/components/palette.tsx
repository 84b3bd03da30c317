/** A form that puts a fault of the catalogue, or a change, together, with the sentence that it makes. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import type { Language } from '../../messages/index.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { targetsOf } from '../model/targets.ts';
import type { Choice, FaultOffer, ParameterOffer, Said } from '../palette.ts';
import type { LiveSession } from '../session.ts';
import { pageWords } from '../words/page.ts';
import { useTold } from './told.ts';

const FAMILIES = ['node', 'pod', 'network', 'controlplane', 'change'] as const;
/** In the place of a fault: whoever writes the step. */
const OWN = 'own';

interface Props {
  readonly session: Pick<LiveSession, 'offers' | 'said' | 'stateAt'>;
  /** When the chosen one is to strike. */
  readonly at: Millis;
  readonly language: Language;
  readonly play: (what: Said) => void;
  /** A fault, and what it is aimed at, that were chosen elsewhere: the form begins anew with them. */
  readonly aimed?: { readonly kind: string; readonly target?: string };
}

export function Palette({ session, at, language, play, aimed }: Props): JSX.Element {
  const words = pageWords(language);
  const offers = useTold(() => session.offers(), [], [session]);
  const objects = useTold(() => session.stateAt(at), [], [session, at]);
  const kind = useSignal('NodePowerLoss');
  const values = useSignal<Readonly<Record<string, string>>>({});
  useEffect(() => {
    if (aimed === undefined) return;
    kind.value = aimed.kind;
    values.value = aimed.target === undefined ? {} : { target: aimed.target };
  }, [aimed]);
  const line = useSignal('kubectl scale deployment web --replicas=3');
  const offer = offers.find((o) => o.kind === kind.value);
  const targets = offer === undefined ? [] : targetsOf(offer.target, objects);
  const choice: Choice =
    kind.value === OWN
      ? { text: line.value }
      : {
          kind: kind.value,
          values: {
            ...(offer === undefined || offer.target === 'none' ? {} : { target: targets[0] ?? '' }),
            ...values.value,
          },
        };
  const missing = offer?.parameters.find((p) => p.required && (values.value[p.name] ?? '').trim() === '');
  const sentence = useTold<Said | string>(
    async () =>
      missing === undefined
        ? await session.said(choice).catch((error: unknown) => (error as Error).message)
        : words.missing(missing.called[language]),
    '',
    [session, JSON.stringify(choice), language],
  );
  const set = (name: string, value: string): void => {
    values.value = { ...values.value, [name]: value };
  };
  return (
    <form
      class="palette"
      onSubmit={(e) => {
        e.preventDefault();
        if (typeof sentence !== 'string') play(sentence);
      }}
    >
      <label>
        {words.whatHappens}{' '}
        <select
          value={kind.value}
          onChange={(e) => {
            kind.value = e.currentTarget.value;
            values.value = {};
          }}
        >
          <option value={OWN}>{words.ownStep}</option>
          {FAMILIES.map((family) => (
            <optgroup key={family} label={words.families[family]}>
              {offers
                .filter((o) => o.family === family)
                .map((o) => (
                  <option key={o.kind} value={o.kind}>
                    {o.gist[language]}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      {kind.value === OWN ? (
        <label>
          {words.step}{' '}
          <input
            class="wide"
            value={line.value}
            spellcheck={false}
            onInput={(e) => {
              line.value = e.currentTarget.value;
            }}
          />
        </label>
      ) : (
        offer !== undefined && (
          <Fields offer={offer} targets={targets} values={values.value} set={set} language={language} />
        )
      )}
      <Sentence sentence={sentence} />
      <button type="submit" disabled={typeof sentence === 'string'}>
        {words.strike}
      </button>
    </form>
  );
}

interface FieldsProps {
  readonly offer: FaultOffer;
  readonly targets: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly set: (name: string, value: string) => void;
  readonly language: Language;
}

/** What it strikes, for how long, and what else can be said of it. */
function Fields({ offer, targets, values, set, language }: FieldsProps): JSX.Element {
  const words = pageWords(language);
  const field = (p: ParameterOffer): JSX.Element => (
    <Field
      key={p.name}
      name={p.called[language]}
      value={values[p.name] ?? ''}
      placeholder={p.given ?? (p.name === 'for' ? '2m' : '')}
      among={p.among}
      closed={p.closed}
      set={(value) => set(p.name, value)}
    />
  );
  const isPlain = (p: ParameterOffer): boolean => p.required || p.name === 'for';
  const more = offer.parameters.filter((p) => !isPlain(p));
  return (
    <>
      {offer.target !== 'none' && (
        <Field
          name={words.target}
          value={values['target'] ?? targets[0] ?? ''}
          placeholder=""
          among={targets}
          closed={false}
          set={(value) => set('target', value)}
        />
      )}
      {offer.parameters.filter(isPlain).map(field)}
      {more.length > 0 && (
        <details>
          <summary>{words.more}</summary>
          {more.map(field)}
        </details>
      )}
    </>
  );
}

interface FieldProps {
  readonly name: string;
  readonly value: string;
  readonly placeholder: string;
  readonly among: readonly string[];
  /** Whether no other values are allowed. */
  readonly closed: boolean;
  readonly set: (value: string) => void;
}

function Field({ name, value, placeholder, among, closed, set }: FieldProps): JSX.Element {
  const id = useId();
  return (
    <label>
      {name}{' '}
      {closed ? (
        <select value={value} onChange={(e) => set(e.currentTarget.value)}>
          <option value="">{placeholder}</option>
          {among.map((a) => (
            <option key={a}>{a}</option>
          ))}
        </select>
      ) : (
        <>
          <input
            value={value}
            placeholder={placeholder}
            spellcheck={false}
            autocomplete="off"
            list={id}
            onInput={(e) => set(e.currentTarget.value)}
          />
          <datalist id={id}>
            {among.map((a) => (
              <option key={a} value={a} />
            ))}
          </datalist>
        </>
      )}
    </label>
  );
}

/** The step that is made, or what is missing or wrong in it. */
function Sentence({ sentence }: { sentence: Said | string }): JSX.Element {
  if (typeof sentence === 'string') return <output class="sentence wrong">{sentence}</output>;
  return (
    <output class="sentence">
      {sentence.text}
      {(sentence.table ?? []).map((row) => `\n| ${row.join(' | ')} |`).join('')}
    </output>
  );
}
