/**
 * `kubectl rollout history` and `undo`: revisions live in ReplicaSets (Deployments) or ControllerRevisions
 * (the others). Sources: staging/src/k8s.io/kubectl/pkg/polymorphichelpers/history.go, rollback.go;
 * pkg/cmd/rollout/rollout_history.go, rollout_undo.go.
 */
import { deepEqual } from '../../sim/api/equal.ts';
import { errorText, KubectlError } from '../errors.ts';
import type { KubeObject, PodTemplateSpec } from '../../sim/api/types.ts';
import { DRY_RUN, flag, PRINT } from '../flags.ts';
import { describePodTemplate } from '../describe/podtemplate.ts';
import { tabbed } from '../describe/tabwriter.ts';
import { textWriter } from '../describe/writer.ts';
import { kindName, objectName, throwErrors } from '../resources.ts';
import type { Item } from '../resources.ts';
import { writeErr, writeOut } from '../session.ts';
import type { Session, Verb } from '../session.ts';
import { formatOf } from '../output/objects.ts';
import { dryRun, report } from './apply.ts';
import { ROLLOUT_FLAGS, rolloutTargets } from './rollout.ts';

const CAUSE = 'kubernetes.io/change-cause';
const REVISION = 'deployment.kubernetes.io/revision';
const HASH = 'pod-template-hash';

interface Revision {
  readonly revision: number;
  readonly template: PodTemplateSpec;
  readonly cause: string;
  readonly object: KubeObject;
}

const controllerUid = (object: KubeObject): string | undefined =>
  object.metadata.ownerReferences?.find((o) => o.controller)?.uid;

/** Revisions of an object, oldest first. @throws KubectlError for kinds without */
function revisionsOf(session: Session, item: Item): Revision[] {
  const { namespace, uid } = item.object.metadata;
  const mine = (o: KubeObject): boolean => controllerUid(o) === uid;
  let found: Revision[];
  const kept = item.info.workload?.revisions;
  if (kept === 'ReplicaSet') {
    found = session.api
      .list('ReplicaSet', { namespace: namespace! })
      .filter(mine)
      .map((rs) => ({
        revision: Number(rs.metadata.annotations?.[REVISION] ?? NaN),
        template: rs.spec.template as PodTemplateSpec,
        cause: rs.metadata.annotations?.[CAUSE] ?? '',
        object: rs,
      }));
  } else if (kept === 'ControllerRevision') {
    found = session.api
      .list('ControllerRevision', { namespace: namespace! })
      .filter(mine)
      .map((r) => ({
        revision: Number(r.revision),
        template: templateIn(r.data),
        cause: r.metadata.annotations?.[CAUSE] ?? '',
        object: r,
      }));
  } else throw new KubectlError(`no history viewer has been implemented for "${kindName(item.info)}"`);
  return found.filter((r) => !Number.isNaN(r.revision)).sort((a, b) => a.revision - b.revision);
}

/** The pod template a ControllerRevision keeps, without the directive that makes it replace the old one. */
function templateIn(data: unknown): PodTemplateSpec {
  const { $patch: _, ...template } = (data as { spec: { template: Record<string, unknown> } }).spec.template;
  return template as unknown as PodTemplateSpec;
}

/** A template as history describes it. */
function templateText(template: PodTemplateSpec): string {
  const w = textWriter();
  describePodTemplate(template, w);
  return w.text();
}

/** A template with its change cause among the annotations, as history shows it. */
function withCause(r: Revision): PodTemplateSpec {
  if (r.cause === '') return r.template;
  return {
    ...r.template,
    metadata: {
      ...r.template.metadata,
      annotations: { ...r.template.metadata?.annotations, [CAUSE]: r.cause },
    },
  } as PodTemplateSpec;
}

/** A revision as an object: the ReplicaSet that keeps it, or the workload as it was. */
function objectAt(session: Session, { info, object }: Item, { template, object: keeper }: Revision): Item {
  if (info.workload?.revisions !== 'ReplicaSet')
    return { info, object: { ...object, spec: { ...(object.spec as object), template } } as KubeObject };
  return { info: session.cluster.resources.of(keeper)!, object: keeper };
}

export const rolloutHistory: Verb = {
  name: 'rollout history',
  flags: [...ROLLOUT_FLAGS, ...PRINT, flag('revision', 'int')],
  run(session) {
    const { items, errors } = rolloutTargets(session);
    const asObjects = formatOf(session).kind !== 'table';
    const wanted = session.flags.number('revision', 0);
    if (wanted < 0) throw new KubectlError(`revision must be a positive integer: ${wanted}`);
    for (const item of items) {
      const name = objectName(item.info, item.object.metadata.name);
      const revisions = revisionsOf(session, item);
      const one = wanted > 0 ? revisions.find((r) => r.revision === wanted) : undefined;
      if (wanted > 0 && one === undefined) throw new KubectlError('unable to find the specified revision');
      if (asObjects) {
        const shown = (one === undefined ? revisions : [one]).map((r) => objectAt(session, item, r));
        shown.forEach((object, i) => {
          if (i > 0 && formatOf(session).kind === 'yaml') writeOut(session, '---\n');
          report(session, object, '');
        });
        continue;
      }
      if (one !== undefined) {
        writeOut(session, `${name} with revision #${wanted}\n${templateText(withCause(one))}\n`);
        continue;
      }
      const table =
        revisions.length === 0
          ? 'No rollout history found.'
          : tabbed(
              `REVISION\tCHANGE-CAUSE\n` +
                `${revisions.map((r) => `${r.revision}\t${r.cause || '<none>'}\n`).join('')}`,
            );
      writeOut(session, `${name} \n${table}\n`);
    }
    throwErrors(errors);
    return 0;
  },
};

/** The revision to go back to: a given one, or the one before the latest. */
function targetRevision(item: Item, revisions: readonly Revision[], to: number): Revision {
  if (to > 0) {
    const found = revisions.find((r) => r.revision === to);
    if (found === undefined) throw new KubectlError(`unable to find specified revision ${to} in history`);
    return found;
  }
  const previous = revisions.at(-2);
  if (previous === undefined) {
    throw new KubectlError(
      item.info.workload?.revisions === 'ReplicaSet'
        ? `no rollout history found for ${item.info.singular} "${item.object.metadata.name}"`
        : 'no last revision to roll back to',
    );
  }
  return previous;
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const labels = { ...template.metadata?.labels } as Record<string, string>;
  delete labels[HASH];
  return { ...template, metadata: { ...template.metadata, labels } } as PodTemplateSpec;
}

/** Annotations that stay the Deployment's own when it is rolled back. */
const OWN_ANNOTATIONS = [
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
];

/** @returns the word for what was done */
function rollBack(session: Session, item: Item, to: number): string {
  const { namespace, name, annotations } = item.object.metadata;
  const target = targetRevision(item, revisionsOf(session, item), to);
  const template = withoutHash(target.template);
  const workload = item.info.workload!;
  const current = withoutHash(workload.template(item.object));
  const { dry, suffix } = dryRun(session);
  if (dry) return `will roll back to ${templateText(target.template)}`;
  if (deepEqual(template, current))
    return `skipped rollback (current template already matches revision ${to})`;
  if (workload.revisions !== 'ReplicaSet') {
    session.api.patch(item.info.resource, namespace!, name, 'strategic', {
      spec: { template: { ...template, $patch: 'replace' } },
    });
    return `rolled back${suffix}`;
  }
  if (workload.rollout?.paused?.(item.object) === true) {
    throw new KubectlError(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  const kept: Record<string, string> = {};
  for (const key of OWN_ANNOTATIONS) if (annotations?.[key] !== undefined) kept[key] = annotations[key];
  for (const [key, value] of Object.entries(target.object.metadata.annotations ?? {}))
    if (!OWN_ANNOTATIONS.includes(key)) kept[key] = value;
  try {
    session.api.patch(item.info.resource, namespace!, name, 'json', [
      { op: 'replace', path: '/spec/template', value: template },
      { op: 'replace', path: '/metadata/annotations', value: kept },
    ]);
  } catch (error) {
    throw new KubectlError(`failed restoring revision ${to}: ${errorText(error)}`);
  }
  return `rolled back${suffix}`;
}

export const rolloutUndo: Verb = {
  name: 'rollout undo',
  flags: [...ROLLOUT_FLAGS, flag('to-revision', 'int'), DRY_RUN],
  run(session) {
    const { items, errors } = rolloutTargets(session);
    const to = session.flags.number('to-revision', 0);
    if (to < 0) throw new KubectlError(`unable to find specified revision ${to} in history`);
    throwErrors(errors);
    for (const item of items) {
      const { name, annotations } = item.object.metadata;
      if (annotations?.[OWN_ANNOTATIONS[0]!] !== undefined) {
        writeErr(
          session,
          `Warning: resource ${item.info.plural}/${name} was previously managed with 'kubectl apply'. ` +
            `Rolling back will not update the ${OWN_ANNOTATIONS[0]} annotation, which may cause ` +
            "unexpected behavior on future 'kubectl apply' operations. " +
            "Consider using 'kubectl apply' with your previous configuration file instead.\n",
        );
      }
      if (item.info.workload?.revisions === undefined) {
        throw new KubectlError(`no rollbacker has been implemented for "${kindName(item.info)}"`);
      }
      const done = rollBack(session, item, to);
      writeOut(session, `${objectName(item.info, name)} ${done}\n`);
    }
    return 0;
  },
};
