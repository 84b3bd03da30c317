/**
 * What a conversion webhook makes of a custom resource, as it was declared. What may become of metadata is
 * that of staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/conversion/webhook_converter.go
 * (restoreObjectMeta): labels and annotations may change, all else stays.
 */
import { Optional } from '@marcbachmann/cel-js';
import { celErrorText, compilerOf, type Compiled } from '../cel/environment.ts';
import { celOf, fromCel } from '../cel/values.ts';
import { ApiError } from '../errors.ts';
import type { KubeObject } from '../types.ts';
import { valueAtPath, withValueAt, type ResourceDefinition } from './definition.ts';
import type { VersionConversion } from './versionconversion.ts';

/** Of an object among all that webhooks convert. */
export const conversionKey = ({ resource }: ResourceDefinition, { metadata }: KubeObject): string =>
  `${resource}/${metadata.namespace ?? ''}/${metadata.name}`;

const compile = compilerOf(['object']);

/** What a field is set to: an expression of CEL that sees `object`. */
export const compileConverted = (expression: string): Compiled => compile(expression);

/** `conversion webhook for stable.example.com/v1, Kind=CronTab failed: …` */
export const conversionFailed = (apiVersion: string, kind: string, why: string): ApiError =>
  new ApiError('Unknown', `conversion webhook for ${apiVersion}, Kind=${kind} failed: ${why}`);

const turned = ({ from, to, moves = {} }: VersionConversion): VersionConversion => ({
  from: to,
  to: from,
  moves: Object.fromEntries(Object.entries(moves).map(([before, after]) => [after, before])),
});

/** The steps from one version to another, the fewest; none: nothing but the version differs. */
function stepsBetween(rules: readonly VersionConversion[], from: string, to: string): VersionConversion[] {
  const isSaid = (a: string, b: string): boolean => rules.some((rule) => rule.from === a && rule.to === b);
  const steps = [...rules, ...rules.filter((rule) => !isSaid(rule.to, rule.from)).map(turned)];
  const ways = new Map<string, VersionConversion[]>([[from, []]]);
  for (const [version, way] of ways)
    for (const step of steps)
      if (step.from === version && !ways.has(step.to)) ways.set(step.to, [...way, step]);
  return ways.get(to) ?? [];
}

function withoutValueAt<T extends object>(object: T, path: string): T {
  const [first, ...rest] = path.split('.').filter((name) => name !== '');
  const { [first as keyof T]: member, ...others } = object;
  if (rest.length === 0) return others as T;
  if (typeof member !== 'object' || member === null) return object;
  return { ...object, [first!]: withoutValueAt(member, rest.join('.')) };
}

/** Undefined: an optional that has no value. @throws Error in the words of CEL */
function evaluate(expression: string, object: KubeObject): unknown {
  const compiled = compile(expression);
  if ('error' in compiled) throw new Error(compiled.error);
  try {
    const value: unknown = compiled.parsed({ object: celOf(object) });
    if (!(value instanceof Optional)) return fromCel(value);
    return value.hasValue() ? fromCel(value.value()) : undefined;
  } catch (error) {
    throw new Error(celErrorText(error), { cause: error });
  }
}

function stepped(object: KubeObject, { moves = {}, sets = {}, drops = [] }: VersionConversion): KubeObject {
  let next = object;
  for (const path of [...Object.keys(moves), ...drops]) next = withoutValueAt(next, path);
  for (const [before, after] of Object.entries(moves)) {
    const value = valueAtPath(object, before);
    if (value !== undefined) next = withValueAt(next, after, value);
  }
  for (const [path, expression] of Object.entries(sets)) {
    const value = evaluate(expression, object);
    if (value !== undefined) next = withValueAt(next, path, value);
  }
  return next;
}

/** An object in another version, but for its `apiVersion`. @throws ApiError where an expression fails */
export function convertedBy(
  rules: readonly VersionConversion[],
  object: KubeObject,
  from: string,
  to: string,
): KubeObject {
  try {
    const next = stepsBetween(rules, from, to).reduce(stepped, object);
    const { labels, annotations } = next.metadata;
    const metadata = { ...object.metadata, labels, annotations };
    if (labels === undefined) delete metadata.labels;
    if (annotations === undefined) delete metadata.annotations;
    return { ...next, metadata };
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw conversionFailed(object.apiVersion, object.kind, (error as Error).message);
  }
}
