/** What is typed, aimed, searched and scored beside a live cluster: the first picture does without. */
export { faultOffers, said } from '../../view/palette.ts';
export { beginLevel } from '../checklevel.ts';
export { completions } from '../completion.ts';
export { scoreOf } from '../score.ts';
export { Terminal } from '../terminal.ts';
