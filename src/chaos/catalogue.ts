/** A set of faults, found by their kinds. */
import { suggestWord } from '../sim/api/schema/hints.ts';
import { misses, type Fault } from './types.ts';

export class FaultCatalogue {
  /** In the order of the pages about them. */
  readonly all: readonly Fault[];
  private readonly byKind: ReadonlyMap<string, Fault>;

  /** @throws Error when two have one kind */
  constructor(faults: readonly Fault[]) {
    const byKind = new Map<string, Fault>();
    for (const fault of faults) {
      if (byKind.has(fault.kind)) throw new Error(`there are two faults of the kind ${fault.kind}`);
      byKind.set(fault.kind, fault);
    }
    this.all = faults;
    this.byKind = byKind;
  }

  /** @throws FaultError when there is no such fault */
  named(kind: string): Fault {
    const found = this.byKind.get(kind);
    if (found !== undefined) return found;
    throw misses('noFault', { fault: kind, nearest: suggestWord(kind, this.byKind.keys()) ?? '' });
  }
}
