import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { defineFault } from '../chaos/define.ts';
import { activeFaults, strikeFault } from '../chaos/healer.ts';
import { folderOf } from '../cli/testing.ts';
import { defineInvariant } from '../invariants/index.ts';
import { Cluster } from '../sim/cluster.ts';
import { extendKit, type KitAdditions, standardKit } from './kit.ts';
import { loadKit } from './kitfile.ts';

const OPTIONS = {
  namespace: 'default',
  kubectl: () => {
    throw new Error('no fault of this test runs kubectl');
  },
};

describe('a kit', () => {
  const fault = defineFault({
    kind: 'Quiet',
    family: 'node',
    target: 'none',
    needs: 'api',
    about: 'Nothing.',
    heals: 'Nothing.',
    phrases: [],
    strike: () => ({ targets: ['nothing'] }),
  });
  const invariant = defineInvariant({
    name: 'calm',
    asks: 'api',
    about: 'Nothing.',
    why: 'Nothing.',
    fails: 'Never.',
    init: () => null,
  });

  it('has what was added beside what it had, its faults known to the clusters it makes', () => {
    const kit = extendKit(standardKit, {
      faults: [fault],
      invariants: [invariant],
      settings: { eventTtlMs: 5 },
    });
    expect(kit.faults.named('Quiet')).toBe(fault);
    expect(kit.faults.named('NodePowerLoss')).toBe(standardKit.faults.named('NodePowerLoss'));
    expect(kit.invariants.slice(0, -1)).toEqual(standardKit.invariants);
    expect(kit.settings).toEqual({ eventTtlMs: 5 });
    // What it was made from is as it was.
    expect(() => standardKit.faults.named('Quiet')).toThrow('there is no fault "Quiet"');
    const components = kit.parts.components.map((c) => c.component);
    expect(components).toEqual(standardKit.parts.components.map((c) => c.component));
  });

  it.each<[string, KitAdditions]>([
    ['a fault named NodePowerLoss', { faults: [{ ...fault, kind: 'NodePowerLoss' }] }],
    ['a fault named Quiet', { faults: [fault, fault] }],
    ['an invariant named pod-lives', { invariants: [{ ...invariant, name: 'pod-lives' }] }],
    [
      'a component named kubelet',
      { components: standardKit.parts.components.filter((c) => c.component === 'kubelet') },
    ],
    ['a controller named replicaset-controller', { controllers: standardKit.parts.controllers.slice(0, 1) }],
    [
      'an admission plugin named Priority',
      { admission: standardKit.parts.admission.filter((p) => p.name === 'Priority') },
    ],
  ])('refuses %s, which is taken', (what, more) => {
    expect(() => extendKit(standardKit, more)).toThrow(`there is ${what} already`);
  });
});

describe('a kit in a file', () => {
  it.each([
    ['missing.mjs', '', 'there is no kit'],
    ['nothing.mjs', 'export const kit = 1;', 'exports nothing by default'],
    ['other.mjs', 'export default {};', 'exports by default what is no kit'],
    ['broken.mjs', 'throw new Error("no luck");', 'cannot be loaded: no luck'],
  ])('is refused: %s', async (name, text, message) => {
    const folder = folderOf(text === '' ? {} : { [name]: text });
    await expect(loadKit(join(folder, name))).rejects.toThrow(message);
  });
});

describe('a snapshot taken while a fault is on', () => {
  const entry = fileURLToPath(new URL('../index.ts', import.meta.url));
  const struck = (): Cluster => {
    const cluster = Cluster.create({ seed: 3, nodes: 2, parts: standardKit.parts });
    cluster.operation('power');
    strikeFault(cluster, { kind: 'NodePowerLoss', node: 'node-2', forMs: 60_000 }, OPTIONS);
    cluster.pass(20_000);
    return cluster;
  };

  it(
    'is restored with the fault on, and goes on as it would have, in a process that knows the public face ' +
      'only',
    () => {
      const cluster = struck();
      const folder = folderOf({ 'snapshot.json': cluster.snapshot() });
      writeFileSync(
        join(folder, 'go-on.mts'),
        `import { readFileSync } from 'node:fs';
import { Cluster, standardKit } from ${JSON.stringify(entry)};
const cluster = Cluster.restore(readFileSync(process.argv[2]!, 'utf8'), standardKit.parts);
const before = cluster.world.machines.get('node-2')!.power;
cluster.pass(120_000);
console.log(JSON.stringify([before, cluster.world.machines.get('node-2')!.power, cluster.hash()]));
`,
      );
      const told = execFileSync(
        process.execPath,
        ['--import', 'tsx', join(folder, 'go-on.mts'), join(folder, 'snapshot.json')],
        { encoding: 'utf8', cwd: fileURLToPath(new URL('../../', import.meta.url)) },
      );
      cluster.pass(120_000);
      expect(activeFaults(cluster)).toEqual([]);
      expect(JSON.parse(told)).toEqual(['off', 'on', cluster.hash()]);
      expect(readFileSync(join(folder, 'snapshot.json'), 'utf8')).toContain('"chaos"');
    },
  );

  it('says which part is missing where it is restored without it', () => {
    expect(() => Cluster.restore(struck().snapshot())).toThrow(
      'the snapshot has a process chaos of a component chaos, which these parts lack',
    );
  });
});
