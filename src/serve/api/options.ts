/** What stands behind the `?` of a request, and the DeleteOptions that may come as a body. */
import { badRequest } from '../../sim/api/errors.ts';
import type { DeleteOptions, PropagationPolicy } from '../../sim/api/client.ts';
import { decoded, isMap } from './body.ts';
import type { HttpRequest } from './http.ts';

/**
 * Whether a parameter says yes: whatever it says, but `0` and `false`, in whatever letters: `True` is
 * Python's. Models Convert_Slice_string_To_bool of staging/src/k8s.io/apimachinery/pkg/runtime/conversion.go.
 */
export const isSet = (query: URLSearchParams, name: string): boolean =>
  query.has(name) && !/^(?:0|false)$/i.test(query.get(name)!);

/** @throws ApiError BadRequest for what is no number */
export function numberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^-?\d{1,15}$/.test(text))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

/** @throws ApiError BadRequest */
export function isDryRun(query: URLSearchParams): boolean {
  const values = query.getAll('dryRun').filter((value) => value !== '');
  const wrong = values.find((value) => value !== 'All');
  if (wrong !== undefined)
    throw badRequest(`dryRun: Unsupported value: ${JSON.stringify(wrong)}: supported values: "All"`);
  return values.length > 0;
}

const POLICIES: readonly string[] = ['Background', 'Foreground', 'Orphan'];

/** Options of a delete and whether it is a dry run; a body counts before the query. @throws ApiError */
export function deleteOptionsOf(
  request: HttpRequest,
  query: URLSearchParams,
): { readonly options: DeleteOptions; readonly dryRun: boolean } {
  const body = decoded(request, { apiVersion: 'v1', kind: 'DeleteOptions' });
  if (body !== undefined && !isMap(body)) throw badRequest('the body of the request is no DeleteOptions');
  const policy = body?.['propagationPolicy'] ?? query.get('propagationPolicy') ?? undefined;
  const orphan =
    body?.['orphanDependents'] ??
    (query.has('orphanDependents') ? isSet(query, 'orphanDependents') : undefined);
  const seconds = body?.['gracePeriodSeconds'] ?? numberOf(query, 'gracePeriodSeconds');
  const preconditions = body?.['preconditions'];
  if (policy !== undefined && policy !== '' && !POLICIES.includes(String(policy)))
    throw badRequest(
      `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: ` +
        `${JSON.stringify(policy)}: supported values: "Foreground", "Background", "Orphan", "nil"`,
    );
  const dryRun = Array.isArray(body?.['dryRun']) ? body['dryRun'].length > 0 : isDryRun(query);
  const options: DeleteOptions = {};
  if (typeof seconds === 'number') options.gracePeriodSeconds = seconds;
  if (typeof policy === 'string' && policy !== '') options.propagationPolicy = policy as PropagationPolicy;
  else if (typeof orphan === 'boolean') options.propagationPolicy = orphan ? 'Orphan' : 'Background';
  if (isMap(preconditions))
    options.preconditions = preconditions as NonNullable<DeleteOptions['preconditions']>;
  return { options, dryRun };
}
