import { describe, expect, it } from 'vitest';
import { addedText, metText } from './struck.ts';

describe('what a fault has met', () => {
  it('is told in the words of the language, names as they are', () => {
    expect(metText('control plane', 'ja')).toBe('コントロールプレーン');
    expect(metText('control plane', 'en')).toBe('control plane');
    expect(metText('team/clients', 'ja')).toBe('team/clients');
  });

  it('has beside it what the strike adds', () => {
    expect(addedText('SIGTERM is ignored', 'ja')).toBe('SIGTERMは無視される');
    expect(addedText('SIGTERM is ignored', 'en')).toBe('SIGTERM is ignored');
    expect(addedText('/etc/SIGTERM is ignored', 'ja')).toBe('/etc/SIGTERM is ignored');
  });
});
