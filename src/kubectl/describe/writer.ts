/**
 * Indented lines with tabs between cells, as kubectl's describers write them. Source:
 * staging/src/k8s.io/kubectl/pkg/describe/describe.go.
 */
import { EPOCH, parseTime } from '../../sim/api/time.ts';
import type { Toleration } from '../../sim/api/types.ts';

export interface DescribeWriter {
  /** Indents by two spaces a level; nothing is added at the end. */
  write(level: number, text: string): void;
  text(): string;
}

export function textWriter(): DescribeWriter {
  let out = '';
  return {
    write(level, text) {
      out += '  '.repeat(level) + text;
    },
    text: () => out,
  };
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const pad = (n: number): string => String(n).padStart(2, '0');

/** `Mon, 05 Jan 2026 09:00:00 +0000`. */
export function rfc1123(timestamp: string | undefined): string {
  const at = timestamp === undefined ? NaN : parseTime(timestamp);
  if (Number.isNaN(at)) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  const d = new Date(EPOCH + at);
  return (
    `${DAYS[d.getUTCDay()]}, ${pad(d.getUTCDate())} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()} ` +
    `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())} +0000`
  );
}

/** Title and one line an entry, `<none>` for none. */
export function writeLines(w: DescribeWriter, title: string, lines: readonly string[]): void {
  w.write(0, `${title}:\t`);
  if (lines.length === 0) w.write(0, '<none>\n');
  lines.forEach((line, i) => w.write(0, `${i === 0 ? '' : '\t'}${line}\n`));
}

export const writeLabels = (
  w: DescribeWriter,
  title: string,
  labels: Readonly<Record<string, string>> | undefined,
): void =>
  writeLines(
    w,
    title,
    Object.keys(labels ?? {})
      .sort()
      .map((k) => `${k}=${labels![k]}`),
  );

const HIDDEN = 'kubectl.kubernetes.io/last-applied-configuration';
const LONGEST = 140;
const shorten = (s: string, most: number): string => (s.length > most ? `${s.slice(0, most)}...` : s);

export function writeAnnotations(
  w: DescribeWriter,
  title: string,
  annotations: Readonly<Record<string, string>> | undefined,
): void {
  const keys = Object.keys(annotations ?? {})
    .filter((k) => k !== HIDDEN)
    .sort();
  w.write(0, `${title}:\t`);
  if (keys.length === 0) w.write(0, '<none>\n');
  keys.forEach((key, i) => {
    if (i > 0) w.write(0, '\t');
    const value = annotations![key]!.replace(/\n$/, '');
    if (value.length + key.length + 2 > LONGEST || value.includes('\n')) {
      w.write(0, `${key}:\n`);
      for (const line of value.split('\n')) w.write(0, `\t  ${shorten(line, LONGEST - 2)}\n`);
    } else w.write(0, `${key}: ${value}\n`);
  });
}

export function writeTolerations(
  w: DescribeWriter,
  title: string,
  tolerations: readonly Toleration[] | undefined,
): void {
  const sorted = (tolerations ?? [])
    .map((t, i) => ({ t, i }))
    .sort((a, b) => {
      const [x, y] = [a.t.key ?? '', b.t.key ?? ''];
      return x < y ? -1 : x > y ? 1 : a.i - b.i;
    });
  writeLines(
    w,
    title,
    sorted.map(({ t }) => {
      let text = t.key ?? '';
      if (t.value) text += `=${t.value}`;
      if (t.effect) text += `:${t.effect}`;
      if (t.operator === 'Exists' && !t.value) text += t.key || t.effect ? ' op=Exists' : 'op=Exists';
      if (t.tolerationSeconds !== undefined) text += ` for ${t.tolerationSeconds}s`;
      return text;
    }),
  );
}

/** The controller of an object: `ReplicaSet/web-5d68c8fffd`. */
export function controllerOf(
  owners: readonly { kind: string; name: string; controller?: boolean }[] | undefined,
): string {
  const owner = owners?.find((o) => o.controller);
  return owner === undefined ? '' : `${owner.kind}/${owner.name}`;
}
