/** Lists that a message cuts. */
const SHOWN = 10;

/** `a, b, and 3 more` */
export const bounded = (items: readonly string[], more: (count: number) => string): string =>
  [...items.slice(0, SHOWN), ...(items.length > SHOWN ? [more(items.length - SHOWN)] : [])].join(', ');
