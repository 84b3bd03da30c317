/**
 * What is typed beside a live cluster, in a shell as in a page: lines of kubectl, sentences of the language,
 * and a few commands about time.
 */
import { parseDuration, printClock } from '../chaos/duration.ts';
import { resolveType, VERB_NAMES } from '../kubectl/index.ts';
import { ClaimError, InputError, inputErrorOf } from '../dsl/errors.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import type { Language } from '../messages/index.ts';
import { visibleIn } from '../messages/visible.ts';
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { entryOf } from '../view/entries.ts';
import type { Entry } from '../view/run.ts';
import { chainOf } from '../view/session.ts';
import { Teller } from '../view/words/tellings.ts';
import { stepsOf } from './steps.ts';
import type { Level } from './level.ts';
import type { Live } from './live.ts';
import { scoreOf } from './score.ts';
import { spoken } from './spoken.ts';
import { playWords, type Words } from './words.ts';

export interface TerminalOptions {
  readonly language: Language;
  /** The level that is played. */
  readonly level?: Level;
  /** Keeps a feature. @throws InputError where it cannot; absent: it is not kept by a command */
  readonly write?: (path: string, feature: string) => void;
}

/** What a line came to. */
export interface Reply {
  readonly text: string;
  readonly failed: boolean;
}

type Command = (rest: string) => string;

/** How far `next` looks. */
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export class Terminal {
  private options: TerminalOptions;
  /** By name, the numbers from 1. */
  private readonly forks: Map<string, Live>;
  private fork = '1';
  private hints = 0;
  private readonly commands: Readonly<Record<string, Command>>;

  constructor(live: Live, options: TerminalOptions) {
    this.options = options;
    this.forks = new Map([[this.fork, live]]);
    this.commands = {
      kubectl: (rest) => this.kubectl(rest),
      wait: (rest) => this.wait(rest),
      next: () => (this.live.untilChange(DAY_MS) ? this.clock : this.words.nothingNext),
      settle: () => (this.live.untilSettled(HOUR_MS) ? this.words.settled : this.words.unsettled),
      fault: (rest) => this.say(rest),
      why: (rest) => this.why(rest),
      rewind: (rest) => this.rewind(rest),
      undo: () => (this.live.undo() ? this.clock : fail(this.words.nothingToUndo)),
      fork: () => this.branch(),
      switch: (rest) => this.switchTo(rest),
      forks: () => [...this.forks].map(([name, live]) => this.forkLine(name, live)).join('\n'),
      goals: () => this.goals(),
      hint: () => this.hint(),
      story: () => this.feature,
      save: (rest) => this.save(rest),
      help: () => this.help(),
    };
  }

  /** What it is typed beside. */
  get live(): Live {
    return this.forks.get(this.fork)!;
  }

  private get words(): Words {
    return playWords(this.options.language);
  }

  get language(): Language {
    return this.options.language;
  }

  /** Answers in another language from now on. */
  speak(language: Language): void {
    this.options = { ...this.options, language };
  }

  get forkName(): string {
    return this.fork;
  }

  get forkNames(): readonly string[] {
    return [...this.forks.keys()];
  }

  private get clock(): string {
    return printClock(this.live.now);
  }

  /** What has been written so far. */
  get feature(): string {
    const { level, language } = this.options;
    return this.live.feature(level?.title ?? 'Seatrial', language);
  }

  /** Plays a line. What is wrong with it is in the reply. @param attachment a doc string of a sentence */
  run(line: string, attachment?: string): Reply {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) return { text: '', failed: false };
    const { isWon } = this;
    try {
      const said = this.play(text, attachment).trimEnd();
      const { level } = this.options;
      return {
        text: level !== undefined && !isWon && this.isWon ? `${said}\n\n${this.victory(level)}` : said,
        failed: false,
      };
    } catch (error) {
      const wrong = error instanceof ClaimError ? error : inputErrorOf(error, this.options.language);
      if (wrong === undefined && !(error instanceof FailedCommand)) throw error;
      return { text: (wrong ?? (error as Error)).message.trimEnd(), failed: true };
    }
  }

  private play(text: string, attachment: string | undefined): string {
    const [first = ''] = text.split(/\s/, 1);
    const rest = text.slice(first.length).trim();
    // kubectl has a `wait` of its own, for conditions.
    const isOwn = Object.hasOwn(this.commands, first) && !(first === 'wait' && rest.includes('--for'));
    if (isOwn) return this.commands[first]!(rest);
    return VERB_NAMES.some((name) => name.split(' ')[0] === first)
      ? this.kubectl(text)
      : this.say(text, attachment);
  }

  private kubectl(line: string): string {
    const { code, output } = this.live.kubectl(line);
    if (code !== 0) throw new FailedCommand(output);
    return output;
  }

  private say(text: string, attachment?: string): string {
    const { live } = this;
    const operation = spoken(text, attachment, () => live.stateAt(live.now), live.kit, this.language);
    const { printed, strikes, failedWith } = live.play(operation);
    const output = [
      ...strikes.map(({ kind, targets }) => `⚡ ${kind}: ${targets.join(', ')}`),
      ...printed.map((p) => p.output.trimEnd()),
    ].join('\n');
    if (failedWith !== undefined) throw new FailedCommand(output);
    return output === '' ? this.clock : output;
  }

  private duration(text: string): Millis {
    const ms = parseDuration(text);
    return ms ?? fail(this.words.duration(text));
  }

  private wait(text: string): string {
    this.live.pass(this.duration(text), this.winning());
    return this.clock;
  }

  private get isWon(): boolean {
    return this.live.referee?.won === true;
  }

  /** Whether the level is won, which ends a wait; of one that is won already nothing ends it. */
  private winning(): () => boolean {
    return this.isWon ? () => false : () => this.isWon;
  }

  private victory(level: Level): string {
    const stars = scoreOf(this.live, level).map(
      (star) => `${star.earned ? '★' : '☆'} ${this.words.star(star)}`,
    );
    return [this.words.won(printClock(this.live.referee!.wonAt!)), ...stars].join('\n');
  }

  private rewind(text: string): string {
    this.live.rewind(this.live.now - this.duration(text));
    return this.clock;
  }

  private why(text: string): string {
    const [kind = '', name = ''] = text.includes('/') ? splitAtSlash(text) : text.split(/\s+/);
    if (name === '') return fail(this.words.whyWhat);
    const { live } = this;
    const { kind: wanted } = this.resourceNamed(kind);
    const [namespace, bare] = name.includes('/') ? splitAtSlash(name) : ['default', name];
    const entries = visibleIn(live.history.map(entryOf));
    const last = entries.findLast(
      (e) =>
        e.type === 'api' &&
        e.kind === wanted &&
        e.name === bare &&
        (e.namespace === '' || e.namespace === namespace),
    );
    if (last === undefined) return this.words.neverChanged(text);
    const vocabulary = vocabularyOf(live.kit);
    const steps = stepsOf(live.played, live.startLength, vocabulary, this.options.language);
    const teller = new Teller(entries, steps);
    const chain = chainOf(new Map(entries.map((e): [number, Entry] => [e.id, e])), last.id);
    return chain
      .map((entry) => `${printClock(entry.at).padStart(9)}  ${teller.tell(entry, this.options.language)}`)
      .join('\n');
  }

  /** @throws InputError for a kind that is not served */
  private resourceNamed(kind: string): ResourceDefinition {
    try {
      return resolveType(this.live.driver.resources, kind);
    } catch (error) {
      return fail((error as Error).message);
    }
  }

  private branch(): string {
    const from = this.fork;
    const name = String(this.forks.size + 1);
    this.forks.set(name, this.live.fork());
    this.fork = name;
    return this.words.forked(name, from);
  }

  private switchTo(name: string): string {
    if (!this.forks.has(name)) return fail(this.words.noSuchFork(name, [...this.forks.keys()].join(', ')));
    this.fork = name;
    return this.words.switched(name, this.clock);
  }

  private forkLine(name: string, live: Live): string {
    return `${name === this.fork ? '*' : ' '} ${name}  ${printClock(live.now)}`;
  }

  private goals(): string {
    const { level, language } = this.options;
    const { referee } = this.live;
    if (level === undefined || referee === undefined) return fail(this.words.noLevel);
    const lines = referee.report(language).map(({ state, found, brokenAt }, i) => {
      const more =
        state === 'met'
          ? ''
          : `\n    ${brokenAt === undefined ? found : this.words.brokenAt(printClock(brokenAt))}`;
      return `${GOAL_SIGNS[state]} ${level.goals[i]!.text} (${this.words.goalStates[state]})${more}`;
    });
    return lines.join('\n');
  }

  private hint(): string {
    const { level } = this.options;
    if (level === undefined) return fail(this.words.noLevel);
    const hint = level.hints[this.hints];
    if (hint === undefined) return this.words.noMoreHints;
    this.hints += 1;
    return [hint.text, ...hint.lines.map((line) => `  ${line}`)].join('\n');
  }

  private save(path: string): string {
    const { write } = this.options;
    if (write === undefined) return fail(this.words.notHere('save'));
    if (path === '') return fail(this.words.saveWhere);
    write(path, this.feature);
    return this.words.saved(path, this.live.hash.slice(0, 12));
  }

  private help(): string {
    const rows = Object.values(this.words.commands);
    const width = Math.max(...rows.map(([usage]) => usage!.length));
    return rows.map(([usage, about]) => `${usage!.padEnd(width)}  ${about}`).join('\n');
  }
}

const GOAL_SIGNS = { open: '○', met: '✓', broken: '✗' } as const;

/** A command that came to nothing; its message is what it printed. */
class FailedCommand extends Error {}

const fail = (message: string): never => {
  throw new InputError(message);
};

function splitAtSlash(text: string): [string, string] {
  const at = text.indexOf('/');
  return [text.slice(0, at), text.slice(at + 1)];
}
