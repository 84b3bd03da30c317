/** Scripts as trees (unbash), and the words of a shell that cannot read one. */
import { parse, type ParsedScript } from 'unbash';

/** A script that no shell would read. */
export class ShellSyntaxError extends Error {
  /** It ends too soon: more of it may make it one. */
  readonly incomplete: boolean;

  constructor(message: string, incomplete = false) {
    super(message);
    this.incomplete = incomplete;
  }
}

/** @throws ShellSyntaxError */
export function parseScript(text: string): ParsedScript {
  const script = parse(text);
  const problem = script.errors?.[0];
  if (problem === undefined) return script;
  const line = text.slice(0, problem.pos).split('\n').length;
  const last = script.errors!.at(-1)!;
  const incomplete =
    /^unterminated/.test(last.message) || (/^expected/.test(last.message) && last.pos >= text.length);
  throw new ShellSyntaxError(`line ${line}: syntax error: ${problem.message}`, incomplete);
}
