/** A token of a Pod in its volume: it is signed when somebody reads it, which takes long and is seldom. */
import { signedToken, tokenLength } from '../../api/authentication/tokens.ts';
import { bytesOf, type FileNode } from './tree.ts';

/** @param says its claims, as JSON */
export const tokenFile = (says: string, mode: number): FileNode => ({
  kind: 'file',
  content: says,
  mode,
  bytes: tokenLength(bytesOf(says)),
  unsigned: true,
});

export function signedFile(file: FileNode & { readonly kind: 'file' }): FileNode {
  const { unsigned: _, bytes: _bytes, ...signed } = file;
  return { ...signed, content: signedToken(file.content) };
}
