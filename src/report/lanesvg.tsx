/** The lanes of a play as a picture in a file: what the page of a report draws, and what its signs mean. */
import { renderToString } from 'preact-render-to-string';
import type { JSX } from 'preact';
import type { Language } from '../messages/index.ts';
import { LanePicture, layoutOf, legendOf, StateSign } from '../view/components/lanepicture.tsx';
import { axisOfRuns, HatchPatterns, WIDTH } from '../view/components/picture.tsx';
import { PICTURE_STYLE } from '../view/style.ts';
import { pageWords } from '../view/words/page.ts';
import type { PlayRecord } from './record.ts';
import { viewOfPlay } from './viewed.ts';

/** Of the legend: its columns, and a line's height in the units of the picture. */
const COLUMNS = 4;
const LINE = 18;
const MARGIN = 8;
const left = (i: number): number => ((i % COLUMNS) * WIDTH) / COLUMNS;

/** Draws the lanes of a play; undefined where it is not known what was so. */
export type DrawLanes = (play: PlayRecord, language: Language) => string | undefined;

interface Sign {
  readonly sign: JSX.Element;
  readonly means: string;
}

/** What stands below the lanes: a sentence on how they are read, and the signs that they hold. */
function Legend({ signs, about }: { readonly signs: readonly Sign[]; readonly about: string }): JSX.Element {
  return (
    <>
      <text x={0} y={10} class="label">
        {about}
      </text>
      {signs.map(({ sign, means }, i) => (
        <g key={means} transform={`translate(${left(i)} ${LINE * (1 + Math.floor(i / COLUMNS))})`}>
          {sign}
          <text x={24} y={10} class="label">
            {means}
          </text>
        </g>
      ))}
    </>
  );
}

function Picture({
  play,
  language,
}: {
  readonly play: PlayRecord;
  readonly language: Language;
}): JSX.Element {
  const words = pageWords(language);
  const { run, steps } = viewOfPlay(play);
  const layout = layoutOf(run, language);
  const signs = legendOf(layout, run, steps, language).map(
    ({ means, state, sign }): Sign => ({
      means,
      sign:
        state === undefined ? (
          <text x={9} y={10} class="label moment">
            {sign}
          </text>
        ) : (
          <StateSign state={state} />
        ),
    }),
  );
  const height = layout.height + MARGIN + LINE * (1 + Math.ceil(signs.length / COLUMNS));
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`${-MARGIN} 0 ${WIDTH + MARGIN} ${height}`}
      font-family={'system-ui, "Noto Sans CJK JP", sans-serif'}
      role="img"
      lang={language}
    >
      <title>{words.lanes}</title>
      <style>{PICTURE_STYLE}</style>
      <HatchPatterns />
      <rect x={-MARGIN} width={WIDTH + MARGIN} height={height} fill="var(--ground)" />
      <LanePicture
        layout={layout}
        run={run}
        steps={steps}
        axis={axisOfRuns([run], steps)}
        language={language}
        choose={() => undefined}
      />
      <g transform={`translate(0 ${layout.height + MARGIN})`}>
        <Legend signs={signs} about={words.lanesAbout} />
      </g>
    </svg>
  );
}

export const lanesSvg: DrawLanes = (play, language) =>
  play.truths.length === 0 ? undefined : `${renderToString(<Picture play={play} language={language} />)}\n`;
