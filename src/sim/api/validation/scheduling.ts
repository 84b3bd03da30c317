/**
 * What says where a Pod may run: affinity, tolerations, topology spread.
 * Models validateAffinity, ValidateTolerations and validateTopologySpreadConstraints of
 * pkg/apis/core/validation/validation.go.
 */
import { isNil } from '../defaults/fill.ts';
import type { LabelSelector, PodSpec, Taint, Toleration } from '../types.ts';
import {
  duplicate,
  forbidden,
  invalidValue,
  problemsAt,
  required,
  unsupported,
  type Causes,
} from './field.ts';
import { labelValueErrors, validateLabelKey } from './meta.ts';
import { badOperator, validateOperator, validateSelector, type Expression } from './selector.ts';
import { labelProblems, subdomainProblems } from './text.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

interface NodeTerm {
  matchExpressions?: Expression[];
  matchFields?: Expression[];
}
interface PodTerm {
  labelSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  namespaces?: string[];
  topologyKey?: string;
  matchLabelKeys?: string[];
  mismatchLabelKeys?: string[];
}
interface Side {
  [REQUIRED]?: PodTerm[];
  [PREFERRED]?: { weight: number; podAffinityTerm: PodTerm }[];
}

function validateNodeExpression(e: Expression, strictValues: boolean, field: string, out: Causes): void {
  const values = e.values ?? [];
  if (e.operator === 'Gt' || e.operator === 'Lt') {
    if (values.length !== 1)
      out.push(required(`${field}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
  } else if (!validateOperator(e, field, out)) out.push(badOperator(e, field));
  validateLabelKey(e.key ?? '', `${field}.key`, out);
  if (strictValues)
    values.forEach((value, i) => problemsAt(`${field}.values[${i}]`, value, labelValueErrors(value), out));
}

function validateNodeField(e: Expression, field: string, out: Causes): void {
  if (e.operator !== 'In' && e.operator !== 'NotIn')
    out.push(invalidValue(`${field}.operator`, e.operator ?? '', 'not a valid selector operator'));
  else if ((e.values ?? []).length !== 1) {
    out.push(
      required(
        `${field}.values`,
        "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
      ),
    );
  }
  if (e.key !== 'metadata.name')
    out.push(invalidValue(`${field}.key`, e.key ?? '', 'not a valid field selector key'));
  else
    (e.values ?? []).forEach((value, i) =>
      problemsAt(`${field}.values[${i}]`, value, subdomainProblems(value), out),
    );
}

function validateNodeTerm(term: NodeTerm, strictValues: boolean, field: string, out: Causes): void {
  (term.matchExpressions ?? []).forEach((e, i) =>
    validateNodeExpression(e, strictValues, `${field}.matchExpressions[${i}]`, out),
  );
  (term.matchFields ?? []).forEach((e, i) => validateNodeField(e, `${field}.matchFields[${i}]`, out));
}

function validateWeight(weight: number, field: string, out: Causes): void {
  if (!(weight > 0 && weight <= 100))
    out.push(invalidValue(`${field}.weight`, weight ?? 0, 'must be in the range 1-100'));
}

function validateNodeAffinity(
  affinity: {
    [REQUIRED]?: { nodeSelectorTerms?: NodeTerm[] };
    [PREFERRED]?: { weight: number; preference: NodeTerm }[];
  },
  field: string,
  out: Causes,
): void {
  const hard = affinity[REQUIRED];
  if (!isNil(hard)) {
    const at = `${field}.${REQUIRED}.nodeSelectorTerms`;
    if ((hard.nodeSelectorTerms ?? []).length === 0)
      out.push(required(at, 'must have at least one node selector term'));
    (hard.nodeSelectorTerms ?? []).forEach((term, i) => validateNodeTerm(term, true, `${at}[${i}]`, out));
  }
  (affinity[PREFERRED] ?? []).forEach((term, i) => {
    const at = `${field}.${PREFERRED}[${i}]`;
    validateWeight(term.weight, at, out);
    validateNodeTerm(term.preference ?? {}, false, `${at}.preference`, out);
  });
}

function validateLabelKeys(
  keys: readonly string[] | undefined,
  selector: LabelSelector | undefined,
  field: string,
  out: Causes,
): void {
  if (keys === undefined || keys.length === 0) return;
  if (isNil(selector)) out.push(forbidden(field, 'must not be specified when labelSelector is not set'));
  keys.forEach((key, i) => validateLabelKey(key, `${field}[${i}]`, out));
}

function validatePodTerm(term: PodTerm, field: string, out: Causes): void {
  validateSelector(term.labelSelector, `${field}.labelSelector`, out);
  validateSelector(term.namespaceSelector, `${field}.namespaceSelector`, out);
  for (const name of term.namespaces ?? []) problemsAt(`${field}.namespace`, name, labelProblems(name), out);
  validateLabelKeys(term.matchLabelKeys, term.labelSelector, `${field}.matchLabelKeys`, out);
  validateLabelKeys(term.mismatchLabelKeys, term.labelSelector, `${field}.mismatchLabelKeys`, out);
  if (!term.topologyKey) out.push(required(`${field}.topologyKey`, 'can not be empty'));
  validateLabelKey(term.topologyKey ?? '', `${field}.topologyKey`, out);
}

function validateSide(side: Side, field: string, out: Causes): void {
  (side[REQUIRED] ?? []).forEach((term, i) => validatePodTerm(term, `${field}.${REQUIRED}[${i}]`, out));
  (side[PREFERRED] ?? []).forEach((term, i) => {
    const at = `${field}.${PREFERRED}[${i}]`;
    validateWeight(term.weight, at, out);
    validatePodTerm(term.podAffinityTerm ?? {}, `${at}.podAffinityTerm`, out);
  });
}

export function validateAffinity(affinity: PodSpec['affinity'], field: string, out: Causes): void {
  if (isNil(affinity)) return;
  if (!isNil(affinity.nodeAffinity))
    validateNodeAffinity(affinity.nodeAffinity as never, `${field}.nodeAffinity`, out);
  if (!isNil(affinity.podAffinity)) validateSide(affinity.podAffinity as Side, `${field}.podAffinity`, out);
  if (!isNil(affinity.podAntiAffinity))
    validateSide(affinity.podAntiAffinity as Side, `${field}.podAntiAffinity`, out);
}

export function validateTolerations(
  tolerations: readonly Toleration[] | undefined,
  field: string,
  out: Causes,
): void {
  (tolerations ?? []).forEach((t, i) => {
    const at = `${field}[${i}]`;
    const operator = t.operator ?? '';
    if (t.key) validateLabelKey(t.key, `${at}.key`, out);
    if (!t.key && operator !== 'Exists') {
      out.push(
        invalidValue(
          `${at}.operator`,
          operator,
          'operator must be Exists when `key` is empty, which means "match all values and all keys"',
        ),
      );
    }
    if (!isNil(t.tolerationSeconds) && t.effect !== 'NoExecute') {
      out.push(
        invalidValue(
          `${at}.effect`,
          t.effect ?? '',
          "effect must be 'NoExecute' when `tolerationSeconds` is set",
        ),
      );
    }
    if (operator === 'Equal' || operator === '') {
      const problems = labelValueErrors(t.value ?? '');
      if (problems.length > 0) out.push(invalidValue(`${at}.operator`, t.value ?? '', problems.join(';')));
    } else if (operator === 'Exists') {
      if (t.value)
        out.push(invalidValue(`${at}.operator`, t.value, "value must be empty when `operator` is 'Exists'"));
    } else out.push(unsupported(`${at}.operator`, operator, ['Equal', 'Exists']));
    if (t.effect && !EFFECTS.includes(t.effect)) out.push(unsupported(`${at}.effect`, t.effect, EFFECTS));
  });
}

export function validateTaints(taints: readonly Taint[] | undefined, field: string, out: Causes): void {
  const seen = new Set<string>();
  (taints ?? []).forEach((taint, i) => {
    const at = `${field}[${i}]`;
    validateLabelKey(taint.key ?? '', `${at}.key`, out);
    const problems = labelValueErrors(taint.value ?? '');
    if (problems.length > 0) out.push(invalidValue(`${at}.value`, taint.value, problems.join(';')));
    if (!taint.effect) out.push(required(`${at}.effect`));
    else if (!EFFECTS.includes(taint.effect)) out.push(unsupported(`${at}.effect`, taint.effect, EFFECTS));
    const pair = `${taint.effect}/${taint.key}`;
    if (seen.has(pair)) {
      const value = {
        Key: taint.key,
        Value: taint.value ?? '',
        Effect: taint.effect,
        TimeAdded: taint.timeAdded ?? null,
      };
      const error = duplicate(at, value);
      out.push({ ...error, message: `${error.message}: taints must be unique by key and effect pair` });
    }
    seen.add(pair);
  });
}

export function validateSpread(
  constraints: PodSpec['topologySpreadConstraints'],
  field: string,
  out: Causes,
): void {
  const list = constraints ?? [];
  list.forEach((c, i) => {
    const at = `${field}[${i}]`;
    if (!(c.maxSkew > 0))
      out.push(invalidValue(`${at}.maxSkew`, c.maxSkew ?? 0, 'must be greater than zero'));
    if (!c.topologyKey) out.push(required(`${at}.topologyKey`, 'can not be empty'));
    else validateLabelKey(c.topologyKey, `${at}.topologyKey`, out);
    const when = c.whenUnsatisfiable ?? '';
    if (when !== 'DoNotSchedule' && when !== 'ScheduleAnyway')
      out.push(unsupported(`${at}.whenUnsatisfiable`, when, ['DoNotSchedule', 'ScheduleAnyway']));
    if (
      list
        .slice(i + 1)
        .some((o) => o.topologyKey === c.topologyKey && o.whenUnsatisfiable === c.whenUnsatisfiable)
    ) {
      out.push(duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, `{${c.topologyKey}, ${when}}`));
    }
    if (!isNil(c.minDomains)) {
      if (c.minDomains <= 0)
        out.push(invalidValue(`${at}.minDomains`, c.minDomains, 'must be greater than zero'));
      if (when !== 'DoNotSchedule') {
        out.push(
          invalidValue(
            `${at}.minDomains`,
            c.minDomains,
            `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${when}`,
          ),
        );
      }
    }
    for (const policy of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
      const value = c[policy];
      if (!isNil(value) && value !== 'Honor' && value !== 'Ignore')
        out.push(unsupported(`${at}.${policy}`, value, ['Honor', 'Ignore']));
    }
    validateLabelKeys(c.matchLabelKeys, c.labelSelector, `${at}.matchLabelKeys`, out);
    validateSelector(c.labelSelector, `${at}.labelSelector`, out);
  });
}
