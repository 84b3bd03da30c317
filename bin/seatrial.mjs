#!/usr/bin/env node
// Starts the command: compiled from dist/ where that is up to date, from the sources through tsx otherwise.
import { fileURLToPath } from 'node:url';
import { isBuilt } from './built.mjs';

const root = new URL('../', import.meta.url);
if (isBuilt(fileURLToPath(root))) {
  await import(new URL('dist/src/cli/main.js', root).href);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import(new URL('src/cli/main.ts', root).href);
}
