/** What e2e.test says of its tests, and what that comes to. */

/** By a test's name, white space being one space. */
export type Results = ReadonlyMap<string, 'passed' | 'failed'>;

const plain = (name: string): string => name.trim().replaceAll(/\s+/g, ' ');

/** Of the lines that its progress reporter prints (test/e2e/e2e.go). A test's last word counts. */
export function resultsIn(output: string): Results {
  const results = new Map<string, 'passed' | 'failed'>();
  for (const [, json] of output.matchAll(/(\{"msg":"(?:PASSED|FAILED) .*\})$/gm)) {
    let msg: string;
    try {
      ({ msg } = JSON.parse(json!) as { msg: string });
    } catch {
      continue;
    }
    results.set(plain(msg.slice(7)), msg.startsWith('PASSED') ? 'passed' : 'failed');
  }
  return results;
}

/** A regular expression of Go that means tests of these names alone. */
export const focusOn = (names: readonly string[]): string =>
  names
    .map((name) =>
      plain(name)
        .replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
        .replaceAll(' ', ' +'),
    )
    .join('|');

export interface Verdict {
  readonly text: string;
  /** One that must pass did not. */
  readonly failed: boolean;
  /** Those that passed for the first time. */
  readonly grown: readonly string[];
}

/** @param expected those that must pass */
export function verdict(expected: readonly string[], results: Results): Verdict {
  const lacking = expected.filter((name) => results.get(plain(name)) !== 'passed');
  const known = new Set(expected.map(plain));
  const grown = [...results].flatMap(([name, result]) =>
    result === 'passed' && !known.has(name) ? [name] : [],
  );
  const passed = [...results.values()].filter((result) => result === 'passed').length;
  return {
    text: [
      ...lacking.map((name) => `${results.get(plain(name)) ?? 'not run'}: ${name}`),
      ...grown.map((name) => `passes by now: ${name}`),
      `${passed} passed, ${results.size - passed} failed; ` +
        `${lacking.length} of ${expected.length} that must pass did not`,
    ].join('\n'),
    failed: lacking.length > 0,
    grown,
  };
}
