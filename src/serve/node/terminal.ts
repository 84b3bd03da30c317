/**
 * What a kernel's terminal does between who types and what reads: it echoes, keeps a line until it is whole,
 * and knows the keys that end or interrupt. Source: termios(3), canonical mode.
 */

const INTERRUPT = '\u0003';
const END = '\u0004';
const KILL_LINE = '\u0015';
const ERASE: readonly string[] = ['\b', '\u007f'];

/** What comes of keys: what is shown of them, and what is passed on. */
export interface Keyed {
  readonly shown: string;
  /** Lines; undefined among them: the end of the input. */
  readonly passed: readonly (string | undefined)[];
  /** Somebody wants what runs to end. */
  readonly interrupted: boolean;
}

export class Terminal {
  private line = '';

  type(keys: string): Keyed {
    let shown = '';
    let interrupted = false;
    const passed: (string | undefined)[] = [];
    for (const key of keys) {
      if (key === '\r' || key === '\n') {
        passed.push(`${this.line}\n`);
        shown += '\r\n';
        this.line = '';
      } else if (key === INTERRUPT) {
        interrupted = true;
        shown += '^C\r\n';
        this.line = '';
      } else if (key === END) {
        passed.push(this.line === '' ? undefined : this.line);
        this.line = '';
      } else if (ERASE.includes(key) || key === KILL_LINE) {
        const gone = key === KILL_LINE ? [...this.line].length : Math.min(1, [...this.line].length);
        this.line = [...this.line].slice(0, [...this.line].length - gone).join('');
        shown += '\b \b'.repeat(gone);
      } else {
        this.line += key;
        shown += key;
      }
    }
    return { shown, passed, interrupted };
  }
}

/** As a terminal shows what is written to it. */
export const onTerminal = (text: string): string => text.replaceAll(/\r?\n/g, '\r\n');
