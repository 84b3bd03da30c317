/** Runs the cases carried over from Kubernetes' own tests. */
import { isDeepStrictEqual } from 'node:util';
import { CASE_AREAS } from './index.ts';

export interface AreaResult {
  readonly area: string;
  readonly source: string;
  readonly cases: number;
  readonly agree: number;
  readonly differences: readonly { readonly name: string; readonly expected: unknown; readonly actual: unknown }[];
}

/** A case that throws differs, with the error's message as what was got. */
export function runCases(): AreaResult[] {
  return CASE_AREAS.map(({ area, source, cases }) => {
    const differences: { name: string; expected: unknown; actual: unknown }[] = [];
    for (const { name, run, expected } of cases) {
      let actual: unknown;
      try {
        actual = run();
      } catch (error) {
        actual = `threw ${(error as Error).message}`;
      }
      if (!isDeepStrictEqual(actual, expected)) differences.push({ name, expected, actual });
    }
    return { area, source, cases: cases.length, agree: cases.length - differences.length, differences };
  });
}
