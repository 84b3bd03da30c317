/** How full file systems are: `df` of GNU coreutils (src/df.c) and of BusyBox (coreutils/df.c). */
import type { Call, Program } from '../call.ts';
import type { MountPoint } from '../env.ts';
import { mountOf } from '../mounts.ts';
import { absolute } from '../paths.ts';
import { optionsOf, type Options } from './options.ts';
import { humanSize, UNITS } from './sizes.ts';

/** Of a file system, what is printed: the head of the table, too, is such a row. */
interface Row {
  readonly name: string;
  readonly type: string;
  readonly size: string;
  readonly used: string;
  readonly free: string;
  readonly part: string;
  readonly path: string;
}

/** As BusyBox shortens it: one decimal, whatever the size. */
function decimalSize(bytes: number): string {
  if (bytes === 0) return '0';
  let size = bytes;
  let unit = 0;
  for (; size >= 1024 && unit < UNITS.length - 1; unit++) size /= 1024;
  return `${size.toFixed(1)}${UNITS[unit]}`;
}

function rowOf(
  { device, type, path, sizeBytes, usedBytes }: MountPoint,
  shown: (bytes: number) => string,
): Row {
  const used = Math.min(usedBytes, sizeBytes);
  const part = `${sizeBytes === 0 ? 0 : Math.ceil((used * 100) / sizeBytes)}%`;
  return {
    name: device,
    type,
    size: shown(sizeBytes),
    used: shown(used),
    free: shown(sizeBytes - used),
    part,
    path,
  };
}

/** Columns of fixed widths. */
function busyboxLine({ name, type, size, used, free, part, path }: Row, typed: boolean): string {
  const kind = typed ? ` ${type.padEnd(10)}` : '';
  const sizes = [size, used, free].map((text) => text.padStart(9)).join(' ');
  return `${name.padEnd(20)}${kind} ${sizes} ${part.padStart(4)} ${path}`;
}

/** Columns as wide as what is in them. */
function gnuLines(rows: readonly Row[], typed: boolean): string[] {
  const wide = (key: keyof Row, least: number): number =>
    Math.max(least, ...rows.map((row) => row[key].length));
  const [name, type, part] = [wide('name', 14), wide('type', 4), wide('part', 4)];
  const sizes = (['size', 'used', 'free'] as const).map((key) => [key, wide(key, 5)] as const);
  return rows.map((row) =>
    [
      row.name.padEnd(name),
      ...(typed ? [row.type.padEnd(type)] : []),
      ...sizes.map(([key, width]) => row[key].padStart(width)),
      row.part.padStart(part),
      row.path,
    ].join(' '),
  );
}

function headOf(options: Options, busybox: boolean): Row {
  const short = options.has('h');
  const kilo = options.has('P') ? '1024-blocks' : '1K-blocks';
  return {
    name: 'Filesystem',
    type: 'Type',
    size: short ? 'Size' : options.has('m') ? '1M-blocks' : kilo,
    used: 'Used',
    free: short && !busybox ? 'Avail' : 'Available',
    part: options.has('P') ? 'Capacity' : 'Use%',
    path: 'Mounted on',
  };
}

/** Of the operands what each is on; none: all. */
function chosen(
  call: Call,
  operands: readonly string[],
): { readonly mounts: readonly MountPoint[]; readonly code: number } {
  const { env } = call;
  const all = env.mounts();
  if (operands.length === 0) return { mounts: all, code: 0 };
  const mounts: MountPoint[] = [];
  let code = 0;
  for (const given of operands) {
    const path = absolute(call.cwd, given);
    const mount = env.files.stat(path) === undefined ? undefined : mountOf(all, path);
    if (mount !== undefined) {
      mounts.push(mount);
      continue;
    }
    call.err(
      env.busybox ? `df: ${given}: can't find mount point\n` : `df: ${given}: No such file or directory\n`,
    );
    code = 1;
  }
  return { mounts, code };
}

export const df: Program = (call) => {
  const options = optionsOf(call.argv, 't');
  const { busybox } = call.env;
  const { mounts, code } = chosen(call, options.operands);
  const unit = options.has('m') ? 1024 ** 2 : 1024;
  const shown = options.has('h')
    ? busybox
      ? decimalSize
      : humanSize
    : (n: number) => String(Math.ceil(n / unit));
  const rows = mounts.map((mount) => rowOf(mount, shown));
  // GNU's prints no table of nothing.
  if (rows.length > 0 || busybox) rows.unshift(headOf(options, busybox));
  const typed = options.has('T');
  const lines = busybox ? rows.map((row) => busyboxLine(row, typed)) : gnuLines(rows, typed);
  call.out(lines.map((line) => `${line}\n`).join(''));
  return code;
};
