/** The names of all chunks. */
export const NAMES: readonly string[];
