/**
 * `kubectl get`. Source: staging/src/k8s.io/kubectl/pkg/cmd/get/get.go (`Run`, `printGeneric`), sorter.go.
 */
import { inVersion, printedIn } from '../../sim/api/resources/registry.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { compareQuantities, isQuantity } from '../../sim/api/quantity.ts';
import { isNotFound } from '../../sim/api/errors.ts';
import { componentStatuses } from '../componentstatus.ts';
import { KubectlError } from '../errors.ts';
import { ALL_NAMESPACES, FIELD_SELECTOR, FILENAME, flag, PRINT, SELECTOR } from '../flags.ts';
import { fileItems } from '../files.ts';
import { findJsonPath, parseJsonPath, relaxedPath } from '../output/jsonpath.ts';
import { formatOf, printObjects } from '../output/objects.ts';
import { printTable } from '../printers/index.ts';
import { kindName, select, throwErrors } from '../resources.ts';
import type { Group, Item } from '../resources.ts';
import { partsOf } from '../subresource.ts';
import { writeErr, writeOut } from '../session.ts';
import type { Session, Verb } from '../session.ts';
import { printRaw } from '../raw.ts';
import { printWatch } from '../watch.ts';

/** Orders by the values of a JSONPath: numbers as numbers, quantities as quantities, the rest as text. */
function sortBy(items: readonly Item[], expression: string): Item[] {
  const path = parseJsonPath(relaxedPath(expression));
  const keyed = items.map((item, at) => ({ item, at, key: findJsonPath(path, item.object)[0] }));
  if (items.length > 0 && keyed.every((k) => k.key === undefined)) {
    throw new KubectlError(
      `couldn't find any field with path "${relaxedPath(expression)}" in the list of objects`,
    );
  }
  keyed.sort((a, b) => compareKeys(a.key, b.key) || a.at - b.at);
  return keyed.map((k) => k.item);
}

function compareKeys(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') {
    if (isQuantity(a) && isQuantity(b)) return compareQuantities(a, b);
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

/** Tables of groups, one under the other; names carry their kind when there are several kinds. */
function groupTables(session: Session, groups: readonly Group[], isWide: boolean): string {
  const { flags } = session;
  const kinds = new Set(groups.map((g) => g.info.resource));
  const merged: { group: Group; items: KubeObject[] }[] = [];
  for (const group of groups) {
    const last = merged.at(-1);
    if (last !== undefined && last.group.info === group.info) last.items.push(...group.items);
    else merged.push({ group, items: [...group.items] });
  }
  const noHeaders = flags.bool('no-headers');
  const tables = merged.map(({ group, items }) => {
    const sorted =
      flags.text('sort-by') === ''
        ? items
        : sortBy(
            items.map((object) => ({ info: group.info, object })),
            flags.text('sort-by'),
          ).map((i) => i.object);
    return printTable(sorted, printedIn(group.info, group.apiVersion ?? group.info.apiVersion), {
      now: session.now,
      wide: isWide,
      noHeaders,
      showLabels: flags.bool('show-labels'),
      labelColumns: flags.list('label-columns').flatMap((l) => l.split(',')),
      namespace: flags.bool('all-namespaces') && group.info.namespaced,
      ...(kinds.size > 1 || flags.bool('show-kind') ? { prefix: `${kindName(group.info)}/` } : {}),
    });
  });
  return tables.filter((t) => t !== '').join(noHeaders ? '' : '\n');
}

/** The API server's word on resources that are on their way out. */
export function deprecationWarnings(session: Session, resources: readonly string[]): void {
  if (resources.includes('componentstatuses'))
    writeErr(session, 'Warning: v1 ComponentStatus is deprecated in v1.19+\n');
}

/** How they are asked for, who are no objects that are stored. */
const COMPONENT_STATUS = /^(?:componentstatus(?:es)?|cs)(?:\/|$)/;

export const getVerb: Verb = {
  name: 'get',
  flags: [
    ...PRINT,
    SELECTOR,
    FIELD_SELECTOR,
    ALL_NAMESPACES,
    ...FILENAME,
    flag('watch', 'bool', 'w'),
    flag('watch-only'),
    flag('no-headers'),
    flag('show-labels'),
    flag('show-kind'),
    flag('sort-by', 'string'),
    flag('label-columns', 'strings', 'L'),
    flag('ignore-not-found'),
    flag('output-watch-events'),
    flag('raw', 'string'),
    flag('subresource', 'string'),
  ],
  run(session) {
    const { flags } = session;
    if (flags.text('raw') !== '') return printRaw(session);
    const format = formatOf(session);
    if (session.args.length === 0 && !flags.has('filename') && !flags.has('kustomize')) {
      writeErr(
        session,
        'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of ' +
          'supported resources.\n\n',
      );
      throw new KubectlError(
        'Required resource not specified.\n' +
          'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl ' +
          'explain pods).\n' +
          "See 'kubectl get -h' for help and examples",
      );
    }
    if (flags.bool('watch') || flags.bool('watch-only')) return printWatch(session, format);
    const selection = COMPONENT_STATUS.test(session.args[0] ?? '')
      ? componentStatuses(session)
      : partsOf(session, select(session, { allowAllOfType: true, ...fileItems(session) }));
    const errors = flags.bool('ignore-not-found')
      ? selection.errors.filter((e) => !isNotFound(e))
      : selection.errors;
    deprecationWarnings(
      session,
      selection.groups.map((g) => g.info.resource),
    );
    if (format.kind !== 'table') {
      const asked = selection.items.map((item) => ({
        ...item,
        object: inVersion(item.info, item.object, item.apiVersion ?? item.object.apiVersion),
      }));
      const items = flags.text('sort-by') === '' ? asked : sortBy(asked, flags.text('sort-by'));
      if (items.length > 0 || (!selection.single && errors.length === 0)) {
        writeOut(
          session,
          printObjects(items, format, selection.single, { noHeaders: flags.bool('no-headers') }),
        );
      }
      throwErrors(errors);
      return 0;
    }
    const text = groupTables(session, selection.groups, format.wide);
    if (text !== '') writeOut(session, text);
    else if (errors.length === 0 && !flags.bool('ignore-not-found')) {
      const namespaced = !flags.bool('all-namespaces') && selection.groups.every((g) => g.info.namespaced);
      writeErr(
        session,
        namespaced ? `No resources found in ${session.namespace} namespace.\n` : 'No resources found\n',
      );
    }
    throwErrors(errors);
    return 0;
  },
};
