/**
 * What Go's decoder says of a text that is no JSON: clients look for its words. Models
 * src/encoding/json/scanner.go of Go, which sigs.k8s.io/json has kept.
 */

const SPACE = /[ \t\r\n]/;

/** A letter as Go quotes it (`quoteChar`). */
function quoted(letter: string): string {
  if (letter === "'") return String.raw`'\''`;
  return letter === '"' ? `'"'` : `'${JSON.stringify(letter).slice(1, -1)}'`;
}

class Wrong extends Error {}

class Scanner {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The next letter, which there has to be. */
  private next(): string {
    const point = this.text.codePointAt(this.at);
    if (point === undefined) throw new Wrong('unexpected end of JSON input');
    return String.fromCodePoint(point);
  }

  private refuse(context: string): never {
    throw new Wrong(`invalid character ${quoted(this.next())} ${context}`);
  }

  private skip(): void {
    while (SPACE.test(this.text[this.at] ?? 'x')) this.at += 1;
  }

  whole(): void {
    this.value('looking for beginning of value');
    this.skip();
    if (this.at < this.text.length) this.refuse('after top-level value');
  }

  private value(context: string): void {
    this.skip();
    const letter = this.next();
    if (letter === '{') this.object();
    else if (letter === '[') this.array();
    else if (letter === '"') this.string();
    else if (/[-\d]/.test(letter)) this.number();
    else if (letter === 't') this.word('true');
    else if (letter === 'f') this.word('false');
    else if (letter === 'n') this.word('null');
    else this.refuse(context);
  }

  private object(): void {
    this.at += 1;
    this.skip();
    if (this.next() === '}') return void (this.at += 1);
    for (;;) {
      this.skip();
      if (this.next() !== '"') this.refuse('looking for beginning of object key string');
      this.string();
      this.skip();
      if (this.next() !== ':') this.refuse('after object key');
      this.at += 1;
      this.value('looking for beginning of value');
      this.skip();
      const letter = this.next();
      if (letter !== ',' && letter !== '}') this.refuse('after object key:value pair');
      this.at += 1;
      if (letter === '}') return;
    }
  }

  private array(): void {
    this.at += 1;
    this.skip();
    if (this.next() === ']') return void (this.at += 1);
    for (;;) {
      this.value('looking for beginning of value');
      this.skip();
      const letter = this.next();
      if (letter !== ',' && letter !== ']') this.refuse('after array element');
      this.at += 1;
      if (letter === ']') return;
    }
  }

  private string(): void {
    for (this.at += 1; this.next() !== '"'; this.at += 1) {
      if (this.next() < ' ') this.refuse('in string literal');
      if (this.next() !== '\\') continue;
      this.at += 1;
      if (!/["\\/bfnrtu]/.test(this.next())) this.refuse('in string escape code');
      if (this.next() !== 'u') continue;
      for (let digits = 0; digits < 4; digits += 1) {
        this.at += 1;
        if (!/[\da-fA-F]/.test(this.next())) this.refuse(String.raw`in \u hexadecimal character escape`);
      }
    }
    this.at += 1;
  }

  private digits(context: string): void {
    if (!/\d/.test(this.next())) this.refuse(context);
    while (/\d/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  private number(): void {
    if (this.next() === '-') this.at += 1;
    if (this.next() === '0') this.at += 1;
    else this.digits('in numeric literal');
    if (this.text[this.at] === '.') {
      this.at += 1;
      this.digits('after decimal point in numeric literal');
    }
    if (!/[eE]/.test(this.text[this.at] ?? '')) return;
    this.at += 1;
    if (/[-+]/.test(this.next())) this.at += 1;
    this.digits('in exponent of numeric literal');
  }

  private word(word: string): void {
    for (const letter of word.slice(1)) {
      this.at += 1;
      if (this.next() !== letter) this.refuse(`in literal ${word} (expecting ${quoted(letter)})`);
    }
    this.at += 1;
  }
}

/** @param text that `JSON.parse` refuses @example goJsonError('{') // 'unexpected end of JSON input' */
export function goJsonError(text: string): string {
  try {
    new Scanner(text).whole();
    return 'invalid JSON';
  } catch (error) {
    if (error instanceof Wrong) return error.message;
    // Nested deeper than any stack.
    return 'exceeded max depth';
  }
}
