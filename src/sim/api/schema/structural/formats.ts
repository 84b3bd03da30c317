/**
 * The formats of strings that are checked. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/validation/formats.go and kube-openapi's
 * pkg/validation/strfmt; what is not named there is not checked.
 */
import { isIPv4 } from '../../validation/text.ts';

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const HOSTNAME =
  /^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\.?$/;
const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?$/;
/** Go's durations, and the words of go-openapi's. */
const DURATION =
  /^[+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))*$|^0$/;
const DURATION_WORDS =
  /^\s*\d+\s*(nanoseconds?|microseconds?|milliseconds?|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|ns|us|µs|ms|s|m|h|hr|d|w)\s*$/;

const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

function isUri(text: string): boolean {
  if (text.startsWith('/')) return true;
  try {
    return new URL(text).href !== '';
  } catch {
    return false;
  }
}

function isIPv6(text: string): boolean {
  if (!/^[0-9a-fA-F:.]+$/.test(text) || !text.includes(':')) return false;
  try {
    return new URL(`http://[${text}]/`).hostname !== '';
  } catch {
    return false;
  }
}

function isCidr(text: string): boolean {
  const [address, bits, ...more] = text.split('/');
  if (bits === undefined || more.length > 0 || !/^\d{1,3}$/.test(bits)) return false;
  return isIPv4(address!) ? Number(bits) <= 32 : isIPv6(address!) && Number(bits) <= 128;
}

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  byte: (t) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(t),
  cidr: isCidr,
  date: isDate,
  datetime: (t) => DATE_TIME.test(t) && isDate(t.slice(0, 10)),
  duration: (t) => DURATION.test(t) || DURATION_WORDS.test(t),
  email: (t) => /^[^\s@<>]+@[^\s@<>]+$/.test(t),
  hexcolor: (t) => /^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/.test(t),
  hostname: (t) => t.length <= 255 && HOSTNAME.test(t),
  ipv4: isIPv4,
  ipv6: isIPv6,
  'k8s-long-name': (t) =>
    t.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(t),
  'k8s-short-name': (t) => t.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(t),
  mac: (t) => /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(t),
  uri: isUri,
  uuid: (t) => UUID.test(t),
  uuid3: (t) => UUID.test(t) && t.replaceAll('-', '')[12] === '3',
  uuid4: (t) => UUID.test(t) && t.replaceAll('-', '')[12] === '4',
  uuid5: (t) => UUID.test(t) && t.replaceAll('-', '')[12] === '5',
};

/** Whether a string is of a format; of one that is not checked, all are. `date-time` is `datetime`. */
export function hasFormat(text: string, format: string): boolean {
  const name = format.replaceAll('-', '');
  const check = Object.hasOwn(FORMATS, format)
    ? FORMATS[format]
    : Object.hasOwn(FORMATS, name)
      ? FORMATS[name]
      : undefined;
  return check === undefined || check(text);
}
