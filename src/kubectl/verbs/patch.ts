/** `kubectl patch`. Source: staging/src/k8s.io/kubectl/pkg/cmd/patch/patch.go. */
import { twoWayPatch } from '../../sim/api/merge/index.ts';
import type { PatchType } from '../../sim/api/patchtype.ts';
import { deepEqual } from '../../sim/api/equal.ts';
import { toJson } from '../../sim/api/manifest/convert.ts';
import { applyPatch } from '../../sim/api/merge/index.ts';
import { schemaOf, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { inVersion } from '../../sim/api/resources/registry.ts';
import { problemsOf } from '../../sim/api/resources/problems.ts';
import { decodePatched } from '../../sim/api/schema/patched.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { parseDocument } from 'yaml';
import { KubectlError } from '../errors.ts';
import { fileItems } from '../files.ts';
import { DRY_RUN, FILENAME, flag, PRINT, RECORD } from '../flags.ts';
import { select, throwErrors } from '../resources.ts';
import { tellWritten, writeErr, type Verb } from '../session.ts';
import { dryRun, report, withCause } from './apply.ts';

/** JSON or YAML as a command's words or a file have it. @throws KubectlError */
export function parsePatch(text: string): unknown {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false });
  if (document.errors.length > 0)
    throw new KubectlError(`unable to parse "${text}": ${document.errors[0]!.message}`);
  return toJson(document, document.contents as never, (problem) => {
    throw new KubectlError(`unable to parse "${text}": ${problem}`);
  });
}

/** Of upstream's [status scale resize] those that are served by patches, and the one of `kubectl debug`. */
const PATCHED = ['status', 'resize', 'ephemeralcontainers'] as const;
const isPatched = (subresource: string | undefined): subresource is (typeof PATCHED)[number] | undefined =>
  subresource === undefined || (PATCHED as readonly string[]).includes(subresource);

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

export const patchVerb: Verb = {
  name: 'patch',
  flags: [
    ...FILENAME,
    ...PRINT,
    DRY_RUN,
    flag('patch', 'string', 'p'),
    flag('patch-file', 'string'),
    flag('type', 'string'),
    flag('subresource', 'string'),
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
    const patch = parsePatch(text);
    const subresource = flags.has('subresource') ? flags.text('subresource') : undefined;
    if (!isPatched(subresource))
      throw new KubectlError(
        `invalid subresource value: "${subresource}". Must be one of [${PATCHED.join(' ')}]`,
      );
    const { items, errors } = select(session, fileItems(session));
    throwErrors(errors);
    if (items.length === 0) throw new KubectlError('no objects passed to patch');
    for (const { info, object, apiVersion } of items) {
      const api = apiVersion === undefined ? session.api : session.api.using({ apiVersion });
      const { name, namespace } = object.metadata;
      const asked = inVersion(info, object, apiVersion ?? object.apiVersion);
      for (const warning of warningsOf(info, type as PatchType, asked, patch))
        writeErr(session, `Warning: ${warning}\n`);
      const patched = dryRun(session).dry
        ? object
        : api.patch(
            info.resource,
            namespace ?? '',
            name,
            type as PatchType,
            type === 'json' ? patch : withCause(session, patch as KubeObject),
            subresource === undefined ? {} : { subresource },
          );
      if (!dryRun(session).dry) {
        // A JSON patch says paths: what came of it is a part of an object.
        const said = type === 'json' ? twoWayPatch(schemaOf(info), object, patched) : (patch as object);
        if (said !== undefined) tellWritten(session, info, said);
      }
      report(
        session,
        { info, object: patched },
        deepEqual(object, patched) ? 'patched (no change)' : 'patched',
      );
    }
    return 0;
  },
};
