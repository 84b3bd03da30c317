/** The live cluster beside the page: it lets time pass in slices, does what is asked, tells what is new. */
import { load } from '../../chunks/load.ts';
import { filesOf } from '../../dsl/filesof.ts';
import { vocabularyOf } from '../../dsl/phrases/vocabulary.ts';
import type { Language } from '../../messages/index.ts';
import { visibleIn } from '../../messages/visible.ts';
import { entryOf } from '../../view/entries.ts';
import type { Level } from '../level.ts';
import { Live } from '../live.ts';
import { stepsOf } from '../steps.ts';
import type { Terminal } from '../terminal.ts';
import type { Answered, Answers, Asked, Question, Running, Told } from './protocol.ts';

/**
 * How long the page may wait for an answer while time passes, what it is told of it included, and how often
 * it is told. The last step of a slice goes beyond: 12 ms in all.
 */
const SLICE_MS = 10;
const TELL_MS = 33;
/** As long as this time passes in a slice, however long telling takes. */
const LEAST_MS = 2;
/** By how much what telling took counts less from time to time. */
const TELL_DECAY = 0.9;
const STAND: Running = { mode: 'stand' };
/** How long a search may take. */
const SEARCH_MS = 20_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

type Desk = typeof import('./desk.ts');

const say = (what: Answered): void => postMessage(what);

/** The first part of a list: how much of it, and what is last in it. */
interface Known {
  readonly count: number;
  readonly last: unknown;
}
const NOTHING: Known = { count: 0, last: undefined };

/** How much of a list is known: of lives that have a common past, that is the same objects. */
const countOf = ({ count, last }: Known, list: readonly unknown[]): number =>
  count > 0 && list[count - 1] === last ? count : 0;

class Stage {
  private readonly first: Live;
  private terminal: Terminal | undefined;
  private desk: Desk | undefined;
  private readonly level: Level | undefined;
  private language: Language;
  private running: Running = STAND;
  /** Real and virtual time when it began to run so. */
  private since = { real: 0, virtual: 0 };
  private toldAt = Number.NEGATIVE_INFINITY;
  /** How long telling took of late. */
  private tellMs = 0;
  /** What the page has been told. */
  private entries: Known = NOTHING;
  private truths: Known = NOTHING;

  constructor(live: Live, level: Level | undefined, language: Language) {
    this.first = live;
    this.level = level;
    this.language = language;
  }

  get live(): Live {
    return this.terminal?.live ?? this.first;
  }

  /** With it more can be done than to look on. */
  equipped(desk: Desk): Terminal {
    const { level, language } = this;
    this.desk = desk;
    return (this.terminal ??= new desk.Terminal(this.first, {
      language,
      ...(level === undefined ? {} : { level }),
    }));
  }

  speak(language: Language): void {
    this.language = language;
    this.terminal?.speak(language);
    this.tell();
  }

  /** Something was done. */
  changed(): void {
    this.since = { real: performance.now(), virtual: this.live.now };
    this.tell();
  }

  run(running: Running): void {
    const stood = this.running.mode === 'stand';
    this.running = running;
    this.since = { real: performance.now(), virtual: this.live.now };
    this.tell();
    if (stood && running.mode !== 'stand') this.go();
  }

  /** A slice of time, and the next one when others have had their turn. */
  private go(): void {
    if (this.running.mode === 'stand') return;
    const until = performance.now() + Math.max(LEAST_MS, SLICE_MS - this.tellMs);
    const wonBefore = this.live.referee?.won;
    if (this.slice(() => performance.now() >= until || this.live.referee?.won !== wonBefore))
      this.running = STAND;
    if (this.live.referee?.won !== wonBefore) this.running = STAND;
    if (performance.now() - this.toldAt >= TELL_MS || this.running.mode === 'stand') this.tell();
    setTimeout(() => this.go(), this.running.mode === 'run' ? 4 : 0);
  }

  /** @returns whether it has come to where it was to go */
  private slice(enough: () => boolean): boolean {
    const { live, running } = this;
    switch (running.mode) {
      case 'stand':
        return true;
      case 'run': {
        const due = this.since.virtual + Math.floor((performance.now() - this.since.real) * running.pace);
        if (due > live.now) live.pass(due - live.now, enough);
        return false;
      }
      case 'next':
        return live.untilChange(DAY_MS, enough) || live.now >= this.since.virtual + DAY_MS;
      case 'settle':
        return live.untilSettled(HOUR_MS, enough) || live.now >= this.since.virtual + HOUR_MS;
    }
  }

  tell(): void {
    this.toldAt = performance.now();
    const { live, terminal, level, language, desk } = this;
    const { history, truths } = live;
    const [entriesFrom, truthsFrom] = [countOf(this.entries, history), countOf(this.truths, truths)];
    const told: Told = {
      now: live.now,
      startedAt: live.startedAt,
      entriesFrom,
      entries: visibleIn(history.slice(entriesFrom).map(entryOf)),
      truthsFrom,
      truths: visibleIn(truths.slice(truthsFrom)),
      steps: stepsOf(live.played, live.startLength, vocabularyOf(live.kit), language),
      running: this.running.mode,
      forks: terminal?.forkNames ?? ['1'],
      fork: terminal?.forkName ?? '1',
      goals: live.referee?.report(language) ?? [],
      ...(live.referee?.wonAt === undefined ? {} : { wonAt: live.referee.wonAt }),
      stars: level === undefined ? [] : (desk?.scoreOf(live, level) ?? []),
    };
    this.entries = { count: history.length, last: history.at(-1) };
    this.truths = { count: truths.length, last: truths.at(-1) };
    say({ told });
    this.tellMs = Math.max(performance.now() - this.toldAt, this.tellMs * TELL_DECAY);
  }
}

let stage: Stage | undefined;

/** The rest of the simulator and what it is played with, which come while the page is looked at already. */
let rest: Promise<Desk> | undefined;
const theRest = (): Promise<Desk> =>
  (rest ??= Promise.all([import('./desk.ts'), load()]).then(([desk]) => desk));

async function begin({
  beginning,
  level,
  language,
}: Extract<Question, { ask: 'begin' }>): Promise<undefined> {
  stage?.run(STAND);
  const { seed, start = [], acts } = beginning;
  // A bare cluster needs nothing but what is here already.
  const isBare = level === undefined && acts.length === 0 && start.every((o) => o.op === 'cluster');
  const desk = isBare ? undefined : await theRest();
  const live =
    level === undefined || desk === undefined
      ? Live.begin({ seed, start, files: filesOf({}), language })
      : desk.beginLevel(level);
  for (const operation of acts) live.play(operation);
  stage = new Stage(live, level, language);
  if (desk !== undefined) stage.equipped(desk);
  stage.tell();
  return undefined;
}

async function answerTo(question: Question): Promise<Answers[Question['ask']]> {
  if (question.ask === 'begin') return await begin(question);
  const desk = await theRest();
  if (question.ask === 'offers') return desk.faultOffers();
  if (question.ask === 'draw') return (await import('../endless/draw.ts')).drawLevel(question.number);
  if (stage === undefined) throw new Error('there is no cluster yet');
  const terminal = stage.equipped(desk);
  const { live } = stage;
  switch (question.ask) {
    case 'line': {
      const reply = terminal.run(question.line);
      stage.changed();
      return visibleIn(reply);
    }
    case 'complete':
      return desk.completions(question.line, live);
    case 'play':
      live.play(question.operation);
      stage.changed();
      return undefined;
    case 'run':
      stage.run(question.running);
      return undefined;
    case 'rewind':
      live.rewind(question.at);
      stage.changed();
      return undefined;
    case 'undo':
      live.undo();
      stage.changed();
      return undefined;
    case 'kubectl':
      return live.ask(question.line, question.at);
    case 'stateAt':
      return live.stateAt(question.at);
    case 'flows':
      return visibleIn(live.flows(question.at));
    case 'difference':
      return live.difference(question.entry);
    case 'said': {
      const { operation, ...step } = desk.said(question.choice, terminal.language);
      return { operation, ...visibleIn(step) };
    }
    case 'save':
      return { feature: terminal.feature, hash: live.hash };
    case 'share':
      return { seed: live.seed, ...live.deeds };
    case 'speak':
      stage.speak(question.language);
      return undefined;
    case 'search': {
      const { search } = await import('../search.ts');
      const until = performance.now() + SEARCH_MS;
      return search(live, terminal.language, () => performance.now() < until);
    }
  }
}

/** One after the other: what is asked later is asked of what came of the earlier. */
let turn: Promise<unknown> = Promise.resolve();
addEventListener('message', ({ data: { id, question } }: MessageEvent<Asked>) => {
  turn = turn
    .then(() => answerTo(question))
    .then(
      (answer) => say({ id, answer }),
      (error: unknown) => say({ id, error: (error as Error).message }),
    );
});
