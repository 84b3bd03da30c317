import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enterSandbox, leaveSandbox, sandboxesNamed } from './addresses.ts';
import { emptyWorld, type Machine, type Sandbox } from './world.ts';

const step = fc.record({
  machine: fc.nat(2),
  uid: fc.constantFrom('u1', 'u2', 'u3', 'u4'),
  name: fc.constantFrom('a', 'b'),
  leave: fc.boolean(),
});

describe('pods by name', () => {
  it('are where a walk over all machines finds them, in its order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const world = emptyWorld();
        const machines = [0, 1, 2].map((i) => {
          const machine = { name: `node-${i}`, index: i, sandboxes: new Map() } as unknown as Machine;
          world.machines.set(machine.name, machine);
          return machine;
        });
        for (const { machine: at, uid, name, leave } of steps) {
          const machine = machines[at]!;
          const old = machine.sandboxes.get(uid);
          if (leave && old !== undefined) {
            machine.sandboxes.delete(uid);
            leaveSandbox(world, machine, old);
          } else if (!leave && old === undefined) {
            const sandbox = { podNamespace: 'default', podName: name, podUid: uid } as Sandbox;
            machine.sandboxes.set(uid, sandbox);
            enterSandbox(world, machine, sandbox);
          }
        }
        for (const name of ['a', 'b']) {
          const walked = machines.flatMap((machine) =>
            [...machine.sandboxes.values()]
              .filter((s) => s.podName === name)
              .map((sandbox) => ({ machine, sandbox })),
          );
          expect(sandboxesNamed(world, 'default', name)).toEqual(walked);
        }
        expect(sandboxesNamed(world, 'other', 'a')).toEqual([]);
      }),
    );
  });
});
