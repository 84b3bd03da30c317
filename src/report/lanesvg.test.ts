import { expect, it } from 'vitest';
import { simulate } from '../drivers/simulated.ts';
import { filesOf } from '../dsl/filesof.ts';
import { standardKit } from '../dsl/kit.ts';
import { readStep } from '../dsl/scenario.ts';
import { axisOfRuns } from '../view/components/picture.tsx';
import { lanesSvg } from './lanesvg.tsx';
import type { PlayRecord } from './record.ts';
import { recordPlay } from './recorder.ts';
import { viewOfPlay } from './viewed.ts';

/** @param manifest of the step that ends in a colon */
function played(manifest: string, ...steps: readonly string[]): PlayRecord {
  const operations = steps.map((text) => readStep(text, text.endsWith(':') ? manifest : undefined).operation);
  return recordPlay(
    operations,
    { seed: '1', files: filesOf({}), kit: standardKit, createDriver: simulate },
    'everything',
  );
}

interface Text {
  readonly x: number;
  readonly y: number;
  readonly class: string;
  readonly said: string;
}

/** The texts of a picture without their hints, in the order in which they are drawn. */
const textsOf = (svg: string): Text[] =>
  [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)" class="([^"]*)">(?:<title>[^<]*<\/title>)?([^<]*)/g)].map(
    ([, x, y, name, said]) => ({ x: Number(x), y: Number(y), class: name!, said: said! }),
  );

/** Between which heights the lanes below a label are. */
function lanesBelow(texts: readonly Text[], label: string): { top: number; bottom: number } {
  const labels = texts.filter((t) => t.class.startsWith('label'));
  const i = labels.findIndex((t) => t.said === label);
  return { top: labels[i]!.y - 14, bottom: labels[i + 1]?.y ?? Number.POSITIVE_INFINITY };
}

it('ticks each probe that failed and each restart in the lane of its Pod, at its moment', () => {
  const pod = (name: string): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  containers:
    - name: web
      image: nginx
      ports: [{containerPort: 80}]
      livenessProbe: {httpGet: {path: /index.html, port: 80}, periodSeconds: 3, failureThreshold: 2}`;
  const play = played(
    `${pod('web')}\n---\n${pod('other')}`,
    'Given a cluster with 1 node',
    'Given the manifest:',
    'Given every pod is ready',
    'When "rm /usr/share/nginx/html/index.html" is executed in pod "web"',
    'When 1 minute passes',
  );
  const { run, steps } = viewOfPlay(play);
  const axis = axisOfRuns([run], steps);
  const unhealthy = run.entries.find((e) => e.type === 'api' && e.event?.reason === 'Unhealthy') as {
    readonly name: string;
  };
  const at = (is: (e: (typeof run.entries)[number]) => boolean): number[] =>
    run.entries.filter(is).map((e) => axis.x(e.at));
  // The second failure is an update of the Event of the first.
  const failed = at((e) => e.type === 'api' && e.kind === 'Event' && e.name === unhealthy.name);
  const ended = at((e) => e.type === 'world' && e.key === 'containerExited');
  expect([failed.length, ended.length]).toEqual([2, 1]);
  const svg = lanesSvg(play, 'en')!;
  const texts = textsOf(svg);
  const ticks = texts.filter((t) => t.class === 'tick-sign bar');
  expect(ticks.map((t) => t.said).join('')).toBe('!!×↻');
  expect(ticks.slice(0, 3).map((t) => t.x)).toEqual([...failed, ...ended]);
  expect(ticks[3]!.x).toBeGreaterThan(ticks[2]!.x);
  const { top, bottom } = lanesBelow(texts, 'web');
  for (const { y } of ticks) expect([y > top, y < bottom]).toEqual([true, true]);
  expect(svg).toContain('<title>web: a probe failed, 0:00:');
  // What the signs mean stands below, in either language.
  for (const meaning of ['a probe failed', 'a container ended', 'a container started again'])
    expect(texts.map((t) => t.said)).toContain(meaning);
  expect(textsOf(lanesSvg(play, 'ja')!).map((t) => t.said)).toContain('プローブが失敗した');
});

it('draws a volume as the API has it attached and as it is mounted', () => {
  const play = played(
    `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: ledger}
spec:
  containers: [{name: ledger, image: nginx, volumeMounts: [{name: data, mountPath: /data}]}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]`,
    'Given a cluster with 1 node',
    'Given the manifest:',
    'Given every pod is ready',
    'When node "node-1" loses power',
    'When 1 minute passes',
  );
  const svg = lanesSvg(play, 'en')!;
  const texts = textsOf(svg);
  const { top } = lanesBelow(texts, 'data');
  expect(lanesBelow(texts, 'Volumes').top).toBeLessThan(top);
  const states = [...svg.matchAll(/<title>data, ([^:]*): ([^,]*),/g)].map(([, of, is]) => `${of}: ${is}`);
  expect(states).toEqual([
    'what the API says: pending ',
    'what the API says: bound ',
    'what the API says: attached node-1',
    'what is so: mounted nowhere ',
    'what is so: mounted node-1',
    'what is so: mounted nowhere ',
  ]);
});

it('draws the attempts of a Job below its name, numbered, and how each ended', () => {
  const play = played(
    `apiVersion: batch/v1
kind: Job
metadata: {name: broken}
spec:
  backoffLimit: 1
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox, command: [sh, -c, sleep 5; exit 3]}]`,
    'Given a cluster with 1 node',
    'Given the manifest:',
    'When 1 minute passes',
  );
  const svg = lanesSvg(play, 'en')!;
  const texts = textsOf(svg);
  const { top } = lanesBelow(texts, 'Job broken');
  const failed = [
    ...svg.matchAll(/<title>, what the API says: failed (#\d),[^<]*<\/title><rect [^>]* y="(\d+)"/g),
  ];
  expect(failed.map(([, attempt]) => attempt)).toEqual(['#1', '#2']);
  for (const [, , y] of failed) expect(Number(y)).toBeGreaterThan(top);
});
