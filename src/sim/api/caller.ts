/** Who asks the API server for something, and how he wants it done. */
import type { By } from '../kernel/types.ts';

/** Of single requests. */
export interface RequestOptions {
  /** Everything is done but storing: `dryRun=All`. */
  readonly dryRun?: boolean;
  /** To whom fields of objects that are applied on the server's side belong when he writes them. */
  readonly fieldManager?: () => string;
  /** Told what the server says beside its answer, as kubectl prints it after `Warning: `. */
  readonly warn?: (text: string) => void;
}

export type Caller = By & RequestOptions;
