/**
 * Objects in the formats of `-o`: name, yaml, json, jsonpath, custom-columns. Tables are the printers' part.
 */
import { goText } from '../../sim/api/jsonpath/evaluate.ts';
import { KubectlError } from '../errors.ts';
import { objectName } from '../resources.ts';
import type { Item } from '../resources.ts';
import { alignRows, cellText } from '../printers/table.ts';
import { findJsonPath, parseJsonPath, relaxedPath, renderJsonPath } from './jsonpath.ts';
import { goJson, goJsonIndented } from './json.ts';
import { toYaml } from './yaml.ts';

const FORMATS =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,' +
  'jsonpath-file,kyaml,name,template,templatefile,wide,yaml';

const unknownFormat = (format: string): KubectlError =>
  new KubectlError(
    `unable to match a printer suitable for the output format "${format}", allowed formats are: ${FORMATS}`,
  );

export type Format =
  | { kind: 'table'; wide: boolean }
  | { kind: 'name' }
  | { kind: 'yaml' }
  | { kind: 'json' }
  | { kind: 'jsonpath'; template: string }
  | { kind: 'jsonpath-as-json'; template: string }
  | { kind: 'custom-columns'; template: string };

/** @throws KubectlError for formats kubectl does not know, or that are not served here */
export function parseFormat(text: string): Format {
  if (text === '' || text === 'wide') return { kind: 'table', wide: text === 'wide' };
  if (text === 'name' || text === 'yaml' || text === 'json') return { kind: text };
  const eq = text.indexOf('=');
  const kind = eq < 0 ? text : text.slice(0, eq);
  const template = eq < 0 ? '' : text.slice(eq + 1);
  if (kind === 'jsonpath' || kind === 'jsonpath-as-json') {
    if (template === '') throw new KubectlError('template format specified but no template given');
    return { kind, template };
  }
  if (kind === 'custom-columns') {
    if (template === '')
      throw new KubectlError('custom-columns format specified but no custom columns given');
    return { kind, template };
  }
  if (FORMATS.split(',').includes(kind))
    throw new KubectlError(`output format "${kind}" is not supported by this kubectl`);
  throw unknownFormat(text);
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
  const data: unknown =
    single && items.length === 1
      ? items[0]!.object
      : {
          apiVersion: 'v1',
          items: items.map((i) => i.object),
          kind: 'List',
          metadata: { resourceVersion: '' },
        };
  return printData(data, format);
}

/** A value, which may be no object of the API. */
export function printData(data: unknown, format: Format): string {
  if (format.kind === 'yaml') return toYaml(data);
  if (format.kind === 'json') return goJsonIndented(data);
  if (format.kind !== 'jsonpath' && format.kind !== 'jsonpath-as-json')
    throw new Error(`${format.kind} is of objects`);
  const path = parseJsonPath(format.template);
  if (format.kind === 'jsonpath-as-json')
    return `[\n${findJsonPath(path, data)
      .map((v) => `    ${goJson(v)}`)
      .join(',\n')}\n]\n`;
  return renderJsonPath(path, data);
}
