/**
 * Field selectors: `status.phase=Running,spec.nodeName!=node-1`.
 * Models staging/src/k8s.io/apimachinery/pkg/fields/selector.go; the fields of each kind stand in
 * pkg/apis/core/v1/conversion.go and pkg/registry/core/<kind>/strategy.go.
 */
import { remembered } from '../kernel/memo.ts';
import { badRequest } from './errors.ts';
import type { Event, KubeObject, Namespace, Node, Pod, Secret, Service } from './types.ts';

export interface FieldTerm {
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

/** Terms that must all hold. */
export interface FieldSelector {
  readonly terms: readonly FieldTerm[];
}

type Reader = (object: KubeObject) => string;

const METADATA: Readonly<Record<string, Reader>> = {
  'metadata.name': (o) => o.metadata.name,
  'metadata.namespace': (o) => o.metadata.namespace ?? '',
};
const readers = <T extends KubeObject>(
  own: Record<string, (object: T) => string>,
  namespaced = true,
): Readonly<Record<string, Reader>> => ({
  'metadata.name': METADATA['metadata.name']!,
  ...(namespaced ? { 'metadata.namespace': METADATA['metadata.namespace']! } : {}),
  ...(own as unknown as Record<string, Reader>),
});

/** Kinds with fields of their own; every other kind has name and namespace. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  Pod: readers<Pod>({
    'spec.nodeName': (p) => p.spec.nodeName ?? '',
    'spec.host': (p) => p.spec.nodeName ?? '',
    'spec.restartPolicy': (p) => p.spec.restartPolicy ?? '',
    'spec.schedulerName': (p) => p.spec.schedulerName ?? '',
    'spec.serviceAccountName': (p) => p.spec.serviceAccountName ?? '',
    'spec.hostNetwork': (p) => String(p.spec.hostNetwork ?? false),
    'status.phase': (p) => p.status.phase ?? '',
    'status.podIP': (p) => p.status.podIP ?? '',
    'status.podIPs': () => '',
    'status.nominatedNodeName': (p) => p.status.nominatedNodeName ?? '',
  }),
  Node: readers<Node>({ 'spec.unschedulable': (n) => String(n.spec.unschedulable ?? false) }, false),
  Namespace: readers<Namespace>({ 'status.phase': (n) => n.status.phase ?? '' }, false),
  Secret: readers<Secret>({ type: (s) => s.type ?? '' }),
  Service: readers<Service>({
    'spec.clusterIP': (s) => s.spec.clusterIP ?? '',
    'spec.type': (s) => s.spec.type ?? '',
  }),
  Event: readers<Event>({
    'involvedObject.kind': (e) => e.involvedObject.kind,
    'involvedObject.namespace': (e) => e.involvedObject.namespace ?? '',
    'involvedObject.name': (e) => e.involvedObject.name,
    'involvedObject.uid': (e) => e.involvedObject.uid,
    'involvedObject.apiVersion': (e) => e.involvedObject.apiVersion,
    'involvedObject.resourceVersion': () => '',
    'involvedObject.fieldPath': (e) => e.involvedObject.fieldPath ?? '',
    reason: (e) => e.reason,
    reportingComponent: (e) => e.reportingComponent ?? '',
    source: (e) => e.source.component || (e.reportingComponent ?? ''),
    type: (e) => e.type,
  }),
};

function reader(kind: string, field: string): Reader {
  const table = Object.hasOwn(FIELDS, kind) ? FIELDS[kind]! : undefined;
  const fields = table ?? METADATA;
  if (Object.hasOwn(fields, field)) return fields[field]!;
  throw badRequest(
    table !== undefined
      ? `field label not supported: ${field}`
      : `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
  );
}

/** At commas that no backslash escapes. */
function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === ',') {
      terms.push(text.slice(start, i));
      start = i + 1;
    }
  }
  terms.push(text.slice(start));
  return terms;
}

function unescapeValue(value: string): string {
  let result = '';
  for (let i = 0; i < value.length; i++) {
    const c = value[i]!;
    if (c === ',' || c === '=')
      throw badRequest(`invalid field selector: unescaped character in value: ${c.codePointAt(0)}`);
    if (c !== '\\') {
      result += c;
      continue;
    }
    const escaped = value[++i];
    if (escaped !== '\\' && escaped !== ',' && escaped !== '=')
      throw badRequest(`invalid field selector: invalid escape sequence: \\${escaped ?? ''}`);
    result += escaped;
  }
  return result;
}

/** The value as a field selector writes it. */
export const escapeFieldValue = (value: string): string => value.replace(/[\\,=]/g, '\\$&');

const parsed = remembered(5_000, (text: string): FieldSelector => ({ terms: parseTerms(text) }));

/**
 * @param kind when given, fields that this kind cannot be selected by are refused at once
 * @throws ApiError BadRequest in Kubernetes' words
 */
export function parseFieldSelector(text: string, kind?: string): FieldSelector {
  const selector = parsed(text);
  if (kind !== undefined) for (const term of selector.terms) reader(kind, term.field);
  return selector;
}

function parseTerms(text: string): FieldTerm[] {
  const terms: FieldTerm[] = [];
  for (const part of splitTerms(text).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
    if (part === '') continue;
    const at = /!=|==|=/.exec(part);
    if (at === null) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
    const value = unescapeValue(part.slice(at.index + at[0].length));
    terms.push({ field: part.slice(0, at.index), operator: at[0] === '!=' ? '!=' : '=', value });
  }
  return terms;
}

/** @throws ApiError BadRequest when the object's kind cannot be selected by a field */
export function matchesFields(selector: FieldSelector, object: KubeObject): boolean {
  for (const { field, operator, value } of selector.terms) {
    if ((reader(object.kind, field)(object) === value) !== (operator === '=')) return false;
  }
  return true;
}

/** The text that parses to the selector. */
export const printFieldSelector = (s: FieldSelector): string =>
  s.terms.map((t) => `${t.field}${t.operator}${escapeFieldValue(t.value)}`).join(',');

/** The value a selector demands of a field, where it demands exactly one. */
export const requiredField = (s: FieldSelector, field: string): string | undefined =>
  s.terms.find((t) => t.field === field && t.operator === '=')?.value;
