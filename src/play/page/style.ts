/** How the playground looks, beside what it has of the viewer. */
export const PLAY_STYLE = `
.panes.play { grid-template-columns: minmax(360px, 5fr) minmax(440px, 6fr) minmax(270px, 3.6fr); }
@media (max-width: 1150px) { .panes.play { grid-template-columns: 1fr; } }
header h1 { font-size: 1.05rem; margin: 0; font-weight: 400; }
.shell { display: grid; gap: .3rem; } .shell input { font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
.shell pre { height: 17rem; margin: 0; white-space: pre; } .shell .failed { color: #ffb3ab; }
.offered { font: 12.5px/1.5 ui-monospace, monospace; margin: 0; color: var(--quiet); overflow-wrap: anywhere; }
.goals, .stars, .hints { padding-left: 0; list-style: none; } .goals li { margin: .2rem 0; overflow-wrap: anywhere; }
.goals [data-state=met] { color: var(--good); } .goals [data-state=broken] { color: var(--bad); }
.won { border: 2px solid var(--good); border-radius: 6px; padding: .2rem .8rem; }
.shelf { max-height: 20rem; overflow: auto; } .shelf h4 { margin: .5rem 0 .2rem; font-size: .86rem; } .shelf button { margin: .1rem; font-size: .8rem; }
.shelf button[draggable=true] { cursor: grab; border-style: dashed; }
.found code { display: block; } .found { flex-basis: 100%; }
[data-target]:hover { outline: 1px dashed var(--quiet); }
.said { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .86rem; } .code { margin: .3rem 0; }
`;
