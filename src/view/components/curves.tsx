/** Numbers over the time of a run: curves, hatched where something is amiss, and a table of the same. */
import type { JSX } from 'preact';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { Axis } from '../model/axis.ts';
import { pageWords } from '../words/page.ts';
import { Cursor, LABEL, Pieces, WIDTH } from './picture.tsx';

export interface Curve {
  readonly name: string;
  /** Drawn with a broken line. */
  readonly broken?: true;
  /** From each moment on, until the next one; oldest first. */
  readonly points: readonly { readonly at: Millis; readonly value: number }[];
}

interface Props {
  readonly title: string;
  readonly curves: readonly Curve[];
  /** When something is amiss. */
  readonly amiss: readonly { readonly from: Millis; readonly to: Millis }[];
  readonly axis: Axis;
  readonly end: Millis;
  readonly at: Millis;
  readonly language: Language;
}

const HEIGHT = 72;
const TOP = 18;

/** In the table a row is a moment at which any of them changes. */
function rowsOf(curves: readonly Curve[]): { readonly at: Millis; readonly values: readonly string[] }[] {
  const times = [...new Set(curves.flatMap((c) => c.points.map((p) => Math.max(0, p.at))))];
  return times
    .sort((a, b) => a - b)
    .map((at) => ({
      at,
      values: curves.map((c) => String(c.points.findLast((p) => p.at <= at)?.value ?? '')),
    }));
}

export function Curves({ title, curves, amiss, axis, end, at, language }: Props): JSX.Element | null {
  const words = pageWords(language);
  const most = Math.max(0, ...curves.flatMap((c) => c.points.map((p) => p.value)));
  if (most === 0) return null;
  const y = (n: number): number => HEIGHT - (n / most) * (HEIGHT - TOP);
  const path = ({ points }: Curve): string => {
    const steps = points.map(
      (p, i) => `${i === 0 ? 'M' : 'H'}${axis.x(p.at)} ${i === 0 ? '' : 'V'}${y(p.value)}`,
    );
    return `${steps.join(' ')} H${axis.x(end)}`;
  };
  return (
    <figure>
      <h3>{title}</h3>
      <div class="wide">
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 4}`} role="img" aria-label={title}>
          {curves.map((c, i) => (
            <text key={c.name} x={0} y={16 + 16 * i} class="label">
              {`${c.broken === true ? '- -' : '——'} ${c.name}`}
            </text>
          ))}
          <g transform={`translate(${LABEL} 0)`}>
            <Pieces axis={axis} height={HEIGHT} />
            {amiss.map(({ from, to }) => (
              <rect
                key={from}
                x={axis.x(from)}
                y={14}
                width={Math.max(2, axis.x(to) - axis.x(from))}
                height={HEIGHT - 14}
                fill="url(#hatch-falling)"
                class="outage"
              />
            ))}
            {curves.map((c) => (
              <path key={c.name} d={path(c)} class={c.broken === true ? 'count broken' : 'count'} />
            ))}
            <Cursor axis={axis} at={at} height={HEIGHT} />
            <text x={-14} y={y(most) + 8} class="label">
              {String(most)}
            </text>
            <text x={-14} y={HEIGHT} class="label">
              0
            </text>
          </g>
        </svg>
      </div>
      <details>
        <summary>{words.asTable}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.time}</th>
              {curves.map((c) => (
                <th key={c.name} scope="col">
                  {c.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rowsOf(curves).map((row) => (
              <tr key={row.at}>
                <th scope="row">{printClock(row.at)}</th>
                {row.values.map((value, i) => (
                  <td key={i}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
