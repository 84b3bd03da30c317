/** `kubectl replace`. Source: staging/src/k8s.io/kubectl/pkg/cmd/replace/replace.go. */
import { isNotFound } from '../../sim/api/errors.ts';
import type { DeleteOptions } from '../../sim/api/client.ts';
import { scaleDefinition } from '../../sim/api/resources/scale.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { addSource, failureText, isExpected, KubectlError } from '../errors.ts';
import type { FileItem } from '../fileitem.ts';
import { checkBody, decoded, VALIDATE } from '../fieldvalidation.ts';
import { DRY_RUN, FILENAME, flag, PRINT } from '../flags.ts';
import { commandFlags } from '../flagtable.ts';
import { placeError } from '../manifests.ts';
import { formatOf } from '../output/objects.ts';
import type { PendingWait, Session, Verb } from '../session.ts';
import { partOf, replacePart, SUBRESOURCE } from '../subresource.ts';
import { FOREVER_MS } from '../waits/wait.ts';
import type { Deleted, Replacement, ReplacementState } from '../waits/replacement.ts';
import { asCreated, dryRun, eachItem, report } from './apply.ts';
import { CASCADE, propagationOf, sayDeleted } from './delete.ts';

const NOTHING = 'no objects passed to replace';
const TIMEOUT_MS = 300_000;

/** How objects are deleted, who are to be replaced by force. @throws KubectlError */
function deletion(session: Session): DeleteOptions {
  const { flags } = session;
  const isForced = flags.bool('force');
  const seconds = flags.number('grace-period', -1);
  if (seconds >= 0 && !isForced) throw new KubectlError('--grace-period must have --force specified');
  if (flags.number('timeout', 0) !== 0 && !isForced)
    throw new KubectlError('--timeout must have --force specified');
  // A period of 0 becomes 1, so that no data is lost by accident.
  const grace = seconds < 0 ? {} : { gracePeriodSeconds: Math.max(1, seconds) };
  return { ...grace, propagationPolicy: propagationOf(session) };
}

/** Deletes an object, if it is there. */
function takeAway(session: Session, { info, draft, source }: FileItem, how: DeleteOptions): void {
  const { name, namespace = '' } = draft.metadata;
  try {
    session.api.using({ apiVersion: draft.apiVersion }).delete(info.resource, namespace, name, how);
  } catch (error) {
    if (isNotFound(error)) return;
    throw addSource('deleting', source, error);
  }
  sayDeleted(session, { info, object: draft }, how.gracePeriodSeconds ?? -1, '');
}

/** What is to be created, with what its author is told where the server cannot read it. */
function replacementOf(session: Session, item: FileItem): Replacement {
  const draft = decoded(session, asCreated(session, item.draft));
  try {
    checkBody(session, item);
    return { draft, refused: undefined };
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { draft, refused: failureText(placeError(error, item, session.io)) };
  }
}

/** Deletes, waits until all are gone, and creates. */
function replaceByForce(session: Session, how: DeleteOptions): PendingWait {
  const { flags, command } = session;
  if (dryRun(session).suffix !== '') throw new KubectlError('--dry-run can not be used when --force is set');
  const left: Deleted[] = [];
  const created: Replacement[] = [];
  eachItem(
    session,
    (item) => {
      takeAway(session, item, how);
      const { name, namespace = '' } = item.draft.metadata;
      left.push({ resource: item.info.resource, namespace, name });
      created.push(replacementOf(session, item));
    },
    NOTHING,
  );
  const manager = commandFlags(command).find(({ name }) => name === 'field-manager')?.default ?? '';
  const state: ReplacementState = {
    left,
    deadline: undefined,
    timeoutMs: flags.number('timeout', 0) || (flags.bool('wait') ? FOREVER_MS : TIMEOUT_MS),
    created,
    format: formatOf(session),
    fieldManager: flags.text('field-manager') || manager,
  };
  return { wait: 'replacement', state };
}

function replaceOne(session: Session, item: FileItem): void {
  const { info } = item;
  const draft = asCreated(session, item.draft);
  let replaced: KubeObject;
  let shown = info;
  try {
    checkBody(session, item);
    const { namespace = '', name } = draft.metadata;
    const part = partOf(session, info, draft.apiVersion);
    const api = session.api.using({ apiVersion: draft.apiVersion });
    const live = api.get(info.resource, namespace, name) as KubeObject;
    // Without a resourceVersion of its own the manifest takes the live one's place unconditionally.
    const next = { ...decoded(session, draft), metadata: { ...live.metadata, ...draft.metadata } };
    replaced = dryRun(session).dry ? draft : replacePart({ api, info, namespace, name }, part, next);
    if (part === 'scale') shown = scaleDefinition(info);
  } catch (error) {
    throw addSource('replacing', item.source, error);
  }
  report(session, { info: shown, object: replaced }, 'replaced');
}

export const replaceVerb: Verb = {
  name: 'replace',
  flags: [
    ...FILENAME,
    ...PRINT,
    DRY_RUN,
    CASCADE,
    VALIDATE,
    SUBRESOURCE,
    flag('save-config'),
    flag('force'),
    flag('grace-period', 'int'),
    flag('timeout', 'duration'),
    flag('wait'),
  ],
  run(session) {
    const { flags } = session;
    const how = deletion(session);
    if (!flags.has('filename') && !flags.has('kustomize'))
      throw new KubectlError('must specify one of -f and -k');
    return flags.bool('force')
      ? replaceByForce(session, how)
      : eachItem(session, (item) => replaceOne(session, item), NOTHING);
  },
};
