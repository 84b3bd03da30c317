/**
 * Resource arguments: `pods`, `deploy/web`, `pods,svc -l app=x`, `node node-1 node-2`, `all`.
 * Source: staging/src/k8s.io/cli-runtime/pkg/resource/builder.go (`ResourceTypeOrNameArgs`, `Do`).
 */
import { inServedOrder } from './groupranks.ts';
import {
  apiVersionText,
  preferredVersion,
  type ResourceDefinition,
} from '../sim/api/resources/definition.ts';
import type { ResourceRegistry } from '../sim/api/resources/registry.ts';
import type { KubeObject } from '../sim/api/types.ts';
import { ApiError, isForbidden } from '../sim/api/errors.ts';
import { addSource, aggregate, KubectlError } from './errors.ts';
import { METRICS_GROUP, metricsDefinitions, metricsObjects } from './metricsapi.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';
import type { FileItem } from './fileitem.ts';
import type { Session } from './session.ts';

export interface Item {
  readonly info: ResourceDefinition;
  readonly object: KubeObject;
  /** The version that was asked for; absent: the stored one, in which the object is. */
  readonly apiVersion?: string;
  /** The file it came from. */
  readonly source?: string;
}

/** What one type, or one `type/name`, gave. */
export interface Group {
  readonly info: ResourceDefinition;
  readonly apiVersion?: string;
  readonly items: readonly KubeObject[];
}

export interface Selection {
  readonly groups: readonly Group[];
  readonly items: readonly Item[];
  readonly errors: readonly unknown[];
  /** One object was asked for by name. */
  readonly single: boolean;
  /** They were asked for by name, not all of a kind. */
  readonly named: boolean;
}

/** `deployment.apps`: how kubectl names a kind in its messages. */
export const kindName = (k: ResourceDefinition): string =>
  k.group === '' ? k.singular : `${k.singular}.${k.group}`;

/** `deployment.apps/web`. */
export const objectName = (k: ResourceDefinition, name: string): string =>
  `${kindName(k)}/${name || '<unknown>'}`;

/** @throws KubectlError when none of them is meant */
function typeAmong(definitions: Iterable<ResourceDefinition>, text: string): ResourceDefinition {
  const [name, ...rest] = text.toLowerCase().split('.');
  const qualifier = rest.join('.');
  for (const k of definitions) {
    if (k.plural !== name && k.singular !== name && !k.shortNames.includes(name!)) continue;
    if (
      qualifier === '' ||
      qualifier === k.group ||
      k.versions.some((v) => qualifier === (k.group === '' ? v.name : `${v.name}.${k.group}`))
    )
      return k;
  }
  throw new KubectlError(`the server doesn't have a resource type "${text}"`);
}

/** @throws KubectlError when the server does not serve it */
export const resolveType = (resources: ResourceRegistry, text: string): ResourceDefinition =>
  typeAmong(resources.asked(), text);

/** The version that a type names, `hpa.v1.autoscaling`; the stored one where it names none. */
function versionAsked(k: ResourceDefinition, text: string): string {
  const qualifier = text.toLowerCase().split('.').slice(1).join('.');
  const asked = k.versions.find((v) => qualifier === (k.group === '' ? v.name : `${v.name}.${k.group}`));
  return asked === undefined ? preferredVersion(k) : apiVersionText(k.group, asked.name);
}

/** A type, and the version in which its objects are to be. */
export interface Asked {
  readonly info: ResourceDefinition;
  readonly apiVersion: string;
}

/** Those of metrics-server with the others, while it is reached; Pods and Nodes go before their metrics. */
function* askable({ resources, control }: ClusterApi): Iterable<ResourceDefinition> {
  yield* resources.asked();
  if (control.metricsApi() === 'served') yield* metricsDefinitions();
}

/** @throws KubectlError when the server does not serve it */
export const resolveAsked = (cluster: ClusterApi, text: string): Asked => {
  const info = typeAmong(askable(cluster), text);
  return { info, apiVersion: versionAsked(info, text) };
};

/** `pods,svc`, `all`. */
function resolveTypes(cluster: ClusterApi, text: string): Asked[] {
  const { resources } = cluster;
  const found: Asked[] = [];
  for (const part of text.split(',')) {
    if (part === '')
      throw new KubectlError(`arguments in resource/name form may not have more than one slash`);
    // A category, or a type.
    const category = inServedOrder([...resources.all()].filter((d) => d.categories.includes(part)));
    const asked =
      category.length > 0
        ? category.map((info) => ({ info, apiVersion: info.apiVersion }))
        : [resolveAsked(cluster, part)];
    for (const one of asked)
      if (!found.some((f) => f.info === one.info && f.apiVersion === one.apiVersion)) found.push(one);
  }
  return found;
}

export interface SelectOptions {
  /** Types alone are enough, as for `get`. */
  allowAllOfType?: boolean;
  /** Words that are not resource arguments have been taken out already. */
  args?: readonly string[];
  /** Objects from files, when -f was given, and what was wrong with the files. */
  fromFiles?: readonly FileItem[];
  fileErrors?: readonly unknown[];
  /** What is being done to them, for errors: `deleting`. */
  doing?: string;
  /** Those that may not be read are dealt with by their names alone. */
  unread?: boolean;
}

const namespaceOf = (session: Session, k: ResourceDefinition): string =>
  k.namespaced ? session.namespace : '';

const metricsNamed = (
  session: Session,
  { info }: Asked,
  verb: 'get' | 'list',
  namespace: string,
  name = '',
): KubeObject[] =>
  metricsObjects(session.cluster, session.api, {
    verb,
    resource: info.plural,
    namespace,
    name,
    labelSelector: session.flags.text('selector'),
  });

function fetch(session: Session, asked: Asked, namespace: string, name: string, unread = false): KubeObject {
  const { info, apiVersion } = asked;
  if (info.group === METRICS_GROUP) return metricsNamed(session, asked, 'get', namespace, name)[0]!;
  try {
    return session.api.using({ apiVersion }).get(info.resource, namespace, name);
  } catch (error) {
    if (!unread || !isForbidden(error)) throw error;
    const metadata = { name, ...(info.namespaced ? { namespace } : {}) };
    return { apiVersion, kind: info.kind, metadata } as unknown as KubeObject;
  }
}

function list(session: Session, { info: k, apiVersion }: Asked): KubeObject[] {
  const { flags } = session;
  const labelSelector = flags.text('selector');
  const fieldSelector = flags.text('field-selector');
  if (k.group === METRICS_GROUP) {
    const everywhere = !k.namespaced || flags.bool('all-namespaces');
    return metricsNamed(session, { info: k, apiVersion }, 'list', everywhere ? '' : session.namespace);
  }
  return session.api
    .using({ apiVersion })
    .list(k.resource, {
      ...(k.namespaced && !flags.bool('all-namespaces') ? { namespace: session.namespace } : {}),
      ...(labelSelector === '' ? {} : { labelSelector }),
      ...(fieldSelector === '' ? {} : { fieldSelector }),
    });
}

/** Finds the objects a command is about. Errors about single objects are collected; wrong use is thrown. */
export function select(session: Session, options: SelectOptions = {}): Selection {
  const { flags } = session;
  const args = options.args ?? session.args;
  const fromFiles = options.fromFiles;
  const selecting = flags.text('selector') !== '' || flags.text('field-selector') !== '';
  const all = flags.bool('all');
  const groups: Group[] = [];
  const errors: unknown[] = [];

  const addNamed = (asked: Asked, name: string): void => {
    if (flags.bool('all-namespaces') && asked.info.namespaced)
      throw new KubectlError('a resource cannot be retrieved by name across all namespaces');
    try {
      const namespace = namespaceOf(session, asked.info);
      groups.push({ ...asked, items: [fetch(session, asked, namespace, name, options.unread)] });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(error);
    }
  };
  const addAll = (asked: Asked): void => {
    try {
      groups.push({ ...asked, items: list(session, asked) });
    } catch (error) {
      if (error instanceof ApiError) errors.push(error);
      else throw error;
    }
  };

  let named = 0;
  const sources: string[] = [];
  if (fromFiles !== undefined) {
    errors.push(...(options.fileErrors ?? []));
    for (const item of fromFiles) {
      try {
        const { info, draft } = item;
        const { apiVersion } = draft;
        const { name, namespace } = draft.metadata;
        const within = info.namespaced ? namespace! : '';
        const object = fetch(session, { info, apiVersion }, within, name, options.unread);
        groups.push({ info, apiVersion, items: [object] });
        sources.push(item.source);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        errors.push(options.doing === undefined ? error : addSource(options.doing, item.source, error));
      }
    }
    named = fromFiles.length;
  } else if (args.length === 0) {
    throw new KubectlError(
      'You must provide one or more resources by argument or filename.\n' +
        "Example resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   " +
        "'<resource> <name>'\n   '<resource>'",
    );
  } else if (args.some((a) => a.includes('/'))) {
    if (selecting)
      throw new KubectlError(
        'selectors and the all flag cannot be used when passing resource/name arguments',
      );
    for (const arg of args) {
      const parts = arg.split('/');
      if (parts.length === 1) {
        throw new KubectlError(
          'there is no need to specify a resource type as a separate argument when passing arguments in ' +
            'resource/name form ' +
            "(e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource " +
            "resource/<resource_name>'",
        );
      }
      if (parts.length !== 2)
        throw new KubectlError('arguments in resource/name form may not have more than one slash');
      if (parts[0] === '' || parts[1] === '')
        throw new KubectlError('arguments in resource/name form must have a single resource and name');
      addNamed(resolveAsked(session.cluster, parts[0]!), parts[1]!);
      named += 1;
    }
  } else {
    const types = resolveTypes(session.cluster, args[0]!);
    const names = args.slice(1);
    if (names.length > 0) {
      if (selecting) throw new KubectlError('name cannot be provided when a selector is specified');
      for (const k of types) for (const name of names) addNamed(k, name);
      named = types.length * names.length;
    } else {
      if (!options.allowAllOfType && !selecting && !all)
        throw new KubectlError('resource(s) were provided, but no name was specified');
      for (const k of types) addAll(k);
    }
  }
  const items: Item[] = groups.flatMap((g, i) =>
    g.items.map((object) => ({
      info: g.info,
      object,
      ...(g.apiVersion === undefined ? {} : { apiVersion: g.apiVersion }),
      ...(sources[i] === undefined ? {} : { source: sources[i] }),
    })),
  );
  return { groups, items, errors, single: named === 1, named: named > 0 };
}

/** Throws what went wrong while selecting, if anything did. */
export function throwErrors(errors: readonly unknown[]): void {
  const error = aggregate(errors);
  if (error !== undefined) throw error;
}
