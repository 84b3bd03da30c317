import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addedText, metText } from './struck.ts';

/** Words of targets that are no names, in the faults' own files. */
const words = readdirSync(new URL('../chaos/faults', import.meta.url))
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(new URL(`../chaos/faults/${file}`, import.meta.url), 'utf8'))
  .flatMap((code) => [...code.matchAll(/(?:targets: \[|const [A-Z]+ = )'([a-z ]+)'/g)].map((m) => m[1]!));

describe('what a fault has met', () => {
  it('is told in the words of the language, names as they are', () => {
    expect(metText('control plane', 'ja')).toBe('コントロールプレーン');
    expect(metText('control plane', 'en')).toBe('control plane');
    expect(metText('team/clients', 'ja')).toBe('team/clients');
  });

  it.each(words)('has Japanese for %s', (target) => {
    expect(metText(target, 'ja')).not.toMatch(/[a-z] [a-z]/);
  });

  it('has beside it what the strike adds', () => {
    expect(addedText('SIGTERM is ignored', 'ja')).toBe('SIGTERMは無視される');
    expect(addedText('SIGTERM is ignored', 'en')).toBe('SIGTERM is ignored');
    expect(addedText('/etc/SIGTERM is ignored', 'ja')).toBe('/etc/SIGTERM is ignored');
    expect(addedText('refused: Cannot evict pod.', 'ja')).toBe('拒否された: Cannot evict pod.');
  });
});
