import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFeature } from './feature.ts';
import { playScenario } from './playfeature.ts';
import { filesOf } from './scenario.ts';

const PAGE = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'ja', 'index.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, text]) => text!);
const files = filesOf({ 'web.yaml': blocks('yaml')[0]! });

describe('the first steps in Japanese', () => {
  const scenarios = blocks('gherkin').flatMap((text) => readFeature(text, 'web.feature'));

  it('has scenarios', () => {
    expect(scenarios.length).toBeGreaterThan(2);
    expect(scenarios.every((s) => s.language === 'ja')).toBe(true);
  });

  it.each(scenarios.map((s) => [s.name, s] as const))('plays: %s', (_, scenario) => {
    expect(() => playScenario(scenario, { files })).not.toThrow();
  });
});
