/** A run that a signal ends, on a cluster that `seatrial serve` serves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PACKAGE } from '../../cli/place.ts';
import { Listener } from '../../serve/index.ts';
import { ask, servedShop } from '../../serve/testing.ts';

const FEATURE = `Feature: A shop
  Scenario: Much is done to it
    Given a cluster with 2 nodes
    When deployment "web" is scaled to 4
    And node "node-1" is cordoned
    And I run:
      """
      kubectl create configmap flags --from-literal=a=1
      kubectl delete configmap settings
      """
    And deployment "web" is scaled to 3
    And 5 hours pass
    Then deployment "web" has 4 of 4 replicas available
`;
const MAPS = '/api/v1/namespaces/default/configmaps';
const WEB = '/apis/apps/v1/namespaces/default/deployments/web';

let folder: string;
let listener: Listener;

beforeAll(async () => {
  const served = servedShop();
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: 'b' } };
  ask(served, 'POST', MAPS, settings);
  listener = await Listener.listen(served, { port: 0, pace: { kind: 'frozen' } });
  folder = mkdtempSync(join(tmpdir(), 'seatrial-remote-'));
  writeFileSync(join(folder, 'kubeconfig'), listener.kubeconfig, { mode: 0o600 });
  writeFileSync(join(folder, 'shop.feature'), FEATURE);
});
afterAll(async () => {
  await listener.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string): Record<string, any> => ask(listener.back.served, 'GET', path).body;

/** @returns once it holds of the served cluster, whose clients are waited for */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Has the run that is started end by a signal while a write is made: its answer is seen by nobody. */
function cutOff(method: string, path: string, run: ChildProcess): void {
  const { back } = listener;
  const handle = back.handle.bind(back);
  back.handle = (request) => {
    const reply = handle(request);
    if (request.method !== method || !request.url.startsWith(path)) return reply;
    back.handle = handle;
    run.kill('SIGKILL');
    return reply;
  };
}

function started(): ChildProcess {
  const bin = new URL('bin/seatrial.mjs', PACKAGE).pathname;
  const args = [
    'run',
    'shop.feature',
    '--cluster',
    'kubeconfig',
    '--namespace',
    'default',
    '--node',
    'node-1',
  ];
  return spawn(process.execPath, [bin, ...args, '--yes'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

it.each(['SIGINT', 'SIGKILL'] as const)(
  'what a run has done is put back after it was ended by %s',
  async (signal) => {
    const run = started();
    let said = '';
    run.stderr!.on('data', (piece: Buffer) => (said += piece.toString()));
    // A write is told of once it is answered: when the last is seen, those before it are.
    await until(() => get(WEB)['spec'].replicas === 3);
    expect(get(`${MAPS}/flags`)['data']).toEqual({ a: '1' });
    expect(get(`${MAPS}/settings`)['code']).toBe(404);
    expect(get('/api/v1/nodes/node-1')['spec'].unschedulable).toBe(true);
    run.kill(signal);
    await new Promise((resolve) => run.stderr!.on('end', resolve));
    // What is deleted in the foreground is gone when the garbage collector has seen it.
    listener.back.served.pass(60_000);
    expect(said).toMatch(
      /the run was ended: what it wrote to https:\S+ is put back\nseatrial: all is put back\n/,
    );
    expect(get(`${MAPS}/flags`)['code']).toBe(404);
    expect(get(`${MAPS}/settings`)['data']).toEqual({ a: 'b' });
    expect(get('/api/v1/nodes/node-1')['spec'].unschedulable).toBeUndefined();
    expect(get(WEB)['spec'].replicas).toBe(2);
  },
  120_000,
);

it.each([
  ['POST', MAPS],
  ['DELETE', `${MAPS}/settings`],
  ['PATCH', WEB],
] as const)(
  'a %s to %s whose answer a signal has cut off is put back, too',
  async (method, path) => {
    const run = started();
    cutOff(method, path, run);
    let said = '';
    run.stderr!.on('data', (piece: Buffer) => (said += piece.toString()));
    await new Promise((resolve) => run.stderr!.on('end', resolve));
    listener.back.served.pass(60_000);
    expect(said).toMatch(/the run was ended: .*\nseatrial: all is put back\n/);
    expect(get(`${MAPS}/flags`)['code']).toBe(404);
    expect(get(`${MAPS}/settings`)['data']).toEqual({ a: 'b' });
    expect(get('/api/v1/nodes/node-1')['spec'].unschedulable).toBeUndefined();
    expect(get(WEB)['spec'].replicas).toBe(2);
  },
  120_000,
);
