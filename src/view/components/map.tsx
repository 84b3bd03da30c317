/**
 * Nodes with their Pods at a moment: what the API says of each beside what is so, a badge wherever the two
 * differ, and the requests of the moment as dots along their ways.
 */
import type { JSX } from 'preact';
import { ANSWERS } from '../../messages/answersja.ts';
import type { Language } from '../../messages/index.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { streamsOf, type Stream } from '../model/flows.ts';
import { apiState, factState, isApart, isNode, isPod, truthsAt } from '../model/lanes.ts';
import type { Flow, NodeTruth, PodTruth, Truth } from '../run.ts';
import type { Session } from '../session.ts';
import { pageWords } from '../words/page.ts';
import { short, SIGNS } from './picture.tsx';
import { useTold } from './told.ts';

/** In the units of the picture; nodes begin behind where requests go to, if any are sent. */
const WIDTH = 760;
const NODES = 250;
const ROW = 20;
const GAP = 8;
/** More nodes stand in two columns. */
const MOST_IN_COLUMN = 5;

interface Box {
  readonly name: string;
  readonly truth: NodeTruth | undefined;
  readonly pods: readonly PodTruth[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const isThere = (truth: Truth): boolean =>
  apiState(truth) !== 'absent' || (truth.of === 'pod' ? truth.running > 0 : factState(truth) !== 'absent');

/** @param left where nodes begin */
function boxesOf(truths: readonly Truth[], unplaced: string, left: number): Box[] {
  const there = truths.filter(isThere);
  const nodes = there.filter(isNode);
  const pods = there.filter(isPod);
  const homeless = pods.filter((p) => !nodes.some((n) => n.name === p.node));
  const columns = nodes.length > MOST_IN_COLUMN ? 2 : 1;
  const width = (WIDTH - left - (columns - 1) * GAP) / columns;
  const filled = [0, 0];
  const place = (name: string, truth: NodeTruth | undefined, of: readonly PodTruth[]): Box => {
    const column = columns === 1 || filled[0]! <= filled[1]! ? 0 : 1;
    const y = filled[column]!;
    const height = ROW * (of.length + 1) + 6;
    filled[column] = y + height + GAP;
    return { name, truth, pods: of, x: left + column * (width + GAP), y, width, height };
  };
  return [
    ...nodes.map((node) =>
      place(
        node.name,
        node,
        pods.filter((p) => p.node === node.name),
      ),
    ),
    ...(homeless.length === 0 ? [] : [place(unplaced, undefined, homeless)]),
  ];
}

const nameOf = ({ namespace, name }: PodTruth): string =>
  namespace === 'default' ? name : `${namespace}/${name}`;

function says(truth: Truth, language: Language): string {
  const words = pageWords(language);
  const [api, fact] = [words.states[apiState(truth)], words.states[factState(truth)]];
  return `${words.api} ${api} · ${words.fact} ${fact}`;
}

interface Props {
  readonly truths: readonly Truth[];
  readonly session: Pick<Session, 'flows'> | undefined;
  readonly at: Millis;
  readonly language: Language;
}

export function ClusterMap({ truths, session, at, language }: Props): JSX.Element {
  const words = pageWords(language);
  const flows = useTold<readonly Flow[]>(async () => (await session?.flows(at)) ?? [], [], [session, at]);
  const now = truthsAt(truths, at);
  const boxes = boxesOf(now, words.unplaced, flows.length === 0 ? 0 : NODES);
  const streams = streamsOf(flows);
  const height = Math.max(60 * flows.length, ...boxes.map((b) => b.y + b.height)) + 2;
  return (
    <figure class="map">
      <div class="wide">
        <svg viewBox={`-1 -1 ${WIDTH + 2} ${height + 2}`} role="img" aria-label={words.cluster}>
          {boxes.map((box) => (
            <NodeBox key={box.name} box={box} language={language} />
          ))}
          {flows.map((flow, i) => (
            <Destination
              key={i}
              url={flow.url}
              y={i * 60}
              streams={streams.filter((s) => s.url === flow.url)}
              boxes={boxes}
              language={language}
            />
          ))}
        </svg>
      </div>
      <details>
        <summary>{words.asTable}</summary>
        <MapTable
          truths={now.filter((t) => t.of !== 'volume' && isThere(t))}
          streams={streams}
          language={language}
        />
      </details>
    </figure>
  );
}

/** Wherever API and fact differ. */
function Badge({ truth, x, y, language }: { truth: Truth; x: number; y: number; language: Language }) {
  if (!isApart(truth)) return null;
  return (
    <text x={x} y={y} class="badge">
      <title>{pageWords(language).differ}</title>⚠
    </text>
  );
}

function NodeBox({ box, language }: { box: Box; language: Language }): JSX.Element {
  const { name, truth, pods, x, y, width, height } = box;
  const wide = width > 300;
  return (
    <g {...(truth === undefined ? {} : { 'data-target': name, 'data-of': 'node' })}>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx="5"
        class={truth !== undefined && isApart(truth) ? 'node differs' : 'node'}
      />
      <text x={x + 8} y={y + 15} class="label node">
        {short(name)}
      </text>
      {truth !== undefined && (
        <>
          <text x={x + width - 8} y={y + 15} class="says">
            <title>{says(truth, language)}</title>
            {wide ? says(truth, language) : ''}
          </text>
          <Badge truth={truth} x={x + 124} y={y + 15} language={language} />
        </>
      )}
      {pods.map((pod, i) => {
        const top = y + ROW * (i + 1);
        const [api, fact] = [apiState(pod), factState(pod)];
        return (
          <g key={pod.uid} data-target={nameOf(pod)} data-of="pod">
            <title>{`${nameOf(pod)}: ${says(pod, language)}`}</title>
            <rect x={x + 4} y={top} width={width - 8} height={ROW} class="row" />
            {[api, fact].map((state, j) => (
              <g key={j}>
                <rect x={x + 8 + 17 * j} y={top + 3} width="15" height="15" class={`state ${state}`} />
                <rect
                  x={x + 8 + 17 * j}
                  y={top + 3}
                  width="15"
                  height="15"
                  fill={SIGNS[state].hatch === '' ? 'none' : `url(#hatch-${SIGNS[state].hatch})`}
                />
                <text x={x + 11.5 + 17 * j} y={top + 14} class="letter">
                  {SIGNS[state].letter}
                </text>
              </g>
            ))}
            <text x={x + 46} y={top + 14} class="label">
              {wide ? nameOf(pod).slice(-34) : short(nameOf(pod))}
            </text>
            {wide && (
              <text x={x + width - 8} y={top + 14} class="says">
                {says(pod, language)}
              </text>
            )}
            <Badge truth={pod} x={x + (wide ? 250 : width - 16)} y={top + 14} language={language} />
          </g>
        );
      })}
    </g>
  );
}

interface DestinationProps {
  readonly url: string;
  readonly y: number;
  readonly streams: readonly Stream[];
  readonly boxes: readonly Box[];
  readonly language: Language;
}

/** A status, or what came of a request that was not answered. */
const outcomeIn = (outcome: string, language: Language): string =>
  language === 'ja' ? (ANSWERS[outcome] ?? outcome) : outcome;

/** A URL, and the ways from it to the Pods that its requests reach. */
function Destination({ url, y, streams, boxes, language }: DestinationProps): JSX.Element {
  const from = y + 14;
  const end = ({ pod, node }: Stream): { readonly x: number; readonly y: number } | undefined => {
    for (const box of boxes) {
      const row = box.pods.findIndex((p) => `${p.namespace}/${p.name}` === pod);
      if (row >= 0) return { x: box.x + 6, y: box.y + ROW * (row + 1) + 10 };
    }
    const box = boxes.find((b) => b.name === node);
    return box === undefined ? undefined : { x: box.x, y: box.y + 10 };
  };
  let lost = 0;
  return (
    <g>
      <rect x={0} y={y} width={124} height={28} rx="4" class="destination" />
      <text x={6} y={y + 18} class="label">
        <title>{url}</title>
        {url.length > 20 ? `${url.slice(0, 19)}…` : url}
      </text>
      {streams.map((stream, i) => {
        const to = end(stream);
        const outcome = outcomeIn(stream.outcome, language);
        const told = `${stream.ok ? '✓' : '✗'} ${stream.count}${stream.ok ? '' : ` ${outcome}`}`;
        if (to === undefined) {
          lost += 1;
          return (
            <text key={i} x={4} y={y + 28 + 12 * lost} class="way lost">
              {told}
            </text>
          );
        }
        const way = `M124 ${from} C180 ${from} 190 ${to.y} ${to.x} ${to.y}`;
        return (
          <g key={i} class={stream.ok ? 'way ok' : 'way lost'}>
            <title>{`${url} → ${stream.pod ?? stream.node ?? ''}: ${outcome}, ${stream.count}`}</title>
            <path d={way} class="dots" />
            <text x={to.x - 10} y={to.y < from ? to.y - 5 : to.y + 12} class="told">
              {told}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function MapTable({
  truths,
  streams,
  language,
}: {
  truths: readonly Truth[];
  streams: readonly Stream[];
  language: Language;
}): JSX.Element {
  const words = pageWords(language);
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.subject}</th>
            <th scope="col">{words.where}</th>
            <th scope="col">{words.apiSays}</th>
            <th scope="col">{words.isSo}</th>
            <th scope="col">{words.differ}</th>
          </tr>
        </thead>
        <tbody>
          {truths.map((t) => (
            <tr key={`${t.of} ${t.of === 'pod' ? t.uid : t.name}`}>
              <th scope="row">{t.of === 'pod' ? nameOf(t) : t.name}</th>
              <td>{t.of === 'pod' ? t.node || words.unplaced : ''}</td>
              <td>{words.states[apiState(t)]}</td>
              <td>{words.states[factState(t)]}</td>
              <td>{isApart(t) ? '⚠' : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {streams.length > 0 && (
        <table>
          <caption>{words.requestsNow}</caption>
          <thead>
            <tr>
              <th scope="col">{words.requests}</th>
              <th scope="col">{words.answeredBy}</th>
              <th scope="col">{words.answer}</th>
              <th scope="col">{words.count}</th>
            </tr>
          </thead>
          <tbody>
            {streams.map((s, i) => (
              <tr key={i}>
                <th scope="row">{s.url}</th>
                <td>{s.pod ?? s.node ?? '–'}</td>
                <td>{outcomeIn(s.outcome, language)}</td>
                <td>{s.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
