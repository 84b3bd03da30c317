/**
 * Rules of Events: those that all of them keep, and those of the group events.k8s.io beside. Fields have the
 * names of stored Events, also in what clients of the group are told. Models
 * pkg/apis/core/validation/events.go.
 */
import { deepEqual } from '../equal.ts';
import { labelKeyProblems } from '../labelsyntax.ts';
import type { Event } from '../types.ts';
import { invalidValue, problemsAt, required, type Causes } from './field.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';
import { subdomainProblems } from './text.ts';

const TEXT_LIMIT = 128;
const NOTE_LIMIT = 1024;

function atMost(text: string, limit: number, field: string, out: Causes): void {
  if (text.length > limit) out.push(invalidValue(field, '', `can have at most ${limit} characters`));
}

function requiredText(text: string | undefined, field: string, out: Causes): void {
  if (!text) out.push(required(field));
  else atMost(text, TEXT_LIMIT, field, out);
}

/** What the oldest clients keep, too. */
export function validateEvent(event: Event, out: Causes): void {
  const { namespace = '' } = event.metadata;
  const about = event.involvedObject?.namespace ?? '';
  const strays = (): void => {
    out.push(invalidValue('involvedObject.namespace', about, 'does not match event.namespace'));
  };
  if (!event.eventTime) {
    if (about === '' ? namespace !== 'default' : about !== namespace) strays();
    return;
  }
  if (about === '' && namespace !== 'default' && namespace !== 'kube-system') strays();
  const controller = event.reportingComponent ?? '';
  if (controller === '') out.push(required('reportingController'));
  problemsAt('reportingController', controller, labelKeyProblems(controller), out);
  requiredText(event.reportingInstance, 'reportingInstance', out);
  requiredText(event.action, 'action', out);
  requiredText(event.reason, 'reason', out);
  atMost(event.message ?? '', NOTE_LIMIT, 'message', out);
}

function validateSeries({ series }: Event, out: Causes): void {
  if (series === undefined || series === null) return;
  if (!(Number(series.count) >= 2)) out.push(invalidValue('series.count', '', 'should be at least 2'));
  if (!series.lastObservedTime) out.push(required('series.lastObservedTime'));
}

/** Of one that events.k8s.io/v1 is asked to make. */
export function validateGroupEvent(event: Event, out: Causes): void {
  validateEvent(event, out);
  validateMeta(event.metadata, true, subdomainProblems, out);
  validateSeries(event, out);
  if (!event.eventTime) out.push(required('eventTime'));
  if (event.type !== 'Normal' && event.type !== 'Warning')
    out.push(invalidValue('type', '', `has invalid value: ${String(event.type)}`));
  const { component = '', host = '' } = event.source ?? {};
  const former: Readonly<Record<string, unknown>> = {
    firstTimestamp: event.firstTimestamp,
    lastTimestamp: event.lastTimestamp,
    count: event.count,
    source: component || host,
  };
  for (const [field, value] of Object.entries(former))
    if (value) out.push(invalidValue(field, '', 'needs to be unset'));
}

/**
 * Upstream means most fields to stay as they were, but hands the Event itself to be compared with
 * (pkg/registry/core/event/strategy.go, ValidateUpdate), so that all may change.
 */
export function validateGroupEventUpdate(next: Event, old: Event, out: Causes): void {
  validateEvent(next, out);
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (!deepEqual(next.series, old.series)) validateSeries(next, out);
}
