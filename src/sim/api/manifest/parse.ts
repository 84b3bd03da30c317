/**
 * YAML as kubectl's parser takes it. It goes by libyaml (sigs.k8s.io/yaml over go.yaml.in/yaml), which lets
 * the lines of a quoted text begin in any column, also left of their key; the parser here holds them to the
 * indentation that the specification wants.
 */
import { type Document, LineCounter, parseAllDocuments, type YAMLError } from 'yaml';
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

const unclosed = ({ documents }: Yaml): YAMLError | undefined => {
  const error = documents.find((d) => d.errors.length > 0)?.errors[0];
  return error?.code === 'MISSING_CHAR' && /quote$/.test(error.message) ? error : undefined;
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

/** The lines of the quoted text set in, as far as their key is; undefined where it has no end. */
function setIn(source: string, { message, pos }: YAMLError): string | undefined {
  const opening = openingBefore(source, pos[0], message.includes('"') ? '"' : "'");
  const closing = opening < 0 ? -1 : closingBehind(source, opening);
  if (closing < 0) return undefined;
  const lineStart = source.lastIndexOf('\n', opening) + 1;
  const text = source.slice(opening, closing);
  // Between documents no text goes on.
  if (/\n(---|\.\.\.)(\s|$)/.test(text)) return undefined;
  const margin = ' '.repeat(opening - lineStart + 1);
  return source.slice(0, opening) + text.replace(/\n[ \t]*/g, `\n${margin}`) + source.slice(closing);
}

/**
 * The documents of a text, with what is wrong in each. Lines of quoted texts may be told in other columns
 * than they are written in, never in other lines.
 */
export function parseYaml(source: string): Yaml {
  const asWritten = documentsOf(source);
  let yaml = asWritten;
  let text = source;
  for (let error = unclosed(yaml); error !== undefined; error = unclosed(yaml)) {
    const next = setIn(text, error);
    if (next === undefined || next === text) break;
    text = next;
    yaml = documentsOf(text);
  }
  return yaml.documents.every((d) => d.errors.length === 0) ? yaml : asWritten;
}

/** So many texts are remembered: those of a campaign are checked, applied and drawn from again and again. */
const REMEMBERED = 4;

/** The same, for who changes nothing of it. */
export const parsedYaml = remembered(REMEMBERED, parseYaml);
