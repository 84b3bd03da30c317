/** Strings as a step holds them: in double quotes, or single ones where they hold double ones. */

/** Source of a regular expression without capture groups. */
export const STRING_PATTERN = '"(?:[^"\\\\]|\\\\.)*"|\'(?:[^\'\\\\]|\\\\.)*\'';

export const unquote = (text: string): string => text.slice(1, -1).replace(/\\"/g, '"').replace(/\\'/g, "'");
export const quote = (text: string): string =>
  text.includes('"') && !text.includes("'") ? `'${text}'` : `"${text.replace(/"/g, '\\"')}"`;
