/**
 * LimitRanges. Models pkg/registry/core/limitrange, pkg/apis/core/v1/defaults.go and
 * pkg/apis/core/validation.
 */
import { fill, into, intoEach } from '../defaults/fill.ts';
import { defaultResourceList } from '../defaults/resources.ts';
import { labelKeyProblems } from '../labelsyntax.ts';
import { compareQuantities } from '../quantity.ts';
import { created, CREATED_AT, NAME } from '../table/column.ts';
import type { LimitRange } from '../types.ts';
import { duplicate, forbidden, invalidValue, problemsAt, type Causes } from '../validation/field.ts';
import { validateQuantity } from '../validation/resources.ts';
import { eachAt, ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

type Item = LimitRange['spec']['limits'][number];
type Quantities = Record<string, string | number>;

const LISTS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;
const TYPES = ['Container', 'Pod', 'PersistentVolumeClaim'];

const valueIn = (item: Item, list: (typeof LISTS)[number], name: string): string | number | undefined =>
  (item[list] as Quantities | undefined)?.[name];

/** In a container's ranges what is not said follows from what is. */
function defaultItem(given: Item): Item {
  let item = given;
  for (const list of LISTS) item = into(item, list, defaultResourceList as never);
  if (item.type !== 'Container') return item;
  const filled = (list: 'default' | 'defaultRequest', from: object | undefined): Item => {
    if (Object.keys(from ?? {}).length === 0) return item;
    const now = (item[list] ?? {}) as Quantities;
    const next = fill(now, from as Quantities);
    return next === now ? item : { ...item, [list]: next };
  };
  item = filled('default', item.max);
  item = filled('defaultRequest', item.default);
  return filled('defaultRequest', item.min);
}

function validateItem(item: Item, field: string, out: Causes): void {
  problemsAt(`${field}.type`, item.type, labelKeyProblems(item.type), out);
  if (!item.type.includes('/') && !TYPES.includes(item.type))
    out.push(invalidValue(`${field}.type`, item.type, 'must be a standard limit type or fully qualified'));
  if (item.type === 'Pod')
    for (const list of ['default', 'defaultRequest'] as const)
      if (Object.keys(item[list] ?? {}).length > 0)
        out.push(forbidden(`${field}.${list}`, "may not be specified when `type` is 'Pod'"));
  if (
    item.type === 'PersistentVolumeClaim' &&
    valueIn(item, 'min', 'storage') === undefined &&
    valueIn(item, 'max', 'storage') === undefined
  )
    out.push({
      field: `${field}.limits`,
      reason: 'Required value',
      message:
        'Required value: either minimum or maximum storage value is required, but neither was provided',
    });
  for (const list of LISTS)
    for (const [name, quantity] of Object.entries((item[list] ?? {}) as Quantities))
      validateQuantity(name, quantity, `${field}.${list}[${name}]`, out);
  const names = new Set(LISTS.flatMap((list) => Object.keys(item[list] ?? {})));
  const above = (
    name: string,
    [lower, low]: readonly [(typeof LISTS)[number], string],
    [upper, high]: readonly [(typeof LISTS)[number], string],
    at: (typeof LISTS)[number],
  ): void => {
    const [a, b] = [valueIn(item, lower, name), valueIn(item, upper, name)];
    if (a === undefined || b === undefined || compareQuantities(a, b) <= 0) return;
    out.push(
      invalidValue(
        `${field}.${at}[${name}]`,
        String(valueIn(item, at, name)),
        `${low} value ${a} is greater than ${high} value ${b}`,
      ),
    );
  };
  for (const name of [...names].sort()) {
    above(name, ['min', 'min'], ['max', 'max'], 'min');
    above(name, ['min', 'min'], ['defaultRequest', 'default request'], 'defaultRequest');
    above(name, ['defaultRequest', 'default request'], ['max', 'max'], 'defaultRequest');
    above(name, ['defaultRequest', 'default request'], ['default', 'default limit'], 'defaultRequest');
    above(name, ['min', 'min'], ['default', 'default'], 'default');
    above(name, ['default', 'default'], ['max', 'max'], 'default');
  }
}

export const limitRanges = defineResource<LimitRange>({
  group: '',
  kind: 'LimitRange',
  plural: 'limitranges',
  shortNames: ['limits'],
  defaults: (range) =>
    into(fill(range, { spec: { limits: [] } }), 'spec', (spec) => intoEach(spec, 'limits', defaultItem)),
  validation: ruled<LimitRange>(({ spec }, out) => {
    const seen = new Set<string>();
    eachAt(spec.limits, 'spec.limits', (item, at) => {
      if (seen.has(item.type)) out.push(duplicate(`${at}.type`, item.type));
      seen.add(item.type);
      validateItem(item, at, out);
    });
  }),
  columns: [NAME, CREATED_AT],
  row: (range) => [range.metadata.name, created(range)],
});
