import { gzipSync } from 'node:zlib';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../dsl/errors.ts';
import { readTrace } from './recordings.ts';

const whole = gzipSync('{"trace": []}');

describe('a trace that cannot be read', () => {
  it.each<[string, Buffer, RegExp]>([
    [
      'an archive that is cut off',
      whole.subarray(0, whole.length - 9),
      /cannot be unpacked: unexpected end of file/,
    ],
    ['an archive of nothing', Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), /cannot be unpacked/],
    ['no JSON', gzipSync('{"trace": ['), /is no JSON/],
    ['a null', Buffer.from('null'), /is no trace: it has no list "trace" of records/],
    ['records that are null', Buffer.from('{"trace": null}'), /is no trace/],
  ])('%s is bad input', (name, bytes, message) => {
    const path = join(mkdtempSync(join(tmpdir(), 'seatrial-')), `${name}.json.gz`);
    writeFileSync(path, bytes);
    expect(() => readTrace(path)).toThrow(InputError);
    expect(() => readTrace(path)).toThrow(message);
  });
});
