/** What the release check is made of. */

/** What a check came to: a line of the table. */
export interface Verdict {
  readonly ok: boolean;
  /** Why it could not be made here; it is then neither passed nor failed. */
  readonly skipped?: string;
  /** `100,000 runs, 0 alarms` */
  readonly said: string;
  /** What is wrong, to be read. */
  readonly details: readonly string[];
}

export interface Check {
  readonly name: string;
  /** @param folder of its own, empty */
  run(folder: string): Promise<Verdict>;
}
