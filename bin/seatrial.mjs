#!/usr/bin/env node
// Starts the command: compiled from dist/ where that is up to date, from the sources through tsx otherwise.
import { fileURLToPath } from 'node:url';
import { isBuilt } from './built.mjs';

const root = new URL('../', import.meta.url);
if (isBuilt(fileURLToPath(root))) {
  await import(new URL('dist/src/cli/main.js', root).href);
} else {
  const { register } = await import('tsx/esm/api');
  // Called in any folder: how the sources are compiled is said by the project's own settings, not by that folder's.
  register({ tsconfig: fileURLToPath(new URL('tsconfig.json', root)) });
  await import(new URL('src/cli/main.ts', root).href);
}
