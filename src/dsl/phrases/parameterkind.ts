/** A parameter type of the language: how it is written in a step, read, and printed back. */
export interface ParameterKind<T = unknown> {
  readonly name: string;
  /** Source of a regular expression without capture groups. */
  readonly pattern: string;
  parse(text: string): T;
  print(value: T): string;
  /** Of a closed list of words: each with what it means. */
  readonly words?: readonly (readonly [spelling: string, means: T])[];
}
