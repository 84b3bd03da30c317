import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectl } from '../kubectl/index.ts';
import { healLater } from './healer.ts';
import { FAULTS, faultNamed } from './index.ts';
import { FaultError, type Fault, type FaultCall, type FaultContext } from './types.ts';

const IO = { readFile: () => '' };
const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
`;

let base: Cluster;
beforeAll(() => {
  base = Cluster.create({ seed: 3, nodes: 3 });
  runKubectl(base, 'kubectl apply -f -', { ...IO, stdin: WEB });
  base.pass(30_000);
});

const contextOf = (cluster: Cluster): FaultContext => ({
  now: cluster.now, world: cluster.world, control: cluster.control, config: cluster.config, api: cluster.client(), namespace: 'default',
  kubectl: (line) => {
    const { code, stderr } = runKubectl(cluster, line, IO);
    if (code !== 0) throw new FaultError(stderr);
  },
});

/** A call of the fault as a phrase of it makes one, aimed at something that is there. */
function callsOf(fault: Fault): FaultCall[] {
  const pod = base.client().list('Pod', { labelSelector: 'app=web' })[0]!.metadata.name;
  const values: Required<Omit<FaultCall, 'kind' | 'mode'>> = {
    node: 'node-1', otherNode: 'node-2', zone: 'zone-a', pod, container: 'web', selector: 'app=web', exitCode: 3, forMs: 60_000,
  };
  return fault.phrases.map((p) => ({ kind: fault.kind, ...p.fixed, ...Object.fromEntries(p.fields.map((f) => [f, values[f as keyof typeof values]])) }));
}

const well = (cluster: Cluster): boolean => {
  const { client } = { client: cluster.client() };
  return client.list('Pod').filter((p) => p.status.phase === 'Running' && p.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true).length === 3
    && client.list('Node').every((n) => n.status.conditions?.find((c) => c.type === 'Ready')?.status === 'True');
};

describe.each(FAULTS.map((f) => [f.kind, f] as const))('%s', (kind, fault) => {
  it('is in the catalogue under its name, and says what it is', () => {
    expect(faultNamed(kind)).toBe(fault);
    expect(fault.about).toMatch(/\.$/);
    expect(fault.phrases.length).toBeGreaterThan(0);
    for (const p of fault.phrases) expect(p.en.match(/\{\w+\}/g) ?? []).toHaveLength(p.fields.length);
  });

  it('strikes, names what it met, and leaves a trace in the history', () => {
    for (const call of callsOf(fault)) {
      const cluster = base.fork();
      if (kind === 'NodePowerOn') faultNamed('NodePowerLoss').strike({ kind: 'NodePowerLoss', node: 'node-1' }, contextOf(cluster));
      if (kind === 'NodeUncordon') runKubectl(cluster, 'kubectl cordon node-1', IO);
      const before = cluster.history.length;
      const struck = fault.strike(call, contextOf(cluster));
      expect(struck.targets.length).toBeGreaterThan(0);
      expect(cluster.history.length).toBeGreaterThan(before);
      expect(JSON.parse(JSON.stringify(struck))).toEqual(struck);
    }
  });

  it('is over when its time is, and the cluster is well again', () => {
    for (const call of callsOf(fault)) {
      const cluster = base.fork();
      const struck = fault.strike(call, contextOf(cluster));
      if (fault.heal !== undefined) healLater(cluster, { ...call, forMs: call.forMs ?? 120_000 }, struck, 'default');
      cluster.pass(20 * 60_000);
      if (kind === 'NodeShutdown') faultNamed('NodePowerOn').strike({ kind: 'NodePowerOn', node: 'node-1' }, contextOf(cluster));
      cluster.pass(20 * 60_000);
      expect(cluster.client().list('Node').filter((n) => n.spec.unschedulable === true)).toEqual([]);
      expect(well(cluster)).toBe(true);
    }
  });

  it('meets no target: an error, not a pass', () => {
    const nowhere: Partial<FaultCall> = { node: 'node-9', otherNode: 'node-8', zone: 'nowhere', pod: 'nobody', selector: 'app=nobody' };
    for (const call of callsOf(fault)) {
      const aimed = Object.keys(call).filter((f) => f in nowhere);
      if (aimed.length === 0) continue;
      const missing = { ...call, ...Object.fromEntries(aimed.map((f) => [f, nowhere[f as keyof FaultCall]])) } as FaultCall;
      expect(() => fault.strike(missing, contextOf(base.fork()))).toThrow(FaultError);
    }
  });
});
