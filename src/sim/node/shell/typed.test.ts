import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfText, textOfBytes, wholeUntil } from '../files/bytetext.ts';
import { SHELL } from './index.ts';
import type { ShellState } from './state.ts';
import { type ShellBox, shellBox } from './testing.ts';

/** What a shell writes when a text is typed, and how it has ended. */
function typed(state: ShellState, box: ShellBox, text: string | undefined): [string, number | undefined] {
  SHELL.type(state, text);
  const { written, code } = SHELL.run(state, box.env);
  return [written.map((w) => w.text).join(''), code];
}

const run = (
  box: ShellBox,
  argv: readonly string[],
  input = '',
): { out: string; code: number | undefined } => {
  const state = SHELL.start(argv, box.env);
  SHELL.type(state, input);
  const [out, code] = typed(state, box, undefined);
  return { out, code };
};

describe('a shell whose script is typed', () => {
  it('does each command when it is whole, and keeps what they set', () => {
    const box = shellBox({ stdin: true });
    const state = SHELL.start(['sh'], box.env);
    expect(typed(state, box, 'cd /tmp; x=1; pw')).toEqual(['', undefined]);
    expect(typed(state, box, 'd\n')).toEqual(['/tmp\n', undefined]);
    expect(typed(state, box, 'if [ $x = 1 ]\nthen\n')).toEqual(['', undefined]);
    expect(typed(state, box, 'echo yes; fi\nnonsense)\necho $?\n')[0]).toMatch(/^yes\nsh: .*error.*\n2\n$/);
    expect(typed(state, box, 'read y\n')).toEqual(['', undefined]);
    expect(typed(state, box, 'word\necho "$y"; exit 3\n')).toEqual(['word\n', 3]);
  });

  it('ends with its last command when nothing more comes', () => {
    expect(run(shellBox({ stdin: true }), ['sh'], 'echo a\nfalse')).toEqual({ out: 'a\n', code: 1 });
    expect(run(shellBox({ stdin: true }), ['sh'], '')).toEqual({ out: '', code: 0 });
    expect(run(shellBox({ stdin: true }), ['cat'], 'a\nb')).toEqual({ out: 'a\nb', code: 0 });
  });

  it('prompts at a terminal', () => {
    const box = shellBox({ stdin: true });
    const env = { ...box.env, tty: true };
    const state = SHELL.start(['sh'], env);
    const shown = (text: string): string => {
      SHELL.type(state, text);
      const step = SHELL.run(state, env);
      const out = step.written.map((w) => w.text).join('') + state.partial.err;
      state.partial.err = '';
      return out;
    };
    expect(shown('')).toBe('# ');
    expect(shown('echo a &&\n')).toBe('> ');
    expect(shown('echo b\n')).toBe('a\nb\n# ');
  });
});

describe('bytes as texts', () => {
  it('come back as they were, cut wherever', () => {
    const piece = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: 'grapheme' }).map((s) => new TextEncoder().encode(s)),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.nat(), (pieces, cut) => {
        const bytes = Uint8Array.from(pieces.flatMap((p) => [...p]));
        const text = textOfBytes(bytes);
        expect(bytesOfText(text)).toEqual(bytes);
        expect(bytesOfText(JSON.parse(JSON.stringify(text)) as string)).toEqual(bytes);
        const at = wholeUntil(bytes.subarray(0, cut % (bytes.length + 1)));
        expect(textOfBytes(bytes.subarray(0, at)) + textOfBytes(bytes.subarray(at))).toBe(text);
      }),
    );
  });
});

describe('tar', () => {
  it('packs what it then unpacks, whatever the files hold', () => {
    const name = fc.oneof(
      fc.constantFrom('a', 'ä ö', 'deep/er/one'),
      fc.integer({ min: 90, max: 180 }).map((n) => 'x'.repeat(n)),
    );
    const content = fc.oneof(fc.string(), fc.uint8Array({ maxLength: 1500 }).map(textOfBytes));
    fc.assert(
      fc.property(fc.dictionary(name, content, { noNullPrototype: true }), fc.boolean(), (files, zipped) => {
        const z = zipped ? 'z' : '';
        const box = shellBox({ stdin: true, files: { '/tmp/from/.keep': '' } });
        box.env.files.makeDirectory('/tmp/to');
        for (const [path, text] of Object.entries(files)) {
          box.env.files.makeDirectory(`/tmp/from/${path}`.replace(/\/[^/]*$/, ''), true);
          box.env.files.write(`/tmp/from/${path}`, text);
        }
        box.env.files.link('/tmp/from/link', 'a');
        const packed = run(box, ['tar', `${z}cf`, '-', '-C', '/tmp', 'from']);
        expect(packed.code).toBe(0);
        const bytes = bytesOfText(packed.out);
        expect((zipped ? gunzipSync(bytes) : bytes).length % 512).toBe(0);
        expect(run(box, ['tar', `-xm${z}f`, '-', '-C', '/tmp/to'], packed.out)).toEqual({ out: '', code: 0 });
        for (const [path, text] of Object.entries(files))
          expect(box.env.files.read(`/tmp/to/from/${path}`)).toBe(text);
        expect(box.env.files.linkStat('/tmp/to/from/link')).toEqual({ kind: 'link', to: 'a' });
      }),
      { numRuns: 50 },
    );
  });

  it('says what it cannot do', () => {
    const box = shellBox({ stdin: true });
    expect(run(box, ['tar', 'cf', '-', '/nope']).code).toBe(2);
    expect(run(box, ['tar', '-x', '-C', '/nope']).out).toContain(
      '/nope: Cannot open: No such file or directory',
    );
    expect(box.passedOver).toEqual([]);
    box.env.files.write('/tmp/a.tgz', 'no archive');
    expect(run(box, ['tar', 'xzf', '/tmp/a.tgz', '-C', '/tmp/new']).code).toBe(0);
    expect([box.passedOver.length, box.env.files.stat('/tmp/new')?.kind]).toEqual([1, 'directory']);
  });
});
