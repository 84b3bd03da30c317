/** `kubectl scale`. Source: staging/src/k8s.io/kubectl/pkg/cmd/scale/scale.go. */
import { KubectlError } from '../errors.ts';
import { fileItems } from '../files.ts';
import { ALL, DRY_RUN, FILENAME, flag, PRINT, RECORD, SELECTOR } from '../flags.ts';
import { select, throwErrors } from '../resources.ts';
import { valueAtPath } from '../../sim/api/resources/definition.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { Verb } from '../session.ts';
import { dryRun, report, withCause } from './apply.ts';

export const scaleVerb: Verb = {
  name: 'scale',
  flags: [
    ...FILENAME,
    SELECTOR,
    ALL,
    ...PRINT,
    DRY_RUN,
    flag('replicas', 'int'),
    flag('current-replicas', 'int'),
    flag('resource-version', 'string'),
    RECORD,
  ],
  run(session) {
    const { flags } = session;
    const replicas = flags.number('replicas', -1);
    if (!flags.has('replicas') && session.args.length === 0 && !flags.has('filename')) {
      throw new KubectlError('required flag(s) "replicas" not set');
    }
    if (!flags.has('replicas')) throw new KubectlError('required flag(s) "replicas" not set');
    if (replicas < 0)
      throw new KubectlError(
        'The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
      );
    const current = flags.number('current-replicas', -1);
    const resourceVersion = flags.text('resource-version');
    const { items, errors } = select(session, fileItems(session));
    if (items.length === 0) {
      throwErrors(errors);
      throw new KubectlError('no objects passed to scale');
    }
    for (const { info, object } of items) {
      const { name, namespace } = object.metadata;
      const paths = info.subresources.scale;
      if (paths === undefined) {
        throw new KubectlError(`cannot scale ${info.resource} "${name}": ${notFoundText}`);
      }
      const has = valueAtPath(object, paths.specReplicas) ?? 1;
      if (current >= 0 && has !== current)
        throw new KubectlError(`Expected replicas to be ${current}, was ${has}`);
      if (resourceVersion !== '' && object.metadata.resourceVersion !== resourceVersion)
        throw new KubectlError(
          `Expected resource version to be ${resourceVersion}, was ${object.metadata.resourceVersion}`,
        );
      if (!dryRun(session).dry) {
        session.api.scale(info.resource, namespace ?? '', name, replicas);
        const cause = withCause(session, { metadata: {} } as KubeObject);
        if (session.flags.bool('record'))
          session.api.patch(info.resource, namespace ?? '', name, 'merge', cause);
      }
      report(session, { info, object }, 'scaled');
    }
    throwErrors(errors);
    return 0;
  },
};
const notFoundText = 'the server could not find the requested resource';
