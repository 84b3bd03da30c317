/** What scripts about the planted bugs have in common. */
import { MUTANTS } from '../src/explore/mutants/index.ts';

/** Of this process, so that a busy machine finds as much as a quiet one. */
export const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * The bugs that a command line names; none: all are meant. Ends with 2 for a bug or a flag that there is not.
 * @param flags as they are told. @param isFlag whether a word that begins with `--` is one of them
 * @param others what else may be named
 */
export function bugsAsked(
  command: string,
  flags: string,
  isFlag: (word: string) => boolean,
  others: readonly string[] = [],
): readonly string[] {
  const args = process.argv.slice(2);
  const names = args.filter((a) => !a.startsWith('--'));
  const known = [...MUTANTS.map((m) => m.bug as string), ...others];
  const unknown = [
    ...names.filter((n) => !known.includes(n)),
    ...args.filter((a) => a.startsWith('--') && !isFlag(a)),
  ];
  if (unknown.length === 0) return names;
  console.error(
    `${command}: unknown ${unknown.join(', ')}; there are: ${known.join(', ')}; ` + `flags: ${flags}`,
  );
  process.exit(2);
}
