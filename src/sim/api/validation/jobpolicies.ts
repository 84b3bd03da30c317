/**
 * What a Job says of failed Pods, and of when it has succeeded. Models validatePodFailurePolicy and
 * validateSuccessPolicy of pkg/apis/batch/validation/validation.go.
 */
import { isNil } from '../defaults/fill.ts';
import type { Job } from '../types.ts';
import {
  duplicate,
  invalid,
  invalidValue,
  nonNegative,
  problemsAt,
  required,
  tooLong,
  tooMany,
  unsupported,
  type Causes,
} from './field.ts';
import { indexCount, intervalsOf } from './indexes.ts';
import { validateLabelKey } from './meta.ts';
import { eachAt } from './rules.ts';

type Spec = Job['spec'];
type FailureRule = NonNullable<Spec['podFailurePolicy']>['rules'][number];
type ExitCodes = NonNullable<FailureRule['onExitCodes']>;
type SuccessRule = NonNullable<Spec['successPolicy']>['rules'][number];

const MAX_RULES = 20;
const MAX_EXIT_CODES = 255;
const MAX_INDEXES_BYTES = 64 * 1024;

const valid = (words: readonly string[]): string =>
  `valid values: [${words.map((w) => JSON.stringify(w)).join(' ')}]`;

/** One of the words; absent is `Required value`, with them all. */
function word(value: string | undefined, words: readonly string[], field: string, out: Causes): void {
  if (!value) out.push(required(field, valid(words)));
  else if (!words.includes(value)) out.push(unsupported(field, value, words));
}

function validateExitCodes(codes: ExitCodes, spec: Spec, field: string, out: Causes): void {
  const { operator, containerName, values = [] } = codes;
  word(operator, ['In', 'NotIn'], `${field}.operator`, out);
  const { containers = [], initContainers = [] } = spec.template.spec ?? {};
  if (!isNil(containerName) && ![...containers, ...initContainers].some((c) => c.name === containerName))
    out.push(
      invalidValue(
        `${field}.containerName`,
        containerName,
        'must be one of the container or initContainer names in the pod template',
      ),
    );
  if (values.length === 0)
    out.push(invalidValue(`${field}.values`, values, 'at least one value is required'));
  else if (values.length > MAX_EXIT_CODES)
    out.push(tooMany(`${field}.values`, values.length, MAX_EXIT_CODES));
  values.forEach((value, i) => {
    const at = `${field}.values[${i}]`;
    if (operator === 'In' && value === 0)
      out.push(invalidValue(at, value, 'must not be 0 for the In operator'));
    if (values.indexOf(value) < i) out.push(duplicate(at, value));
  });
  if (values.some((value, i) => i > 0 && values[i - 1]! > value))
    out.push(invalidValue(`${field}.values`, values, 'must be ordered'));
}

function validateFailureRule(rule: FailureRule, spec: Spec, field: string, out: Causes): void {
  const { action, onExitCodes, onPodConditions = [] } = rule;
  if (action === 'FailIndex') {
    if (isNil(spec.backoffLimitPerIndex))
      out.push(invalidValue(`${field}.action`, action, 'requires the backoffLimitPerIndex to be set'));
  } else word(action, ['Count', 'FailIndex', 'FailJob', 'Ignore'], `${field}.action`, out);
  if (!isNil(onExitCodes)) validateExitCodes(onExitCodes, spec, `${field}.onExitCodes`, out);
  if (onPodConditions.length > MAX_RULES)
    out.push(tooMany(`${field}.onPodConditions`, onPodConditions.length, MAX_RULES));
  eachAt(onPodConditions, `${field}.onPodConditions`, ({ type, status }, at) => {
    validateLabelKey(type ?? '', `${at}.type`, out);
    word(status, ['False', 'True', 'Unknown'], `${at}.status`, out);
  });
  if (isNil(onExitCodes) === (onPodConditions.length === 0))
    out.push(
      invalid(
        field,
        isNil(onExitCodes)
          ? 'specifying one of OnExitCodes and OnPodConditions is required'
          : 'specifying both OnExitCodes and OnPodConditions is not supported',
      ),
    );
}

export function validateFailurePolicy(spec: Spec, field: string, out: Causes): void {
  const rules = spec.podFailurePolicy?.rules ?? [];
  if (rules.length > MAX_RULES) out.push(tooMany(`${field}.rules`, rules.length, MAX_RULES));
  eachAt(rules, `${field}.rules`, (rule, at) => validateFailureRule(rule, spec, at, out));
}

function validateSuccessRule(rule: SuccessRule, completions: number, field: string, out: Causes): void {
  const { succeededCount: count, succeededIndexes: indexes } = rule;
  if (isNil(count) && isNil(indexes))
    out.push(required(field, 'at least one of succeededCount or succeededIndexes must be specified'));
  let total = 0;
  if (!isNil(indexes)) {
    if (indexes.length > MAX_INDEXES_BYTES) out.push(tooLong(`${field}.succeededIndexes`, MAX_INDEXES_BYTES));
    try {
      total = indexCount(intervalsOf(indexes, completions));
    } catch (error) {
      problemsAt(
        `${field}.succeededIndexes`,
        indexes,
        [`error parsing succeededIndexes: ${(error as Error).message}`],
        out,
      );
    }
  }
  if (isNil(count)) return;
  const at = `${field}.succeededCount`;
  nonNegative(count, at, out);
  const atMost = (limit: number, of: string): void => {
    if (count > limit)
      out.push(invalidValue(at, count, `must be less than or equal to ${limit} (the number of ${of})`));
  };
  atMost(completions, 'specified completions');
  if (!isNil(indexes)) atMost(total, 'indexes in the specified succeededIndexes field');
}

export function validateSuccessPolicy(spec: Spec, field: string, out: Causes): void {
  const rules = spec.successPolicy?.rules ?? [];
  if (rules.length === 0)
    out.push(
      required(`${field}.rules`, 'at least one rules must be specified when the successPolicy is specified'),
    );
  if (rules.length > MAX_RULES) out.push(tooMany(`${field}.rules`, rules.length, MAX_RULES));
  eachAt(rules, `${field}.rules`, (rule, at) => validateSuccessRule(rule, spec.completions ?? 0, at, out));
}
