/**
 * Jobs. Models ValidateJob, ValidateJobUpdate and validateJobSpec of
 * pkg/apis/batch/validation/validation.go.
 */
import { isNil } from '../defaults/fill.ts';
import { deepEqual } from '../equal.ts';
import { matches, selectorOf } from '../selector.ts';
import type { Job, PodTemplateSpec } from '../types.ts';
import { validateDomainPath } from './domains.ts';
import {
  invalidValue,
  nonNegative,
  problemsAt,
  required,
  sortedMap,
  tooLong,
  unsupported,
  type Causes,
} from './field.ts';
import { validateFailurePolicy, validateSuccessPolicy } from './jobpolicies.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';
import { validateTemplate } from './podspec.ts';
import { isUsableSelector, selectorValue, validateSelector } from './selector.ts';
import { labelProblems, subdomainProblems } from './text.ts';

type Spec = Job['spec'];
type Labels = Record<string, string>;

const MAX_PARALLELISM_INDEXED = 100_000;
const MAX_FAILED_INDEXES = 100_000;
/** From here on a limit per index asks for the limits below. */
const MANY_COMPLETIONS = 100_000;
const LIMIT_OF_MANY = 10_000;
const MANAGER_BYTES = 63;

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

function validateIndexed(spec: Spec, field: string, out: Causes): void {
  const { completions, parallelism, maxFailedIndexes: failed } = spec;
  const atMost = (name: 'parallelism' | 'maxFailedIndexes', limit: number, when: string): void => {
    const value = spec[name];
    if (!isNil(value) && value > limit)
      out.push(invalidValue(`${field}.${name}`, value, `must be less than or equal to ${limit}${when}`));
  };
  if (isNil(completions)) out.push(required(`${field}.completions`, 'when completion mode is Indexed'));
  atMost('parallelism', MAX_PARALLELISM_INDEXED, ' when completion mode is Indexed');
  if (!isNil(completions) && !isNil(failed) && failed > completions)
    out.push(invalidValue(`${field}.maxFailedIndexes`, failed, 'must be less than or equal to completions'));
  atMost('maxFailedIndexes', MAX_FAILED_INDEXES, '');
  if (isNil(completions) || completions <= MANY_COMPLETIONS || isNil(spec.backoffLimitPerIndex)) return;
  if (isNil(failed))
    out.push(
      required(
        `${field}.maxFailedIndexes`,
        `must be specified when completions is above ${MANY_COMPLETIONS}`,
      ),
    );
  const when = ` when completions are above ${MANY_COMPLETIONS} and used with backoff limit per index`;
  if (!isNil(parallelism)) atMost('parallelism', LIMIT_OF_MANY, when);
  atMost('maxFailedIndexes', LIMIT_OF_MANY, when);
}

function validateRestartPolicy(spec: Spec, field: string, out: Causes): void {
  const at = `${field}.template.spec.restartPolicy`;
  const policy = spec.template.spec?.restartPolicy;
  if (!policy || policy === 'Always') out.push(required(at, 'valid values: "OnFailure", "Never"'));
  else if (policy !== 'OnFailure' && policy !== 'Never')
    out.push(unsupported(at, policy, ['OnFailure', 'Never']));
  else if (!isNil(spec.podFailurePolicy) && policy !== 'Never')
    out.push(invalidValue(at, policy, 'only "Never" is supported when podFailurePolicy is specified'));
}

/** Of a Job, and of the template in a CronJob, which has no selector. @param field `spec` */
export function validateJobSpec(spec: Spec, field: string, out: Causes): void {
  for (const name of COUNTS) nonNegative(spec[name], `${field}.${name}`, out);
  const { completionMode: mode, podReplacementPolicy: replacement, managedBy } = spec;
  if (!isNil(spec.maxFailedIndexes) && isNil(spec.backoffLimitPerIndex))
    out.push(required(`${field}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified'));
  if (!isNil(managedBy)) {
    validateDomainPath(managedBy, `${field}.managedBy`, out);
    if (managedBy.length > MANAGER_BYTES) out.push(tooLong(`${field}.managedBy`, MANAGER_BYTES));
  }
  if (!isNil(mode) && mode !== 'NonIndexed' && mode !== 'Indexed')
    out.push(unsupported(`${field}.completionMode`, mode, ['NonIndexed', 'Indexed']));
  if (mode === 'Indexed') validateIndexed(spec, field, out);
  else if (isNil(mode) || mode === 'NonIndexed')
    for (const name of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const)
      if (!isNil(spec[name]))
        out.push(invalidValue(`${field}.${name}`, spec[name], 'requires indexed completion mode'));
  if (!isNil(spec.podFailurePolicy)) validateFailurePolicy(spec, `${field}.podFailurePolicy`, out);
  if (!isNil(spec.successPolicy)) {
    const at = `${field}.successPolicy`;
    if (mode !== 'Indexed')
      out.push(invalidValue(at, spec.successPolicy, 'requires indexed completion mode'));
    else validateSuccessPolicy(spec, at, out);
  }
  const replacements = isNil(spec.podFailurePolicy) ? ['Failed', 'TerminatingOrFailed'] : ['Failed'];
  if (!isNil(replacement) && !replacements.includes(replacement))
    out.push(unsupported(`${field}.podReplacementPolicy`, replacement, replacements));
  validateTemplate(spec.template as PodTemplateSpec, `${field}.template`, out);
  validateRestartPolicy(spec, field, out);
}

const labelsOf = (spec: Spec): Labels | undefined => spec.template.metadata?.labels as Labels | undefined;

function validateSpec(spec: Spec, out: Causes): void {
  validateJobSpec(spec, 'spec', out);
  if (isNil(spec.selector)) out.push(required('spec.selector'));
  else validateSelector(spec.selector, 'spec.selector', out);
  if (
    isNil(spec.selector) ||
    (isUsableSelector(spec.selector) && !matches(selectorOf(spec.selector), labelsOf(spec) ?? {}))
  )
    out.push(
      invalidValue(
        'spec.template.metadata.labels',
        sortedMap(labelsOf(spec)),
        '`selector` does not match template `labels`',
      ),
    );
}

/** That a selector the server made selects this Job's Pods. */
function validateGenerated({ metadata, spec }: Job, out: Causes): void {
  if (spec.manualSelector === true || isNil(spec.selector)) return;
  const expected: Labels = {
    'controller-uid': metadata.uid,
    'job-name': metadata.name,
    'batch.kubernetes.io/controller-uid': metadata.uid,
    'batch.kubernetes.io/job-name': metadata.name,
  };
  for (const [key, value] of Object.entries(expected)) {
    const at = `spec.template.metadata.labels[${key}]`;
    const found = labelsOf(spec)?.[key];
    if (found === undefined) out.push(required(at, `must be '${value}'`));
    else if (found !== value) out.push(invalidValue(at, sortedMap(labelsOf(spec)), `must be '${value}'`));
  }
  if (isUsableSelector(spec.selector) && !matches(selectorOf(spec.selector), expected))
    out.push(invalidValue('spec.selector', selectorValue(spec.selector), '`selector` not auto-generated'));
}

export function validateJob(job: Job, out: Causes): void {
  const { metadata, spec } = job;
  validateMeta(metadata, true, subdomainProblems, out);
  validateGenerated(job, out);
  validateSpec(spec, out);
  if (spec.completionMode !== 'Indexed' || isNil(spec.completions) || spec.completions <= 0) return;
  const hostname = `${metadata.name}-${spec.completions - 1}`;
  if (labelProblems(hostname).length > 0)
    problemsAt(
      'metadata.name',
      metadata.name,
      [`will not able to create pod with invalid DNS label: ${hostname}`],
      out,
    );
}

function validateCompletions(next: Spec, old: Spec, out: Causes): void {
  const { completions } = next;
  if (completions === old.completions) return;
  if (next.completionMode !== 'Indexed')
    out.push(invalidValue('spec.completions', completions, 'field is immutable'));
  else if (!isNil(completions) && completions !== next.parallelism)
    out.push(
      invalidValue('spec.completions', completions, 'can only be modified in tandem with spec.parallelism'),
    );
}

/** The old template with what a suspended Job that never ran may have changed. */
function schedulable(next: PodTemplateSpec, old: PodTemplateSpec): PodTemplateSpec {
  const { nodeSelector, tolerations, schedulingGates, affinity } = next.spec ?? {};
  const { nodeAffinity, ...others } = { ...old.spec?.affinity, nodeAffinity: affinity?.nodeAffinity };
  const merged = { ...others, ...(isNil(nodeAffinity) ? {} : { nodeAffinity }) };
  const isBare = isNil(affinity) && Object.keys(merged).length === 0;
  const spec = {
    ...old.spec,
    nodeSelector,
    tolerations,
    schedulingGates,
    affinity: isBare ? undefined : merged,
  };
  // What its containers ask for, too (MutablePodResourcesForSuspendedJobs).
  for (const list of ['containers', 'initContainers'] as const) {
    const changed = next.spec?.[list];
    const kept = old.spec?.[list];
    if (kept?.length === changed?.length && kept !== undefined)
      spec[list] = kept.map((c, i) => ({ ...c, resources: changed?.[i]?.resources }));
  }
  const { annotations, labels } = next.metadata ?? {};
  return { ...old, metadata: { ...old.metadata, annotations, labels }, spec } as PodTemplateSpec;
}

/** Absent and undefined are one. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

function validateTemplateUpdate(next: Job, old: Job, out: Causes): void {
  const { template } = next.spec;
  let before = old.spec.template as PodTemplateSpec;
  if (old.spec.suspend === true && isNil(old.status.startTime))
    before = schedulable(template as PodTemplateSpec, before);
  if (!deepEqual(plain(template), plain(before)))
    out.push(invalidValue('spec.template', template, 'field is immutable'));
}

export function validateJobUpdate(next: Job, old: Job, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.spec === old.spec) return;
  validateSpec(next.spec, out);
  validateCompletions(next.spec, old.spec, out);
  const immutable = (name: keyof Spec): void => {
    if (!deepEqual(next.spec[name], old.spec[name]))
      out.push(invalidValue(`spec.${name}`, next.spec[name], 'field is immutable'));
  };
  immutable('selector');
  validateTemplateUpdate(next, old, out);
  for (const name of [
    'completionMode',
    'podFailurePolicy',
    'backoffLimitPerIndex',
    'managedBy',
    'successPolicy',
  ] as const)
    immutable(name);
}
