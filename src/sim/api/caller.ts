/** Who asks the API server for something, and how he wants it done. */
import type { By } from '../kernel/types.ts';

/** Of single requests. */
export interface RequestOptions {
  /** Everything is done but storing: `dryRun=All`. */
  readonly dryRun?: boolean;
  /** Told what the server says beside its answer, as kubectl prints it after `Warning: `. */
  readonly warn?: (text: string) => void;
}

export type Caller = By & RequestOptions;
