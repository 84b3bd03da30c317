import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { folderOf } from '../testing.ts';
import { Sitting } from './sitting.ts';

it('knows of finished campaigns until the command is at its end, and of no other command', () => {
  const out = folderOf();
  const first = new Sitting(out, 'a');
  expect(first.codeOf('web')).toBeUndefined();
  first.finish('web', 1);
  expect(new Sitting(out, 'a').codeOf('web')).toBe(1);
  expect(new Sitting(out, 'b').codeOf('web')).toBeUndefined();
  first.end();
  expect(new Sitting(out, 'a').codeOf('web')).toBeUndefined();
  expect(readdirSync(out)).toEqual([]);
});

it('begins anew where its record cannot be read', () => {
  const out = folderOf({ 'unfinished-a.json': '{"key": "a", "fin' });
  expect(new Sitting(out, 'a').codeOf('web')).toBeUndefined();
});
