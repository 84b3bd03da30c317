/** `kubectl diff`. Source: staging/src/k8s.io/kubectl/pkg/cmd/diff/diff.go. */
import { EPOCH } from '../../sim/api/time.ts';
import { inVersion } from '../../sim/api/resources/registry.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { matches, parseLabelSelector } from '../../sim/api/selector.ts';
import { failureText, isExpected, KubectlError } from '../errors.ts';
import type { FileItem } from '../fileitem.ts';
import { readFiles } from '../files.ts';
import { FILENAME, flag, SELECTOR } from '../flags.ts';
import { toYaml } from '../output/yaml.ts';
import { throwErrors } from '../resources.ts';
import { writeErr, writeOut, type Session, type Verb } from '../session.ts';
import { hunksOf } from '../unifieddiff.ts';
import { appliedPatch } from './apply.ts';
import { serverSide } from './serverside.ts';

const MASK = '***';

/** `apps.v1.Deployment.default.web`: the file that an object is written to. */
function fileOf({ info, draft }: FileItem): string {
  const version = draft.apiVersion.slice(draft.apiVersion.indexOf('/') + 1);
  const group = info.group === '' ? [] : [info.group];
  return [...group, version, info.kind, draft.metadata.namespace ?? '', draft.metadata.name].join('.');
}

/** Secret values as they may be shown: which differ can be seen, and not what they are. */
function masked([from, to]: readonly [KubeObject | undefined, KubeObject]): readonly [
  KubeObject | undefined,
  KubeObject,
] {
  const dataOf = (o: KubeObject | undefined): Readonly<Record<string, unknown>> =>
    (o as { data?: Record<string, unknown> } | undefined)?.data ?? {};
  const [before, after] = [dataOf(from), dataOf(to)];
  const mask = (
    o: KubeObject,
    own: Readonly<Record<string, unknown>>,
    other: Readonly<Record<string, unknown>>,
    when: string,
  ): KubeObject => {
    const data = Object.fromEntries(
      Object.entries(own).map(([key, value]) => [
        key,
        key in other && other[key] !== value ? `${MASK} (${when})` : MASK,
      ]),
    );
    return Object.keys(own).length === 0 ? o : ({ ...o, data } as KubeObject);
  };
  return [from && mask(from, before, after, 'before'), mask(to, after, before, 'after')];
}

/** What is there, and what would be there after the manifest was applied. */
function versionsOf(session: Session, item: FileItem): readonly [KubeObject | undefined, KubeObject] {
  const { info, draft } = item;
  const { name, namespace = '' } = draft.metadata;
  const { apiVersion } = draft;
  const live = session.api.using({ apiVersion }).find(info.resource, namespace, name);
  const server = session.api.using({ dryRun: true });
  const { isAsked, force, manager } = serverSide(session);
  if (isAsked) return [live, server.apply(info.resource, namespace, name, draft, { manager, force })];
  if (live === undefined) return [undefined, server.create(draft)];
  // The annotation of what was applied last is no part of what is compared.
  const said = { ...draft, metadata: { ...draft.metadata, annotations: { ...draft.metadata.annotations } } };
  const { type, patch } = appliedPatch(info, live, said);
  return [live, patch === undefined ? live : server.patch(info.resource, namespace, name, type, patch)];
}

/** Of an object as it is compared: no managers, and no version where it was not stored. */
function comparable(object: KubeObject): KubeObject {
  const {
    managedFields: _,
    resourceVersion,
    ...metadata
  } = object.metadata as KubeObject['metadata'] & { managedFields?: unknown };
  return { ...object, metadata: resourceVersion ? { ...metadata, resourceVersion } : metadata } as KubeObject;
}

function differences(session: Session, item: FileItem): string {
  const isSecret = !session.flags.bool('show-secrets') && item.info.kind === 'Secret';
  const [before, after] = versionsOf(session, item);
  const asWritten = (o: KubeObject): KubeObject => inVersion(item.info, o, item.draft.apiVersion);
  const versions = [before && asWritten(before), asWritten(after)] as const;
  const [from, to] = isSecret ? masked(versions) : versions;
  const hunks = hunksOf(from === undefined ? '' : toYaml(comparable(from)), toYaml(comparable(to)));
  if (hunks === '') return '';
  const file = fileOf(item);
  const [live, merged] = [`/tmp/LIVE-1/${file}`, `/tmp/MERGED-1/${file}`];
  const at = `${new Date(EPOCH + session.now).toISOString().replace('T', ' ').replace('Z', '')}000000 +0000`;
  return `diff -u -N ${live} ${merged}\n--- ${live}\t${at}\n+++ ${merged}\t${at}\n${hunks}`;
}

function run(session: Session): number {
  const { flags, args } = session;
  if (args.length > 0)
    throw new KubectlError(
      `Unexpected args: [${args.join(' ')}]\nSee 'kubectl diff -h' for help and examples`,
    );
  if (!flags.has('filename') && !flags.has('kustomize'))
    throw new KubectlError('must specify one of -f and -k');
  const { items, errors } = readFiles(session);
  throwErrors(errors);
  const selector = parseLabelSelector(flags.text('selector'));
  const chosen = items
    .filter(({ draft }) => matches(selector, (draft.metadata.labels ?? {}) as Record<string, string>))
    .sort((a, b) => (fileOf(a) < fileOf(b) ? -1 : 1));
  let found = 0;
  for (const item of chosen) {
    const text = differences(session, item);
    if (text === '') continue;
    found = 1;
    writeOut(session, text);
  }
  return found;
}

export const diffVerb: Verb = {
  name: 'diff',
  flags: [
    ...FILENAME,
    SELECTOR,
    flag('show-secrets'),
    flag('server-side'),
    flag('force-conflicts'),
    flag('field-manager', 'string'),
  ],
  /** Exit code 1 says that there are differences, so that what is wrong has another. */
  run(session) {
    try {
      return run(session);
    } catch (error) {
      if (!isExpected(error)) throw error;
      writeErr(session, failureText(error));
      return 2;
    }
  },
};
