/** What a describer is: a kind in words, without its events. */
import type { ApiClient } from '../../sim/api/client.ts';
import type { ObjectOf, ResourceName } from '../../sim/api/types.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { DescribeWriter } from './writer.ts';

export interface DescribeContext {
  readonly api: ApiClient;
  readonly now: Millis;
}

export interface Describer<K extends ResourceName = ResourceName> {
  readonly kind: K;
  /** Whether events follow. */
  readonly events: boolean;
  describe(object: ObjectOf<K>, w: DescribeWriter, context: DescribeContext): void;
}
