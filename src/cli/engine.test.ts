import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { ENGINE_FLAGS } from './engine.ts';

test('the engine knows every flag that it is told', () => {
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  for (const flag of ENGINE_FLAGS.search)
    expect(stdout).toContain(flag.replace(/=.*/, '').replace('--no-', '--'));
});

/** Functions are compiled all the time, large enough and small enough to be inlined, while flags change. */
const COMPILING = `
import { setFlagsFromString } from 'node:v8';
const [told, untold] = JSON.parse(process.argv[1]);
const lines = Array.from({ length: 24 }, (_, i) => 'x = (x * ' + (i + 3) + ' + y) | 0; if (x > ' + i * 1000 + ') y = x - ' + i);
let turn = 0;
for (let round = 0; round < 50; round += 1) {
  const functions = Array.from({ length: 8 }, (_, k) =>
    'function f' + k + '(x, y) {' + lines.slice(0, 5 + 3 * k).join(';') + '; return x + ' + round + '; }');
  const calls = functions.map((_, k) => 's += f' + k + '(i, z);').join('');
  const made = functions.join('') + 'return (z) => { let s = 0, o = []; for (let i = 0; i < 3000; i++) {' + calls + ' o = [{ a: i, b: o.length }]; } return s; };';
  const f = new Function(made)();
  for (let i = 0; i < 12; i += 1) {
    f(i);
    turn += 1;
    for (const flag of turn % 2 === 0 ? told : untold) setFlagsFromString(flag);
  }
}`;

/** What undoes a flag: `--x` of `--no-x`, another number of `--x=1`. */
const undone = (flag: string): string =>
  flag.startsWith('--no-')
    ? flag.replace('--no-', '--')
    : flag.replace(/^--([a-z-]+)$/, '--no-$1').replace(/\d+$/, (number) => String(2 * Number(number)));

test.each(ENGINE_FLAGS.search)('the engine goes on whenever it is told %s', (flag) => {
  const flags = JSON.stringify([[flag], [undone(flag)]]);
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', COMPILING, flags], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});
