#!/usr/bin/env node
// Starts the command: from dist/ where it was built, from the sources through tsx otherwise.
import { existsSync } from 'node:fs';
import { register } from 'tsx/esm/api';

const built = new URL('../dist/src/cli/main.js', import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  register();
  await import(new URL('../src/cli/main.ts', import.meta.url).href);
}
