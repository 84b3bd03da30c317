/** `kubectl delete`. Source: staging/src/k8s.io/kubectl/pkg/cmd/delete/delete.go (1.36 wording). */
import { ApiError, isNotFound } from '../../sim/api/errors.ts';
import type { PropagationPolicy } from '../../sim/api/client.ts';
import { addSource, KubectlError } from '../errors.ts';
import { dryRun } from './apply.ts';
import { fileItems } from '../files.ts';
import { ALL, ALL_NAMESPACES, DRY_RUN, FIELD_SELECTOR, FILENAME, flag, OUTPUT, SELECTOR } from '../flags.ts';
import { kindName, objectName, select, throwErrors } from '../resources.ts';
import type { Item } from '../resources.ts';
import { writeErr, writeOut } from '../session.ts';
import type { Session, Verb } from '../session.ts';
import { FOREVER_MS } from '../waits/wait.ts';
import type { Awaited, DeletionState } from '../waits/deletion.ts';

const POLICIES: Readonly<Record<string, PropagationPolicy>> = {
  background: 'Background',
  true: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
  false: 'Orphan',
};

function gracePeriod(session: Session): number {
  const { flags } = session;
  let seconds = flags.number('grace-period', -1);
  if (flags.bool('now')) {
    if (seconds !== -1) throw new KubectlError('--now and --grace-period cannot be specified together');
    seconds = 1;
  }
  // Without --force a period of 0 becomes 1, so that no data is lost by accident.
  if (seconds === 0 && !flags.bool('force')) seconds = 1;
  if (flags.bool('force') && seconds < 0) seconds = 0;
  if (flags.bool('force') && seconds > 0)
    throw new KubectlError('--force and --grace-period greater than 0 cannot be specified together');
  return seconds;
}

/** @throws KubectlError for a value that there is not */
export function propagationOf(session: Session): PropagationPolicy {
  const { flags } = session;
  const cascade = flags.has('cascade') ? flags.text('cascade') : 'background';
  const policy = POLICIES[cascade];
  if (policy === undefined) {
    throw new KubectlError(
      `invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`,
    );
  }
  if (cascade === 'true' || cascade === 'false')
    writeErr(
      session,
      `warning: --cascade=${cascade} is deprecated (boolean value) and can be replaced with --cascade=` +
        `${policy.toLowerCase()}\n`,
    );
  return policy;
}

export const CASCADE = flag('cascade', 'string', undefined, { bare: 'background' });

export const deleteVerb: Verb = {
  name: 'delete',
  flags: [
    ...FILENAME,
    SELECTOR,
    FIELD_SELECTOR,
    ALL,
    ALL_NAMESPACES,
    OUTPUT,
    DRY_RUN,
    CASCADE,
    flag('grace-period', 'int'),
    flag('force'),
    flag('now'),
    flag('wait'),
    flag('timeout', 'duration'),
    flag('ignore-not-found'),
  ],
  run(session) {
    const { flags } = session;
    const seconds = gracePeriod(session);
    const propagationPolicy = propagationOf(session);
    const output = flags.text('output');
    if (output !== '' && output !== 'name')
      throw new KubectlError(`unexpected -o output mode: ${output}. We only support '-o name'`);
    const selecting = flags.text('selector') !== '' || flags.text('field-selector') !== '';
    if (flags.bool('all') && flags.text('selector') !== '')
      throw new KubectlError('cannot set --all and --selector at the same time');
    if (flags.bool('all') && flags.text('field-selector') !== '')
      throw new KubectlError('cannot set --all and --field-selector at the same time');
    if (seconds === 0 && flags.bool('force')) {
      writeErr(
        session,
        'Warning: Immediate deletion does not wait for confirmation that the running resource has been ' +
          'terminated. ' +
          'The resource may continue to run on the cluster indefinitely.\n',
      );
    }
    const ignoreNotFound = flags.has('ignore-not-found')
      ? flags.bool('ignore-not-found')
      : selecting || flags.bool('all');
    const selection = select(session, { ...fileItems(session), doing: 'deleting', unread: true });
    const errors: unknown[] = [];
    for (const error of selection.errors) if (!(ignoreNotFound && isNotFound(error))) errors.push(error);
    const awaited: Awaited[] = [];
    let warned = false;
    for (const item of selection.items) {
      const { name, namespace } = item.object.metadata;
      let { uid } = item.object.metadata;
      if (session.namespaceGiven && !item.info.namespaced && !warned) {
        writeErr(
          session,
          'Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n',
        );
        warned = true;
      }
      const { dry, suffix } = dryRun(session);
      if (dry) {
        sayDeleted(session, item, seconds, suffix);
        continue;
      }
      try {
        const { apiVersion } = item;
        const left = session.api
          .using({ apiVersion })
          .delete(item.info.resource, namespace ?? '', name, {
            ...(seconds >= 0 ? { gracePeriodSeconds: seconds } : {}),
            propagationPolicy,
          });
        uid = left.metadata.uid;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!(ignoreNotFound && isNotFound(error)))
          errors.push(addSource('deleting', item.source ?? '', error));
        continue;
      }
      sayDeleted(session, item, seconds, suffix);
      if (suffix === '')
        awaited.push({ resource: item.info.resource, namespace: namespace ?? '', name, uid });
    }
    throwErrors(errors);
    // What was asked for by name counts as found, also where it is gone.
    if (selection.items.length + selection.errors.length === 0) writeOut(session, 'No resources found\n');
    const waits = flags.has('wait') ? flags.bool('wait') : true;
    if (!waits || awaited.length === 0) return 0;
    const timeoutMs = flags.number('timeout', 0) || FOREVER_MS;
    const state: DeletionState = {
      left: awaited,
      deadline: session.now + timeoutMs,
      timeoutMs,
      report: false,
    };
    return { wait: 'deletion', state };
  },
};

export function sayDeleted(session: Session, item: Item, seconds: number, suffix: string): void {
  const { name, namespace } = item.object.metadata;
  if (session.flags.text('output') === 'name') writeOut(session, `${objectName(item.info, name)}\n`);
  else {
    const done = seconds === 0 ? 'force deleted' : 'deleted';
    const where = item.info.namespaced ? ` from ${namespace} namespace` : '';
    writeOut(session, `${kindName(item.info)} "${name}" ${done}${where}${suffix}\n`);
  }
}
