/**
 * --dry-run without a value, or with one that is true or false, as old documents have it. Source:
 * staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go (`GetDryRunStrategy`).
 */
import { rfc3339Micro } from '../sim/api/time.ts';
import type { Millis } from '../sim/kernel/types.ts';

const SAID: Readonly<Record<string, string>> = {
  unchanged: ' is deprecated and can be replaced with --dry-run=client',
  true: '=true is deprecated (boolean value) and can be replaced with --dry-run=client',
  false: '=false is deprecated (boolean value) and can be replaced with --dry-run=none',
};

/** What kubectl's log says of it, as klog writes it; '' of a value of today. */
export function dryRunWarning(value: string, now: Millis): string {
  const said = SAID[value];
  if (said === undefined) return '';
  const [, month, day, time] = /-(\d\d)-(\d\d)T([\d:.]+)Z/.exec(rfc3339Micro(now))!;
  return `W${month}${day} ${time}       1 helpers.go:717] --dry-run${said}.\n`;
}
