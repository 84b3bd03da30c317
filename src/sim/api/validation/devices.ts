/** Requests for devices, of claims and their templates. Models pkg/apis/resource/{v1,validation}. */
import type { IResourceClaim } from 'kubernetes-models/resource.k8s.io/v1';
import { fill, into, intoEach, isNil } from '../defaults/fill.ts';
import { duplicate, invalidValue, problemsAt, required, tooMany, unsupported, type Causes } from './field.ts';
import { eachAt } from './rules.ts';
import { labelProblems } from './text.ts';

type Devices = NonNullable<NonNullable<IResourceClaim['spec']>['devices']>;
type Exact = NonNullable<NonNullable<Devices['requests']>[number]['exactly']>;

const MOST = 32;

const defaultExact = <E extends Pick<Exact, 'allocationMode' | 'count'>>(given: E): E => {
  const exact = fill(given, { allocationMode: 'ExactCount' } as Partial<E>);
  return exact.allocationMode === 'ExactCount' && !exact.count ? { ...exact, count: 1 } : exact;
};

export const defaultDevices = (devices: Devices): Devices =>
  intoEach(devices, 'requests', (request) =>
    intoEach(into(request, 'exactly', defaultExact), 'firstAvailable', defaultExact),
  );

function validateExact(
  { deviceClassName, allocationMode: mode, count }: Exact,
  field: string,
  out: Causes,
): void {
  if (!deviceClassName) out.push(required(`${field}.deviceClassName`));
  if (mode !== 'ExactCount' && mode !== 'All')
    out.push(unsupported(`${field}.allocationMode`, mode ?? '', ['All', 'ExactCount']));
  else if (mode === 'ExactCount' && (count ?? 0) <= 0)
    out.push(invalidValue(`${field}.count`, count ?? 0, 'must be greater than zero'));
}

export function validateDevices(devices: Devices | undefined, field: string, out: Causes): void {
  const { requests = [] } = devices ?? {};
  if (requests.length > MOST) out.push(tooMany(`${field}.requests`, requests.length, MOST));
  const names = requests.map((request) => request.name);
  eachAt(requests, `${field}.requests`, ({ name, exactly, firstAvailable }, at) => {
    if (!name) out.push(required(`${at}.name`));
    else problemsAt(`${at}.name`, name, labelProblems(name), out);
    if (isNil(exactly) === ((firstAvailable ?? []).length === 0))
      out.push(
        isNil(exactly)
          ? required(at, 'exactly one of `exactly` or `firstAvailable` is required')
          : invalidValue(
              at,
              undefined,
              'exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set',
            ),
      );
    else if (!isNil(exactly)) validateExact(exactly, `${at}.exactly`, out);
    else
      eachAt(firstAvailable, `${at}.firstAvailable`, (request, where) =>
        validateExact(request as Exact, where, out),
      );
  });
  names.forEach((name, i) => {
    if (names.indexOf(name) < i) out.push(duplicate(`${field}.requests[${i}].name`, name));
  });
}
