/**
 * Conformance tests that upstream added after 1.20 (test/conformance/testdata/conformance.yaml of 1.36), by
 * cases of our own of what they describe: no binary of theirs is run.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Api, type Case, type Cases } from './api.ts';
import { apiMachinery } from './apimachinery.ts';
import { appsCases } from './apps.ts';
import { architecture, auth } from './auth.ts';
import { network } from './network.ts';
import { node, scheduling } from './node.ts';
import { storage } from './storage.ts';

const AREAS: Readonly<Record<string, Cases>> = {
  'api-machinery': apiMachinery,
  apps: appsCases,
  architecture,
  auth,
  network,
  node,
  scheduling,
  storage,
};

/** Without what stands in brackets. */
const plain = (name: string): string =>
  name
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

const PLAYED: readonly (readonly [area: string, name: string, play: Case])[] = Object.entries(AREAS).flatMap(
  ([area, cases]) =>
    Object.entries(cases).flatMap(([of, plays]) =>
      Object.entries(plays).map(([what, play]) => [area, `${of} ${what}`, play] as const),
    ),
);

const LISTED = readFileSync(new URL('since-1.20.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => plain(line.slice(line.indexOf('\t') + 1)));

describe.each(PLAYED)('%s', (_area, name, play) => {
  it(name, () => play(new Api()));
});

it('each is one that upstream has, and all of them are played', () => {
  const told = PLAYED.map(([, name]) => name);
  expect(told.toSorted()).toEqual(LISTED.toSorted());
});

it('the documentation has their numbers', () => {
  const page = readFileSync(new URL('../../../docs/serve.md', import.meta.url), 'utf8');
  for (const area of Object.keys(AREAS)) {
    const played = PLAYED.filter(([of]) => of === area).length;
    expect(page).toMatch(new RegExp(`^\\| ${area} \\| \\d+ \\| ${played} \\|`, 'm'));
  }
  expect(page).toContain(`${PLAYED.length} of the ${LISTED.length}`);
});
