/** Images that do not come: registries out of reach, and an image that is in none. */
import { withoutTag } from '../../sim/node/index.ts';
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { machinesOf } from '../target.ts';
import { misses } from '../types.ts';
import { changeImage, containerOf, workloadMet, workloadOf } from '../workloads.ts';

const ALL = 'all images';

export const imagePullFailure = defineFault({
  kind: 'ImagePullFailure',
  family: 'pod',
  needs: 'physical',
  target: 'none',
  about:
    'No registry answers for an image, or for any: pulls that begin from now on fail after 30 s, and ' +
    'their containers wait in ErrImagePull and ImagePullBackOff. Images that a node has are used, unless ' +
    'the pull policy is Always.',
  heals: 'Registries answer again; the next try, after its back-off of up to 5 minutes, pulls.',
  parameters: [{ field: 'image', about: 'the image; without, all images' }],
  phrases: [
    say('no image can be pulled[forMs]', '[forMs]イメージをpullできなくなる'),
    say('image [image] cannot be pulled[forMs]', '[forMs]イメージ[image]をpullできなくなる'),
  ],
  strike(call, ctx) {
    ctx.physical.network.cutOffRegistry(call.image === undefined ? 'all' : { image: call.image });
    return { targets: [call.image ?? ALL] };
  },
  heal(_call, struck, ctx) {
    for (const image of struck.targets)
      ctx.physical.network.restoreRegistry(image === ALL ? 'all' : { image });
  },
});

export const registryUnreachable = defineFault({
  kind: 'RegistryUnreachable',
  family: 'pod',
  needs: 'physical',
  target: 'node',
  about:
    'The node reaches no image registry: pulls that begin there from now on fail after 30 s ' +
    '(ErrImagePull, ImagePullBackOff); other nodes pull as before, and the scheduler knows nothing of it.',
  heals: 'The node reaches registries again; the next try, after its back-off of up to 5 minutes, pulls.',
  phrases: [say('[nodes] cannot pull images[forMs]', '[forMs][nodes]がイメージをpullできなくなる')],
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) ctx.physical.network.cutOffRegistry({ node });
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets) ctx.physical.network.restoreRegistry({ node });
  },
});

interface Image {
  readonly container: string;
  readonly image: string;
}

export const wrongImage = defineFault({
  kind: 'WrongImage',
  family: 'change',
  needs: 'physical',
  target: 'workload',
  changes: 'template',
  stacks: 'values',
  group: 'image',
  about:
    'The operator rolls out an image that no registry has: new Pods wait in ErrImagePull and ' +
    "ImagePullBackOff, old ones stay as far as the rollout's bounds say.",
  heals:
    'The operator puts the image from before back, unless somebody has changed it since. The broken Pod ' +
    "of a StatefulSet stays until it is deleted by hand, as upstream's known issue of forced rollback has " +
    'it.',
  parameters: [
    { field: 'container', about: 'name of the container; without, the first' },
    { field: 'image', about: 'the image that does not exist; without, the present one with another tag' },
  ],
  phrases: [
    say(
      'an image that does not exist is rolled out to [workload][forMs]',
      '[forMs][workload]に存在しないイメージを展開する',
    ),
  ],
  strike(call, ctx) {
    const met = workloadMet(call, ctx);
    const found = containerOf(met, call.container);
    const image = call.image ?? `${withoutTag(found.image!)}:no-such-tag`;
    if (ctx.physical.images.exists(image)) throw misses('imageExists', { image });
    ctx.physical.images.forget(image);
    changeImage(met, found.name, image, ctx);
    const undo = { container: found.name, before: found.image, image };
    return { targets: [met.target], undo };
  },
  heal(call, struck, ctx) {
    const { container, before, image } = struck.undo as unknown as Image & { before: string };
    const met = workloadOf(call.workload!, ctx);
    const now = met?.template.spec!.containers.find((c) => c.name === container)?.image;
    if (met !== undefined && now === image) changeImage(met, container, before, ctx);
  },
});
