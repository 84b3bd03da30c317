/**
 * Manifests of a scene: `kubectl apply`, with what others wait for first. Namespaces and
 * CustomResourceDefinitions that stand among them are applied before the rest, and the definitions are
 * established before it; kubectl itself takes documents in their order, and needs two commands for it.
 * Definitions that are larger than the annotation in which `kubectl apply` keeps what it has applied are
 * created, or replaced.
 */
import { ManifestError } from '../sim/api/manifest/errors.ts';
import { readManifests, type ManifestDocument } from '../sim/api/manifest/read.ts';
import {
  CUSTOM_RESOURCE_DEFINITIONS,
  isTrue,
  type CustomResourceDefinition,
} from '../sim/api/resources/customresource.ts';
import { InputError } from './errors.ts';
import { manifestFiles } from './inlinemanifests.ts';
import { mustKubectl } from './operator.ts';
import { driverOf } from './session.ts';
import type { Files, Session } from './types.ts';

const GROUNDS = new Set(['v1 Namespace', 'apiextensions.k8s.io/v1 CustomResourceDefinition']);

/** What is not said in a text is not looked for in it. */
const SAYS_GROUND = /\b(Namespace|CustomResourceDefinition)\b/;

const isGround = ({ object }: ManifestDocument): boolean =>
  GROUNDS.has(`${object.apiVersion} ${object.kind}`);

/** How long their names may take to be accepted, or refused. */
const NAMES_MS = 10_000;

const isRefused = ({ status }: CustomResourceDefinition): boolean =>
  status.conditions?.some((c) => c.type === 'NamesAccepted' && c.status === 'False') === true;

/** Definitions that are not established yet, and that nothing stands in the way of. */
function installing(session: Session): string[] {
  const driver = driverOf(session);
  const left = (): CustomResourceDefinition[] =>
    (driver.client().list(CUSTOM_RESOURCE_DEFINITIONS) as CustomResourceDefinition[]).filter(
      (d) => d.metadata.deletionTimestamp === undefined && !isTrue(d, 'Established'),
    );
  driver.runUntil(() => left().every((d) => isTrue(d, 'NamesAccepted') || isRefused(d)), NAMES_MS);
  return left()
    .filter((d) => !isRefused(d))
    .map((d) => d.metadata.name);
}

/** The documents of a text; none of one that kubectl will complain of, or that holds no grounds. */
export function documentsOf(text: string, file = 'STDIN'): ManifestDocument[] {
  if (!SAYS_GROUND.test(text)) return [];
  try {
    return readManifests(text, file);
  } catch (error) {
    if (error instanceof ManifestError) return [];
    throw error;
  }
}

/** Those of a file, or of a folder; none where kubectl will complain of one. */
export function documentsIn(path: string, files: Files): ManifestDocument[] {
  try {
    const texts = manifestFiles(path, files);
    return texts.some(({ text }) => SAYS_GROUND.test(text))
      ? texts.flatMap(({ file, text }) => readManifests(text, file))
      : [];
  } catch (error) {
    if (error instanceof InputError || error instanceof ManifestError) return [];
    throw error;
  }
}

/** Of all annotations together, less what is written beside a document. */
const APPLIED_LIMIT_BYTES = 256 * 1024 - 512;

const isLarge = (document: ManifestDocument): boolean =>
  isGround(document) && JSON.stringify(document.object).length > APPLIED_LIMIT_BYTES;

/** @throws InputError, ClaimError with what kubectl said */
export function applyManifests(
  session: Session,
  argv: readonly string[],
  documents: readonly ManifestDocument[],
  stdin?: string,
): void {
  const grounds = documents.filter(isGround);
  const areFirst = documents.slice(0, grounds.length).every(isGround);
  const definitions = grounds.filter(({ object }) => object.kind === 'CustomResourceDefinition');
  const large = definitions.filter(isLarge);
  const others = grounds.length < documents.length;
  const atOnce = large.length === 0 && (!others || (areFirst && definitions.length === 0));
  if (atOnce) mustKubectl(session, argv, stdin);
  else {
    const [, ...rest] = argv;
    const api = driverOf(session).client();
    const isThere = ({ object }: ManifestDocument): boolean =>
      api.find(CUSTOM_RESOURCE_DEFINITIONS, '', String(object.metadata?.['name'])) !== undefined;
    const there = new Set(large.filter(isThere).map(({ object }) => object.metadata?.['name']));
    for (const [verb, known] of [
      ['create', false],
      ['replace', true],
    ] as const)
      if (large.some(({ object }) => there.has(object.metadata?.['name']) === known))
        mustKubectl(
          session,
          [verb, ...rest],
          stdin,
          (d) => isLarge(d) && there.has(d.object.metadata?.['name']) === known,
        );
    if (large.length < grounds.length) mustKubectl(session, argv, stdin, (d) => isGround(d) && !isLarge(d));
  }
  const names = definitions.length > 0 ? installing(session) : [];
  if (names.length > 0)
    mustKubectl(session, ['wait', '--for=condition=Established', ...names.map((n) => `crd/${n}`)]);
  if (others && !atOnce) mustKubectl(session, argv, stdin, (document) => !isGround(document));
}
