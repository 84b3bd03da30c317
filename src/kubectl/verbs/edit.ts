/**
 * `kubectl edit`, with an editor that needs nobody at a keyboard: `KUBE_EDITOR='sed -i s/a/b/'`. Sources:
 * staging/src/k8s.io/kubectl/pkg/cmd/edit/edit.go, pkg/cmd/util/editor/editoptions.go.
 */
import { ApiError } from '../../sim/api/errors.ts';
import { twoWayPatch } from '../../sim/api/merge/index.ts';
import { mergesStrategically, schemaOf } from '../../sim/api/resources/definition.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { KubectlError } from '../errors.ts';
import { fileItems } from '../files.ts';
import { FILENAME, flag, PRINT, RECORD } from '../flags.ts';
import { noMapping, readDocuments } from '../manifests.ts';
import { editFile } from '../operatorshell.ts';
import { goJson } from '../output/json.ts';
import { toYaml } from '../output/yaml.ts';
import { type Item, select, throwErrors } from '../resources.ts';
import { tellWritten, writeErr, writeOut, type Session, type Verb } from '../session.ts';
import { partOf, partsOf, patchPart, SUBRESOURCE } from '../subresource.ts';
import { report, withCause } from './apply.ts';

const FILE = '/tmp/kubectl-edit-1.yaml';
const HEADER = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;
const INTERACTIVE = /^(?:vi|vim|nvim|view|nano|pico|emacs|ed|ex|joe|micro|code|subl|gedit|kate|notepad)\b/;

const withoutComments = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');

/** The editor that the operator's environment names. @throws KubectlError where it needs somebody */
function editorOf({ io }: Session): string {
  const editor = io.editor ?? 'vi';
  if (INTERACTIVE.test(editor.replace(/^\S*\//, '')))
    throw new KubectlError(
      `the editor ${editor} waits for somebody at a keyboard, and a scenario has nobody there: name one ` +
        "that needs none, KUBE_EDITOR='sed -i s/OLD/NEW/' kubectl edit TYPE NAME, or use kubectl patch",
    );
  return editor;
}

/** The objects as they stand in the file. @throws KubectlError for one that cannot be read */
function readEdited(session: Session, text: string): KubeObject[] {
  const { documents, errors } = readDocuments(text, FILE, { places: false }, session.cluster.resources);
  if (errors.length > 0)
    throw new KubectlError(`The edited file had a syntax error: ${(errors[0] as Error).message}`);
  return documents.map(({ object }) => object as unknown as KubeObject);
}

function save(session: Session, item: Item, edited: KubeObject): void {
  const { info, object } = item;
  const { name, namespace = '' } = object.metadata;
  const wanted = withCause(session, edited);
  const strategic = mergesStrategically(info);
  const patch = twoWayPatch(strategic ? schemaOf(info) : undefined, object, wanted);
  if (patch === undefined) {
    report(session, item, 'skipped');
    return;
  }
  if (session.flags.bool('output-patch')) writeOut(session, `Patch: ${goJson(patch)}\n`);
  const place = { api: session.api, info, namespace, name };
  const patched = patchPart(
    place,
    partOf(session, info, item.apiVersion),
    strategic ? 'strategic' : 'merge',
    patch,
  );
  tellWritten(session, info, patch);
  report(session, { info, object: patched }, 'edited');
}

const pluralName = ({ info: { plural, group } }: Item): string =>
  group === '' ? plural : `${plural}.${group}`;

/** Nobody is there to mend what was wrong. @throws KubectlError always */
function cancelled(session: Session, said: string): never {
  writeErr(session, said);
  writeErr(session, `A copy of your changes has been stored to "${FILE}"\n`);
  throw new KubectlError('Edit cancelled, no valid changes were saved.');
}

export const editVerb: Verb = {
  name: 'edit',
  flags: [...FILENAME, ...PRINT, RECORD, SUBRESOURCE, flag('output-patch')],
  run(session) {
    const selection = select(session, { allowAllOfType: true, ...fileItems(session) });
    const { items, errors } = selection;
    throwErrors(errors);
    if (items.length === 0) throw new KubectlError('edit cancelled, no objects found');
    const objects = partsOf(session, selection).items.map(({ object }) => object);
    const editor = editorOf(session);
    const given =
      HEADER +
      toYaml(
        objects.length === 1 ? objects[0] : { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} },
      );
    const { content, pieces, code } = editFile(session.cluster, session.io, editor, FILE, given);
    session.pieces.push(...pieces);
    if (code !== 0)
      throw new KubectlError(
        `there was a problem with the editor "${editor}"\n` +
          `A copy of your changes has been stored to "${FILE}"`,
      );
    if (withoutComments(content) === withoutComments(given)) {
      writeErr(session, 'Edit cancelled, no changes made.\n');
      return 0;
    }
    if (withoutComments(content).trim() === '') {
      writeErr(session, 'Edit cancelled, saved file was empty.\n');
      return 0;
    }
    // What is edited is no kind that is mapped to a resource, which kubectl says in the file it opens anew.
    const scale = objects.find(({ kind, apiVersion }) => kind === 'Scale' && apiVersion === 'autoscaling/v1');
    if (scale !== undefined) {
      const why = `The edited file had a syntax error: ${noMapping(scale, 'edited-file')}`;
      cancelled(session, `# ${why.replaceAll('\n', '\n# ')}\n`);
    }
    const edited = readEdited(session, content);
    for (const [i, item] of items.entries()) {
      const { apiVersion, kind, metadata } = objects[i]!;
      const own = edited.find(
        (o) =>
          o.apiVersion === apiVersion &&
          o.kind === kind &&
          o.metadata?.name === metadata.name &&
          o.metadata.namespace === metadata.namespace,
      );
      if (own === undefined) {
        if (edited.length < items.length) continue;
        cancelled(session, 'error: At least one of apiVersion, kind and name was changed\n');
      }
      try {
        save(session, item, own);
      } catch (error) {
        if (!(error instanceof ApiError) || error.reason !== 'Invalid') throw error;
        const why = (error.details.causes ?? []).map((c) => `# * ${c.field}: ${c.message}\n`).join('');
        cancelled(session, `error: ${pluralName(item)} "${metadata.name}" is invalid\n${why}`);
      }
    }
    return 0;
  },
};
