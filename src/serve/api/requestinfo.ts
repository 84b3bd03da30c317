/**
 * What a path asks for. Models staging/src/k8s.io/apiserver/pkg/endpoints/request/requestinfo.go.
 */
import { isSet } from './options.ts';

/** A request for a resource of the API. */
export interface ResourceRequest {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`. */
  readonly verb: string;
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  /** '': of all namespaces, or of none. */
  readonly namespace: string;
  /** Whether the path names a namespace. */
  readonly inNamespace: boolean;
  /** The plural. */
  readonly resource: string;
  /** '': of many. */
  readonly name: string;
  readonly subresource: string;
  /** What stands behind a subresource that passes on: `/api/v1/…/proxy/a/b`. */
  readonly rest: readonly string[];
}

/** What stands between a namespace's own name and a resource in it. */
const OF_NAMESPACES = new Set(['status', 'finalize']);

/** Subresources that only open streams: what goes over them is what counts, by whatever method. */
export const CONNECTS: ReadonlySet<string> = new Set(['attach', 'exec', 'portforward', 'proxy']);

const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  GET: 'get',
  HEAD: 'get',
  DELETE: 'delete',
};

/** Whether a request is passed on to a Pod, a Service or a node: it counts there, by whatever method. */
export const isProxied = (url: string): boolean =>
  /^\/api\/v1\/(?:namespaces\/[^/?]+\/)?(?:pods|services|nodes)\/[^/?]+\/proxy(?:[/?]|$)/.test(url);

/** Undefined where the path is no resource's: `/healthz`, `/apis/apps`. */
export function resourceRequest(
  method: string,
  path: string,
  query: URLSearchParams,
): ResourceRequest | undefined {
  const steps = path.split('/').filter((step) => step !== '');
  const root = steps.shift();
  if (root !== 'api' && root !== 'apis') return undefined;
  const group = root === 'api' ? '' : steps.shift();
  const version = steps.shift();
  if (group === undefined || version === undefined || steps.length === 0) return undefined;
  let verb = VERBS[method] ?? '';
  const isOldWatch = steps[0] === 'watch' && steps.length > 1 && (method === 'GET' || method === 'HEAD');
  if (isOldWatch) steps.shift();
  let namespace = '';
  let inNamespace = false;
  if (steps[0] === 'namespaces' && steps.length > 1) {
    namespace = steps[1]!;
    if (steps.length > 2 && !OF_NAMESPACES.has(steps[2]!)) {
      inNamespace = true;
      steps.splice(0, 2);
    }
  }
  const [resource = '', name = '', subresource = '', ...rest] = steps;
  if (name === '' && verb === 'delete') verb = 'deletecollection';
  else if (name === '' && verb === 'get') verb = isOldWatch || isSet(query, 'watch') ? 'watch' : 'list';
  else if (isOldWatch) verb = 'watch';
  return { verb, group, version, namespace, inNamespace, resource, name, subresource, rest };
}
