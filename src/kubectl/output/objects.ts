/**
 * Objects in the formats of `-o`: name, yaml, kyaml, json, jsonpath, custom-columns. Tables are the printers'
 * part.
 */
import { goText } from '../../sim/api/jsonpath/evaluate.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { KubectlError } from '../errors.ts';
import { objectName } from '../resources.ts';
import type { Item } from '../resources.ts';
import type { Session } from '../session.ts';
import { alignRows, cellText } from '../printers/table.ts';
import { findJsonPath, parseJsonPath, relaxedPath, renderJsonPath } from './jsonpath.ts';
import { goJson, goJsonIndented } from './json.ts';
import type { Format } from './format.ts';
import { toKyaml } from './kyaml.ts';
import { printGoTemplate, templateFormat } from './templates.ts';
import { toYaml } from './yaml.ts';

/**
 * The format that a command's flags ask for. @param text of `-o`
 * @throws KubectlError for formats kubectl does not know, or that are not served here
 */
export function formatOf(
  session: Pick<Session, 'io' | 'flags' | 'command'>,
  text = session.flags.text('output'),
): Format {
  const { flags } = session;
  const managers = flags.bool('show-managed-fields');
  const strict = flags.has('allow-missing-template-keys') && !flags.bool('allow-missing-template-keys');
  if (text === '' && flags.text('template') !== '') return templateFormat(session, 'go-template', strict);
  if (text === '' || (text === 'wide' && session.command === 'get'))
    return { kind: 'table', wide: text === 'wide' };
  if (text === 'name') return { kind: text };
  if (text === 'yaml' || text === 'kyaml' || text === 'json') return { kind: text, managers };
  return templateFormat(session, text, strict);
}

function columnsText(items: readonly Item[], spec: string, noHeaders: boolean): string {
  const columns = spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0)
      throw new KubectlError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return { header: part.slice(0, colon), path: parseJsonPath(relaxedPath(part.slice(colon + 1))) };
  });
  const rows = items.map((item) =>
    columns.map((c) => {
      const values = findJsonPath(c.path, item.object);
      return values.length === 0 ? '<none>' : values.map((v) => cellText(goText(v))).join(',');
    }),
  );
  return alignRows(noHeaders ? rows : [columns.map((c) => c.header), ...rows]);
}

/** Who manages which fields is for those who ask. Source: cli-runtime/pkg/printers/omitmanagedfields.go. */
function withoutManagers(object: KubeObject): KubeObject {
  if (!('managedFields' in object.metadata)) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** What is said of an object with which something was done, or the object as -o wants it. */
export const objectText = (item: Item, done: string, format: Format): string =>
  format.kind === 'table'
    ? `${objectName(item.info, item.object.metadata.name)} ${done}\n`
    : printObjects([item], format, true);

/** `single`: one object asked for by name is printed as itself, everything else as a List. */
export function printObjects(
  items: readonly Item[],
  format: Format,
  single: boolean,
  options: { noHeaders?: boolean } = {},
): string {
  if (format.kind === 'table') throw new Error('tables are printed by the printers');
  if (format.kind === 'name')
    return items.map((i) => `${objectName(i.info, i.object.metadata.name)}\n`).join('');
  if (format.kind === 'custom-columns')
    return columnsText(items, format.template, options.noHeaders ?? false);
  const isBare = 'managers' in format && !format.managers;
  const objects = items.map(({ object }) => (isBare ? withoutManagers(object) : object));
  const data: unknown =
    single && objects.length === 1
      ? objects[0]
      : { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } };
  return printData(data, format);
}

/** A value, which may be no object of the API. */
export function printData(data: unknown, format: Format): string {
  if (format.kind === 'yaml') return toYaml(data);
  if (format.kind === 'kyaml') return toKyaml(data);
  if (format.kind === 'json') return goJsonIndented(data);
  if (format.kind === 'go-template') return printGoTemplate(format.template, data, format.strict === true);
  if (format.kind !== 'jsonpath' && format.kind !== 'jsonpath-as-json')
    throw new Error(`${format.kind} is of objects`);
  const path = parseJsonPath(format.template);
  if (format.kind === 'jsonpath-as-json')
    return `[\n${findJsonPath(path, data)
      .map((v) => `    ${goJson(v)}`)
      .join(',\n')}\n]\n`;
  return renderJsonPath(path, data);
}
