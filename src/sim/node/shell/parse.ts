/** Scripts as trees (unbash), and the words of a shell that cannot read one. */
import { parse, type ParsedScript } from 'unbash';

/** A script that no shell would read. */
export class ShellSyntaxError extends Error {}

/** @throws ShellSyntaxError */
export function parseScript(text: string): ParsedScript {
  const script = parse(text);
  const problem = script.errors?.[0];
  if (problem === undefined) return script;
  const line = text.slice(0, problem.pos).split('\n').length;
  throw new ShellSyntaxError(`line ${line}: syntax error: ${problem.message}`);
}
