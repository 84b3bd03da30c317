/** Deployments, ReplicaSets, StatefulSets, DaemonSets. Source: pkg/printers/internalversion/printers.go. */
import { ageOf } from './age.ts';
import { clock, column, containerTexts, created, labelText, wide } from './printer.ts';
import type { Printer } from './printer.ts';
import { selectorText } from '../../sim/api/selector.ts';

export const deploymentPrinter: Printer<'Deployment'> = {
  kind: 'Deployment',
  columns: [
    column('NAME'),
    column('READY'),
    column('UP-TO-DATE'),
    column('AVAILABLE'),
    clock('AGE'),
    wide('CONTAINERS'),
    wide('IMAGES'),
    wide('SELECTOR'),
  ],
  row: (d, { now }) => [
    d.metadata.name,
    `${d.status.readyReplicas ?? 0}/${d.spec.replicas ?? 0}`,
    d.status.updatedReplicas ?? 0,
    d.status.availableReplicas ?? 0,
    ageOf(created(d), now),
    ...containerTexts(d),
    selectorText(d.spec.selector),
  ],
};

export const replicaSetPrinter: Printer<'ReplicaSet'> = {
  kind: 'ReplicaSet',
  columns: [
    column('NAME'),
    column('DESIRED'),
    column('CURRENT'),
    column('READY'),
    clock('AGE'),
    wide('CONTAINERS'),
    wide('IMAGES'),
    wide('SELECTOR'),
  ],
  row: (rs, { now }) => [
    rs.metadata.name,
    rs.spec.replicas ?? 0,
    rs.status.replicas ?? 0,
    rs.status.readyReplicas ?? 0,
    ageOf(created(rs), now),
    ...containerTexts(rs),
    selectorText(rs.spec.selector),
  ],
};

export const statefulSetPrinter: Printer<'StatefulSet'> = {
  kind: 'StatefulSet',
  columns: [column('NAME'), column('READY'), clock('AGE'), wide('CONTAINERS'), wide('IMAGES')],
  row: (s, { now }) => [
    s.metadata.name,
    `${s.status.readyReplicas ?? 0}/${s.spec.replicas ?? 0}`,
    ageOf(created(s), now),
    ...containerTexts(s),
  ],
};

export const daemonSetPrinter: Printer<'DaemonSet'> = {
  kind: 'DaemonSet',
  columns: [
    column('NAME'),
    column('DESIRED'),
    column('CURRENT'),
    column('READY'),
    column('UP-TO-DATE'),
    column('AVAILABLE'),
    column('NODE SELECTOR'),
    clock('AGE'),
    wide('CONTAINERS'),
    wide('IMAGES'),
    wide('SELECTOR'),
  ],
  row: (ds, { now }) => [
    ds.metadata.name,
    ds.status.desiredNumberScheduled ?? 0,
    ds.status.currentNumberScheduled ?? 0,
    ds.status.numberReady ?? 0,
    ds.status.updatedNumberScheduled ?? 0,
    ds.status.numberAvailable ?? 0,
    labelText(ds.spec.template.spec?.nodeSelector),
    ageOf(created(ds), now),
    ...containerTexts(ds),
    selectorText(ds.spec.selector),
  ],
};

/** `statefulset.apps/db`: how a controller is named in a cell. */
function controllerName(
  owners: readonly { apiVersion: string; kind: string; name: string; controller?: boolean }[] | undefined,
): string {
  const owner = owners?.find((o) => o.controller);
  if (owner === undefined) return '<none>';
  const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : '';
  return `${owner.kind.toLowerCase()}${group}/${owner.name}`;
}

export const controllerRevisionPrinter: Printer<'ControllerRevision'> = {
  kind: 'ControllerRevision',
  columns: [column('NAME'), column('CONTROLLER'), column('REVISION'), clock('AGE')],
  row: (r, { now }) => [
    r.metadata.name,
    controllerName(r.metadata.ownerReferences),
    r.revision ?? 0,
    ageOf(created(r), now),
  ],
};
