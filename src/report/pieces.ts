/**
 * What a scenario's steps hand to the record of the run: they may be played in another process than the one
 * that writes it, so it travels as attachments of Cucumber's messages, one a step and one a scenario.
 */
import type { Millis } from '../sim/kernel/types.ts';
import type { OperationRecord, PlayRecord, SeedRecord } from './record.ts';

/** Media type of attachments that hold a `Piece` as JSON. */
export const PIECE_MEDIA_TYPE = 'application/vnd.seatrial.record+json';

/** What became of a step. */
export interface StepPiece {
  readonly of: 'step';
  readonly time: { readonly from: Millis; readonly to: Millis };
  /** Absent where none was played. */
  readonly operation?: OperationRecord;
  readonly failedAsExpected?: string;
}

/** What became of the scenario, but for the operations, which have come with its steps. */
export interface ScenarioPiece {
  readonly of: 'scenario';
  readonly play: Omit<PlayRecord, 'operations'>;
  readonly seeds: readonly SeedRecord[];
}

export type Piece = StepPiece | ScenarioPiece;
