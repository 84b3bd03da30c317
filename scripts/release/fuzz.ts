/** Hostile input of every kind, some minutes of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { attacks, type Attack } from '../../src/fuzz/index.ts';
import { WORKING } from '../../src/fuzz/working.ts';
import type { Check } from './check.ts';
import { sharedOut } from './shares.ts';

const RECORDED = join(import.meta.dirname, '../../src/conformance/recordings/delete-background.yaml');

/** @param manifest path of one that can be explored */
export const attacksWith = (manifest: string): Attack[] =>
  attacks(manifest, parse(readFileSync(RECORDED, 'utf8')));

export const fuzz: Check = {
  name: 'fuzz',
  plan(folder) {
    const manifest = join(folder, 'a.yaml');
    writeFileSync(manifest, JSON.stringify(WORKING[0]));
    return sharedOut(
      attacksWith(manifest).map(({ name, many }) => ({
        name,
        command: ['release/attack.ts', name, manifest],
        many,
      })),
      { inputs: 'inputs', accepted: 'accepted', wrong: 'neither accepted nor refused' },
    );
  },
};
