import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Book } from '../view/run.ts';
import { fromBase85 } from '../view/base85.ts';
import { type Columns, fromColumns } from '../view/columns.ts';
import { folderOf } from './testing.ts';

const BIN = fileURLToPath(new URL('../../bin/seatrial.mjs', import.meta.url));

const FEATURE = `Feature: A shop
  Scenario: It opens
    Given a cluster with 1 node
    And 5 seconds pass
    When I run "kubectl get nodes"
    Then the output contains "no such thing"
`;

const seatrial = (cwd: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [BIN, ...args], { cwd, encoding: 'utf8' });

function bookIn(file: string): Book {
  const packed = /id="book">([^<]*)</.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return fromColumns(JSON.parse(gunzipSync(fromBase85(packed)).toString()) as Columns) as Book;
}

it('reports on features that it plays, and on the record of a run, alike', () => {
  const folder = folderOf({ 'shop.feature': FEATURE });
  const played = seatrial(folder, 'report', 'shop.feature', '--out', 'played.html');
  expect(played.status).toBe(1);
  expect(played.stdout).toContain('Training report: played.html (open it in a browser)');
  const book = bookIn(join(folder, 'played.html'));
  const scenario = book.chapters[0]!.scenarios[0]!;
  expect(book.failures).toEqual([{ claim: 'the output contains "no such thing"', scenarios: [scenario.id] }]);
  // A claim about the past that does not hold is its verdict, and no part of what is played.
  expect(scenario.run?.cause?.operations.map((o) => o.op)).toEqual(['cluster', 'pass', 'kubectl']);
  expect(seatrial(folder, 'run', 'shop.feature', '--json', 'run.json').status).toBe(1);
  const made = seatrial(folder, 'report', 'run.json', '--out', 'made.html', '--lang', 'ja');
  expect([made.status, made.stderr]).toEqual([0, '']);
  expect(readFileSync(join(folder, 'made.html'), 'utf8')).toContain('<html lang="ja">');
  expect(bookIn(join(folder, 'made.html')).chapters[0]!.scenarios[0]!.run?.hash).toBe(scenario.run!.hash);
  // Whatever it is called.
  renameSync(join(folder, 'run.json'), join(folder, 'run.log'));
  expect(seatrial(folder, 'report', 'run.log', '--out', 'again.html').status).toBe(0);
  expect(bookIn(join(folder, 'again.html')).chapters[0]!.scenarios[0]!.run?.hash).toBe(scenario.run!.hash);
});

it('opens in the language of the features', () => {
  const feature = '# language: ja\n機能: 店\n  シナリオ: 開く\n    前提 1台のノードを持つクラスター\n';
  const folder = folderOf({ '店.feature': feature });
  expect(seatrial(folder, 'run', '店.feature', '--report', 'ja.html', '--json', 'run.json').status).toBe(0);
  expect(seatrial(folder, 'report', 'run.json', '--out', 'made.html').status).toBe(0);
  expect(seatrial(folder, 'report', 'run.json', '--out', 'en.html', '--lang', 'en').status).toBe(0);
  const opensIn = (file: string) => /<html lang="(..)">/.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
  expect(['ja.html', 'made.html', 'en.html'].map(opensIn)).toEqual(['ja', 'ja', 'en']);
});

it.each([
  [['report', 'shop.feature', '--lang', 'de'], '--lang takes en or ja, not "de"'],
  [['report', 'run.json'], 'run.json is no record of a run of this version'],
  [['report', 'none.json'], 'none.json cannot be read as JSON'],
  [['report', 'nowhere'], 'there is no feature file or folder nowhere'],
])('refuses %j', (args, said) => {
  const { status, stderr } = seatrial(folderOf({ 'shop.feature': FEATURE, 'run.json': '{}' }), ...args);
  expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
});
