import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeatureRecord, ScenarioRecord, StepRecord } from './record.ts';
import { Terminal } from './terminal.ts';

const hostile = fc
  .array(
    fc.constantFrom(
      '\u001b[2J',
      '\u001b]0;title\u0007',
      '\u202e',
      '\u009b',
      '\r',
      'web',
      ' ',
      '日本',
      '\ud800',
    ),
  )
  .map((parts) => parts.join(''));

describe('what a run prints', () => {
  it('lets no text of a feature, a name or a log act on the terminal', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        let printed = '';
        const terminal = new Terminal((t) => (printed += t), { verbose: true, results: text });
        const problem = { kind: 'claim', message: text } as unknown as NonNullable<StepRecord['problem']>;
        const scenario = {
          name: text,
          tags: [`@${text}`],
          line: 2,
          steps: [],
          seeds: [{ seed: text, failed: true, message: text }],
          problem,
        } as unknown as ScenarioRecord;
        const feature = {
          uri: text,
          keyword: 'Feature',
          name: text,
          language: 'en',
        } as unknown as FeatureRecord;
        const step = {
          keyword: 'Given ',
          text,
          status: 'failed',
          result: 'failed',
          failedAsExpected: text,
          attachments: [{ mediaType: 'text/plain', body: text }],
          problem,
        } as unknown as StepRecord;
        const operation = {
          strikes: [{ fault: { kind: text }, targets: [text], said: { [text]: text } }],
          printed: [{ line: text, output: text }],
        };
        terminal.scenarioBegan(scenario, feature);
        terminal.stepEnded(step, operation as never, scenario, feature);
        terminal.hookEnded({ attachments: [] }, scenario, feature);
        terminal.scenarioEnded(scenario, feature);
        // oxlint-disable-next-line no-control-regex
        expect(printed.replace(/\u001b\[\d+m/g, '')).not.toMatch(/(?![\n\t])\p{Cc}|\p{Bidi_Control}|\p{Cs}/u);
        if (text.includes('\u001b')) expect(printed).toContain('\\u001b');
      }),
    );
  });
});
