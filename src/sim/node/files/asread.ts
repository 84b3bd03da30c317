import { signedFile } from './tokenfile.ts';
import type { FileNode } from './tree.ts';

/** What a reader finds: a token signed. */
export const asRead = (node: FileNode): FileNode =>
  node.kind === 'file' && node.unsigned === true ? signedFile(node) : node;
