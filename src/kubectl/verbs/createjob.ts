/**
 * `kubectl create job` and `kubectl create cronjob`. Sources:
 * staging/src/k8s.io/kubectl/pkg/cmd/create/create_job.go and create_cronjob.go.
 */
import { notFound } from '../../sim/api/errors.ts';
import type { CronJob } from '../../sim/api/types.ts';
import { KubectlError } from '../errors.ts';
import { flag } from '../flags.ts';
import { resolveType } from '../resources.ts';
import type { Session, Verb } from '../session.ts';
import { COMMON, createObject, nameOf } from './create.ts';

const commandOf = (s: Session): readonly string[] => (s.dashAt < 0 ? [] : s.args.slice(s.dashAt));

/** A template of one container, which is called as the Job is. */
const templateOf = (
  name: string,
  image: string,
  command: readonly string[],
  restartPolicy: string,
): object => ({
  spec: { containers: [{ name, image, ...(command.length === 0 ? {} : { command }) }], restartPolicy },
});

/** @throws KubectlError where there is no such CronJob */
function cronJobNamed(s: Session, from: string): CronJob {
  const [kind = '', name = '', ...more] = from.split('/');
  if (name === '' || more.length > 0 || resolveType(s.cluster.resources, kind).kind !== 'CronJob')
    throw new KubectlError('from must be an existing cronjob: write cronjob/NAME');
  const found = s.api.find('CronJob', s.namespace, name);
  if (found === undefined) throw notFound('cronjobs', 'batch', name);
  return found;
}

/** A Job made by hand of a CronJob's template. */
function createFrom(s: Session, name: string, cron: CronJob): number {
  const { metadata, spec } = cron.spec.jobTemplate;
  const { labels, annotations } = (metadata ?? {}) as Partial<Record<string, Record<string, string>>>;
  const { apiVersion, kind } = cron;
  return createObject(s, 'Job', name, { spec }, labels, 'created', {
    annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...annotations },
    ownerReferences: [
      { apiVersion, kind, name: cron.metadata.name, uid: cron.metadata.uid, controller: true },
    ],
  });
}

export const createJob: Verb = {
  name: 'create job',
  flags: [...COMMON, flag('image', 'string'), flag('from', 'string')],
  run(s) {
    const name = nameOf(s, 'job');
    const image = s.flags.text('image');
    const from = s.flags.text('from');
    const command = commandOf(s);
    if ((image === '') === (from === ''))
      throw new KubectlError('either --image or --from must be specified');
    if (from !== '' && command.length > 0) throw new KubectlError('cannot specify --from and command');
    if (from !== '') return createFrom(s, name, cronJobNamed(s, from));
    return createObject(s, 'Job', name, { spec: { template: templateOf(name, image, command, 'Never') } });
  },
};

export const createCronJob: Verb = {
  name: 'create cronjob',
  flags: [...COMMON, flag('image', 'string'), flag('schedule', 'string'), flag('restart', 'string')],
  run(s) {
    const name = nameOf(s, 'cronjob');
    const missing = ['image', 'schedule'].filter((f) => !s.flags.has(f)).map((f) => `"${f}"`);
    if (missing.length > 0) throw new KubectlError(`required flag(s) ${missing.join(', ')} not set`);
    const restart = s.flags.text('restart') || 'OnFailure';
    const template = templateOf(name, s.flags.text('image'), commandOf(s), restart);
    return createObject(s, 'CronJob', name, {
      spec: { schedule: s.flags.text('schedule'), jobTemplate: { metadata: { name }, spec: { template } } },
    });
  },
};
