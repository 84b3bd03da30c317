/**
 * Elastic tab stops: a column is as wide as the widest of the neighbouring lines that have it, plus two
 * spaces. Source of the behaviour: Go's text/tabwriter as kubectl describe sets it up (minimum 0, padding 2,
 * spaces).
 */
const PADDING = 2;
const widthOf = (text: string): number => [...text].length;

export function tabbed(text: string): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const widths: number[][] = lines.map(() => []);
  /** Sets the widths of the columns from `column` on, for lines [from, to). */
  const format = (column: number, from: number, to: number): void => {
    let i = from;
    while (i < to) {
      if (column >= lines[i]!.length - 1) {
        i += 1;
        continue;
      }
      const start = i;
      let width = 0;
      while (i < to && column < lines[i]!.length - 1) {
        width = Math.max(width, widthOf(lines[i]![column]!) + PADDING);
        i += 1;
      }
      for (let j = start; j < i; j += 1) widths[j]![column] = width;
      format(column + 1, start, i);
    }
  };
  format(0, 0, lines.length);
  return lines
    .map((cells, i) =>
      cells
        .map((cell, c) => (c === cells.length - 1 ? cell : cell + ' '.repeat(widths[i]![c]! - widthOf(cell))))
        .join(''),
    )
    .join('\n');
}
