/**
 * `kubectl rollout status`, `pause`, `resume`, `restart`. Source: staging/src/k8s.io/kubectl/pkg/cmd/rollout.
 */
import { rfc3339 } from '../../sim/api/time.ts';
import { ApiError } from '../../sim/api/errors.ts';
import { errorText, KubectlError } from '../errors.ts';
import { fileItems } from '../files.ts';
import { FILENAME, flag, SELECTOR } from '../flags.ts';
import type { FlagSpec } from '../flags.ts';
import { kindName, objectName, select, throwErrors } from '../resources.ts';
import type { Item } from '../resources.ts';
import { writeErr, writeOut } from '../session.ts';
import type { Session, Verb } from '../session.ts';
import type { RolloutStatusState } from '../waits/rolloutstatus.ts';

export const ROLLOUT_FLAGS: readonly FlagSpec[] = [...FILENAME, SELECTOR];

/** The objects a rollout command is about. @throws when none is named */
export function rolloutTargets(session: Session): { items: readonly Item[]; errors: readonly unknown[] } {
  if (session.args.length === 0 && !session.flags.has('filename'))
    throw new KubectlError('required resource not specified');
  return select(session, { allowAllOfType: true, ...fileItems(session) });
}

export const rolloutStatus: Verb = {
  name: 'rollout status',
  flags: [...ROLLOUT_FLAGS, flag('watch', 'bool', 'w'), flag('revision', 'int'), flag('timeout', 'duration')],
  run(session) {
    const { flags } = session;
    if (flags.number('revision', 0) < 0)
      throw new KubectlError(`revision must be a positive integer: ${flags.number('revision', 0)}`);
    const { items, errors } = rolloutTargets(session);
    for (const item of items) {
      if (item.info.workload?.rollout === undefined)
        throw new KubectlError(`no status viewer has been implemented for ${kindName(item.info)}`);
    }
    throwErrors(errors);
    if (items.length === 0) {
      writeErr(session, `No resources found in ${session.namespace} namespace.\n`);
      return 0;
    }
    const state: RolloutStatusState = {
      left: items.map(({ info, object }) => ({
        resource: info.resource,
        namespace: object.metadata.namespace!,
        name: object.metadata.name,
        uid: object.metadata.uid,
      })),
      revision: flags.number('revision', 0),
      watch: flags.has('watch') ? flags.bool('watch') : true,
      deadline: undefined,
      timeoutMs: flags.number('timeout', 0),
      seen: '',
    };
    return { wait: 'rolloutStatus', state };
  },
};

/** pause, resume and restart: one change to each object, and its word. */
function changing(
  name: string,
  done: string,
  change: (item: Item, session: Session) => object,
  more: readonly FlagSpec[] = [],
): Verb {
  return {
    name: `rollout ${name}`,
    flags: [...ROLLOUT_FLAGS, ...more],
    run(session) {
      const { items, errors: found } = rolloutTargets(session);
      const errors: unknown[] = [...found];
      if (items.length === 0 && errors.length === 0) {
        writeErr(session, `No resources found in ${session.namespace} namespace.\n`);
        return 0;
      }
      for (const item of items) {
        const { name: objectsName, namespace } = item.object.metadata;
        let patch: object;
        try {
          patch = change(item, session);
        } catch (error) {
          errors.push(new KubectlError(`error: ${item.info.resource} "${objectsName}" ${errorText(error)}`));
          continue;
        }
        try {
          session.api.patch(item.info.resource, namespace ?? '', objectsName, 'strategic', patch);
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          errors.push(new KubectlError(`failed to patch: ${error.message}`));
          continue;
        }
        writeOut(session, `${objectName(item.info, objectsName)} ${done}\n`);
      }
      throwErrors(errors);
      return 0;
    },
  };
}

/** Whether its author holds it up. @throws KubectlError for what cannot be held up */
function isPaused({ info, object }: Item, word: string): boolean {
  const paused = info.workload?.rollout?.paused;
  if (paused === undefined) throw new KubectlError(`${word} is not supported`);
  return paused(object);
}

export const rolloutPause = changing('pause', 'paused', (item) => {
  if (isPaused(item, 'pausing')) throw new KubectlError('is already paused');
  return { spec: { paused: true } };
});

export const rolloutResume = changing('resume', 'resumed', (item) => {
  if (!isPaused(item, 'resuming')) throw new KubectlError('is not paused');
  return { spec: { paused: null } };
});

export const rolloutRestart = changing('restart', 'restarted', ({ info, object }, session) => {
  const { workload } = info;
  if (workload?.rollout === undefined) throw new KubectlError('restarting is not supported');
  if (workload.rollout.paused?.(object) === true)
    throw new KubectlError("can't restart paused deployment (run rollout resume first)");
  const at = rfc3339(session.now);
  const { annotations } = workload.template(object).metadata ?? {};
  if (annotations?.['kubectl.kubernetes.io/restartedAt'] === at) {
    throw new KubectlError(
      'if restart has already been triggered within the past second, ' +
        'please wait before attempting to trigger another',
    );
  }
  return { spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': at } } } } };
});
