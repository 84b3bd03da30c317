/** The module for pages, by its path in the project. */
export const BUNDLE: string;
/** What a page loads, compressed as servers do. */
export const LIMIT_BYTES: number;
/** Packages that a page has no use for. */
export const LEFT_OUT: readonly string[];
/** Makes it of dist/src/browser.js; returns its size in bytes, compressed. @throws Error when it is too large */
export function bundleForBrowsers(root: string): Promise<number>;
