/** A terminal over a live cluster: lines of a person with history and completion, or those of a pipe. */
import { createInterface } from 'node:readline';
import { printClock } from '../chaos/duration.ts';
import { completions } from '../play/completion.ts';
import type { Terminal } from '../play/terminal.ts';
import { FAILED, PASSED } from './exit.ts';
import { complain, tell } from './output.ts';

const promptOf = ({ live }: Terminal): string => `${printClock(live.now)}> `;

/**
 * Plays lines to the end of the input, or to `exit`. A person sees a prompt with the time; a pipe sees what
 * was answered, and goes on after what failed.
 * @returns the exit code: FAILED where a line of a pipe failed
 */
export async function converse(terminal: Terminal): Promise<number> {
  const person = process.stdin.isTTY === true;
  const lines = createInterface({
    input: process.stdin,
    ...(person ? { output: process.stdout } : {}),
    terminal: person,
    completer: (line: string) => [completions(line, terminal.live), /\S*$/.exec(line)![0]],
  });
  let code: number = PASSED;
  const prompt = (): void => {
    if (!person) return;
    lines.setPrompt(promptOf(terminal));
    lines.prompt();
  };
  prompt();
  for await (const line of lines) {
    if (/^\s*(?:exit|quit)\s*$/.test(line)) break;
    const { text, failed } = terminal.run(line);
    if (text !== '') (failed ? complain : tell)(text);
    if (failed && !person) code = FAILED;
    prompt();
  }
  lines.close();
  return code;
}
