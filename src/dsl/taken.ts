/** What a session takes as given, gathered as manifests are written, and refused where nothing may be. */
import type { WrittenDocument } from '../kubectl/index.ts';
import { say } from '../messages/index.ts';
import { schemaOf } from '../sim/api/resources/definition.ts';
import { storedFields, type StoredField } from '../sim/api/resources/simulated.ts';
import { InputError } from './errors.ts';
import { languageOf } from './explain.ts';
import {
  givenFieldText,
  givenImageText,
  joined,
  type Given,
  type GivenField,
  type GivenImage,
} from './given.ts';
import type { Session } from './types.ts';

/** Of a kind that is only stored: all that a document says, at the line that says its kind. */
const WHOLE: readonly StoredField[] = [{ path: ['kind'], field: '' }];

/** Remembers what of a document nothing comes of. @throws InputError where the simulation is strict */
export function rememberWritten(session: Session, { document, definition }: WrittenDocument): void {
  const type = schemaOf(definition, document.object.apiVersion);
  if (type === undefined || definition.schema !== undefined) return;
  const source = document.file === 'STDIN' ? session.sources.get(session.operations.length) : undefined;
  const all = definition.simulated === 'stored' ? WHOLE : storedFields(document.object, type);
  const met = all.map(({ path, field }): GivenField => {
    const line = document.locate(path, 'key').line + (source === undefined ? 0 : source.line - 1);
    const place = `${source?.file ?? document.file}:${line}`;
    return { given: 'field', kind: definition.kind, field, places: [place] };
  });
  if (met.length === 0) return;
  session.given.push(...met);
  if (session.strictSimulation) refuse(joined(met), session);
}

/** Everything that a session takes as given so far. */
export function givenOf({ given, driver }: Session): Given[] {
  const images = driver?.simulation?.assumedImages() ?? [];
  return [...joined(given), ...images.map((image): GivenImage => ({ given: 'image', ...image }))];
}

/** Where the simulation is strict, nothing may be taken as given. @throws InputError */
export function refuseGiven(session: Session): void {
  const given = session.strictSimulation ? givenOf(session) : [];
  if (given.length > 0) refuse(given, session);
}

function refuse(given: readonly Given[], session: Session): never {
  const language = languageOf(session);
  const lines = given.map((g) =>
    (g.given === 'image' ? givenImageText : givenFieldText)(g as never, language),
  );
  throw new InputError(say('strictSimulation', { given: lines.map((l) => `  ${l}`).join('\n') }, language));
}
