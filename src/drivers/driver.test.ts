import { describe, expect, it } from 'vitest';
import { InputError } from '../dsl/errors.ts';
import { play } from '../dsl/interpreter.ts';
import { standardKit } from '../dsl/kit.ts';
import { parseStep } from '../dsl/phrases/parse.ts';
import type { Keyword } from '../dsl/phrases/phrase.ts';
import { createSession } from '../dsl/session.ts';
import type { Driver } from './driver.ts';
import { simulate } from './simulated.ts';
import type { Session } from '../dsl/types.ts';

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

/** All that `Driver` is: an object of this type has exactly these. */
const MEMBERS: Readonly<Record<keyof Driver, true>> = {
  now: true,
  beganAt: true,
  unseen: true,
  close: true,
  pass: true,
  runUntil: true,
  settle: true,
  moving: true,
  operation: true,
  client: true,
  resources: true,
  kubectl: true,
  kubectlLine: true,
  startKubectl: true,
  random: true,
  history: true,
  causes: true,
  strike: true,
  heal: true,
  network: true,
  physical: true,
  simulation: true,
};

/** A driver that shows nothing but what `Driver` says, and of that nothing `without`. */
function only(driver: Driver, without: readonly (keyof Driver)[] = []): Driver {
  return new Proxy(driver, {
    get(target, key): unknown {
      if (!Object.hasOwn(MEMBERS, key)) throw new Error(`a driver was asked for ${String(key)}`);
      if (without.includes(key as keyof Driver)) return undefined;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const sessionWith = (without: readonly (keyof Driver)[]): Session =>
  createSession({
    seed: 1,
    kit: standardKit,
    files: { readFile: () => WEB },
    createDriver: (options) => only(simulate(options), without),
  });

function tell(session: Session, ...steps: readonly string[]): void {
  for (const step of steps) {
    const [, keyword, text] = /^(\w+) (.*)$/.exec(step)!;
    play(session, parseStep(keyword as Keyword, text!)!, { text: text!, action: keyword === 'When' });
  }
}

const SCENE = [
  'Given a cluster with 2 nodes',
  'Given namespace "team"',
  'Given the manifest in "web.yaml"',
  'Given every pod is ready',
];
/** What the API alone can answer. */
const BY_API = [
  ...SCENE,
  'Given the moment "ready"',
  'When deployment "web" is scaled to 3',
  'When node "node-1" is cordoned',
  'When "true" is executed in a pod matching "app=web"',
  'When I run "kubectl get pods"',
  'Then the output contains "Running"',
  'When 1 minute passes',
  'Then within 5 minutes deployment "web" has 3 of 3 replicas available',
  'Then since "ready" at every moment at least 2 pods matching "app=web" were ready',
  'When every fault is healed',
  'Then eventually service "web" is available',
];

describe('the language', () => {
  it('asks a driver for what a driver is, and nothing else', () => {
    tell(
      sessionWith([]),
      ...BY_API,
      'Given a client sends 5 requests per second to "http://web/"',
      'When each node is drained, rebooted and uncordoned in turn',
      'Given cluster setting "watch" is "1s"',
      'Given chance goes on from seed "7"',
      'Given the cluster has settled',
      'Then at least 1 pod matching "app=web" is serving',
      'Then at most 100000 requests failed',
      'Then all invariants hold',
    );
  });

  it('does with the API alone what asks for no more, and says what else it would need', () => {
    const session = sessionWith(['network', 'physical', 'simulation']);
    tell(session, ...BY_API);
    for (const [step, needs] of [
      ['Then 1 pod matching "app=web" is serving', 'does not tell what is physically so'],
      ['When each node is drained, rebooted and uncordoned in turn', 'does not tell what is physically so'],
      ['Given a client sends 5 requests per second to "http://web/"', 'sends no requests'],
      ['Then a request to "http://web/" answers 200', 'sends no requests'],
      ['Given chance goes on from seed "7"', 'goes on from no seed'],
    ] as const) {
      expect(() => tell(session, step)).toThrow(InputError);
      expect(() => tell(session, step)).toThrow(needs);
    }
  });
});
