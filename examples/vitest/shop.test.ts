import { test as propertyTest } from '@fast-check/vitest';
import fc from 'fast-check';
import { faultSchedules, filesIn, Scenario } from 'seatrial';
import { feature } from 'seatrial/vitest';
import { expect, test } from 'vitest';

// A test for every scenario of a feature file.
feature(new URL('./shop.feature', import.meta.url));

const shop = new Scenario({ files: filesIn(new URL('./', import.meta.url)) })
  .say('Given a cluster with 3 nodes')
  .say('And the manifest in "shop.yaml"')
  .say('And every pod is ready');

// A scenario in TypeScript.
test('an image that does not exist stops the rollout, not the shop', () => {
  const scenario = shop
    .fork()
    .say('Given image "nginx:broken" behaves as:', 'pull: missing')
    .say('When I run "kubectl set image deployment/shop shop=nginx:broken"')
    .say('And 5 minutes pass')
    .say('Then at every moment at least 2 pods matching "app=shop" were available');
  expect(scenario.kubectl('get pods').stdout).toContain('ImagePullBackOff');
});

// Properties over schedules of faults, by fast-check alone …
test('no schedule of voluntary disruptions closes it', () => {
  fc.assert(
    fc.property(faultSchedules(shop, { max: 2, of: 'voluntary' }), (strikes) => {
      shop
        .fork()
        .play({ op: 'faults', strikes })
        .say('Then at every moment at least 2 pods matching "app=shop" were available');
    }),
    { numRuns: 50 },
  );
});

// … or by @fast-check/vitest.
propertyTest.prop([fc.integer({ min: 1, max: 6 })], { numRuns: 10 })('it scales to any size', (replicas) => {
  shop
    .fork()
    .say(`When deployment "shop" is scaled to ${replicas}`)
    .say(`Then within 2 minutes deployment "shop" has ${replicas} of ${replicas} replicas available`);
});
