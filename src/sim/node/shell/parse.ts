/**
 * A small POSIX shell: text to a list of instructions with jumps, so that a container's script can sleep, be
 * saved and go on by its place in the list. Understood: words with quotes, `;`, newline, `&&`, `||`, `!`,
 * `>`, `>>`, `2>&1`, `while/until … do … done`, `if … then … else … fi`, comments, `&` (ignored).
 */

export interface Command {
  readonly op: 'run';
  readonly argv: readonly string[];
  readonly redirect?: { readonly path: string; readonly append: boolean };
  readonly negate: boolean;
}
export type Instruction =
  | Command
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'jumpIfFailed'; readonly to: number }
  | { readonly op: 'jumpIfOk'; readonly to: number };

type Token = { kind: 'word'; text: string; quoted: boolean } | { kind: 'op'; text: string };

/** @throws Error with the shell's words for a text it cannot read */
export function parseScript(text: string): Instruction[] {
  const tokens = tokenize(text);
  const out: Instruction[] = [];
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const isOp = (...texts: string[]): boolean => peek()?.kind === 'op' && texts.includes(peek()!.text);
  const isWord = (...texts: string[]): boolean => {
    const t = peek();
    return t?.kind === 'word' && !t.quoted && texts.includes(t.text);
  };
  const unexpected = (): never => {
    throw new Error(`syntax error: unexpected ${peek() === undefined ? 'end of file' : `"${peek()!.text}"`}`);
  };
  const expectWord = (text: string): void => {
    if (!isWord(text)) unexpected();
    at += 1;
  };

  const list = (...ends: string[]): void => {
    for (;;) {
      while (isOp(';', '\n', '&')) at += 1;
      if (peek() === undefined || isWord(...ends)) return;
      andOr();
      if (peek() !== undefined && !isOp(';', '\n', '&') && !isWord(...ends)) unexpected();
    }
  };
  const andOr = (): void => {
    statement();
    while (isOp('&&', '||')) {
      const { text: op } = tokens[at]!;
      at += 1;
      while (isOp('\n')) at += 1;
      const jump = out.push({ op: 'jump', to: 0 }) - 1;
      statement();
      out[jump] = { op: op === '&&' ? 'jumpIfFailed' : 'jumpIfOk', to: out.length };
    }
  };
  const statement = (): void => {
    if (isWord('while', 'until')) {
      const untilLoop = isWord('until');
      at += 1;
      const top = out.length;
      list('do');
      expectWord('do');
      const exit = out.push({ op: 'jump', to: 0 }) - 1;
      list('done');
      expectWord('done');
      out.push({ op: 'jump', to: top });
      out[exit] = { op: untilLoop ? 'jumpIfOk' : 'jumpIfFailed', to: out.length };
      out.push({ op: 'run', argv: ['true'], negate: false });
    } else if (isWord('if')) {
      at += 1;
      list('then');
      expectWord('then');
      const skip = out.push({ op: 'jump', to: 0 }) - 1;
      list('else', 'fi');
      let end = -1;
      if (isWord('else')) {
        at += 1;
        end = out.push({ op: 'jump', to: 0 }) - 1;
        out[skip] = { op: 'jumpIfFailed', to: out.length };
        list('fi');
        out[end] = { op: 'jump', to: out.length };
      } else {
        out[skip] = { op: 'jumpIfFailed', to: out.length };
      }
      expectWord('fi');
    } else {
      simple();
    }
  };
  const simple = (): void => {
    const argv: string[] = [];
    let redirect: Command['redirect'];
    let negate = false;
    if (isWord('!')) {
      negate = true;
      at += 1;
    }
    for (;;) {
      const token = peek();
      if (token === undefined) break;
      if (token.kind === 'word') {
        argv.push(token.text);
        at += 1;
        continue;
      }
      if (token.text !== '>' && token.text !== '>>') break;
      at += 1;
      const target = peek();
      if (target?.kind !== 'word') return unexpected();
      redirect = { path: target.text, append: token.text === '>>' };
      at += 1;
    }
    if (argv.length === 0 && redirect === undefined) unexpected();
    out.push({ op: 'run', argv, ...(redirect === undefined ? {} : { redirect }), negate });
  };
  list();
  if (peek() !== undefined) unexpected();
  return out;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let word = '';
  let open = false;
  let quoted = false;
  const flush = (): void => {
    if (open) tokens.push({ kind: 'word', text: word, quoted });
    word = '';
    open = false;
    quoted = false;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === "'" || c === '"') {
      const end = closing(text, i, c);
      word += c === '"' ? text.slice(i + 1, end).replace(/\\(["\\$`])/g, '$1') : text.slice(i + 1, end);
      open = quoted = true;
      i = end;
    } else if (c === '\\') {
      i += 1;
      if (text[i] !== '\n' && i < text.length) {
        word += text[i];
        open = quoted = true;
      }
    } else if (c === '#' && !open) {
      while (i + 1 < text.length && text[i + 1] !== '\n') i += 1;
    } else if (c === ' ' || c === '\t' || c === '\r') {
      flush();
    } else if (/^[0-2]>&[0-2]/.test(text.slice(i, i + 4)) && !open) {
      i += 3;
    } else if (/^[12]>/.test(text.slice(i, i + 2)) && !open) {
      if (c === '2') {
        // Standard error goes elsewhere: its target is read and forgotten.
        const rest = /^2>>?\s*\S+/.exec(text.slice(i))![0];
        i += rest.length - 1;
      }
    } else if (';\n&|>'.includes(c)) {
      flush();
      const double = text.slice(i, i + 2);
      const op = ['&&', '||', '>>'].includes(double) ? double : c;
      if (op === '|') throw new Error('syntax error: pipes are not supported');
      tokens.push({ kind: 'op', text: op });
      i += op.length - 1;
    } else {
      word += c;
      open = true;
    }
  }
  flush();
  return tokens;
}

function closing(text: string, from: number, quote: string): number {
  for (let i = from + 1; i < text.length; i++) {
    if (quote === '"' && text[i] === '\\') i += 1;
    else if (text[i] === quote) return i;
  }
  throw new Error('syntax error: unterminated quoted string');
}
