/** What a session tells whoever records it while it plays. */
import type { FaultCall, Struck } from '../chaos/types.ts';
import type { KubectlResult } from '../kubectl/session.ts';
import type { Operation } from './operations/types.ts';
import type { Session } from './session.ts';
import type { Warning } from './warnings.ts';

/** What a property scenario's claim was held against. */
export interface PropertyReport {
  /** How many draws were made. */
  readonly draws: number;
  /** How many of them could be played to their end; the others prove nothing. */
  readonly played: number;
  /** What every one of those warned of. */
  readonly warnings: readonly Warning[];
}

/**
 * Every member may be absent. A fork of a session, and a replay of it, tell nobody unless they are given one.
 */
export interface SessionListener {
  /** An operation is about to be played. @param text as written, or as the language prints it */
  begins?(session: Session, operation: Operation, text: string): void;
  /** The operation is over. @param error what ended it early */
  ends?(session: Session, error: unknown): void;
  /** A kubectl line of the operation is over. */
  printed?(line: string, result: KubectlResult): void;
  /** A fault has struck. */
  struck?(call: FaultCall, struck: Struck): void;
  /** The claim of a property scenario held. */
  checked?(report: PropertyReport): void;
  /**
   * Called between any two events of the cluster while time passes. Whoever asks for it makes the run slower,
   * and no different.
   */
  happens?(session: Session): void;
}
