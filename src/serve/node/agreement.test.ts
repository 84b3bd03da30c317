/** Lines that the real kubectl and ours print the same of, over the same cluster. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesOf } from '../../dsl/filesof.ts';
import { readStep } from '../../dsl/scenario.ts';
import { runKubectl } from '../../kubectl/index.ts';
import { comparable } from '../agreement.ts';
import { Served } from '../served.ts';
import { LINES, SCENE } from './lines.ts';
import { Listener } from './server.ts';

/** Words changed from release to release: ours are today's, and the oldest that is compared is 1.33. */
const OLDEST_MINOR = 33;

/** Some distributions install several side by side. Undefined: none is new enough. */
const KUBECTL = ['kubectl', 'kubectl.1.33'].find((command) => {
  try {
    const text = execFileSync(command, ['version', '--client', '-o', 'json'], { stdio: 'pipe' }).toString();
    const { clientVersion } = JSON.parse(text) as { clientVersion: { minor: string } };
    return Number.parseInt(clientVersion.minor, 10) >= OLDEST_MINOR;
  } catch {
    return false;
  }
});

describe.skipIf(KUBECTL === undefined)('kubectl of 1.33 or later, and ours', () => {
  let listener: Listener;
  let folder: string;

  beforeAll(async () => {
    const start = SCENE.map(([step, text]) => readStep(step, text).operation);
    const served = Served.begin({ seed: '1', start, files: filesOf({}) });
    listener = await Listener.listen(served, { port: 0, pace: { kind: 'frozen' } });
    folder = mkdtempSync(join(tmpdir(), 'seatrial-serve-'));
    writeFileSync(join(folder, 'kubeconfig'), listener.kubeconfig, { mode: 0o600 });
  });
  afterAll(async () => {
    await listener.close();
    rmSync(folder, { recursive: true });
  });

  const real = (line: string): Promise<string> =>
    new Promise((resolve) => {
      const env = { ...process.env, KUBECONFIG: join(folder, 'kubeconfig'), HOME: folder };
      execFile(KUBECTL!, line.split(' '), { env }, (_error, stdout, stderr) => resolve(stdout + stderr));
    });

  it.each(LINES)('print the same of %s', async (line) => {
    const theirs = await real(line);
    const io = {
      readFile: (path: string): string => {
        throw new Error(path);
      },
    };
    const { stdout, stderr } = runKubectl(listener.back.served.cluster, line.split(' '), io);
    expect(comparable(stdout + stderr)).toBe(comparable(theirs));
  });
});
