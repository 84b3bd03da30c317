/** A part of a page's module that is loaded when something in it is asked for. */

/**
 * What was asked for is in a chunk that is not loaded yet.
 * @example
 * if (error instanceof NotLoadedError) await load(error.chunk);
 */
export class NotLoadedError extends Error {
  readonly chunk: string;

  constructor(chunk: string) {
    super(
      `this needs the chunk "${chunk}", which the page has not loaded: say "await load()" before, or play ` +
        'it with "await loading(scenario, …)"',
    );
    this.name = 'NotLoadedError';
    this.chunk = chunk;
  }
}

export class Chunk<M> {
  readonly name: string;
  private readonly fetch: () => Promise<M>;
  private module: M | undefined;
  private coming: Promise<void> | undefined;
  /** Whether something was asked for before it was loaded, whatever became of the error. */
  private missed = false;

  constructor(name: string, fetch: () => Promise<M>) {
    this.name = name;
    this.fetch = fetch;
  }

  get loaded(): boolean {
    return this.module !== undefined;
  }

  /** What it exports. @throws NotLoadedError */
  get value(): M {
    if (this.module !== undefined) return this.module;
    this.missed = true;
    throw new NotLoadedError(this.name);
  }

  /** Whether it was missed since this was asked last. */
  takeMissed(): boolean {
    const { missed } = this;
    this.missed = false;
    return missed;
  }

  /** Loads it once; what could not be fetched is tried again when it is asked for again. */
  load(): Promise<void> {
    this.coming ??= this.fetch().then(
      (module) => {
        this.module = module;
      },
      (error: unknown) => {
        this.coming = undefined;
        throw error;
      },
    );
    return this.coming;
  }
}
