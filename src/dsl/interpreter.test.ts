import { standardKit } from './kit.ts';
import { simulate } from '../drivers/simulated.ts';
import { describe, expect, it } from 'vitest';
import { ClaimError, InputError } from './errors.ts';
import { play, replay } from './interpreter.ts';
import { expectsFailure } from './operations/assert.ts';
import type { Operation } from './operations/operation.ts';
import type { Session } from './types.ts';
import { parseStep } from './phrases/parse.ts';
import type { Keyword } from './phrases/phrase.ts';
import { clusterOf, createSession } from './session.ts';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: shop, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

const start = (seed: number | string = 1): Session =>
  createSession({ seed, files: { readFile: () => WEB }, kit: standardKit, createDriver: simulate });

/** Plays lines such as `When 1 minute passes`; `And` goes on with the keyword before. */
function tell(session: Session, lines: string): Session {
  let keyword: Keyword = 'Given';
  for (const line of lines
    .split('\n')
    .map((l) => l.trim())
    .filter((l) => l !== '')) {
    const [, word, text] = /^(Given|When|Then|And) (.*)$/.exec(line)!;
    if (word !== 'And') keyword = word as Keyword;
    const operation = parseStep(keyword, text!);
    if (operation === undefined) throw new Error(`no phrase: ${line}`);
    play(session, operation, { text: text!, action: keyword === 'When' });
  }
  return session;
}

function failing(run: () => unknown): ClaimError {
  try {
    run();
  } catch (error) {
    if (error instanceof ClaimError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

const SCENE = `
  Given a cluster with 3 nodes
  And the manifest in "web.yaml"
  And every pod is ready`;

describe('playing operations', () => {
  it('tells what is so from what the API says', () => {
    const session = tell(
      start(),
      `${SCENE}
      When node "node-1" loses power
      And node "node-2" loses power
      And node "node-3" loses power
      And 10 seconds pass
      Then exactly 2 pods matching "app=web" are ready
      And no pods matching "app=web" are serving
      And a request to "http://web/" times out`,
    );
    const { at } = session.origin!;
    const broken = failing(() =>
      tell(session, 'Then at every moment at least 1 pod matching "app=web" was serving'),
    );
    expect(broken.at).toBe(at);
    expect(broken.message).toContain('node-');
    tell(session, 'Then at every moment at least 2 pods matching "app=web" were ready');
  });

  it('notices what becomes so between two events', () => {
    const session = start();
    play(session, { op: 'image', image: 'shop', behaviour: 'startup: 7s' });
    tell(
      session,
      `${SCENE}
      And 1 minute passes
      When a pod matching "app=web" is deleted
      And 5 seconds pass
      Then at least 2 pods matching "app=web" are running
      And exactly 1 pod matching "app=web" is serving`,
    );
    const since = clusterOf(session).now;
    tell(session, 'Then within 20 seconds at least 2 pods matching "app=web" are serving');
    expect(clusterOf(session).now - since).toBeGreaterThan(2_000);
    expect(clusterOf(session).now - since).toBeLessThanOrEqual(7_000);
    const served = clusterOf(session).now;
    // The same moment, looked for from later on: no event tells of it.
    tell(session, 'When 1 minute passes');
    session.marks.set('waiting', {
      at: served - 1,
      entry: clusterOf(session).history.findLast((e) => e.at < served)!.id,
      operations: session.operations.length - 2,
    });
    const found = failing(() =>
      tell(session, 'Then since "waiting" at no moment at least 2 pods matching "app=web" were serving'),
    );
    expect(found.at).toBe(served);
  });

  it('heals a fault when its time is over, in the middle of whatever passes time', () => {
    tell(
      start(),
      `${SCENE}
      When node "node-1" loses power for 2 minutes
      And 90 seconds pass
      Then node "node-1" is unknown
      When 90 seconds pass
      Then node "node-1" is ready
      And at no moment node "node-2" was not ready
      When the api server is down for 30 seconds
      And 20 seconds pass
      And 20 seconds pass
      And I run "kubectl get nodes"
      Then the output contains "node-1   Ready"`,
    );
  });

  it('counts requests over a span', () => {
    const session = tell(
      start(),
      `${SCENE}
      And a client sends 10 requests per second to "http://web/"
      When 10 seconds pass
      Then no request failed
      And at least 100% of requests succeeded
      When every pod matching "app=web" is deleted
      And 20 seconds pass
      And the moment "back"
      And 20 seconds pass
      Then since "back" no request failed`,
    );
    expect(failing(() => tell(session, 'Then no request failed')).message).toMatch(
      /of \d+ requests failed, the first at/,
    );
  });

  it('is the same run when it is played again with the same seed', () => {
    const lines = `${SCENE}
      When node "node-1" reboots
      And a container of a pod matching "app=web" crashes
      And I run "kubectl rollout restart deployment web"
      And 5 minutes pass
      Then within 10 minutes deployment "web" has 2 of 2 replicas available`;
    const first = tell(start('s'), lines);
    expect(clusterOf(replay(first, 's')).hash()).toBe(clusterOf(first).hash());
    expect(clusterOf(tell(start('s'), lines)).hash()).toBe(clusterOf(first).hash());
    expect(clusterOf(replay(first, 't')).hash()).not.toBe(clusterOf(first).hash());
    // A claim on physical truth plays the run again and sees every event of it; it changes nothing.
    const before = clusterOf(first).hash();
    failing(() => tell(first, 'Then at every moment at least 2 pods matching "app=web" were serving'));
    expect(clusterOf(first).hash()).toBe(before);
  });

  it('takes a failing command only where a claim looks for the failure', () => {
    const fails: Operation = {
      op: 'assert',
      moment: { mode: 'now' },
      claim: { claim: 'output', failsWith: 'not found' },
    };
    const contains: Operation = {
      op: 'assert',
      moment: { mode: 'now' },
      claim: { claim: 'output', contains: 'x' },
    };
    expect(expectsFailure([contains, fails])).toBe(true);
    expect(expectsFailure([contains, { op: 'pass', durationMs: 1 }, fails])).toBe(false);
    const session = tell(start(), SCENE);
    expect(() => play(session, { op: 'kubectl', lines: ['kubectl get pod nobody'] })).toThrow(InputError);
    play(session, { op: 'kubectl', lines: ['kubectl get pod nobody'] }, { mayFail: true });
    play(session, fails);
  });

  it('reads what a command printed as a terminal shows it, to whichever stream', () => {
    const session = tell(start(), `${SCENE}\nWhen I run "kubectl get pods -n empty"`);
    tell(session, 'Then the output contains "No resources found in empty namespace."');
    play(session, {
      op: 'assert',
      moment: { mode: 'now' },
      claim: { claim: 'output', is: 'No resources found in empty namespace.' },
    });
    failing(() => tell(session, 'Then the output contains "No resources found in default"'));
  });

  it('says where Events are not told of several objects', () => {
    const told = (line: string): string => {
      const session = tell(start(), `${SCENE}\nWhen I run "${line}"`);
      return failing(() => tell(session, 'Then the output contains "nothing like it"')).message;
    };
    expect(told('kubectl describe nodes')).toContain('--show-events');
    expect(told('kubectl describe node/node-1')).not.toContain('--show-events');
    expect(told('kubectl describe nodes --show-events=false')).not.toContain('--show-events only');
  });

  it('hands names to kubectl as they are: apostrophes, spaces, any script', () => {
    const read: string[] = [];
    const session = createSession({
      seed: 1,
      files: {
        readFile: (path) => {
          read.push(path);
          return WEB;
        },
      },
      kit: standardKit,
      createDriver: simulate,
    });
    const path = `Bob's "own" マニフェスト/$web | a.yaml`;
    play(session, { op: 'cluster', nodes: 1 });
    play(session, { op: 'manifestsIn', path });
    expect([...new Set(read)]).toEqual([path]);
    tell(session, 'Given every pod is ready');
    play(session, { op: 'exec', command: `echo "it's  here" 'and 此処'`, selector: 'app=web' });
    expect(session.output).toMatchObject({ code: 0, stdout: "it's  here and 此処\n" });
    expect(() => play(session, { op: 'namespace', name: "bob's team" })).toThrow(
      `kubectl create namespace 'bob'\\''s team': exit code 1`,
    );
  });

  it('refuses a setting that a cluster cannot change any more', () => {
    const said = { op: 'setting', name: 'podSubnet', value: '10.1' } as const;
    const session = start();
    play(session, said);
    play(session, { op: 'cluster', nodes: 1 } as never);
    expect(() => play(session, said)).toThrow(/is said before the cluster/);
  });

  it('says every setting that exists when one does not', () => {
    expect(() => play(start(), { op: 'setting', name: 'nodeMonitor', value: '1s' })).toThrow(
      /nodeMonitorGracePeriod/,
    );
  });
});
