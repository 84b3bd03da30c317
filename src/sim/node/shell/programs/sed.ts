/** sed (POSIX, with GNU's `-i`, `-E`, `0,/re/` and `I`). */
import { PROBLEM_WORDS } from '../../files/filesystem.ts';
import type { Call, Program } from '../call.ts';
import { absolute } from '../paths.ts';
import { basicExpression, extendedExpression } from '../regexp.ts';
import { optionsOf } from './options.ts';
import { contentOf, linesOf, whole } from './text.ts';

type Address =
  | { readonly line: number }
  | { readonly last: true }
  | { readonly expression: RegExp }
  | { readonly step: number; readonly from: number };

interface SedCommand {
  readonly from?: Address | undefined;
  readonly to?: Address | { readonly more: number } | undefined;
  readonly not: boolean;
  readonly name: string;
  readonly text: string;
  readonly expression?: RegExp | undefined;
  readonly flags: string;
  /** Of `{`: past its end. */
  end: number;
}

class SedError extends Error {}

function parse(script: string, extended: boolean): SedCommand[] {
  const commands: SedCommand[] = [];
  const open: number[] = [];
  let at = 0;
  const make = (text: string, flags: string): RegExp => {
    const made = (extended ? extendedExpression : basicExpression)(text, flags);
    if (made === undefined) throw new SedError(`invalid regular expression: ${text}`);
    return made;
  };
  /** Up to a delimiter that is not escaped. */
  const until = (delimiter: string, inExpression: boolean): string => {
    let out = '';
    let inBracket = false;
    for (; at < script.length; at++) {
      const c = script[at]!;
      if (c === '\\' && at + 1 < script.length) {
        at += 1;
        out +=
          script[at] === delimiter && delimiter !== '&'
            ? inExpression && /[.*[\]^$+?(){}|]/.test(delimiter)
              ? `\\${delimiter}`
              : delimiter
            : script[at] === '\n' && !inExpression
              ? '\n'
              : `\\${script[at]}`;
        continue;
      }
      if (inExpression && c === '[' && !inBracket) inBracket = true;
      else if (c === ']' && inBracket && !/\[\^?$/.test(out)) inBracket = false;
      if (c === delimiter && !inBracket) {
        at += 1;
        return out;
      }
      out += c;
    }
    throw new SedError(`unterminated \`${inExpression ? 'address regex' : 's'}' command`);
  };
  const address = (): Address | undefined => {
    const number = /^\d+/.exec(script.slice(at));
    if (number !== null) {
      at += number[0].length;
      const step = /^~(\d+)/.exec(script.slice(at));
      if (step === null) return { line: Number(number[0]) };
      at += step[0].length;
      return { from: Number(number[0]), step: Number(step[1]) };
    }
    if (script[at] === '$') {
      at += 1;
      return { last: true };
    }
    if (script[at] !== '/' && script[at] !== '\\') return undefined;
    if (script[at] === '\\') at += 1;
    const delimiter = script[at++]!;
    const text = until(delimiter, true);
    const fold = script[at] === 'I';
    if (fold) at += 1;
    return { expression: make(text, fold ? 'i' : '') };
  };
  const spaces = (pattern = /^[\s;]*/): void => {
    at += pattern.exec(script.slice(at))![0].length;
  };
  for (;;) {
    spaces();
    if (at >= script.length) break;
    if (script[at] === '#') {
      while (at < script.length && script[at] !== '\n') at += 1;
      continue;
    }
    const from = address();
    let to: SedCommand['to'];
    if (from !== undefined && script[at] === ',') {
      at += 1;
      spaces(/^\s*/);
      const more = /^\+(\d+)/.exec(script.slice(at));
      if (more !== null) at += more[0].length;
      to = more === null ? address() : { more: Number(more[1]) };
      if (to === undefined) throw new SedError("unexpected `,'");
    }
    spaces(/^\s*/);
    let not = false;
    while (script[at] === '!') {
      not = true;
      at += 1;
      spaces(/^\s*/);
    }
    const name = script[at++];
    if (name === undefined) throw new SedError('missing command');
    const base = { from, to, not, name, text: '', flags: '', end: 0 };
    if (name === '{') {
      open.push(commands.length);
      commands.push(base);
    } else if (name === '}') {
      const begun = open.pop();
      if (begun === undefined) throw new SedError("unexpected `}'");
      commands[begun]!.end = commands.length;
    } else if (name === 's') {
      const delimiter = script[at++] ?? '';
      const expression = until(delimiter, true);
      const text = until(delimiter, false);
      const flags = /^[gpIiMme0-9]*/.exec(script.slice(at))![0];
      at += flags.length;
      const file = script[at] === 'w' ? /^w\s*(\S+)/.exec(script.slice(at)) : null;
      if (file !== null) at += file[0].length;
      commands.push({
        ...base,
        expression: make(expression, `g${/[Ii]/.test(flags) ? 'i' : ''}`),
        text,
        flags,
      });
    } else if (name === 'y') {
      const delimiter = script[at++] ?? '';
      commands.push({ ...base, text: until(delimiter, false), flags: until(delimiter, false) });
    } else if ('aic'.includes(name)) {
      const found = /^(?:[ \t]*\\\n|[ \t]*\\?)((?:\\\n|[^\n])*)/.exec(script.slice(at))!;
      at += found[0].length;
      commands.push({
        ...base,
        text: found[1]!
          .replaceAll('\\\n', '\n')
          .replaceAll(/\\([^n])/g, '$1')
          .replaceAll('\\n', '\n')
          .replaceAll('\\t', '\t'),
      });
    } else if (':btTrRwW'.includes(name)) {
      const found = /^[ \t]*([^\n;}]*)/.exec(script.slice(at))!;
      at += found[0].length;
      commands.push({ ...base, text: found[1]!.trim() });
    } else if ('dDpPnNqQ=hHgGxlzF'.includes(name)) {
      const code = /^[ \t]*(\d*)/.exec(script.slice(at))!;
      at += code[0].length;
      commands.push({ ...base, text: code[1]! });
    } else throw new SedError(`unknown command: \`${name}'`);
  }
  if (open.length > 0) throw new SedError("unmatched `{'");
  return commands;
}

/** What `s` puts in: `&`, `\1`, `\n`, `\U…\E`. */
function replacement(text: string, groups: readonly (string | undefined)[]): string {
  let out = '';
  let change: 'U' | 'L' | '' = '';
  let next: 'u' | 'l' | '' = '';
  const put = (part: string): void => {
    let shown = change === 'U' ? part.toUpperCase() : change === 'L' ? part.toLowerCase() : part;
    if (next !== '' && shown !== '') {
      shown = (next === 'u' ? shown[0]!.toUpperCase() : shown[0]!.toLowerCase()) + shown.slice(1);
      next = '';
    }
    out += shown;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '&') put(groups[0] ?? '');
    else if (c === '\\' && i + 1 < text.length) {
      const d = text[++i]!;
      if (/\d/.test(d)) put(groups[Number(d)] ?? '');
      else if (d === 'n') put('\n');
      else if (d === 't') put('\t');
      else if (d === 'U' || d === 'L') change = d;
      else if (d === 'E') change = '';
      else if (d === 'u' || d === 'l') next = d;
      else put(d);
    } else put(c);
  }
  return out;
}

const MOST_STEPS = 100_000;

/** Edits a text. @returns what comes of it, and the code to end with */
function edit(commands: readonly SedCommand[], text: string, quiet: boolean): { text: string; code: number } {
  const lines = linesOf(text).map((line) => line.replace(/\n$/, ''));
  const ranges = new Map<SedCommand, number>();
  let out = '';
  let hold = '';
  let number = 0;
  let code = 0;
  let steps = 0;
  const labels = new Map(commands.flatMap((c, i) => (c.name === ':' ? [[c.text, i] as const] : [])));
  let space = '';
  let keep = false;
  const holdsAt = (where: Address): boolean =>
    'line' in where
      ? where.line === number
      : 'last' in where
        ? number === lines.length
        : 'step' in where
          ? where.step === 0
            ? number === where.from
            : number >= where.from && (number - where.from) % where.step === 0
          : new RegExp(where.expression.source, where.expression.flags.replace('g', '')).test(space);
  const applies = (command: SedCommand): boolean => {
    const { from, to } = command;
    if (from === undefined) return true;
    if (to === undefined) return holdsAt(from);
    const until = ranges.get(command);
    if (until !== undefined) {
      const over = 'more' in to || 'line' in to ? number >= until : holdsAt(to);
      if (over) ranges.delete(command);
      return 'line' in to && number > until ? holdsAt(from) : true;
    }
    const zero = 'line' in from && from.line === 0;
    if (!(zero ? number === 1 : holdsAt(from))) return false;
    const end = 'more' in to ? number + to.more : 'line' in to ? to.line : Number.POSITIVE_INFINITY;
    if (end > number && !(zero && !('line' in to) && !('more' in to) && holdsAt(to)))
      ranges.set(command, end);
    return true;
  };
  while (number < lines.length) {
    if (!keep) space = lines[number++]!;
    keep = false;
    let after = '';
    let print = !quiet;
    let ends = false;
    let substituted = false;
    for (let i = 0; i < commands.length; i++) {
      steps += 1;
      if (steps > MOST_STEPS) return { text: out, code: 4 };
      const command = commands[i]!;
      if (applies(command) === command.not) {
        if (command.name === '{') i = command.end - 1;
        continue;
      }
      const { name } = command;
      if (name === 's') {
        const which = Number(/\d+/.exec(command.flags)?.[0] ?? 1);
        let n = 0;
        let changed = false;
        space = space.replace(command.expression!, (...found: unknown[]) => {
          n += 1;
          if (command.flags.includes('g') ? n < which : n !== which) return found[0] as string;
          changed = true;
          const groups = found.slice(
            0,
            found.findIndex((part) => typeof part === 'number'),
          ) as (string | undefined)[];
          return replacement(command.text, groups);
        });
        substituted ||= changed;
        if (changed && command.flags.includes('p')) out += `${space}\n`;
      } else if (name === 'd' || (name === 'D' && !space.includes('\n'))) {
        print = false;
        after += '';
        break;
      } else if (name === 'D') {
        space = space.slice(space.indexOf('\n') + 1);
        keep = true;
        print = false;
        break;
      } else if (name === 'p') out += `${space}\n`;
      else if (name === 'P') out += `${space.split('\n')[0]}\n`;
      else if (name === 'q' || name === 'Q') {
        ends = true;
        code = Number(command.text || 0);
        if (name === 'Q') print = false;
        break;
      } else if (name === 'a') after += `${command.text}\n`;
      else if (name === 'i') out += `${command.text}\n`;
      else if (name === 'c') {
        if (command.to === undefined || !ranges.has(command)) out += `${command.text}\n`;
        print = false;
        break;
      } else if (name === '=') out += `${number}\n`;
      else if (name === 'n') {
        if (print) out += `${space}\n`;
        if (number >= lines.length) {
          print = false;
          ends = true;
          break;
        }
        space = lines[number++]!;
      } else if (name === 'N') {
        if (number >= lines.length) {
          ends = true;
          break;
        }
        space += `\n${lines[number++]!}`;
      } else if (name === 'h') hold = space;
      else if (name === 'H') hold += `\n${space}`;
      else if (name === 'g') space = hold;
      else if (name === 'G') space += `\n${hold}`;
      else if (name === 'x') [space, hold] = [hold, space];
      else if (name === 'y')
        space = [...space].map((c) => [...command.flags][[...command.text].indexOf(c)] ?? c).join('');
      else if (name === 'z') space = '';
      else if (name === 'b' || (name === 't' && substituted) || (name === 'T' && !substituted)) {
        if (name === 't') substituted = false;
        i = command.text === '' ? commands.length : (labels.get(command.text) ?? commands.length);
      }
    }
    if (print) out += `${space}\n`;
    out += after;
    if (ends) break;
  }
  return {
    text:
      !text.endsWith('\n') && out.endsWith('\n') && number >= lines.length && code === 0
        ? out.slice(0, -1)
        : out,
    code,
  };
}

const sed: Program = (call) => {
  const argv = call.argv.map((word) => (/^-i[^nErse]+/.test(word) ? '-i' : word));
  const options = optionsOf(argv, 'efl', ['expression', 'file']);
  const operands = [...options.operands];
  const parts = [...options.values('e', 'expression')];
  for (const file of options.values('f', 'file'))
    parts.push(call.env.files.read(absolute(call.cwd, file)) ?? '');
  if (parts.length === 0) {
    const script = operands.shift();
    if (script === undefined) {
      call.err('Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n');
      return 1;
    }
    parts.push(script);
  }
  let commands: SedCommand[];
  try {
    commands = parse(parts.join('\n'), options.has('E', 'r', 'regexp-extended'));
  } catch (error) {
    if (!(error instanceof SedError)) throw error;
    call.err(
      call.env.busybox ? `sed: ${error.message}\n` : `sed: -e expression #1, char 1: ${error.message}\n`,
    );
    return 1;
  }
  const quiet = options.has('n', 'quiet', 'silent');
  if (!options.has('i', 'in-place')) {
    let code = 0;
    const outcome = whole(call, operands, (text) => {
      const edited = edit(commands, text, quiet);
      call.out(edited.text);
      code = edited.code;
    });
    return typeof outcome === 'number'
      ? Math.max(outcome === 1 && !call.env.busybox ? 2 : outcome, code)
      : outcome;
  }
  return inPlace(call, commands, operands, quiet);
};

function inPlace(
  call: Call,
  commands: readonly SedCommand[],
  paths: readonly string[],
  quiet: boolean,
): number {
  let code = 0;
  for (const given of paths) {
    const content = contentOf(call, given);
    if ('why' in content) {
      if (call.env.server !== undefined) {
        call.env.passOver(`sed -i ${given}`);
        continue;
      }
      call.err(
        call.env.busybox ? `sed: ${given}: ${content.why}\n` : `sed: can't read ${given}: ${content.why}\n`,
      );
      code = call.env.busybox ? 1 : 2;
      continue;
    }
    const problem = call.env.files.write(absolute(call.cwd, given), edit(commands, content.text, quiet).text);
    if (problem === undefined) continue;
    call.err(
      call.env.busybox
        ? `sed: can't create temp file '${given}XXXXXX': ${PROBLEM_WORDS[problem]}\n`
        : `sed: couldn't open temporary file ./sedXXXXXX: ${PROBLEM_WORDS[problem]}\n`,
    );
    code = call.env.busybox ? 1 : 4;
  }
  return code;
}

export const sedPrograms: Readonly<Record<string, Program>> = { sed };
