/**
 * Requests, limits and other resource lists. Models validateResourceRequirements of
 * pkg/apis/core/validation/validation.go.
 */
import { labelKeyProblems } from '../labelsyntax.ts';
import { asQuantity, compareQuantities, isQuantity, QUANTITY_FORMAT_ERROR } from '../quantity.ts';
import { invalidValue, problemsAt, required, type Causes } from './field.ts';

type Resources = Readonly<Record<string, string | number>>;

const CONTAINER_RESOURCES = new Set(['cpu', 'memory', 'ephemeral-storage']);
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');
const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
/** Resources a node may promise more of than it has. */
const mayOvercommit = (name: string): boolean => isNative(name) && !isHugePages(name);

/** Names in a container's requests and limits. */
function validateContainerResourceName(name: string, field: string, out: Causes): void {
  problemsAt(field, name, labelKeyProblems(name), out);
  if (!name.includes('/')) {
    if (!CONTAINER_RESOURCES.has(name) && !isHugePages(name))
      out.push(invalidValue(field, name, 'must be a standard resource for containers'));
  } else if (
    !isNative(name) &&
    (name.startsWith('requests.') || labelKeyProblems(`requests.${name}`).length > 0)
  ) {
    out.push(invalidValue(field, name, "doesn't follow extended resource name standard"));
  }
}

/** A quantity that is not negative, and whole where the resource is counted. */
export function validateQuantity(name: string, quantity: string | number, field: string, out: Causes): void {
  if (!isQuantity(quantity)) {
    out.push(invalidValue(field, quantity, QUANTITY_FORMAT_ERROR));
    return;
  }
  const { nano } = asQuantity(quantity);
  if (nano < 0n) out.push(invalidValue(field, String(quantity), 'must be greater than or equal to 0'));
  const counted = !isNative(name) || COUNTED.has(name);
  if (counted && nano % 1_000_000_000n !== 0n)
    out.push(invalidValue(field, String(quantity), 'must be an integer'));
}
const COUNTED = new Set([
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

const sorted = (list: Resources): [string, string | number][] =>
  Object.entries(list).sort(([a], [b]) => (a < b ? -1 : 1));

export function validateRequirements(
  resources: { requests?: object; limits?: object } | undefined,
  field: string,
  out: Causes,
): void {
  if (resources === undefined || resources === null) return;
  const limits = (resources.limits ?? {}) as Resources;
  for (const [name, quantity] of sorted(limits)) {
    const at = `${field}.limits[${name}]`;
    validateContainerResourceName(name, at, out);
    validateQuantity(name, quantity, at, out);
  }
  for (const [name, quantity] of sorted((resources.requests ?? {}) as Resources)) {
    const at = `${field}.requests[${name}]`;
    validateContainerResourceName(name, at, out);
    validateQuantity(name, quantity, at, out);
    const limit = Object.hasOwn(limits, name) ? limits[name] : undefined;
    if (limit === undefined) {
      if (!mayOvercommit(name))
        out.push(required(`${field}.limits`, 'Limit must be set for non overcommitable resources'));
      continue;
    }
    if (!isQuantity(limit) || !isQuantity(quantity)) continue;
    const order = compareQuantities(quantity, limit);
    if (order !== 0 && !mayOvercommit(name))
      out.push(
        invalidValue(`${field}.requests`, String(quantity), `must be equal to ${name} limit of ${limit}`),
      );
    else if (order > 0)
      out.push(
        invalidValue(
          `${field}.requests`,
          String(quantity),
          `must be less than or equal to ${name} limit of ${limit}`,
        ),
      );
  }
}
