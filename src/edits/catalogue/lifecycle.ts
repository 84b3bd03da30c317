/** How containers begin and end: hooks, grace, commands, images. */
import type { Edit } from '../edit.ts';
import {
  containersOf,
  count,
  dropped,
  get,
  isFields,
  isServing,
  list,
  setTo,
  templateOf,
  text,
} from '../shapes.ts';

const LIFECYCLE = 'concepts/workloads/pods/pod-lifecycle/';
const HOOKS = 'concepts/containers/container-lifecycle-hooks/';

const hookDropped = (hook: 'preStop' | 'postStart'): Edit => ({
  name: hook === 'preStop' ? 'PreStopDropped' : 'PostStartDropped',
  direction: 'weaken',
  words: {
    en: `{object}: container {container} has no ${hook} hook`,
    ja: `{object}: コンテナ{container}から${hook}フックを省く`,
  },
  source: HOOKS,
  drafts: (object, place) =>
    containersOf(object).flatMap(({ name, path }) =>
      dropped(object, place, [...path, 'lifecycle', hook], { container: name }),
    ),
});

const graceShortened: Edit = {
  name: 'GracePeriodShortened',
  direction: 'weaken',
  words: { en: '{object}: pods have 1 s to end', ja: '{object}: Podの終了猶予を1秒にする' },
  source: LIFECYCLE,
  drafts(object, place) {
    const template = templateOf(object);
    if (template === undefined || containersOf(object).length === 0) return [];
    const path = [...template, 'spec', 'terminationGracePeriodSeconds'];
    return (count(object, path) ?? 30) > 1 ? [setTo(place, path, 1)] : [];
  },
};

/** An image that is there, of which nothing starts: a folder is no program. */
const commandBroken: Edit = {
  name: 'CommandBroken',
  direction: 'weaken',
  words: {
    en: '{object}: container {container} is told to start what is no program',
    ja: '{object}: コンテナ{container}がプログラムでないものを起動しようとする',
  },
  source: 'tasks/debug/debug-application/debug-pods/',
  drafts: (object, place) =>
    containersOf(object).map(({ name, path }) =>
      setTo(place, [...path, 'command'], ['/'], { container: name }),
    ),
};

/** A tag that no registry could have, so that nothing is assumed of its image. */
const imageTagMistyped: Edit = {
  name: 'ImageTagMistyped',
  direction: 'weaken',
  words: {
    en: '{object}: container {container} is of {image}, which is no image',
    ja: '{object}: コンテナ{container}のイメージを、存在しえない{image}にする',
  },
  source: 'concepts/containers/images/',
  drafts: (object, place) =>
    containersOf(object).flatMap(({ container, name, path }) => {
      const image = text(container, ['image']);
      if (image === undefined) return [];
      const wrong = `${image}~`;
      return [setTo(place, [...path, 'image'], wrong, { container: name, image: wrong })];
    }),
};

const restartNever: Edit = {
  name: 'RestartPolicyNever',
  direction: 'weaken',
  words: {
    en: '{object}: containers that end are not started again',
    ja: '{object}: 終了したコンテナを再起動しない',
  },
  source: LIFECYCLE,
  drafts(object, place) {
    if (!['Pod', 'Job', 'CronJob'].includes(object.kind)) return [];
    const path = [...templateOf(object)!, 'spec', 'restartPolicy'];
    return text(object, path) === 'Never' ? [] : [setTo(place, path, 'Never')];
  },
};

/** Endpoints are taken out of routes a moment after a Pod was told to end. */
const preStopAdded: Edit = {
  name: 'PreStopSleepAdded',
  direction: 'strengthen',
  words: {
    en: '{object}: {container} serves on for 5 s after it was told to end',
    ja: '{object}: {container}が終了を求められてから5秒間は応答を続ける(preStop)',
  },
  source: HOOKS,
  drafts: (object, place) =>
    isServing(object)
      ? containersOf(object).flatMap(({ container, name, path }) =>
          get(container, ['lifecycle', 'preStop']) !== undefined || list(container, ['ports']).length === 0
            ? []
            : [
                setTo(
                  place,
                  [...path, 'lifecycle', 'preStop'],
                  { sleep: { seconds: 5 } },
                  { container: name },
                ),
              ],
        )
      : [],
};

const graceLengthened: Edit = {
  name: 'GracePeriodLengthened',
  direction: 'strengthen',
  words: { en: '{object}: pods have 60 s to end', ja: '{object}: Podの終了猶予を60秒にする' },
  source: LIFECYCLE,
  drafts(object, place) {
    const template = templateOf(object);
    if (template === undefined) return [];
    const path = [...template, 'spec', 'terminationGracePeriodSeconds'];
    const now = count(object, path);
    return now !== undefined && now < 60 ? [setTo(place, path, 60)] : [];
  },
};

/** Its hook's own time counts as part of the grace period. */
const graceCoversHook: Edit = {
  name: 'GraceCoversPreStop',
  direction: 'strengthen',
  words: {
    en: '{object}: {seconds} s to end, which the preStop hook of {container} leaves room in',
    ja: '{object}: {container}のpreStopフックが収まるように終了猶予を{seconds}秒にする',
  },
  source: HOOKS,
  drafts(object, place) {
    const template = templateOf(object);
    if (template === undefined) return [];
    const path = [...template, 'spec', 'terminationGracePeriodSeconds'];
    const grace = count(object, path) ?? 30;
    return containersOf(object).flatMap(({ container, name }) => {
      const hook = get(container, ['lifecycle', 'preStop']);
      const command = list(hook, ['exec', 'command']).join(' ');
      const sleeps = count(hook, ['sleep', 'seconds']) ?? Number(/\bsleep\s+(\d+)/.exec(command)?.[1] ?? 0);
      const seconds = sleeps + 30;
      return isFields(hook) && sleeps > 0 && grace <= sleeps
        ? [setTo(place, path, seconds, { container: name, seconds })]
        : [];
    });
  },
};

export const lifecycle: readonly Edit[] = [
  hookDropped('preStop'),
  hookDropped('postStart'),
  graceShortened,
  commandBroken,
  imageTagMistyped,
  restartNever,
  preStopAdded,
  graceLengthened,
  graceCoversHook,
];
