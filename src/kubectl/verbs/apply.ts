/**
 * `kubectl apply`, `create -f`. Sources: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply.go, patcher.go;
 * pkg/cmd/create/create.go; pkg/util/apply.go (the annotation).
 */
import { ApiError } from '../../sim/api/errors.ts';
import { goKind, goVersion } from '../../sim/api/gokind.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { threeWayPatch } from '../../sim/api/merge/index.ts';
import type { PatchType } from '../../sim/api/patchtype.ts';
import {
  mergesStrategically,
  type ResourceDefinition,
  schemaOf,
} from '../../sim/api/resources/definition.ts';
import { inVersion, patchedVersion } from '../../sim/api/resources/registry.ts';
import { addSource, KubectlError } from '../errors.ts';
import { checkBody, decoded, fieldValidation, VALIDATE } from '../fieldvalidation.ts';
import { readFiles } from '../files.ts';
import type { FileItem } from '../fileitem.ts';
import { DRY_RUN, FILENAME, flag, PRINT, RECORD, SELECTOR } from '../flags.ts';
import { placeError } from '../manifests.ts';
import { goJson } from '../output/json.ts';
import { formatOf, objectText } from '../output/objects.ts';
import { throwErrors } from '../resources.ts';
import { tellWritten, writeErr, writeOut } from '../session.ts';
import type { Session, Verb } from '../session.ts';
import { SUBRESOURCE } from '../subresource.ts';
import { prune, pruningOf } from './prune.ts';
import { applyOnServer, serverSide } from './serverside.ts';
import { matches, parseLabelSelector } from '../../sim/api/selector.ts';

const CHANGE_CAUSE = 'kubernetes.io/change-cause';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * ` (dry run)` and whether nothing is sent: what is tried on the server is, and the server stores nothing.
 * @throws KubectlError
 */
export function dryRun(session: Session): { dry: boolean; suffix: string } {
  if (!session.flags.has('dry-run')) return { dry: false, suffix: '' };
  const mode = session.flags.text('dry-run');
  if (mode === 'none' || mode === 'false') return { dry: false, suffix: '' };
  if (['client', 'unchanged', 'true'].includes(mode)) return { dry: true, suffix: ' (dry run)' };
  if (mode === 'server') return { dry: false, suffix: ' (server dry run)' };
  throw new KubectlError(`Invalid dry-run value (${mode}). Must be "none", "server", or "client".`);
}

/** Says what was done to an object, or prints it as -o wants. */
export function report(
  session: Session,
  item: { info: FileItem['info']; object: KubeObject },
  done: string,
): void {
  writeOut(session, objectText(item, `${done}${dryRun(session).suffix}`, formatOf(session)));
}

/** The configuration without the annotation, as the annotation keeps it. */
function annotationOf(draft: KubeObject): string {
  const { [LAST_APPLIED]: _, ...annotations } = draft.metadata.annotations ?? {};
  return `${goJson({ ...draft, metadata: { ...draft.metadata, annotations } })}\n`;
}

/** With the annotation that --record asks for. Source: cli-runtime/pkg/genericclioptions/record_flags.go. */
export const withCause = <T extends KubeObject>(session: Session, object: T): T =>
  session.flags.bool('record')
    ? {
        ...object,
        metadata: {
          ...object.metadata,
          annotations: { ...object.metadata.annotations, [CHANGE_CAUSE]: session.line },
        },
      }
    : object;

/** What an object that is created is to have: --save-config keeps what it was made from. */
export const asCreated = (session: Session, draft: KubeObject): KubeObject =>
  session.flags.bool('save-config') ? withAnnotation(draft) : draft;

function withAnnotation(draft: KubeObject): KubeObject {
  return {
    ...draft,
    metadata: {
      ...draft.metadata,
      annotations: { ...draft.metadata.annotations, [LAST_APPLIED]: annotationOf(draft) },
    },
  };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  const out: Record<string, unknown> = {};
  for (const [k, v] of Object.entries(value)) if (v !== null) out[k] = withoutNulls(v);
  return out;
}

/** What is there, as the server has it. @throws what it says, with what was asked for */
function liveOf({ api }: Session, item: FileItem): KubeObject | undefined {
  const { info, draft, source } = item;
  const { name, namespace = '' } = draft.metadata;
  try {
    return api.using({ apiVersion: draft.apiVersion }).find(info.resource, namespace, name) as
      | KubeObject
      | undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { reason, details } = error;
    throw new ApiError(
      reason,
      `error when retrieving current configuration of:\n${resourceText(item)}\nfrom server for: ` +
        `${JSON.stringify(source)}: ${error.message}`,
      details,
    );
  }
}

/** @returns the object as it is then, or as it would be */
function applyOne(session: Session, item: FileItem): KubeObject {
  const { info, draft } = item;
  const { name, namespace } = draft.metadata;
  if (!name) {
    if (draft.metadata.generateName)
      throw new KubectlError(`from ${draft.metadata.generateName}: cannot use generate name with apply`);
    throw new KubectlError('resource name may not be empty');
  }
  if (serverSide(session).isAsked) {
    const applied = applyOnServer(session, item);
    report(session, { info, object: applied }, 'serverside-applied');
    return applied;
  }
  const { dry } = dryRun(session);
  const modified = withAnnotation(withCause(session, draft));
  const live = liveOf(session, item);
  if (live === undefined) {
    let created: KubeObject;
    try {
      checkBody(session, item);
      created = dry ? modified : session.api.create(decoded(session, withoutNulls(modified) as KubeObject));
    } catch (error) {
      throw addSource('creating', item.source, error);
    }
    report(session, { info, object: created }, 'created');
    return created;
  }
  const last = live.metadata.annotations?.[LAST_APPLIED];
  if (last === undefined) {
    writeErr(
      session,
      `Warning: resource ${info.plural}/${name} is missing the ${LAST_APPLIED} annotation which is ` +
        'required by kubectl apply. ' +
        'kubectl apply should only be used on resources created declaratively by either kubectl create ' +
        '--save-config or kubectl apply. ' +
        'The missing annotation will be patched automatically.\n',
    );
  }
  const { type, patch } = appliedPatch(info, live, modified);
  if (patch === undefined) {
    report(session, { info, object: live }, 'unchanged');
    return live;
  }
  let patched: KubeObject;
  try {
    checkBody(session, item);
    patched = dry ? live : session.api.patch(info.resource, namespace ?? '', name, type, patch);
  } catch (error) {
    throw addSource(
      `applying patch:\n${goJson(patch)}\nto:\n${resourceText(item)}\nfor:`,
      item.source,
      addSource('patching', item.source, error),
    );
  }
  if (patched.metadata.deletionTimestamp !== undefined) {
    writeErr(session, `Warning: Detected changes to resource ${name} which is currently being deleted.\n`);
  }
  report(session, { info, object: patched }, 'configured');
  return patched;
}

/** What makes of an object what a manifest says, as far as manifests have said it; undefined: it is so. */
export function appliedPatch(
  info: ResourceDefinition,
  live: KubeObject,
  modified: KubeObject,
): { type: PatchType; patch: object | undefined } {
  const last = live.metadata.annotations?.[LAST_APPLIED];
  const strategic = mergesStrategically(info);
  const { apiVersion } = modified;
  // The server answers in the version asked for.
  const current = inVersion(info, live, apiVersion);
  const patch = threeWayPatch(
    strategic ? schemaOf(info, apiVersion) : undefined,
    last === undefined ? undefined : lastApplied(last, current),
    modified,
    current,
  );
  const type = strategic ? 'strategic' : 'merge';
  return { type, patch: patch === undefined ? undefined : ofVersion(info, apiVersion, patch) };
}

/** The patch, which says of which version it is where that is not the stored one. */
const ofVersion = (info: ResourceDefinition, apiVersion: string, patch: object): object =>
  patchedVersion(info, { apiVersion }) === info.apiVersion ? patch : { apiVersion, ...patch };

function lastApplied(text: string, live: KubeObject): object | undefined {
  try {
    return { ...(JSON.parse(text) as object), apiVersion: live.apiVersion };
  } catch {
    return undefined;
  }
}

function resourceText({ info, draft }: FileItem): string {
  const { apiVersion } = draft;
  const { kind, plural } = info;
  return (
    `Resource: "${goVersion(apiVersion)}, Resource=${plural}", GroupVersionKind: ` +
    `"${goKind({ apiVersion, kind })}"\n` +
    `Name: "${draft.metadata.name}", Namespace: "${draft.metadata.namespace ?? ''}"`
  );
}

/** Goes through all objects of the files; what fails is told at the end, the rest is done. */
export function eachItem(session: Session, act: (item: FileItem) => void, empty: string): number {
  if (session.flags.has('validate')) fieldValidation(session);
  const { items, errors: readErrors, leftOut } = readFiles(session);
  const errors: unknown[] = [...readErrors];
  const selector = parseLabelSelector(session.flags.text('selector'));
  const chosen = items.filter((i) =>
    matches(selector, (i.draft.metadata.labels ?? {}) as Record<string, string>),
  );
  if (chosen.length === 0 && errors.length === 0 && !leftOut) throw new KubectlError(empty);
  for (const item of chosen) {
    try {
      act(item);
      if (dryRun(session).suffix === '') tellWritten(session, item.info, item.document.object, item.document);
    } catch (error) {
      if (error instanceof KubectlError || error instanceof ApiError)
        errors.push(placeError(error, item, session.io));
      else throw error;
    }
  }
  throwErrors(errors);
  return 0;
}

const WRITE_FLAGS = [...FILENAME, ...PRINT, DRY_RUN, RECORD];

export const applyVerb: Verb = {
  name: 'apply',
  flags: [
    ...WRITE_FLAGS,
    SELECTOR,
    flag('all'),
    flag('prune'),
    flag('prune-allowlist', 'strings'),
    flag('server-side'),
    flag('force-conflicts'),
    flag('field-manager', 'string'),
    SUBRESOURCE,
    VALIDATE,
  ],
  run(session) {
    const { flags } = session;
    if (session.args.length > 0)
      throw new KubectlError(
        `Unexpected args: [${session.args.join(' ')}]\nSee 'kubectl apply -h' for help and examples`,
      );
    if (!flags.has('filename') && !flags.has('kustomize'))
      throw new KubectlError('must specify one of -f and -k');
    dryRun(session);
    serverSide(session);
    const pruning = pruningOf(session);
    const applied: KubeObject[] = [];
    const code = eachItem(
      session,
      (item) => void applied.push(applyOne(session, item)),
      'no objects passed to apply',
    );
    if (pruning !== undefined)
      prune(session, pruning, applied, dryRun(session).dry, (info, object) =>
        report(session, { info, object }, 'pruned'),
      );
    return code;
  },
};

export const CREATE_FLAGS = [...WRITE_FLAGS, SELECTOR, flag('save-config'), VALIDATE];

export function createFromFiles(session: Session): number {
  return eachItem(
    session,
    (item) => {
      const draft = asCreated(session, withCause(session, item.draft));
      let created: KubeObject;
      try {
        checkBody(session, item);
        created = dryRun(session).dry ? draft : session.api.create(decoded(session, draft));
      } catch (error) {
        throw addSource('creating', item.source, error);
      }
      report(session, { info: item.info, object: created }, 'created');
    },
    'no objects passed to create',
  );
}
