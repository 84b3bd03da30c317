/** `kubectl patch`. Source: staging/src/k8s.io/kubectl/pkg/cmd/patch/patch.go. */
import { ApiError, badRequest } from '../../sim/api/errors.ts';
import { goJsonError } from '../../sim/api/gojson.ts';
import { twoWayPatch } from '../../sim/api/merge/index.ts';
import type { PatchType } from '../../sim/api/patchtype.ts';
import { deepEqual } from '../../sim/api/equal.ts';
import { toJson } from '../../sim/api/manifest/convert.ts';
import { applyPatch } from '../../sim/api/merge/index.ts';
import { ruledBy, schemaOf, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { inVersion } from '../../sim/api/resources/registry.ts';
import { problemsOf } from '../../sim/api/resources/problems.ts';
import { decodePatched } from '../../sim/api/schema/patched.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { parseDocument } from 'yaml';
import { KubectlError } from '../errors.ts';
import { fileItems } from '../files.ts';
import { DRY_RUN, FILENAME, flag, PRINT, RECORD } from '../flags.ts';
import { formatOf, objectText } from '../output/objects.ts';
import { select, throwErrors, type Item } from '../resources.ts';
import { tellWritten, writeErr, writeOut, type Session, type Verb } from '../session.ts';
import { asPart, partOf, patchPart, SUBRESOURCE, type Part, type Place } from '../subresource.ts';
import { dryRun, withCause } from './apply.ts';

/** JSON or YAML as a file has it. @throws KubectlError */
export function parseData(text: string): unknown {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false });
  if (document.errors.length > 0)
    throw new KubectlError(`unable to parse "${text}": ${document.errors[0]!.message}`);
  return toJson(document, document.contents as never, (problem) => {
    throw new KubectlError(`unable to parse "${text}": ${problem}`);
  });
}

/** Of what begins as JSON does (ToJSON of apimachinery's pkg/util/yaml/decoder.go). */
const isJson = (text: string): boolean => /^\s*\{/.test(text);

/**
 * What kubectl sends as it is, so that it is the server that refuses what is none.
 * @throws ApiError BadRequest, KubectlError of a dry run, which merges by itself
 */
function parseJson(text: string, dry: boolean): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw dry ? new KubectlError('invalid JSON document') : badRequest(goJsonError(text));
  }
}

/** What the server says of fields that the patched object would have, and that it does not know. */
const warningsOf = (
  info: ResourceDefinition,
  type: PatchType,
  object: KubeObject,
  patch: unknown,
): readonly string[] => {
  const patched = applyPatch(type, schemaOf(info), object, patch) as KubeObject;
  return info.schemas === undefined
    ? decodePatched(type, patched, patch).warnings
    : problemsOf(info, patched).flatMap((p) => (p.kind === 'unknown' ? p.message : []));
};

const MEDIA_TYPES: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

/** @throws KubectlError where the kind takes no such patch, ApiError */
function sendPatch(place: Place, part: Part, type: PatchType, patch: unknown): KubeObject {
  try {
    return patchPart(place, part, type, patch);
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'UnsupportedMediaType') throw error;
    const { kind, apiVersion } = place.info;
    throw new KubectlError(
      `${MEDIA_TYPES[type]} is not supported by ${apiVersion}, Kind=${kind}: ${error.message}`,
    );
  }
}

/** What was done, without a word of `--dry-run`: kubectl 1.36 says none of a patch. */
const sayPatched = (session: Session, item: Item, done: string): void =>
  writeOut(session, objectText(item, done, formatOf(session)));

export const patchVerb: Verb = {
  name: 'patch',
  flags: [
    ...FILENAME,
    ...PRINT,
    DRY_RUN,
    flag('patch', 'string', 'p'),
    flag('patch-file', 'string'),
    flag('type', 'string'),
    SUBRESOURCE,
    RECORD,
  ],
  run(session) {
    const { flags } = session;
    const type = (flags.text('type') || 'strategic').toLowerCase();
    if (!['json', 'merge', 'strategic'].includes(type))
      throw new KubectlError(`--type must be one of [json merge strategic], not "${type}"`);
    if (!flags.has('patch') && !flags.has('patch-file'))
      throw new KubectlError('must specify --patch or --patch-file containing the contents of the patch');
    if (flags.has('patch') && flags.has('patch-file'))
      throw new KubectlError('cannot specify --patch and --patch-file together');
    let text = flags.text('patch');
    if (flags.has('patch-file')) {
      try {
        text = session.io.readFile(flags.text('patch-file'));
      } catch {
        throw new KubectlError(
          `unable to read patch file: open ${flags.text('patch-file')}: no such file or directory`,
        );
      }
    }
    const yaml = isJson(text) ? undefined : parseData(text);
    const { items, errors } = select(session, fileItems(session));
    throwErrors(errors);
    if (items.length === 0) throw new KubectlError('no objects passed to patch');
    const { dry } = dryRun(session);
    const patch = isJson(text) ? parseJson(text, dry) : yaml;
    for (const item of items) {
      const { info, apiVersion } = item;
      const part = partOf(session, info, apiVersion);
      const { info: shown, object } = asPart(item, part);
      const api = apiVersion === undefined ? session.api : session.api.using({ apiVersion });
      const { name, namespace = '' } = object.metadata;
      const asked = part === 'scale' ? object : inVersion(info, object, apiVersion ?? object.apiVersion);
      if (part !== 'scale')
        for (const warning of warningsOf(info, type as PatchType, asked, patch))
          writeErr(session, `Warning: ${warning}\n`);
      const sent = type === 'json' ? patch : withCause(session, patch as KubeObject);
      const schema = part === 'scale' ? undefined : schemaOf(info);
      const patched = dry
        ? (applyPatch(
            schema === undefined && type === 'strategic' ? 'merge' : (type as PatchType),
            schema,
            asked,
            sent,
          ) as KubeObject)
        : sendPatch({ api, info: ruledBy(info, apiVersion), namespace, name }, part, type as PatchType, sent);
      if (!dry) {
        // A JSON patch says paths: what came of it is a part of an object.
        const said = type === 'json' ? twoWayPatch(schema, object, patched) : (patch as object);
        if (said !== undefined) tellWritten(session, info, said);
      }
      sayPatched(
        session,
        { info: shown, object: patched },
        deepEqual(object, patched) ? 'patched (no change)' : 'patched',
      );
    }
    return 0;
  },
};
