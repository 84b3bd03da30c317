/** Who asks the API server for something, and how he wants it done. */
import type { By } from '../kernel/types.ts';

/** What a request gets through, in this order; one that only reads, through the first two. */
export type RequestStage = 'authentication' | 'authorization' | 'admission' | 'validation' | 'etcd';

/** Of single requests. */
export interface RequestOptions {
  /** Everything is done but storing: `dryRun=All`. */
  readonly dryRun?: boolean;
  /**
   * The version in which objects are asked for, `stable.example.com/v1beta1`, of a resource that a webhook
   * converts; absent: the one that clients prefer.
   */
  readonly apiVersion?: string | undefined;
  /** What becomes of fields in a patch that nobody knows; absent: they are passed over in silence. */
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
  /** To whom fields of objects that are applied on the server's side belong when he writes them. */
  readonly fieldManager?: () => string;
  /** Told what the server says beside its answer, as kubectl prints it after `Warning: `. */
  readonly warn?: (text: string) => void;
  /**
   * Told of each stage that a request has passed; the first begins another. @param what `get pods` at the
   * first, then why, or what was stored, where there is more to say
   */
  readonly passed?: ((stage: RequestStage, what: string, by: By) => void) | undefined;
}

export type Caller = By & RequestOptions;
