/** The module for pages, by its path in the project. */
export const BUNDLE: string;
/** Makes it of dist/src/browser.js. @throws Error when it holds what a page has no use for */
export function bundleForBrowsers(root: string): Promise<void>;
