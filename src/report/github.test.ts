import { expect, it } from 'vitest';
import { annotationsOf, summaryOf } from './github.ts';
import type { RunRecord } from './record.ts';

/** A run in which texts of a user's own, wherever there are some, say this. */
const saying = (text: string): RunRecord =>
  ({
    tookMs: 1234,
    result: 'failed',
    unreadable: [{ uri: 'bad.feature', problem: { kind: 'input', message: text } }],
    features: [
      {
        uri: 'shop/web.feature',
        language: 'en',
        name: text,
        scenarios: [
          {
            name: text,
            line: 3,
            result: 'failed',
            steps: [
              { keyword: 'Given ', text: 'a cluster', line: 4, result: 'passed' },
              {
                keyword: 'Then ',
                text,
                line: 5,
                result: 'failed',
                problem: { kind: 'claim', message: text },
              },
            ],
          },
          { name: 'another', line: 9, result: 'passed', steps: [] },
        ],
      },
    ],
  }) as unknown as RunRecord;

it('annotates the line of the step that failed, and what cannot be read', () => {
  expect(annotationsOf(saying('50%, broken: "x"\nat 0:00'))).toBe(
    '::error file=bad.feature,line=1,title=bad.feature::50%25, broken: "x"%0Aat 0:00\n' +
      '::error file=shop/web.feature,line=5,title=50%25%2C broken%3A "x"%0Aat 0%3A00::' +
      '50%25, broken: "x"%0Aat 0:00\n',
  );
});

it('sums the run up in Markdown', () => {
  const summary = summaryOf(saying('broken'));
  expect(summary).toContain('## Seatrial: 1 passed, 2 failed\n');
  expect(summary).toContain(
    '<summary>shop/web.feature:5 broken</summary>\n\n<pre>\nThen broken\nbroken\n</pre>',
  );
});

it('gives no command, no markup and no mark of direction from what users wrote', () => {
  const hostile = 'x\n::error::forged\r\n</pre><script>alert(1)</script>\n\n# big \u202e\u001b[2J';
  expect(annotationsOf(saying(hostile)).match(/^::error/gm)).toHaveLength(2);
  expect(annotationsOf(saying(hostile)).trim().split('\n')).toHaveLength(2);
  const summary = summaryOf(saying(hostile));
  expect(summary).not.toContain('<script>');
  expect(summary.match(/<\/pre>/g)).toHaveLength(2);
  for (const mark of ['\u202e', '\u001b']) expect(summary).not.toContain(mark);
});
