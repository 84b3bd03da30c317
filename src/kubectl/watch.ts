/**
 * `kubectl get --watch` in a world that does not run while one looks: the rows that a watch since the
 * scenario began would have printed, up to now. A row is printed when it changed in more than its ages.
 * Source of the row format: staging/src/k8s.io/kubectl/pkg/cmd/get/get.go (`watch`).
 */
import { matches, parseLabelSelector } from '../sim/api/selector.ts';
import { matchesFields, parseFieldSelector } from '../sim/api/fieldselector.ts';
import { ruledBy } from '../sim/api/resources/definition.ts';
import { inVersion, printedIn } from '../sim/api/resources/registry.ts';
import type { KubeObject } from '../sim/api/types.ts';
import type { ApiChange } from '../sim/kernel/history.ts';
import { KubectlError } from './errors.ts';
import { ApiError } from '../sim/api/errors.ts';
import { METRICS_GROUP } from './metricsapi.ts';
import { printObjects } from './output/objects.ts';
import type { Format } from './output/format.ts';
import { goJsonIndented } from './output/json.ts';
import { toYaml } from './output/yaml.ts';
import { alignRows } from './printers/table.ts';
import { tableOf } from './printers/index.ts';
import { type Asked, resolveAsked } from './resources.ts';
import { writeOut } from './session.ts';
import type { Session } from './session.ts';

type EventType = 'ADDED' | 'MODIFIED' | 'DELETED';

interface Target extends Asked {
  readonly name: string | undefined;
}

function parseTarget({ args, cluster }: Session): Target {
  if (args.length === 1 && args[0]!.includes('/')) {
    const [type, name] = args[0]!.split('/');
    return { ...resolveAsked(cluster, type!), name: name! };
  }
  if (args.length === 0 || args.length > 2 || args[0]!.includes(',') || args[0] === 'all') {
    throw new KubectlError('you may only specify a single resource type');
  }
  return { ...resolveAsked(cluster, args[0]!), name: args[1] };
}

export function printWatch(session: Session, format: Format): number {
  const { flags } = session;
  const { info, apiVersion, name } = parseTarget(session);
  if (info.group === METRICS_GROUP)
    throw new ApiError('MethodNotAllowed', 'the server does not allow this method on the requested resource');
  const allNamespaces = flags.bool('all-namespaces');
  const labels = parseLabelSelector(flags.text('selector'));
  const fields = parseFieldSelector(flags.text('field-selector'), ruledBy(info, apiVersion));
  // A missing object is an error at once, unless it lived and went.
  const wanted = (object: KubeObject): boolean =>
    (name === undefined || object.metadata.name === name) &&
    (!info.namespaced || allNamespaces || object.metadata.namespace === session.namespace) &&
    matches(labels, object.metadata.labels ?? {}) &&
    matchesFields(fields, info, object, apiVersion);
  const changes = session.cluster.history.filter(
    (e): e is ApiChange => e.type === 'api' && e.resource === info.keptAs,
  );
  const shown = new Map<string, string>();
  const rows: string[][] = [];
  let header: string[] = [];
  const pieces: string[] = [];
  let met = false;
  const tellsEvents = flags.bool('output-watch-events');
  const show = (type: EventType, object: KubeObject, at: number): void => {
    met = true;
    const deleted = type === 'DELETED';
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    if (format.kind !== 'table') {
      const versioned = inVersion(info, object, apiVersion);
      if (tellsEvents && (format.kind === 'json' || format.kind === 'yaml'))
        pieces.push((format.kind === 'json' ? goJsonIndented : toYaml)({ type, object: versioned }));
      else if (!deleted || tellsEvents)
        pieces.push(printObjects([{ info, object: versioned }], format, true));
      return;
    }
    const table = tableOf([object], printedIn(info, apiVersion), {
      now: at,
      wide: format.wide,
      namespace: allNamespaces && info.namespaced,
      showLabels: flags.bool('show-labels'),
    });
    header = tellsEvents ? ['EVENT', ...table.header] : table.header;
    const row = table.rows[0]!;
    const essence = row
      .filter((_, i) => !table.clocks[i])
      .join('\t')
      .replace(/ \(\S+ ago\)/g, '');
    if (shown.get(key) === essence && !(deleted && tellsEvents)) {
      if (deleted) shown.delete(key);
      return;
    }
    rows.push(tellsEvents ? [type, ...row] : row);
    if (deleted) shown.delete(key);
    else shown.set(key, essence);
  };
  const lists = !flags.bool('watch-only');
  const seen = new Set<string>();
  for (const change of changes) {
    const before = change.before as KubeObject | undefined;
    const after = change.after as KubeObject | undefined;
    const key = `${change.namespace}/${change.name}`;
    // What was there before the first change that is still known.
    if (!seen.has(key) && before !== undefined && wanted(before) && lists) show('ADDED', before, change.at);
    seen.add(key);
    // What a selector no longer finds is gone, to those who watch by it.
    const was = before !== undefined && wanted(before);
    if (after !== undefined && wanted(after)) show(was ? 'MODIFIED' : 'ADDED', after, change.at);
    else if (was) show('DELETED', after ?? before, change.at);
  }
  for (const object of !lists
    ? []
    : session.api.list(
        info.resource,
        allNamespaces || !info.namespaced ? {} : { namespace: session.namespace },
      )) {
    if (!seen.has(`${object.metadata.namespace ?? ''}/${object.metadata.name}`) && wanted(object))
      show('ADDED', object, session.now);
  }
  const { group, plural, namespaced } = info;
  const within = namespaced && !allNamespaces ? session.namespace : '';
  session.api.visit({
    verb: 'watch',
    group,
    resource: plural,
    subresource: '',
    namespace: within,
    name: name ?? '',
  });
  if (name !== undefined && !met)
    session.api.get(info.resource, info.namespaced ? session.namespace : '', name);
  if (format.kind !== 'table') writeOut(session, pieces.join(''));
  else if (rows.length > 0) writeOut(session, alignRows(flags.bool('no-headers') ? rows : [header, ...rows]));
  return 0;
}
