/**
 * What stands behind the `?` of a request, and the DeleteOptions that may come as a body. Models
 * staging/src/k8s.io/apimachinery/pkg/apis/meta/{v1,internalversion}/validation/validation.go.
 */
import { badRequest, invalid, type StatusCause } from '../../sim/api/errors.ts';
import type { DeleteOptions, PropagationPolicy } from '../../sim/api/client.ts';
import { forbidden, invalidValue, required, tooLong, unsupported } from '../../sim/api/validation/field.ts';
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

/** @throws ApiError Invalid, where there is anything wrong */
function refuse(kind: string, causes: readonly StatusCause[]): void {
  if (causes.length > 0) throw invalid(kind, 'meta.k8s.io', '', causes);
}

const isWord = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Once all is right, whether nothing is to be stored. */
export const isDryRun = (query: URLSearchParams): boolean => query.getAll('dryRun').some(isWord);

function dryRunCauses(values: readonly unknown[]): StatusCause[] {
  const wrong = values.filter(isWord).filter((value) => value !== 'All');
  return wrong.length === 0 ? [] : [unsupported('dryRun', wrong, ['All'])];
}

const VALIDATIONS: readonly string[] = ['', 'Ignore', 'Strict', 'Warn'];
const LONGEST_MANAGER = 128;
const bytesIn = (text: string): number => new TextEncoder().encode(text).length;

/**
 * The options of a write.
 * @param applies whether it is a patch of the type apply @throws ApiError Invalid
 */
export function checkWriteOptions(
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
  query: URLSearchParams,
  applies = false,
): void {
  const manager = query.get('fieldManager') ?? '';
  const validation = query.get('fieldValidation') ?? '';
  const causes: StatusCause[] = [];
  if (kind === 'PatchOptions' && !applies && query.has('force'))
    causes.push(forbidden('force', 'may not be specified for non-apply patch'));
  if (applies && manager === '') causes.push(required('fieldManager', 'is required for apply patch'));
  if (bytesIn(manager) > LONGEST_MANAGER) causes.push(tooLong('fieldManager', LONGEST_MANAGER));
  for (const { 0: letter, index } of manager.matchAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu)) {
    const point = letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    const at = bytesIn(manager.slice(0, index));
    causes.push(invalidValue('fieldManager', manager, `invalid character U+${point} (at position ${at})`));
  }
  causes.push(...dryRunCauses(query.getAll('dryRun')));
  if (!VALIDATIONS.includes(validation)) causes.push(unsupported('fieldValidation', validation, VALIDATIONS));
  refuse(kind, causes);
}

/** The options of a list, a watch, and of what a deletecollection is to meet. @throws ApiError */
export function checkListOptions(query: URLSearchParams, watches: boolean): void {
  for (const name of ['limit', 'timeoutSeconds']) numberOf(query, name);
  const match = query.get('resourceVersionMatch') ?? '';
  const sendsInitial = query.has('sendInitialEvents');
  const causes: StatusCause[] = [];
  const cause = (field: string, detail: string): void => void causes.push(forbidden(field, detail));
  if (watches && sendsInitial && match !== 'NotOlderThan')
    cause('resourceVersionMatch', 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
  if (match !== '') {
    if (watches && !sendsInitial)
      cause(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      );
    if (!watches && !query.get('resourceVersion'))
      cause('resourceVersionMatch', 'resourceVersionMatch is forbidden unless resourceVersion is provided');
    if (query.get('continue'))
      cause('resourceVersionMatch', 'resourceVersionMatch is forbidden when continue is provided');
    const supported = watches ? ['NotOlderThan'] : ['Exact', 'NotOlderThan', ''];
    if (!supported.includes(match)) causes.push(unsupported('resourceVersionMatch', match, supported));
    if (!watches && match === 'Exact' && query.get('resourceVersion') === '0')
      cause('resourceVersionMatch', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
  }
  if (!watches && sendsInitial) cause('sendInitialEvents', 'sendInitialEvents is forbidden for list');
  refuse('ListOptions', causes);
}

const POLICIES: readonly string[] = ['Background', 'Foreground', 'Orphan'];

/** Options of a delete and whether it is a dry run; a body counts before the query. @throws ApiError */
export function deleteOptionsOf(
  request: HttpRequest,
  query: URLSearchParams,
): { readonly options: DeleteOptions; readonly dryRun: boolean } {
  const body = decoded(request, { apiVersion: 'v1', kind: 'DeleteOptions' });
  if (body !== undefined && !isMap(body)) throw badRequest('the body of the request is no DeleteOptions');
  const kind = body?.['kind'] ?? 'DeleteOptions';
  if (kind !== 'DeleteOptions')
    throw badRequest(`decoded object cannot be converted to DeleteOptions: it is a ${String(kind)}`);
  const policy = body?.['propagationPolicy'] ?? query.get('propagationPolicy') ?? undefined;
  const orphan =
    body?.['orphanDependents'] ??
    (query.has('orphanDependents') ? isSet(query, 'orphanDependents') : undefined);
  const seconds = body?.['gracePeriodSeconds'] ?? numberOf(query, 'gracePeriodSeconds');
  const preconditions = body?.['preconditions'];
  const dryRuns: unknown = body?.['dryRun'] ?? query.getAll('dryRun');
  const dryRunValues = Array.isArray(dryRuns) ? (dryRuns as readonly unknown[]) : [dryRuns];
  const causes: StatusCause[] = [];
  if (isWord(policy) && typeof orphan === 'boolean')
    causes.push(
      invalidValue(
        'propagationPolicy',
        policy,
        'orphanDependents and deletionPropagation cannot be both set',
      ),
    );
  if (policy !== undefined && policy !== '' && !POLICIES.includes(String(policy)))
    causes.push(unsupported('propagationPolicy', policy, ['Foreground', 'Background', 'Orphan', 'nil']));
  causes.push(...dryRunCauses(dryRunValues));
  refuse('DeleteOptions', causes);
  const options: DeleteOptions = {};
  if (typeof seconds === 'number') options.gracePeriodSeconds = seconds;
  if (isWord(policy)) options.propagationPolicy = policy as PropagationPolicy;
  else if (typeof orphan === 'boolean') options.propagationPolicy = orphan ? 'Orphan' : 'Background';
  if (isMap(preconditions))
    options.preconditions = preconditions as NonNullable<DeleteOptions['preconditions']>;
  return { options, dryRun: dryRunValues.some(isWord) };
}
