/**
 * Availability over time, against what is demanded: how many Pods are ready by the API and how many serve,
 * how many budgets and workloads want, and what comes of the requests of clients.
 */
import type { JSX } from 'preact';
import type { Language } from '../../messages/index.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { countsOf, failuresBySecond, outagesOf } from '../model/availability.ts';
import type { Axis } from '../model/axis.ts';
import { shortages, type Level } from '../model/levels.ts';
import type { Happened, Traffic } from '../run.ts';
import type { Session } from '../session.ts';
import { pageWords } from '../words/page.ts';
import { Curves } from './curves.tsx';
import { useTold } from './told.ts';

interface Props {
  readonly run: Happened;
  readonly session: Session | undefined;
  readonly axis: Axis;
  readonly language: Language;
  readonly at: Millis;
}

/** As many are drawn; the others stand in the objects. */
const MOST = 6;

export function Availability({ run, session, axis, language, at }: Props): JSX.Element {
  const words = pageWords(language);
  const levels = useTold<readonly Level[]>(async () => (await session?.levels()) ?? [], [], [session, run]);
  const traffic = useTold<readonly Traffic[]>(
    async () => (await session?.traffic()) ?? [],
    [],
    [session, run],
  );
  const counts = countsOf(run);
  const shared = { axis, at, language, end: run.endedAt };
  return (
    <>
      <Curves
        {...shared}
        title={words.availability}
        amiss={outagesOf(run)}
        curves={[
          {
            name: words.states.ready,
            broken: true,
            points: counts.map((c) => ({ at: c.at, value: c.ready })),
          },
          { name: words.states.serving, points: counts.map((c) => ({ at: c.at, value: c.serving })) },
        ]}
      />
      {levels.slice(0, MOST).map((level) => (
        <Curves
          key={`${level.kind} ${level.namespace}/${level.name}`}
          {...shared}
          title={`${level.kind} ${level.namespace === 'default' ? '' : `${level.namespace}/`}${level.name}`}
          amiss={shortages(level, run.endedAt)}
          curves={[
            {
              name: level.kind === 'PodDisruptionBudget' ? words.demanded : words.wanted,
              broken: true,
              points: level.points.map((p) => ({ at: p.at, value: p.wanted })),
            },
            {
              name: level.kind === 'PodDisruptionBudget' ? words.healthy : words.available,
              points: level.points.map((p) => ({ at: p.at, value: p.healthy })),
            },
          ]}
        />
      ))}
      {traffic.map((client) => (
        <section key={`${client.url} ${client.from}`}>
          <p class="hint">{words.sent(client.url, client.perSecond, client.sent, client.failed)}</p>
          <Curves
            {...shared}
            title={`${words.failedPerSecond}: ${client.url}`}
            amiss={[]}
            curves={[{ name: words.failedCount, points: failuresBySecond(client, run.endedAt) }]}
          />
        </section>
      ))}
    </>
  );
}
