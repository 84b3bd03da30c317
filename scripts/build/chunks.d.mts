/** Catalogues by the chunk that holds what they do: paths below dist/src. */
export const CHUNKS: Readonly<Record<string, readonly string[]>>;
