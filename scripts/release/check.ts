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
  /** Raw traces, ends as a defect, and answers that took too long, among what was played. */
  readonly defects: number;
}

/** A part of a check that waits for no other, and keeps about one core busy. */
export interface Job {
  readonly name: string;
  /** @returns what it came to, in a few words */
  run(): Promise<string>;
}

export interface Plan {
  readonly jobs: readonly Job[];
  /** Asked when all jobs have ended. */
  verdict(): Verdict;
}

export interface Check {
  readonly name: string;
  /** @param folder of its own, empty */
  plan(folder: string): Plan;
}

/** A check of one job. */
export const single = (name: string, run: (folder: string) => Promise<Verdict>): Check => ({
  name,
  plan(folder) {
    let verdict: Verdict | undefined;
    const job: Job = {
      name,
      async run() {
        verdict = await run(folder);
        return verdict.skipped ?? verdict.said;
      },
    };
    return { jobs: [job], verdict: () => verdict! };
  },
});
