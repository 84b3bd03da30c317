/**
 * Lists and watches of a resource. Models staging/src/k8s.io/apiserver/pkg/endpoints/handlers/get.go and
 * storage/{continue.go,etcd3/store.go}.
 */
import { fromBase64, base64 } from '../../sim/api/base64.ts';
import { ApiError, badRequest } from '../../sim/api/errors.ts';
import { parseFieldSelector } from '../../sim/api/fieldselector.ts';
import { apiVersionText, ruledBy, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { parseLabelSelector } from '../../sim/api/selector.ts';
import { keyOf } from '../../sim/api/store.ts';
import { printedIn } from '../../sim/api/resources/registry.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { isMap, jsonOf } from './body.ts';
import { goJsonError } from '../../sim/api/gojson.ts';
import { type Answer, type Flow, jsonAnswer } from './http.ts';
import type { Form } from './negotiation.ts';
import { checkListOptions, isSet, numberOf } from './options.ts';
import { compactedRevision, expired, objectsAt, tooOld } from './past.ts';
import type { ResourceRequest } from './requestinfo.ts';
import type { Call } from './call.ts';
import { notAcceptable, refusalOf } from './status.ts';
import { formed, goTypeOf, type Included, partial, tableOf } from './table.ts';
import { type Chosen, failedWatch, isChosen, Watch } from './watch.ts';

export function chosenBy(
  definition: ResourceDefinition,
  { namespace, name, group, version }: ResourceRequest,
  query: URLSearchParams,
): Chosen {
  const labels = query.get('labelSelector') ?? '';
  const own = query.get('fieldSelector') ?? '';
  const fields = name === '' ? own : `metadata.name=${name}${own === '' ? '' : `,${own}`}`;
  const apiVersion = apiVersionText(group, version);
  return {
    apiVersion,
    namespace: definition.namespaced ? namespace : '',
    labels: labels === '' ? undefined : parseLabelSelector(labels),
    fields: fields === '' ? undefined : parseFieldSelector(fields, ruledBy(definition, apiVersion)),
  };
}

/** @throws ApiError BadRequest */
export function includedIn(query: URLSearchParams): Included {
  const word = query.get('includeObject') ?? '';
  if (word === '' || word === 'Metadata') return 'Metadata';
  if (word === 'None' || word === 'Object') return word;
  throw badRequest(
    `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(word)}: ` +
      "must be 'Metadata', 'Object', 'None', or empty",
  );
}

/** Where a list goes on, and as of when it began. */
interface Continued {
  readonly rv: number;
  readonly start: string;
}

const tokenOf = ({ rv, start }: Continued): string =>
  base64(JSON.stringify({ v: 'meta.k8s.io/v1', rv, start }))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** Models DecodeContinue of continue.go. @throws ApiError BadRequest */
function continuedFrom(token: string): Continued {
  const refused = (why: string): ApiError =>
    badRequest(`invalid continue token: continue key is not valid${why}`);
  const wrong = /[^A-Za-z0-9_-]/.exec(token)?.index ?? (token.length % 4 === 1 ? token.length - 1 : -1);
  if (wrong >= 0) throw refused(`: illegal base64 data at input byte ${wrong}`);
  const text = fromBase64(token.replaceAll('-', '+').replaceAll('_', '/'));
  const said = jsonOf(text);
  if (said === undefined) throw refused(`: ${goJsonError(text)}`);
  const { v, rv, start } = (isMap(said) ? said : {}) as Partial<Continued> & { v?: unknown };
  if (v !== 'meta.k8s.io/v1')
    throw refused(`: server does not recognize this encoded version ${String(v ?? '')}`);
  if (typeof rv !== 'number' || rv === 0)
    throw refused(': incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
  if (typeof start !== 'string' || start === '')
    throw refused(': encoded start key empty (version meta.k8s.io/v1)');
  return { rv, start };
}

const CONTINUE_TOO_OLD =
  'The provided continue parameter is too old to display a consistent list result. You can start a ' +
  'new list without the continue parameter, or use the continue token in this response to retrieve ' +
  'the remainder of the results. Continuing with the provided token results in an inconsistent ' +
  'list - objects that were created, modified, or deleted between the time the first chunk was ' +
  'returned and now may show up in the list.';

/** @throws ApiError BadRequest for what is no number */
function revisionIn(query: URLSearchParams): number | undefined {
  const text = query.get('resourceVersion') ?? '';
  if (text === '') return undefined;
  if (!/^\d{1,15}$/.test(text))
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(text)}: ` +
        `strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  return Number(text);
}

/** As of which revision a list is wanted. @throws ApiError */
function revisionOf({ source, query }: Call, current: number): number {
  const asked = revisionIn(query);
  const match = query.get('resourceVersionMatch') ?? '';
  if (asked === undefined || asked === 0) return current;
  if (asked > current)
    throw new ApiError('Timeout', `Too large resource version: ${asked}, current: ${current}`, {
      retryAfterSeconds: 1,
      causes: [{ field: '', reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    });
  if (match !== 'Exact') return current;
  if (asked <= compactedRevision(source))
    throw expired('The resourceVersion for the provided list is too old.');
  return asked;
}

const bare = ({ kind: _kind, apiVersion: _apiVersion, ...rest }: KubeObject): object => rest;

export function list(call: Call, definition: ResourceDefinition, form: Form): Answer {
  const { source, info, query, client } = call;
  checkListOptions(query, false);
  const chosen = chosenBy(definition, info, query);
  // Whether he may, and whether the server answers, is for it to say.
  const all = client.list(definition.resource, {
    ...(chosen.namespace === '' ? {} : { namespace: chosen.namespace }),
    ...(query.get('fieldSelector') ? { fieldSelector: query.get('fieldSelector')! } : {}),
    ...(query.get('labelSelector') ? { labelSelector: query.get('labelSelector')! } : {}),
  });
  const current = call.revision;
  const limit = numberOf(query, 'limit') ?? 0;
  const token = query.get('continue') ?? '';
  let revision: number;
  let start = '';
  if (token === '') revision = revisionOf(call, current);
  else {
    if (query.get('resourceVersion') && query.get('resourceVersion') !== '0')
      throw badRequest('specifying resource version is not allowed when using continue');
    const continued = continuedFrom(token);
    ({ start } = continued);
    revision = continued.rv === -1 ? current : continued.rv;
    if (revision <= compactedRevision(source) && revision !== current)
      return refusalOf(expired(CONTINUE_TOO_OLD), { continue: tokenOf({ rv: -1, start }) });
  }
  const whole =
    revision === current
      ? all
      : objectsAt(source, definition.keptAs, client.list(definition.resource), revision).filter((o) =>
          isChosen(definition, o, chosen),
        );
  const keyed = (o: KubeObject): string => keyOf(o.metadata.namespace ?? '', o.metadata.name);
  const from = start === '' ? whole : whole.filter((o) => keyed(o) > start);
  const page = limit > 0 && from.length > limit ? from.slice(0, limit) : from;
  const left = from.length - page.length;
  const metadata = {
    resourceVersion: String(revision),
    ...(left === 0
      ? {}
      : {
          continue: tokenOf({ rv: revision, start: keyed(page.at(-1)!) }),
          ...(chosen.labels === undefined && chosen.fields === undefined ? { remainingItemCount: left } : {}),
        }),
  };
  return listed(call, definition, form, page, metadata);
}

/** A list in the form that its reader takes. @throws ApiError NotAcceptable */
export function listed(
  call: Call,
  definition: ResourceDefinition,
  form: Form,
  page: readonly KubeObject[],
  metadata: Readonly<Record<string, unknown>>,
): Answer {
  const { source, query } = call;
  const objects = page.map((object) => call.versioned(definition, object));
  if (form.as === 'Table')
    return jsonAnswer(
      200,
      tableOf(printedIn(definition, call.apiVersion(definition)), objects, {
        now: source.now,
        version: form.version,
        included: includedIn(query),
        metadata,
        columns: true,
      }),
    );
  if (form.as === 'PartialObjectMetadata')
    throw notAcceptable(
      'you requested PartialObjectMetadata, but the requested object is a list ' +
        `(*${goTypeOf(definition)}List)`,
    );
  if (form.as === 'PartialObjectMetadataList')
    return jsonAnswer(200, {
      kind: 'PartialObjectMetadataList',
      apiVersion: `meta.k8s.io/${form.version}`,
      metadata,
      items: objects.map((object) => partial(object, form.version)),
    });
  return jsonAnswer(200, {
    kind: `${definition.kind}List`,
    apiVersion: call.apiVersion(definition),
    metadata,
    // Of Kubernetes' own kinds the list says which its items are.
    items: definition.schemas === undefined ? objects.map(bare) : objects,
  });
}

/** @throws ApiError */
export function watch(call: Call, definition: ResourceDefinition, form: Form): Flow {
  const { source, info, query, client } = call;
  checkListOptions(query, true);
  const chosen = chosenBy(definition, info, query);
  client.connect('watch', definition.resource, chosen.namespace, info.name, '');
  const bookmarks = isSet(query, 'allowWatchBookmarks');
  const sendsInitial = isSet(query, 'sendInitialEvents');
  const asked = revisionIn(query) ?? 0;
  const fromNow = asked === 0 || sendsInitial;
  const current = call.revision;
  const oldest = compactedRevision(source);
  // Whoever may watch is told of it as of whatever else comes to pass (cacher.go, newErrWatcher).
  if (!fromNow && asked < oldest) return failedWatch(tooOld(asked, oldest));
  const keepsQuiet = query.has('sendInitialEvents') && !sendsInitial;
  const initial =
    fromNow && !keepsQuiet
      ? client.list(definition.resource).filter((o) => isChosen(definition, o, chosen))
      : [];
  const included = includedIn(query);
  return new Watch(source, {
    definition,
    chosen,
    initial,
    since: fromNow ? current : asked,
    bookmarks,
    marksInitial: sendsInitial && bookmarks,
    timeoutSeconds: numberOf(query, 'timeoutSeconds'),
    write(object, first) {
      const versioned = call.versioned(definition, object);
      if (form.as !== 'Table') return formed(definition, versioned, form, source.now, included);
      const metadata = { resourceVersion: object.metadata.resourceVersion };
      const { version } = form;
      return tableOf(printedIn(definition, versioned.apiVersion), [versioned], {
        now: source.now,
        version,
        included,
        metadata,
        columns: first,
      });
    },
    bookmark: (revision, annotations) => ({
      kind: definition.kind,
      apiVersion: call.apiVersion(definition),
      metadata: { resourceVersion: String(revision), ...(annotations === undefined ? {} : { annotations }) },
    }),
  });
}
