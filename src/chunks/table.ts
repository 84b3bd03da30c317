import type { Chunk } from './chunk.ts';

/**
 * The chunks by name. None in Node, which has everything from the start: a page's build
 * (`scripts/build/chunks.mjs`) puts its own in place of this module.
 */
export const CHUNKS: Readonly<Record<string, Chunk<unknown>>> = {};
