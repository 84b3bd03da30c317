/** The text of PDFs that Chromium prints, as far as a test asks: which text stands on which page. */
import { inflateSync } from 'node:zlib';

interface PdfObject {
  readonly head: string;
  /** What stands in its stream, inflated. */
  readonly body: string;
}

function objectsOf(pdf: Buffer): ReadonlyMap<string, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const { 1: id, index, 0: start } of text.matchAll(/^(\d+) 0 obj\b/gm)) {
    const end = text.indexOf('endobj', index);
    const stream = text.indexOf('stream\n', index);
    const isStream = stream >= 0 && stream < end;
    const head = text.slice(index + start.length, isStream ? stream : end);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const from = stream + 'stream\n'.length;
    const bytes = pdf.subarray(from, from + length);
    const body = !isStream
      ? ''
      : (head.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
    objects.set(id!, { head, body });
  }
  return objects;
}

const utf16 = (hex: string): string =>
  String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)));

/** What the glyphs of a font mean, by their codes in hexadecimal. */
function glyphsOf(cmap: string): ReadonlyMap<string, string> {
  const glyphs = new Map<string, string>();
  for (const [, list] of cmap.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g))
    for (const [, code, text] of list!.matchAll(/<(\w+)> <(\w+)>/g)) glyphs.set(code!, utf16(text!));
  for (const [, list] of cmap.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g))
    for (const [, from, to, text] of list!.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
      const [first, last, begins] = [from!, to!, text!].map((n) => Number.parseInt(n, 16)) as [
        number,
        number,
        number,
      ];
      for (let code = first; code <= last; code += 1)
        glyphs.set(
          code.toString(16).toUpperCase().padStart(from!.length, '0'),
          String.fromCharCode(begins + code - first),
        );
    }
  return glyphs;
}

/** Without what lines are broken at, and as letters that look alike are one. */
export const squeezed = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

/** The text of each page, squeezed. */
export function pagesOf(pdf: Buffer): string[] {
  const objects = objectsOf(pdf);
  const fonts = new Map<string, ReadonlyMap<string, string>>();
  const fontNamed = (id: string): ReadonlyMap<string, string> => {
    const known = fonts.get(id);
    if (known !== undefined) return known;
    const cmap = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.head ?? '')?.[1];
    const font = glyphsOf(objects.get(cmap ?? '')?.body ?? '');
    fonts.set(id, font);
    return font;
  };
  const pages = [...objects.values()].filter((o) => /\/Type \/Page\n/.test(o.head));
  return pages.map(({ head }) => {
    const body = objects.get(/\/Contents (\d+) 0 R/.exec(head)?.[1] ?? '')?.body ?? '';
    let font: ReadonlyMap<string, string> = new Map();
    let text = '';
    // Fonts are named for the objects that they are.
    for (const [, id, shown] of body.matchAll(/\/F(\d+) [\d.]+ Tf|<(\w+)> Tj/g)) {
      if (id !== undefined) font = fontNamed(id);
      const width = [...font.keys()][0]?.length ?? 4;
      for (let i = 0; i < (shown?.length ?? 0); i += width)
        text += font.get(shown!.slice(i, i + width)) ?? '';
    }
    return squeezed(text);
  });
}
