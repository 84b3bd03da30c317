/** Availability over time: how many Pods are ready by the API, how many serve, and when requests fail. */
import type { ComponentChildren, JSX } from 'preact';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { Axis } from '../model/axis.ts';
import { countsOf, outagesOf, type Count } from '../model/availability.ts';
import type { Happened } from '../run.ts';
import { pageWords } from '../words/page.ts';
import { Cursor, LABEL, Pieces, WIDTH } from './picture.tsx';

/** How many Pods are ready by the API and how many serve; hatched where a client's requests fail. */
export function Availability({
  run,
  axis,
  language,
  at,
}: {
  run: Happened;
  axis: Axis;
  language: Language;
  at: Millis;
}): JSX.Element | null {
  const words = pageWords(language);
  const counts = countsOf(run);
  const most = Math.max(...counts.map((c) => Math.max(c.ready, c.serving)), 0);
  if (most === 0) return null;
  const [height, top] = [72, 18];
  const y = (n: number): number => height - (n / most) * (height - top);
  const path = (of: (count: Count) => number): string =>
    counts.map((c, i) => `${i === 0 ? `M${axis.x(c.at)} ` : `H${axis.x(c.at)} V`}${y(of(c))}`).join(' ');
  return (
    <>
      <h3>{words.availability}</h3>
      <svg viewBox={`0 0 ${WIDTH} ${height + 4}`} role="img" aria-label={words.availability}>
        <text x={0} y={16} class="label">{`- - ${words.states.ready}`}</text>
        <text x={0} y={32} class="label">{`—— ${words.states.serving}`}</text>
        <g transform={`translate(${LABEL} 0)`}>
          <Pieces axis={axis} height={height} />
          {outagesOf(run).map(({ from, to }) => (
            <rect
              key={from}
              x={axis.x(from)}
              y={14}
              width={Math.max(2, axis.x(to) - axis.x(from))}
              height={height - 14}
              fill="url(#hatch-falling)"
              class="outage"
            />
          ))}
          <path d={path((c) => c.ready)} class="count ready" />
          <path d={path((c) => c.serving)} class="count serving" />
          <Cursor axis={axis} at={at} height={height} />
          <text x={-14} y={y(most) + 8} class="label">
            {String(most)}
          </text>
          <text x={-14} y={height} class="label">
            0
          </text>
        </g>
      </svg>
      <details>
        <summary>{words.asTable}</summary>
        <CountTable counts={counts} language={language} />
      </details>
    </>
  );
}

function CountTable({
  counts,
  language,
}: {
  counts: readonly Count[];
  language: Language;
}): ComponentChildren {
  const words = pageWords(language);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.time}</th>
          <th scope="col">{words.states.ready}</th>
          <th scope="col">{words.states.serving}</th>
        </tr>
      </thead>
      <tbody>
        {counts.map((c) => (
          <tr key={c.at}>
            <th scope="row">{printClock(c.at)}</th>
            <td>{c.ready}</td>
            <td>{c.serving}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
