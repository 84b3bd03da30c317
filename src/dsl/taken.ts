/** What a session takes as given, gathered as manifests are written, and refused where nothing may be. */
import type { Written } from '../kubectl/index.ts';
import { say } from '../messages/index.ts';
import { ManifestError } from '../sim/api/manifest/errors.ts';
import { readManifests } from '../sim/api/manifest/read.ts';
import { schemaOf } from '../sim/api/resources/definition.ts';
import { ResourceRegistry } from '../sim/api/resources/registry.ts';
import { storedFields, type StoredField } from '../sim/api/resources/simulated.ts';
import type { Path } from '../sim/api/schema/check.ts';
import { InputError } from './errors.ts';
import { languageOf } from './explain.ts';
import {
  type Given,
  type GivenField,
  type GivenImage,
  type GivenScript,
  type GivenWebhook,
  givenText,
  joined,
  joinedImages,
  joinedScripts,
  joinedWebhooks,
} from './given.ts';
import { manifestFiles } from './inlinemanifests.ts';
import type { Operation } from './operations/operation.ts';
import type { Files, Session } from './types.ts';

/** Of a kind that is only stored: all that a document says, at the line that says its kind. */
const WHOLE: readonly StoredField[] = [{ path: ['kind'], field: '' }];

/** What of something written nothing comes of, each at its place. */
function fieldsOf(session: Session, { definition, object, document, command }: Written): GivenField[] {
  const type = schemaOf(definition, document?.object.apiVersion);
  if (type === undefined) return [];
  const source = document?.file === 'STDIN' ? session.sources.get(session.operations.length) : undefined;
  const placeOf = (path: Path): string => {
    if (document === undefined) return command;
    const line = document.locate(path, 'key').line + (source === undefined ? 0 : source.line - 1);
    return `${source?.file ?? document.file}:${line}`;
  };
  const all = definition.simulated === 'stored' ? WHOLE : storedFields(object, type);
  return all.map(({ path, field }) => ({
    given: 'field',
    kind: definition.kind,
    field,
    places: [placeOf(path)],
  }));
}

/** Remembers what of it nothing comes of. @throws InputError where the simulation is strict */
export function rememberWritten(session: Session, written: Written): void {
  const met = fieldsOf(session, written);
  if (met.length === 0) return;
  session.given.push(...met);
  if (session.strictSimulation) refuse(joined(met), session);
}

/** The manifests that an operation says, by their files. @throws InputError when one cannot be read */
function manifestsOf(operation: Operation, files: Files): { file: string; text: string }[] {
  if (operation.op === 'manifest') return [{ file: 'STDIN', text: operation.text }];
  return operation.op === 'manifestsIn' ? manifestFiles(operation.path, files) : [];
}

/**
 * Remembers the same of manifests that are collected for a property, whose draws know files and lines no
 * longer. What cannot be read is told by the first draw.
 */
export function rememberCollected(session: Session, operation: Operation): void {
  const resources = new ResourceRegistry(session.kit.parts.resources);
  try {
    for (const { file, text } of manifestsOf(operation, session.options.files))
      for (const document of readManifests(text, file)) {
        const definition = resources.of(document.object);
        if (definition === undefined) continue;
        const written = { definition, object: document.object, document, command: 'kubectl apply' };
        session.given.push(...fieldsOf(session, written));
      }
  } catch (error) {
    if (!(error instanceof ManifestError || error instanceof InputError)) throw error;
  }
}

/** Everything that a session takes as given so far. */
export function givenOf({ given, driver }: Session): Given[] {
  const images = driver?.simulation?.assumedImages() ?? [];
  const webhooks = driver?.simulation?.assumedWebhooks() ?? [];
  const scripts = driver?.simulation?.passedOver() ?? [];
  return [
    ...joined(given.filter((g) => g.given === 'field')),
    ...joinedImages([
      ...given.filter((g) => g.given === 'image'),
      ...images.map((image): GivenImage => ({ given: 'image', ...image })),
    ]),
    ...joinedWebhooks([
      ...given.filter((g) => g.given === 'webhook'),
      ...webhooks.map((webhook): GivenWebhook => ({ given: 'webhook', webhook })),
    ]),
    ...joinedScripts([
      ...given.filter((g) => g.given === 'script'),
      ...scripts.map((script): GivenScript => ({ given: 'script', ...script })),
    ]),
  ];
}

/** Where the simulation is strict, nothing may be taken as given. @throws InputError */
export function refuseGiven(session: Session): void {
  const given = session.strictSimulation ? givenOf(session) : [];
  if (given.length > 0) refuse(given, session);
}

function refuse(given: readonly Given[], session: Session): never {
  const language = languageOf(session);
  const lines = given.map((g) => givenText(g, language));
  throw new InputError(say('strictSimulation', { given: lines.map((l) => `  ${l}`).join('\n') }, language));
}
