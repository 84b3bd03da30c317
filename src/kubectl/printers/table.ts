/**
 * Rows to aligned text, as kubectl's tab writer does it: at least 6 wide, three spaces between columns,
 * nothing after the last. Source: staging/src/k8s.io/cli-runtime/pkg/printers/tabwriter.go, tableprinter.go.
 */
const MIN_WIDTH = 6;
const PADDING = 3;

/** Width in characters, not in UTF-16 units. */
const widthOf = (text: string): number => [...text].length;

/** A cell shows its first line only, and nothing that could steer a terminal. */
export function cellText(value: string | number | boolean): string {
  let text = String(value);
  const breakAt = text.search(/[\f\n\r]/);
  if (breakAt >= 0) text = `${text.slice(0, breakAt)}...`;
  return text.replaceAll('\u001b', '^[');
}

/**
 * Aligns rows. `remembered` (changed in place) keeps the widths of earlier calls, for output that grows row
 * by row.
 */
export function alignRows(rows: readonly (readonly string[])[], remembered?: number[]): string {
  const widths: number[] = remembered ?? [];
  for (const row of rows) {
    for (let i = 0; i < row.length - 1; i += 1) {
      widths[i] = Math.max(widths[i] ?? MIN_WIDTH, widthOf(row[i]!) + PADDING);
    }
  }
  let out = '';
  for (const row of rows) {
    for (let i = 0; i < row.length; i += 1) {
      const cell = row[i]!;
      out += i === row.length - 1 ? cell : cell + ' '.repeat(Math.max(0, widths[i]! - widthOf(cell)));
    }
    out += '\n';
  }
  return out;
}
