import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Obstacle, Place } from '../messages.ts';
import { stopOf, Way } from './way.ts';

type Step = { readonly place: Place; readonly name: string; readonly obstacle?: Obstacle | undefined };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    place: fc.constantFrom<Place>('name', 'loadBalancer', 'node', 'service', 'pod'),
    name: fc.constantFrom('a', 'b'),
    obstacle: fc.option(fc.constantFrom<Obstacle>('podGone', 'tooSlow', 'errorStatus'), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 6 },
);

function gone(isSeen: boolean, way: readonly Step[]): Way {
  const one = new Way(isSeen);
  for (const { place, name, obstacle } of way) {
    one.pass(1);
    one.reach(place, name);
    if (obstacle !== undefined) one.stop(obstacle);
  }
  return one;
}

describe('a way', () => {
  it('is stopped at the same place by the same node, seen or not', () => {
    fc.assert(
      fc.property(steps, (way) => {
        fc.pre(way.at(-1)!.obstacle !== undefined);
        expect(stopOf(gone(false, way).hops)).toEqual(stopOf(gone(true, way).hops));
      }),
      { seed: 1 },
    );
  });

  it('that nobody asks to see and that goes well is not kept', () => {
    expect(gone(false, [{ place: 'node', name: 'a' }]).hops).toEqual([]);
  });
});
