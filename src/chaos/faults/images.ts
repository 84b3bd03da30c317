/** Images that do not come. */
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { workloadMet, workloadOf } from '../workloads.ts';
import type { Fault } from '../types.ts';

export const imagePullFailure: Fault = defineFault({
  kind: 'ImagePullFailure', family: 'pod', target: 'none',
  about: 'No registry answers for an image, or for any: containers that need a pull wait in ErrImagePull and ImagePullBackOff; images that are on a node already are used.',
  heals: 'Registries answer again; the next try, after its back-off, pulls.',
  parameters: [{ field: 'image', about: 'the image; without, all images' }],
  phrases: [say('no image can be pulled[forMs]', '[forMs]イメージを取得できなくなる'), say('image [image] cannot be pulled[forMs]', '[forMs]イメージ[image]を取得できなくなる')],
  strike(call, ctx) {
    const image = call.image ?? '*';
    ctx.control.cause = ctx.control.note(image === '*' ? 'no registry answers' : `no registry answers for image ${image}`, { image });
    ctx.world.unpullable.add(image);
    return { targets: [image] };
  },
  heal(_call, struck, ctx) {
    for (const image of struck.targets) {
      if (!ctx.world.unpullable.delete(image)) continue;
      ctx.control.cause = ctx.control.note(image === '*' ? 'registries answer again' : `registries answer again for image ${image}`, { image });
    }
  },
});

/** No registry has it. */
const MISSING = 'registry.invalid/no-such-image:v0';

export const wrongImage: Fault = defineFault({
  kind: 'WrongImage', family: 'change', target: 'workload',
  about: 'The operator rolls out an image that does not exist: new Pods wait in ImagePullBackOff, old ones stay as far as the rollout\'s bounds say.',
  heals: 'The image from before is put back, unless somebody has changed it since.',
  phrases: [say('an image that does not exist is rolled out to [workload][forMs]', '[forMs][workload]に存在しないイメージを展開する')],
  strike(call, ctx) {
    const { kind, namespace, name, object, target } = workloadMet(call, ctx);
    const [first] = object.spec.template.spec!.containers;
    if (!ctx.world.images.has(MISSING)) ctx.world.images.set(MISSING, { pullMs: 'missing' });
    ctx.api.patch(kind, namespace, name, 'strategic', { spec: { template: { spec: { containers: [{ name: first!.name, image: MISSING }] } } } });
    return { targets: [target], undo: { container: first!.name, image: first!.image } };
  },
  heal(call, struck, ctx) {
    const object = workloadOf(call.workload!, ctx);
    if (object?.spec.template.spec!.containers.find((c) => c.name === struck.undo!['container'])?.image !== MISSING) return;
    const { kind, namespace, name } = workloadMet(call, ctx);
    ctx.api.patch(kind, namespace, name, 'strategic', { spec: { template: { spec: { containers: [{ name: struck.undo!['container'], image: struck.undo!['image'] }] } } } });
  },
});
