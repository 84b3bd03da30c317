/** A scenario played from TypeScript, step by step: the same steps, in the same words, as a feature's. */
import type { RequestOptions } from '../sim/api/caller.ts';
import { simulate } from '../drivers/simulated.ts';
import type { KubectlResult } from '../kubectl/session.ts';
import type { Language } from '../messages/index.ts';
import type { ClusterApi } from '../sim/cluster.ts';
import { warningsAtEnd } from './ending.ts';
import { InputError } from './errors.ts';
import { filesOf } from './filesof.ts';
import { play } from './interpreter.ts';
import { standardKit } from './kit.ts';
import type { Files, Kit, PropertyRunner, Session } from './types.ts';
import type { Operation } from './operations/operation.ts';
import { parseStep } from './phrases/parse.ts';
import { unknownStep } from './phrases/nearest.ts';
import { vocabularyOf } from './phrases/vocabulary.ts';
import type { Attachment, Keyword } from './phrases/phrase.ts';
import { clusterOf, createSession, forkSession } from './session.ts';
import { inWords } from './warnings.ts';

export { filesOf } from './filesof.ts';

/** What a scenario starts with. */
export interface ScenarioOptions {
  /** Of everything that is left to chance: one seed, one history. `1` unless given. */
  readonly seed?: string | number;
  /** What the paths of steps (`the manifest in "web.yaml"`) name; without, there are no files. */
  readonly files?: Files;
  /** Plays steps that say `any …`; without, they are refused. `properties()` makes one. */
  readonly property?: PropertyRunner;
  /** What it is played with; Seatrial as it comes, unless given. */
  readonly kit?: Kit;
}

/** A step read by itself. */
export interface ReadStep {
  readonly keyword: Keyword;
  /** Without its keyword and colon. */
  readonly text: string;
  readonly operation: Operation;
}

/** Words that begin a step; those that only go on say `undefined`. */
const KEYWORDS: Readonly<Record<string, Keyword | undefined>> = {
  Given: 'Given',
  When: 'When',
  Then: 'Then',
  And: undefined,
  But: undefined,
  '*': undefined,
  前提: 'Given',
  もし: 'When',
  ならば: 'Then',
  かつ: undefined,
  しかし: undefined,
};

/**
 * The operation of a step in the words of the language, with or without its keyword.
 * @param last the keyword of the step before, which `And` goes on with
 * @throws InputError for a step that no phrase fits
 * @example readStep('When 5 minutes pass').operation // { op: 'pass', durationMs: 300000 }
 */
export function readStep(
  step: string,
  attachment?: Attachment,
  last: Keyword = 'Given',
  kit: Kit = standardKit,
): ReadStep {
  return readStepFor('en', step, attachment, last, kit);
}

/** The same. @param language in which it is told that no phrase fits */
export function readStepFor(
  language: Language,
  step: string,
  attachment: Attachment | undefined,
  last: Keyword,
  kit: Kit,
): ReadStep {
  const whole = step.trim();
  const [first = ''] = whole.split(/\s+/);
  const begins = Object.hasOwn(KEYWORDS, first);
  const keyword = (begins ? KEYWORDS[first] : undefined) ?? last;
  const text = (begins ? whole.slice(first.length).trim() : whole).replace(/:$/, '');
  const operation = parseStep(
    keyword,
    attachment === undefined ? text : `${text}:`,
    attachment,
    vocabularyOf(kit),
  );
  if (operation === undefined) throw new InputError(unknownStep(text, vocabularyOf(kit), language, keyword));
  return { keyword, text, operation };
}

/**
 * The line that makes an operation: what `readStep` reads.
 * @throws InputError for what no phrase says
 * @example lineOf({ op: 'pass', durationMs: 90_000 }) // 'When 1m30s pass'
 */
export const lineOf = (operation: Operation, kit: Kit = standardKit): string =>
  vocabularyOf(kit).renderLine(operation);

/**
 * A cluster and what happens to it.
 * @example
 * const scenario = new Scenario({ seed: 7 })
 *   .say('Given a cluster with 3 nodes')
 *   .say('And the manifest:', manifest)
 *   .say('And every pod is ready')
 *   .say('When node "node-1" loses power for 10 minutes')
 *   .say('Then within 6 minutes deployment "web" has 2 of 2 replicas available');
 */
export class Scenario {
  private session: Session;
  private keyword: Keyword = 'Given';

  constructor(options: ScenarioOptions = {}) {
    const { seed = '1', files = filesOf({}), property, kit = standardKit } = options;
    this.session = createSession({
      seed,
      files,
      kit,
      createDriver: simulate,
      ...(property === undefined ? {} : { property }),
    });
  }

  /** What a session has played goes on here. @internal */
  static of(session: Session): Scenario {
    const scenario = new Scenario();
    scenario.session = session;
    return scenario;
  }

  /** The cluster. @throws InputError before a step has made one */
  get cluster(): ClusterApi {
    return clusterOf(this.session);
  }

  /** What was played so far; with the same seed, playing it again gives the same history. */
  get operations(): readonly Operation[] {
    return this.session.operations;
  }

  /**
   * Claims so far that held and prove nothing (a selector that met no Pod, a `within` that held before the
   * action), and what is still going on.
   */
  get warnings(): readonly string[] {
    const texts = this.session.texts;
    return warningsAtEnd(this.session).map((w) => inWords(w, texts, 'en'));
  }

  /** What it is played with. */
  get kit(): Kit {
    return this.session.kit;
  }

  /** The files that the scenario's steps may name. */
  get files(): Files {
    return this.session.options.files;
  }

  /**
   * Plays a step in the words of the language (docs/language.md), English or Japanese.
   * @param step with or without its keyword; `And` goes on with the one before
   * @param attachment the step's doc string, or the rows of its table
   * @throws InputError for a step that no phrase fits or that makes no sense; ClaimError when what it claims
   * does not hold
   * @example scenario.say('When 5 minutes pass').say('Then pod "web" is ready');
   */
  say(step: string, attachment?: Attachment): this {
    const { keyword, text, operation } = readStep(step, attachment, this.keyword, this.session.kit);
    this.keyword = keyword;
    play(this.session, operation, { text, action: keyword === 'When' });
    return this;
  }

  /**
   * Plays an operation: a step as data.
   * @throws InputError when it makes no sense, ClaimError when what it claims does not hold
   * @example scenario.play({ op: 'fault', fault: { kind: 'NodePowerLoss', node: 'node-1', forMs: 60_000 } });
   */
  play(operation: Operation): this {
    play(this.session, operation);
    return this;
  }

  /**
   * Runs a kubectl line as the operator, to its end or at most an hour of virtual time. A failure is a
   * result, not an error.
   * @throws InputError before there is a cluster
   * @param options `user`: by whose certificate; `passed`: told of what its requests get through
   * @example scenario.kubectl('get pods -o wide').stdout
   */
  kubectl(
    line: string,
    { user, passed }: Pick<RequestOptions, 'passed'> & { readonly user?: string } = {},
  ): Pick<KubectlResult, 'code' | 'stdout' | 'stderr'> {
    clusterOf(this.session);
    const whose = user === undefined ? {} : { user };
    play(this.session, { op: 'kubectl', lines: [line], ...whose }, { mayFail: true, passed });
    const { code, stdout, stderr } = this.session.output!;
    return { code, stdout, stderr };
  }

  /**
   * A scenario of its own that has played the same; both go on independently. Costs little: what neither has
   * changed is shared.
   * @example
   * const calm = scenario.fork().say('When 1 hour passes');
   * const storm = scenario.fork().say('When every node loses power for 1 minute');
   */
  fork(): Scenario {
    const fork = Scenario.of(forkSession(this.session));
    fork.keyword = this.keyword;
    return fork;
  }

  /** Is where a fork of it stands, which is its own no longer. @internal */
  goBackTo(fork: Scenario): void {
    this.session = fork.session;
    this.keyword = fork.keyword;
  }
}
