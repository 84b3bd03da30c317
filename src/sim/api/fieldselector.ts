/**
 * Field selectors: `status.phase=Running,spec.nodeName!=node-1`.
 * Models staging/src/k8s.io/apimachinery/pkg/fields/selector.go.
 */
import { remembered } from '../kernel/memo.ts';
import { badRequest } from './errors.ts';
import { ruledBy, versionOf, type FieldReader, type ResourceDefinition } from './resources/definition.ts';
import type { KubeObject } from './types.ts';

export interface FieldTerm {
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

/** Terms that must all hold. */
export interface FieldSelector {
  readonly terms: readonly FieldTerm[];
}

const METADATA: Readonly<Record<string, FieldReader>> = {
  'metadata.name': (o) => o.metadata.name,
  'metadata.namespace': (o) => o.metadata.namespace ?? '',
};

function readerOf({ selectableFields: own, namespaced }: ResourceDefinition, field: string): FieldReader {
  if (Object.hasOwn(own, field)) return own[field]!;
  const hasOwn = Object.keys(own).length > 0;
  // Upstream's general functions know a namespace of every resource, those of a kind's own only where it is
  // namespaced.
  if (field === 'metadata.name' || (field === 'metadata.namespace' && (namespaced || !hasOwn)))
    return METADATA[field]!;
  throw badRequest(
    hasOwn
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
 * @param definition when given, fields that its objects cannot be selected by are refused at once
 * @throws ApiError BadRequest in Kubernetes' words
 */
export function parseFieldSelector(text: string, definition?: ResourceDefinition): FieldSelector {
  const selector = parsed(text);
  if (definition !== undefined) for (const term of selector.terms) readerOf(definition, term.field);
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

/**
 * @param apiVersion by which the objects are asked for, where each version has fields of its own
 * @throws ApiError BadRequest when the resource cannot be selected by a field
 */
export function matchesFields(
  selector: FieldSelector,
  definition: ResourceDefinition,
  object: KubeObject,
  apiVersion?: string,
): boolean {
  if (apiVersion !== undefined && definition.rulesOf !== undefined) {
    const version = definition.versions.find(({ name }) => name === versionOf(apiVersion));
    const seen = version?.fromStored?.(object) ?? object;
    return matchesFields(selector, ruledBy(definition, apiVersion), seen);
  }
  for (const { field, operator, value } of selector.terms) {
    if ((readerOf(definition, field)(object) === value) !== (operator === '=')) return false;
  }
  return true;
}

/** The text that parses to the selector. */
export const printFieldSelector = (s: FieldSelector): string =>
  s.terms.map((t) => `${t.field}${t.operator}${escapeFieldValue(t.value)}`).join(',');

/** The value a selector demands of a field, where it demands exactly one. */
export const requiredField = (s: FieldSelector, field: string): string | undefined =>
  s.terms.find((t) => t.field === field && t.operator === '=')?.value;
