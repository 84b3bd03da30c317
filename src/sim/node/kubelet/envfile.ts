/**
 * Files of variables that programs write for containers after them. Models ParseEnv of
 * pkg/kubelet/util/env/env_util.go (KEP-3721): what a POSIX shell would read from it, and nothing it would
 * expand.
 */

/** What is wrong with a file of variables, where: `at line 2: value must be enclosed in single quotes`. */
export class EnvFileError extends Error {}

/** A line that declares nothing. */
const IDLE = /^[ \t]*(?:#.*)?$/;
/** Behind the closing quote. */
const REST = /^[ \t]*(?:#.*)?$/;

const fails = (line: number, why: string): EnvFileError =>
  new EnvFileError(`invalid environment variable format at line ${line}: ${why}`);

/** Where the value of a declaration begins, behind its quote. */
function declaration(line: string, number: number): { readonly name: string; readonly value: string } {
  const text = line.replace(/^[ \t]+/, '');
  const at = text.indexOf('=');
  if (at < 0) throw fails(number, "missing '='");
  const name = text.slice(0, at);
  if (name === '') throw fails(number, 'missing name');
  if (/[ \t]$/.test(name)) throw fails(number, "whitespace before '=' is not allowed");
  const value = text.slice(at + 1);
  if (/^[ \t]/.test(value)) throw fails(number, "whitespace after '=' is not allowed");
  if (!value.startsWith("'")) throw fails(number, 'value must be enclosed in single quotes');
  return { name, value: value.slice(1) };
}

/**
 * The value of a variable in a file of lines `NAME='value'`; a value may go on over several lines. Undefined:
 * it is not declared.
 * @example envFileValue("A='x'\nB='y z' # two words\n", 'B') // 'y z'
 * @throws EnvFileError of what comes before the variable is found
 */
export function envFileValue(content: string, key: string): string | undefined {
  const lines = content.replace(/\n$/, '').split('\n');
  for (let i = 0; i < lines.length; i++) {
    if (IDLE.test(lines[i]!)) continue;
    const from = i + 1;
    const { name, value: first } = declaration(lines[i]!, from);
    let value = first;
    while (!value.includes("'")) {
      i += 1;
      if (i >= lines.length) throw fails(from, 'unclosed single quote');
      value += `\n${lines[i]!}`;
    }
    const end = value.indexOf("'");
    if (!REST.test(value.slice(end + 1))) throw fails(i + 1, 'unexpected content after closing quote');
    if (name === key) return value.slice(0, end);
  }
  return undefined;
}
