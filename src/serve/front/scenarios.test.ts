import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClaimError, InputError } from '../../dsl/errors.ts';
import { filesOf } from '../../dsl/filesof.ts';
import { play } from '../../dsl/interpreter.ts';
import { extendKit, standardKit } from '../../dsl/kit.ts';
import { parseStep } from '../../dsl/phrases/parse.ts';
import { vocabularyOf } from '../../dsl/phrases/vocabulary.ts';
import { createSession } from '../../dsl/session.ts';
import type { Session } from '../../dsl/types.ts';
import { realClient } from './realclient.ts';
import { ServedScenarios } from './scenarios.ts';

/** Clients of the API that are there wherever these tests are: scripts, in the place of programs. */
const CLIENT = `
  const { readFileSync } = require('node:fs');
  const { request } = require('node:https');
  const text = readFileSync(process.env.KUBECONFIG, 'utf8');
  const of = (key) => Buffer.from(new RegExp(key + '-data: (\\\\S+)').exec(text)[1], 'base64');
  const options = { ca: of('certificate-authority'), cert: of('client-certificate'), key: of('client-key') };
  const [method, path, body] = process.argv.slice(1);
  const headers = { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' };
  const server = /server: (\\S+)/.exec(text)[1];
  request(server + path, { ...options, method, headers, agent: false }, (response) => {
    let said = '';
    response.on('data', (piece) => {
      said += piece;
      if (path.includes('watch') && said.includes('MODIFIED')) { console.log('saw it'); process.exit(0); }
    });
    response.on('end', () => { console.log(response.statusCode, said); });
  }).end(body);
`;
const client = (...args: readonly string[]): string[] => [process.execPath, '-e', CLIENT, ...args];
const WEB = '/apis/apps/v1/namespaces/default/deployments/web';

let folder: string;
let scenarios: ServedScenarios;
let session: Session;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seatrial-served-'));
  // Of the programs that clients are, none is there but those that a test puts there.
  const { PATH } = process.env;
  process.env['PATH'] = folder;
  scenarios = new ServedScenarios({ port: 0, pace: { kind: 'settle' } });
  process.env['PATH'] = PATH;
  const kit = extendKit(standardKit, { operations: [realClient(scenarios)] });
  const files = filesOf({});
  session = createSession({
    seed: '1',
    files,
    kit,
    createDriver: (asked) => scenarios.simulate(asked, { folder, files, kit }),
  });
  say('Given a cluster with 2 nodes');
  say('When I run "kubectl create deployment web --image=nginx"');
});
afterAll(async () => {
  await scenarios.close();
  rmSync(folder, { recursive: true });
});

function say(step: string): void {
  const [, keyword, text] = /^(\w+) (.*)$/.exec(step)!;
  play(session, parseStep(keyword as 'When', text!, undefined, vocabularyOf(session.kit))!, { text: text! });
}

const cluster = (): NonNullable<typeof session.driver>['simulation'] & object => session.driver!.simulation!;

describe('a cluster that is served while a scenario is played', () => {
  it('says where it is served, and which port it cannot have', () => {
    expect(scenarios.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(scenarios.kubeconfig).toContain(`server: ${scenarios.url}`);
    const taken = { port: Number(new URL(scenarios.url).port), pace: { kind: 'frozen' } } as const;
    expect(() => new ServedScenarios(taken)).toThrow(/^port \d+ cannot be had \(EADDRINUSE\): name another/);
  });

  it('answers a client of a copy, whose time passes while he waits', () => {
    const hash = cluster().cluster.hash();
    const asked = scenarios.runBeside(cluster().cluster, client('GET', WEB));
    expect(asked).toMatchObject({ code: 0 });
    expect(asked.stdout).toMatch(/^200 .*"name":"web"/);
    const waited = scenarios.runBeside(
      cluster().cluster,
      client('GET', '/api/v1/namespaces/default/pods?watch=true'),
    );
    expect(waited).toEqual({ code: 0, stdout: 'saw it\n', stderr: '' });
    const changed = scenarios.runBeside(cluster().cluster, client('PATCH', WEB, '{"spec":{"replicas":4}}'));
    expect(changed.stdout).toMatch(/^200 /);
    // It was another cluster's.
    expect(cluster().cluster.hash()).toBe(hash);
  });

  it('leaves its clock to the scenario until that has ended', () => {
    const steer = client('POST', '/seatrial/v1/clock', '{"advance":"5m"}');
    const from = session.driver!.now;
    expect(scenarios.run(steer).stdout).toMatch(/^400 .*a scenario is being played on this cluster/);
    expect(session.driver!.now).toBe(from);
    scenarios.release();
    expect(scenarios.run(steer).stdout).toMatch(/^200 /);
    expect(session.driver!.now).toBeGreaterThanOrEqual(from + 300_000);
  });

  it('runs one command by the real client, where there is one on the PATH, and compares', () => {
    expect(() => say('When I run "kubectl get pods | wc -l" with the real client')).toThrow(
      /one kubectl command/,
    );
    expect(() => say('When I run "kubectl get ns" with the real client')).toThrow(InputError);
    expect(() => say('When 実際のクライアントで"kubectl get ns"を実行する')).toThrow(
      /no kubectl on the PATH/,
    );
    const prints = (text: string): void =>
      writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\necho '${text}'\n`, { mode: 0o755 });
    prints('deployment.apps/web');
    say('When I run "kubectl get deployments -o name" with the real client');
    prints('deployment.apps/shop');
    expect(() => say('When I run "kubectl get deployments -o name" with the real client')).toThrow(
      ClaimError,
    );
    expect(() => say('When I run "kubectl get deployments -o name" with the real client')).toThrow(
      /ours alone:\n {2}deployment.apps\/web\n\nthe real client's alone:\n {2}deployment.apps\/shop/,
    );
  });
});
