/** Text of others (names, labels, messages, logs, titles) made safe to print. */

/**
 * What commands a terminal or turns the order of what is read: control characters but for line feeds and
 * tabs, marks of writing direction (Unicode's Bidi_Control), separators of lines, and halves of characters.
 */
const UNSEEN =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * The text with everything shown that would act instead of being seen, as JSON writes it. Whatever reaches a
 * terminal or a log has come by here.
 * @example visible('\u001b[31mred') // '\\u001b[31mred'
 */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The same with all texts in it, keys among them, made visible. @param value plain data */
export function visibleIn<T>(value: T): T {
  if (typeof value === 'string') return visible(value) as T;
  if (Array.isArray(value)) return value.map(visibleIn) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [visible(key), visibleIn(inner)]),
  ) as T;
}
