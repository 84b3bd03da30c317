/**
 * Random streams, one a name, each seeded by the run's seed and its own name: adding a process does not shift
 * another's numbers. Alea of seedrandom, whose state is four numbers.
 */
import seedrandom from 'seedrandom';
import { copied } from './fork.ts';

type Stream = (() => number) & { state(): unknown };

export class RandomStreams {
  private readonly seed: string;
  private live = new Map<string, Stream>();
  private saved: Map<string, unknown>;

  constructor(seed: string, saved: Map<string, unknown> = new Map()) {
    this.seed = seed;
    this.saved = saved;
  }

  /** A number in [0, 1) from the named stream. */
  next(name: string): number {
    return this.stream(name)();
  }

  /** The stream itself, for callers that draw often. */
  stream(name: string): () => number {
    let stream = this.live.get(name);
    if (stream === undefined) {
      const state = this.saved.get(name);
      stream = (state === undefined
        ? seedrandom.alea(`${this.seed}/${name}`, { state: true })
        : seedrandom.alea('', { state: state as never })) as unknown as Stream;
      this.live.set(name, stream);
    }
    return stream;
  }

  /** The states of all streams drawn from so far. */
  states(): Map<string, unknown> {
    const states = copied(this.saved);
    for (const [name, stream] of this.live) states.set(name, stream.state());
    return states;
  }

  fork(): RandomStreams {
    return new RandomStreams(this.seed, this.states());
  }
}
