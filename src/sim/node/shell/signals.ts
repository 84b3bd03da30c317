/** Signals by name and number (signal(7), x86). */
const NUMBERS: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ABRT: 6,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  WINCH: 28,
};

export const signalNumber = (name: string): number | undefined =>
  Object.hasOwn(NUMBERS, name) ? NUMBERS[name] : undefined;

/**
 * `TERM` of `SIGTERM`, `term` and `15`; undefined: there is none. `EXIT` and 0 are what traps know beside.
 */
export function signalName(text: string): string | undefined {
  if (text === '0') return 'EXIT';
  if (/^\d+$/.test(text)) return Object.keys(NUMBERS).find((name) => NUMBERS[name] === Number(text));
  const name = text.toUpperCase().replace(/^SIG/, '');
  return name === 'EXIT' || name === 'ERR' || Object.hasOwn(NUMBERS, name) ? name : undefined;
}

/** Takes from the words of `kill` the signal that they begin with. @returns as it was written: `TERM`, `9` */
export function takeSignal(words: string[]): string {
  let name = 'TERM';
  if (words[0] === '-s' || words[0] === '-n') [, name = ''] = words.splice(0, 2);
  else if (/^-./.test(words[0] ?? '') && words[0] !== '--') name = words.shift()!.slice(1);
  if (words[0] === '--') words.shift();
  return name;
}

/** What may be sent: 0 asks whether a process is there. Undefined: there is none of that name. */
export const sentSignal = (name: string): string | undefined => (name === '0' ? '0' : signalName(name));

export const SIGNAL_NAMES: readonly string[] = Object.keys(NUMBERS);
