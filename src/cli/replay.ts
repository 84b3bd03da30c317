/** `seatrial replay <scenario.yaml>`: plays a recorded scenario and compares it with what real control planes did. */
import type { Command } from 'commander';

export function addReplay(_program: Command): void {
  // Comes with the conformance room.
}
