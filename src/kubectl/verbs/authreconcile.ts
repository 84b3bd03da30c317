/**
 * `kubectl auth reconcile`: rules and subjects that are missing are added, one by one. Source:
 * staging/src/k8s.io/kubectl/pkg/cmd/auth/reconcile.go.
 */
import { ApiError } from '../../sim/api/errors.ts';
import type { Binding, Role } from '../../sim/api/resources/rbac.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { KubectlError } from '../errors.ts';
import { readFiles } from '../files.ts';
import type { FileItem } from '../fileitem.ts';
import { DRY_RUN, FILENAME, flag, PRINT } from '../flags.ts';
import { AUTO_UPDATE, planBinding, planRole, type Plan } from '../reconciliation.ts';
import { throwErrors } from '../resources.ts';
import { writeErr, type Session, type Verb } from '../session.ts';
import { dryRun, report } from './apply.ts';

const GROUP = 'rbac.authorization.k8s.io';

/** The namespace of an object, where there is none. */
function ensureNamespace({ api }: Session, { metadata: { namespace = '' } }: KubeObject): void {
  if (namespace === '' || api.find('Namespace', '', namespace) !== undefined) return;
  const made: unknown = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  api.create(made as KubeObject);
}

function carryOut(session: Session, { info, draft }: FileItem, { act, next }: Plan): void {
  const { api } = session;
  const { namespace = '', name } = draft.metadata;
  if (act === 'recreate') api.delete(info.resource, namespace, name);
  if (act === 'create') ensureNamespace(session, draft);
  if (act === 'create' || act === 'recreate') api.create(next);
  else if (act === 'update') api.update(next);
}

function tell(session: Session, { act, missing, extra, isProtected }: Plan, of: string, all: boolean): void {
  if (act === '') return;
  const caveat = isProtected ? `, but object opted out (${AUTO_UPDATE}: false)` : '';
  const listed = (head: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : `\t${head}\n${lines.map((line) => `\t\t${line}\n`).join('')}`;
  writeErr(
    session,
    `\treconciliation required ${act}${caveat}\n` +
      listed(`missing ${of} added:`, missing) +
      (all ? listed(`extra ${of} removed:`, extra) : ''),
  );
}

/** Files are read without a server here, so that nobody fills in a namespace that they do not say. */
const isPlaced = ({ info, document }: FileItem): boolean =>
  !info.namespaced || Boolean(document.object.metadata?.['namespace']);

function reconcile(session: Session, item: FileItem): void {
  const { info, draft } = item;
  if (info.group !== GROUP) return;
  const { dry } = dryRun(session);
  // Of the namespace without a name that it then makes sure of.
  if (!isPlaced(item) && !dry) throw new KubectlError('resource name may not be empty');
  const isRole = info.kind === 'Role' || info.kind === 'ClusterRole';
  const all = session.flags.bool(isRole ? 'remove-extra-permissions' : 'remove-extra-subjects');
  const live = isPlaced(item)
    ? session.api.find(info.resource, draft.metadata.namespace ?? '', draft.metadata.name)
    : undefined;
  const plan = isRole
    ? planRole(draft as unknown as Role, live as Role | undefined, all)
    : planBinding(draft as unknown as Binding, live as Binding | undefined, all);
  if (!dry && !plan.isProtected) carryOut(session, item, plan);
  report(session, { info, object: plan.next }, 'reconciled');
  tell(session, plan, isRole ? 'rules' : 'subjects', all);
}

export const authReconcile: Verb = {
  name: 'auth reconcile',
  flags: [...FILENAME, ...PRINT, DRY_RUN, flag('remove-extra-permissions'), flag('remove-extra-subjects')],
  run(session) {
    const { flags } = session;
    if (!flags.has('filename') && !flags.has('kustomize'))
      throw new KubectlError('must specify one of -f and -k');
    if (session.args.length > 0) throw new KubectlError('no arguments are allowed');
    if (flags.text('dry-run') === 'server')
      throw new KubectlError('--dry-run=server for command reconcile is not supported yet');
    const { items, errors: unread } = readFiles(session);
    const errors: unknown[] = [...unread];
    for (const item of items)
      try {
        reconcile(session, item);
      } catch (error) {
        if (!(error instanceof KubectlError || error instanceof ApiError)) throw error;
        errors.push(error);
      }
    throwErrors(errors);
    return 0;
  },
};
