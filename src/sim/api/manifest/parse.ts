/**
 * YAML as kubectl's parser takes it. It goes by libyaml (sigs.k8s.io/yaml over go.yaml.in/yaml), which lets
 * the lines of a quoted text, and those of what stands in brackets, begin in any column, also left of their
 * key (scannerc.go unrolls indentation only outside of them); the parser here holds them to the indentation
 * that the specification wants.
 */
import { type Document, LineCounter, parseAllDocuments, visit, type YAMLError } from 'yaml';
import { remembered } from '../../kernel/memo.ts';

export interface Yaml {
  readonly documents: readonly Document[];
  /** Where its lines begin. */
  readonly lines: LineCounter;
}

function documentsOf(source: string): Yaml {
  const lines = new LineCounter();
  const documents = parseAllDocuments(source, {
    schema: 'failsafe',
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    strict: true,
  });
  // A text without a document is an empty list of another type.
  return { documents: Array.isArray(documents) ? (documents as Document[]) : [], lines };
}

/** A stretch of the text: from its first character to behind its last. */
type Stretch = readonly [begin: number, end: number];

const firstError = ({ documents }: Yaml): { document: Document; error: YAMLError } | undefined => {
  const document = documents.find((d) => d.errors.length > 0);
  return document && { document, error: document.errors[0]! };
};

/** Where the quoted text begins that ends, for want of indentation, at an offset; -1: nowhere. */
function openingBefore(source: string, end: number, quote: string): number {
  for (let at = end - 1; at >= 0; at -= 1) {
    if (source[at] !== quote) continue;
    if (quote === "'" && source[at - 1] === "'") at -= 1;
    else if (quote === "'" || !/(^|[^\\])(\\\\)*\\$/.test(source.slice(Math.max(0, at - 8), at))) return at;
  }
  return -1;
}

/** Behind the quote that ends a text; -1: nothing does. */
function closingBehind(source: string, opening: number): number {
  const quote = source[opening]!;
  for (let at = opening + 1; at < source.length; at += 1) {
    if (quote === '"' && source[at] === '\\') at += 1;
    else if (source[at] === quote && quote === "'" && source[at + 1] === "'") at += 1;
    else if (source[at] === quote) return at + 1;
  }
  return -1;
}

/** The quoted text that an error says has no end. */
function quotedAt(source: string, { code, message, pos }: YAMLError): Stretch | undefined {
  if (code !== 'MISSING_CHAR' || !/quote$/.test(message)) return undefined;
  const opening = openingBefore(source, pos[0], message.includes('"') ? '"' : "'");
  const closing = opening < 0 ? -1 : closingBehind(source, opening);
  return closing < 0 ? undefined : [opening, closing];
}

/** Behind the bracket that ends what one begins; -1: nothing does. */
function bracketBehind(source: string, opening: number): number {
  let depth = 0;
  // Quotes inside a plain word are none.
  let wordBegins = true;
  for (let at = opening; at < source.length; at += 1) {
    const char = source[at]!;
    if (/\s/.test(char)) continue;
    if (char === '#' && /\s/.test(source[at - 1]!)) {
      at = source.indexOf('\n', at);
      if (at < 0) return -1;
      continue;
    }
    if (wordBegins && (char === '"' || char === "'")) {
      at = closingBehind(source, at) - 1;
      if (at < 0) return -1;
    } else if (char === '[' || char === '{') depth += 1;
    else if (char === ']' || char === '}') depth -= 1;
    if (depth === 0) return at + 1;
    wordBegins = /[[{,:?]/.test(char);
  }
  return -1;
}

/** What stands in brackets and goes on, by an error, where it may not. */
function bracketsAt(
  source: string,
  document: Document,
  { code, message, pos }: YAMLError,
): Stretch | undefined {
  if (code !== 'BAD_INDENT' || !message.startsWith('Flow ')) return undefined;
  let opening = -1;
  visit(document, {
    Collection(_, { flow, range }) {
      if (flow !== true || range === null || range === undefined || range[0] > pos[0] || range[2] < pos[0])
        return undefined;
      opening = range[0];
      return visit.BREAK;
    },
  });
  const closing = opening < 0 ? -1 : bracketBehind(source, opening);
  return closing < 0 ? undefined : [opening, closing];
}

/** The lines of a stretch set in, as far as it begins; undefined where it goes on into another document. */
function setIn(source: string, [begin, end]: Stretch): string | undefined {
  const text = source.slice(begin, end);
  if (/\n(---|\.\.\.)(\s|$)/.test(text)) return undefined;
  const margin = ' '.repeat(begin - source.lastIndexOf('\n', begin));
  return source.slice(0, begin) + text.replace(/\n[ \t]*/g, `\n${margin}`) + source.slice(end);
}

/**
 * The documents of a text, with what is wrong in each. Lines of quoted texts and of what stands in brackets
 * may be told in other columns than they are written in, never in other lines.
 */
export function parseYaml(source: string): Yaml {
  const asWritten = documentsOf(source);
  let yaml = asWritten;
  let text = source;
  for (let first = firstError(yaml); first !== undefined; first = firstError(yaml)) {
    const { document, error } = first;
    const stretch = quotedAt(text, error) ?? bracketsAt(text, document, error);
    const next = stretch && setIn(text, stretch);
    if (next === undefined || next === text) break;
    text = next;
    yaml = documentsOf(text);
  }
  return firstError(yaml) === undefined ? yaml : asWritten;
}

/** So many texts are remembered: those of a campaign are checked, applied and drawn from again and again. */
const REMEMBERED = 4;

/** The same, for who changes nothing of it. */
export const parsedYaml = remembered(REMEMBERED, parseYaml);
