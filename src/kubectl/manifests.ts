/**
 * Manifests as kubectl reads them: its words for what is wrong come first, the place in the file after them.
 * Sources: staging/src/k8s.io/cli-runtime/pkg/resource/mapper.go, visitor.go.
 */
import { say, type Language, wordsOf } from '../messages/index.ts';
import { hintJa } from '../messages/simulatorja.ts';
import { ApiError } from '../sim/api/errors.ts';
import { ManifestError } from '../sim/api/manifest/errors.ts';
import { manifestProblems, readManifests } from '../sim/api/manifest/read.ts';
import type { ManifestDocument } from '../sim/api/manifest/read.ts';
import { apiVersionText } from '../sim/api/resources/definition.ts';
import { problemsOf } from '../sim/api/resources/problems.ts';
import type { ResourceRegistry } from '../sim/api/resources/registry.ts';
import { suggestWord } from '../sim/api/schema/hints.ts';
import { KubectlError, PlacedError } from './errors.ts';
import type { FileItem } from './fileitem.ts';
import type { KubectlIO, LeftOut } from './session.ts';
import { removedVersion } from './removed.ts';
import { isOfKubernetes } from './unsimulated.ts';

const placed = (error: unknown, places: readonly string[]): unknown =>
  places.length === 0 ? error : new PlacedError(error, places);

const placedHint = (error: ManifestError, language: Language): string =>
  language === 'ja' && error.hint !== undefined ? error.saying(hintJa(error.hint)) : error.message;

/** Whether an API group is one that somebody else brings, as `monitoring.coreos.com`. */
function isOfOthers(apiVersion: string, resources: ResourceRegistry): boolean {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
  return group.includes('.') && ![...resources.all()].some((d) => d.group === group);
}

/** A kind that the server has and that was probably meant, where Kubernetes has none of this name. */
function meantKind({ object }: ManifestDocument, resources: ResourceRegistry): string | undefined {
  const { apiVersion, kind } = object;
  if (isOfKubernetes(apiVersion, kind) || isOfOthers(apiVersion, resources)) return undefined;
  return suggestWord(
    kind,
    [...resources.all()].map((d) => d.kind),
  );
}

/** What cli-runtime says of an object of a kind that no resource has. */
export const noMapping = (
  {
    apiVersion,
    kind,
    metadata,
  }: { readonly apiVersion: string; readonly kind: string; readonly metadata?: object },
  file: string,
): string => {
  const { name = '', namespace = '' } = (metadata ?? {}) as { name?: unknown; namespace?: unknown };
  return (
    `resource mapping not found for name: "${String(name)}" namespace: "${String(namespace)}" from ` +
    `"${file}": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`
  );
};

/** Said of a kind the server does not have. */
function noMatch(document: ManifestDocument, resources: ResourceRegistry, language: Language): unknown {
  const { apiVersion, kind, metadata } = document.object;
  const info = resources.find(kind);
  const removed = removedVersion(apiVersion, kind);
  const { line, column } = document.locate(
    info === undefined && removed === undefined ? ['kind'] : ['apiVersion'],
  );
  const name = String(metadata?.['name'] ?? '');
  const place = `${document.file}:${line}:${column}`;
  // A part of other objects is no kind that is mapped to a resource.
  if (info === undefined && removed === undefined && isOfKubernetes(apiVersion, kind) && kind !== 'Scale')
    return placed(
      new KubectlError(say('kindNotSimulated', { kind, name, file: document.file, apiVersion }, language)),
      [`${place}: kind: ${say('leaveOut', {}, language)}`],
    );
  const versions = info?.versions.map((v) => apiVersionText(info.group, v.name));
  const hint =
    removed !== undefined
      ? `apiVersion: ${say('versionRemoved', { until: removed.until, today: removed.today ?? '' }, language)}`
      : versions !== undefined
        ? `apiVersion: ${say('servedAs', { kind, versions }, language)}`
        : `kind: ${say('noKind', { kind, nearest: meantKind(document, resources) ?? '' }, language)}`;
  return placed(new KubectlError(noMapping(document.object, document.file)), [`${place}: ${hint}`]);
}

/** Whether a document may be left out: of no kind that is served, nor of one that was meant. */
const isForeign = (document: ManifestDocument, resources: ResourceRegistry): boolean =>
  resources.find(document.object.kind) === undefined && meantKind(document, resources) === undefined;

function leftOut({ object, file, line }: ManifestDocument): LeftOut {
  const { apiVersion, kind, metadata } = object;
  return { apiVersion, kind, name: String(metadata?.['name'] ?? ''), file, line };
}

export function readDocuments(
  text: string,
  source: string,
  {
    places = true,
    language = 'en',
    leftOut: tell,
    chosen,
  }: Pick<KubectlIO, 'places' | 'language' | 'leftOut' | 'chosen'>,
  resources: ResourceRegistry,
): { documents: ManifestDocument[]; errors: unknown[] } {
  const keep = (error: unknown): unknown => (!places && error instanceof PlacedError ? error.inner : error);
  let read: ManifestDocument[];
  try {
    read = readManifests(text, source);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    const unset = /(?:^|\.)(apiVersion|kind)$/.exec(error.path);
    const words =
      unset !== null && error.problem.startsWith('required')
        ? `error validating "${source}": error validating data: ${unset[1]} not set; if you choose to ` +
          'ignore these errors, turn validation off with --validate=false'
        : `error parsing ${source}: ${error.problem}`;
    return { documents: [], errors: [keep(placed(new KubectlError(words), [placedHint(error, language)]))] };
  }
  const documents: ManifestDocument[] = [];
  const errors: unknown[] = [];
  for (const document of read) {
    if (chosen?.(document) === false) continue;
    const { metadata } = document.object;
    if (resources.of(document.object) === undefined) {
      if (tell !== undefined && isForeign(document, resources)) tell(leftOut(document));
      else errors.push(keep(noMatch(document, resources, language)));
    } else if (metadata !== undefined && (typeof metadata !== 'object' || metadata === null)) {
      errors.push(
        keep(
          placed(
            new KubectlError(`unable to decode "${source}": metadata is not an object`),
            manifestProblems(document).map((p) => placedHint(p, language)),
          ),
        ),
      );
    } else documents.push(document);
  }
  return { documents, errors };
}

/** `spec.ports[0].nodePort` as steps; keys with dots in brackets are left whole. */
function pathOf(field: string): (string | number)[] {
  return [...field.matchAll(/\[(\d+)\]|\[([^\]]*)\]|([^.[\]]+)/g)].map((m) =>
    m[1] !== undefined ? Number(m[1]) : (m[2] ?? m[3])!,
  );
}

/** What an answer says is not there, by the field that names it. */
const MISSING: readonly {
  readonly says: RegExp;
  readonly field: string;
  readonly hint: 'missingNamespace' | 'missingAccount' | 'missingPriorityClass';
}[] = [
  { says: /namespaces "([^"]+)" not found$/, field: 'metadata.namespace', hint: 'missingNamespace' },
  { says: /serviceaccount "([^"]+)" not found$/, field: 'spec.serviceAccountName', hint: 'missingAccount' },
  {
    says: /no PriorityClass with name (\S+) was found$/,
    field: 'spec.priorityClassName',
    hint: 'missingPriorityClass',
  },
];

function missingObject(message: string, language: Language): { field: string; hint: string } | undefined {
  for (const { says, field, hint } of MISSING) {
    const name = says.exec(message)?.[1];
    if (name !== undefined) return { field, hint: wordsOf({ key: hint, args: { name } }, language) };
  }
  return undefined;
}

/** An answer of the server to a manifest, with the places it speaks of. */
export function placeError(
  error: unknown,
  { document, info }: FileItem,
  { places = true, language = 'en' }: Pick<KubectlIO, 'places' | 'language'>,
): unknown {
  if (!places || !(error instanceof ApiError)) return error;
  if (error.reason === 'BadRequest')
    return placed(
      error,
      manifestProblems(document, problemsOf(info, document.object)).map((p) => placedHint(p, language)),
    );
  const missing = missingObject(error.message, language);
  if (missing !== undefined && error.reason !== 'Invalid') {
    const { line, column } = document.locate(pathOf(missing.field));
    return placed(error, [`${document.file}:${line}:${column}: ${missing.field}: ${missing.hint}`]);
  }
  if (error.reason !== 'Invalid') return error;
  const lines = (error.details.causes ?? []).map((cause) => {
    const path = pathOf(cause.field);
    const { line, column } = document.locate(path);
    return `${document.file}:${line}:${column}: ${cause.field}: ${cause.message}`;
  });
  return placed(error, [...new Set(lines)]);
}
