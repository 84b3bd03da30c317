/** How a viewer looks: dark and light, on paper, and without motion unless it is wanted. */
const COLOURS = `
:root {
  color-scheme: light dark;
  --ground: #fff; --raised: #f5f6f8; --text: #16181d; --quiet: #51565f; --line: #d5d8de; --link: #0b57c4;
  --good: #1c7a4a; --bad: #b3261e; --warn: #8a5a00; --chosen: #dbe6fa;
  --green: #8fd3ae; --amber: #f0c36d; --blue: #9dbdf5; --magenta: #e0a3cf; --red: #f0a39d; --grey: #c9cdd4;
  --ink: #16181d; --idle: #eceef1;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14161a; --raised: #1d2026; --text: #e8eaee; --quiet: #a8aeb8; --line: #3a3f48; --link: #8ab4f8;
    --good: #7fd6a5; --bad: #ff9d94; --warn: #f2c46b; --chosen: #24344f;
    --green: #3f9467; --amber: #b07d1c; --blue: #4a74bd; --magenta: #9c4f87; --red: #b04a42; --grey: #565c66;
    --ink: #fff; --idle: #22262d;
  }
}
`;

const LANES = `
.label { font-size: 10.5px; fill: var(--text); } .label.node { font-weight: 700; }
.letter { font-size: 9px; font-weight: 700; fill: var(--ink); pointer-events: none; }
.tick, .skipped { font-size: 9px; fill: var(--quiet); } .skipped { text-anchor: middle; }
.idle { fill: var(--idle); }
.hatch path, .hatch circle { stroke: var(--ink); stroke-width: .9; stroke-opacity: .55; fill: none; }
.bar { cursor: pointer; } .bar rect[fill^=url] { pointer-events: none; } .bar:hover rect.state { stroke: var(--text); }
.state { stroke: var(--ground); stroke-width: .4; fill: var(--grey); }
.state.ready, .state.serving, .state.on, .state.succeeded, .state.attached, .state.mounted { fill: var(--green); }
.state.notReady, .state.running, .state.kubeletDown { fill: var(--amber); }
.state.pending, .state.booting, .state.bound { fill: var(--blue); } .state.terminating { fill: var(--magenta); }
.state.failed, .state.off, .state.cutOff, .state.unknown { fill: var(--red); }
.fault { fill: var(--red); } .strike-line { stroke: var(--bad); stroke-dasharray: 3 2; }
.moment text, .tick-sign { text-anchor: middle; font-size: 11px; font-weight: 700; fill: var(--text); }
.moment.broke text { fill: var(--bad); } .moment.recovered text { fill: var(--good); }
`;

/** Of a picture of lanes that stands by itself. */
export const PICTURE_STYLE = `${COLOURS}${LANES}`;

/** Of a page. */
export const STYLE = `${COLOURS}* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, "Noto Sans CJK JP", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: baseline; padding: .6rem 1.2rem;
  border-bottom: 1px solid var(--line); }
.brand { font-weight: 700; font-size: 1.1rem; color: var(--text); text-decoration: none; }
.language { margin-left: auto; }
main { padding: .5rem 1.2rem 3rem; max-width: 1720px; margin: 0 auto; overflow-wrap: break-word; }
h1 { font-size: 1.35rem; margin: .6rem 0 .2rem; } h2 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
h3 { font-size: 1rem; margin: 1rem 0 .2rem; } .title { font-weight: 700; margin: .3rem 0 0; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 1px; }
button { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: 5px;
  padding: .1rem .55rem; cursor: pointer; }
input { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--quiet); border-radius: 5px; padding: .15rem .4rem; }
.uri, .hint, .clock, .keys, figcaption, .summary { color: var(--quiet); font-size: .86rem; margin: .1rem 0; }
.plain small { color: var(--quiet); }
.clock { font-variant-numeric: tabular-nums; white-space: nowrap; }
button.clock { padding: 0 .3rem; }
.prose { max-width: 46rem; margin: .4rem 0; }
.keyword { color: var(--quiet); }
.tag { color: var(--quiet); font-size: .85rem; }
.mark { font-weight: 700; } .mark.passed { color: var(--good); } .mark.failed, .mark.invalid, .mark.defect { color: var(--bad); }
ol, ul { padding-left: 1.3rem; } ul.scenarios, ol.steps, ol.plain, ol.changes { list-style: none; padding-left: 0; }
.step { padding: .15rem .35rem; border-left: 3px solid transparent; overflow-wrap: anywhere; }
.line { display: grid; grid-template-columns: 1rem 1fr; gap: .3rem; align-items: start; }
.step.current { background: var(--chosen); border-left-color: var(--link); }
button.said, .changes button { all: unset; display: inline; cursor: pointer; }
button.said:focus-visible, .changes button:focus-visible { outline: 3px solid var(--link); }
button.said:hover, .changes button:hover { text-decoration: underline; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 5px; padding: .4rem .6rem; overflow: auto;
  font: 12.5px/1.45 ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono CJK JP", monospace; margin: .3rem 0; max-height: 26rem; }
.step pre.terminal { max-height: 14rem; } pre.terminal { background: #101318; color: #e8eaee; } .prompt { color: #9fc2ff; }
.problem { border-left: 4px solid var(--bad); padding-left: .6rem; } .problem.expected { border-color: var(--warn); }
.note { color: var(--warn); font-size: .9rem; } .strike { margin: .1rem 0; font-size: .9rem; }
table { border-collapse: collapse; font-size: .85rem; } th, td { border: 1px solid var(--line); padding: .1rem .5rem; text-align: left; }
.panes { display: grid; grid-template-columns: minmax(250px, 3fr) minmax(460px, 6fr) minmax(280px, 4fr); gap: 1.4rem; align-items: start; }
@media (max-width: 1050px) { .panes { grid-template-columns: 1fr; } }
.pane { min-width: 0; } .middle, .side { min-width: 0; }
.clockbar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem; align-items: center;
  padding: .4rem 0; background: var(--ground); border-bottom: 1px solid var(--line); }
.now { font-size: 1.25rem; font-variant-numeric: tabular-nums; min-width: 5.5rem; text-align: center; }
.standing { font-size: .86rem; } .standing.replayed { color: var(--good); } .standing.replayed::before { content: '✓ '; }
.standing.differs { color: var(--bad); }
figure { margin: 0; } svg { width: 100%; height: auto; display: block; font-family: inherit; }
.legend svg { width: 18px; height: 12px; display: inline-block; vertical-align: -1px; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .1rem 1rem; font-size: .85rem; }
.seek { width: 83%; margin-left: 16.4%; }
${LANES}.cursor { stroke: var(--link); stroke-width: 1.6; pointer-events: none; }
.count { fill: none; stroke-width: 1.8; stroke: var(--text); } .count.broken { stroke: var(--link); stroke-dasharray: 5 3; }
.outage { stroke: var(--bad); stroke-width: .6; }
.map .node { fill: var(--raised); stroke: var(--line); } .map .node.differs { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 5 3; }
.map .label.node { fill: var(--text); stroke: none; } .says { font-size: 10px; fill: var(--quiet); text-anchor: end; }
.map .row { fill: transparent; } .badge { font-size: 12px; fill: var(--bad); font-weight: 700; } .destination { fill: var(--ground); stroke: var(--quiet); }
.way path { fill: none; stroke-width: 4; stroke-linecap: round; stroke-dasharray: 0 11; } .way.ok path { stroke: var(--good); } .way.lost path { stroke: var(--bad); stroke-dasharray: 3 8; }
.way text, text.way { font-size: 10px; font-weight: 700; stroke: var(--ground); stroke-width: 4; paint-order: stroke; } .way.ok text { fill: var(--good); } .way.lost text, text.way.lost { fill: var(--bad); } .told { text-anchor: end; }
@media (prefers-reduced-motion: no-preference) { .dots { animation: travel 1.2s linear infinite; } @keyframes travel { from { stroke-dashoffset: 11; } to { stroke-dashoffset: 0; } } }
.kubectl { display: grid; grid-template-columns: auto 1fr auto; gap: .3rem; align-items: center; }
.kubectl input { font-family: ui-monospace, "DejaVu Sans Mono", monospace; } .kubectl pre { grid-column: 1 / -1; min-height: 5rem; }
.below { display: grid; grid-template-columns: 1fr 1fr; gap: 1.4rem; } .below > * { min-width: 0; } @media (max-width: 1050px) { .below { grid-template-columns: 1fr; } }
.scrolled { max-height: 20rem; overflow: auto; } .scrolled td:last-child { overflow-wrap: anywhere; } .objects select { max-width: 16rem; } .yaml { max-height: 20rem; }
.exercise { border: 2px solid var(--link); border-radius: 6px; padding: .2rem .9rem .7rem; margin: .6rem 0; } .exercise fieldset { border: 1px solid var(--line); border-radius: 5px; margin: .5rem 0; }
.exercise fieldset label { display: block; padding: .1rem 0; } .answer.right { color: var(--good); } .answer.wrong { color: var(--bad); } .answer { margin: .3rem 0; }
.defs { position: absolute; }
.palette { display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: end; margin: .3rem 0; } .palette label { font-size: .86rem; }
.palette select, .palette input { display: block; max-width: 16rem; } .palette input.wide { width: 26rem; max-width: 100%; }
.palette details { flex-basis: 100%; font-size: .86rem; } .palette details label { display: inline-block; margin-right: .8rem; }
select { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--quiet); border-radius: 5px; padding: .15rem .3rem; }
.sentence { flex-basis: 100%; white-space: pre-wrap; font-weight: 600; overflow-wrap: anywhere; } .sentence.wrong { color: var(--quiet); font-weight: 400; }
.forked { display: grid; grid-template-columns: minmax(300px, 5fr) minmax(460px, 8fr); gap: 1.4rem; align-items: start; } .forked > * { min-width: 0; }
@media (max-width: 1050px) { .forked { grid-template-columns: 1fr; } } .clock code { overflow-wrap: anywhere; white-space: normal; }
.comparison { margin: .5rem 0; } .whatif .steps { border: 1px solid var(--line); border-radius: 5px; }
button:disabled { opacity: .55; cursor: default; }
.changes { max-height: 30rem; overflow: auto; font-size: .88rem; border: 1px solid var(--line); padding: .2rem .4rem; }
.changes li { padding: .1rem 0; overflow-wrap: anywhere; } .changes .later { font-style: italic; border-left: 3px dotted var(--line); padding-left: .3rem; }
.changes .chosen { background: var(--chosen); }
.chain li { margin: .25rem 0; overflow-wrap: anywhere; } .chain li:first-child { font-weight: 600; }
.added { color: var(--good); } .removed { color: var(--bad); }
.concepts { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: .6rem; margin: .6rem 0; }
.card { border: 1px solid var(--line); border-radius: 6px; padding: .4rem .7rem; background: var(--raised); font-size: .88rem; }
.card dt { font-weight: 700; } .card dd { margin: 0; } .shown { color: var(--quiet); margin-top: .3rem !important; font-size: .84rem; }
@media (prefers-reduced-motion: no-preference) { .cursor { transition: all .12s; } }
@media screen and (max-width: 700px) { main, header { padding-inline: .7rem; } .clockbar .keys { display: none; }
  .wide { overflow-x: auto; } .wide > svg { width: 38rem; } .seek { width: 31.5rem; margin-left: 6.2rem; } }
@media print {
  details::details-content { content-visibility: visible; block-size: auto; }
  .clockbar, .seek, .language, .palette, .whatif button, .kubectl button, input { display: none !important; }
  .panes, .below, .forked { display: block; } .scrolled { max-height: none; } pre, .changes { max-height: none !important; overflow: visible; white-space: pre-wrap; }
  body { font-size: 11px; } article, .pane, .card, .step { break-inside: avoid-page; }
}
`;
