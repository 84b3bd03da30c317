/** Every wait that a command may leave. */
import { attachWait } from './attach.ts';
import { conditionWait } from './condition.ts';
import { deletionWait } from './deletion.ts';
import { drainWait } from './drain.ts';
import { executionWait } from './execution.ts';
import { replacementWait } from './replacement.ts';
import { rolloutStatusWait } from './rolloutstatus.ts';
import { runWait } from './run.ts';
import type { Wait } from './wait.ts';

export const ALL_WAITS: readonly Wait<never>[] = [
  attachWait,
  deletionWait,
  drainWait,
  executionWait,
  replacementWait,
  rolloutStatusWait,
  runWait,
  conditionWait,
];
