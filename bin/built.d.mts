/** Where the build says what it was made from, within the package. */
export const BUILT_FROM: string;
/** What the sources of a package hold, as one word. */
export function sourcesHash(root: string): string;
/** Whether `root/dist` was built from the sources as they are; a package that was installed has none. */
export function isBuilt(root: string): boolean;
