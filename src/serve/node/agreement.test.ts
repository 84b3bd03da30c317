/** Lines that real kubectls and ours print the same of, over the same cluster. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesOf } from '../../dsl/filesof.ts';
import { readStep } from '../../dsl/scenario.ts';
import { runKubectl, shellWords } from '../../kubectl/index.ts';
import { comparable } from '../agreement.ts';
import { Served } from '../served.ts';
import { differentIn, FILES, LINES, SCENE } from './lines.ts';
import { Listener } from './server.ts';

/** The minor version of the kubectl of a name; undefined: there is none. */
function minorOf(command: string): number | undefined {
  try {
    const text = execFileSync(command, ['version', '--client', '-o', 'json'], { stdio: 'pipe' }).toString();
    const { clientVersion } = JSON.parse(text) as { clientVersion: { minor: string } };
    return Number.parseInt(clientVersion.minor, 10);
  } catch {
    return undefined;
  }
}

/** Debian's, which is the oldest that is compared, and the one of the PATH. */
const COMPARED = [
  { kubectl: 'kubectl of 1.33 or later', command: 'kubectl', oldest: 33 },
  { kubectl: 'kubectl of 1.20', command: 'kubectl.1.20', oldest: 20 },
].map(({ kubectl, command, oldest }) => {
  const minor = minorOf(command);
  return minor !== undefined && minor >= oldest ? { kubectl, command, minor } : { kubectl };
});

describe.each(COMPARED)('$kubectl, and ours', ({ command, minor = 0 }) => {
  let listener: Listener;
  let folder: string;

  beforeAll(async () => {
    const start = SCENE.map(([step, text]) => readStep(step, text).operation);
    const served = Served.begin({ seed: '1', start, files: filesOf({}) });
    listener = await Listener.listen(served, { port: 0, pace: { kind: 'frozen' } });
    folder = mkdtempSync(join(tmpdir(), 'seatrial-serve-'));
    for (const [name, text] of [['kubeconfig', listener.kubeconfig] as const, ...Object.entries(FILES)]) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text, { mode: 0o600 });
    }
  });
  afterAll(async () => {
    await listener.close();
    rmSync(folder, { recursive: true });
  });

  const real = (args: readonly string[], stdin: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const env = { ...process.env, KUBECONFIG: join(folder, 'kubeconfig'), HOME: folder };
      const child = spawn(command!, args, { env, cwd: folder });
      const said = { stdout: '', stderr: '' };
      child.stdout.on('data', (piece: Buffer) => (said.stdout += piece.toString()));
      child.stderr.on('data', (piece: Buffer) => (said.stderr += piece.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve(`${said.stdout}${said.stderr}exit code ${code}`));
      // Who reads nothing may have ended before.
      child.stdin.on('error', () => undefined).end(stdin);
    });

  /** On a copy: what changes something is done to the cluster by the real one. */
  const own = (args: readonly string[], stdin: string): string => {
    const { readFile, ...files } = filesOf(FILES);
    const io = {
      ...files,
      readFile: (path: string): string => (path === '-' ? stdin : readFile(path)),
      stdin,
      places: false,
    };
    const { stdout, stderr, code } = runKubectl(listener.back.served.cluster.fork(), args, io);
    return `${stdout}${stderr}exit code ${code}`;
  };

  it.skipIf(command === undefined).each(LINES)('print the same of %s', async (line) => {
    const [words, stdin = ''] = line.split(' <<< ');
    const args = shellWords(words!);
    const ours = comparable(own(args, stdin), minor);
    const theirs = comparable(await real(args, stdin), minor);
    const why = differentIn(minor, line);
    if (why === undefined) expect(ours).toBe(theirs);
    else expect(ours, `no difference is left: ${why}`).not.toBe(theirs);
  });
});
