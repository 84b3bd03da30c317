import { expect, it } from 'vitest';
import { Scenario } from '../../dsl/scenario.ts';
import { Timeline } from '../timeline.ts';
import type { Happened } from '../run.ts';
import { before, predictionsOf } from './predictions.ts';

const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: nginx }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;

const scenario = new Scenario()
  .say('Given a cluster with 2 nodes')
  .say('And the manifest:', MANIFEST)
  .say('And every pod is ready')
  .say('And a client sends 2 requests per second to "http://web/"')
  .say('When a pod matching "app=web" is deleted')
  .say('And 1 minute passes')
  .say('And node "node-2" loses power')
  .say('And 10 minutes pass');
const timeline = Timeline.of({ seed: '1', operations: scenario.operations, files: {} });
const { entries, truths, now } = timeline.news(0, 0);
const run: Happened = { entries, truths, endedAt: now };

it('asks before each fault what the run then answers, among mistakes that can be told from it', () => {
  const predictions = predictionsOf(run, timeline.traffic());
  expect(predictions.map((p) => p.questions.map((q) => q.about))).toEqual([
    ['recovered', 'requests', 'gone'],
    ['recovered', 'requests', 'gone'],
  ]);
  const [deleted, dark] = predictions;
  expect(deleted!.until).toBe(dark!.at - 1);
  const answers = predictions.map((p) => p.questions.map((q) => q.choices[q.right]));
  const [[soon, few, [gone]], [late, many]] = answers as [
    [number, number, string[]],
    [number, number, string[]],
  ];
  expect(soon).toBeLessThan(10_000);
  // Unknown after 50 s, evicted 300 s later, then placed and started.
  expect(late).toBeGreaterThan(345_000);
  expect(late).toBeLessThan(370_000);
  const failed = timeline.traffic()[0]!.failed;
  expect(few + many).toBe(failed);
  expect(failed).toBeGreaterThan(10);
  expect(truths.find((t) => t.of === 'pod' && t.name === gone)).toBeDefined();
  for (const { questions } of predictions)
    for (const { choices, right } of questions) {
      expect(choices.length).toBeGreaterThan(1);
      expect(new Set(choices.map(String)).size).toBe(choices.length);
      expect(right).toBeGreaterThanOrEqual(0);
    }
});

it('shows nothing of what comes', () => {
  const [, dark] = predictionsOf(run, []);
  const known = before(run, dark!);
  expect(known.endedAt).toBe(dark!.at - 1);
  expect(known.entries.every((e) => e.at <= known.endedAt)).toBe(true);
  expect(known.truths.every((t) => t.at <= known.endedAt)).toBe(true);
  expect(JSON.stringify(known)).not.toContain('nodeLostPower');
});
