/**
 * JSONPath templates as kubectl prints them and complains of them. Source:
 * staging/src/k8s.io/cli-runtime/pkg/printers/jsonpath.go and client-go/util/jsonpath (PrintResults).
 */
import { evaluateJsonPath } from '../../sim/api/jsonpath/evaluate.ts';
import {
  type JsonPath as Parts,
  JsonPathError,
  parseJsonPath as parse,
} from '../../sim/api/jsonpath/parse.ts';
import { KubectlError } from '../errors.ts';
import { goJson } from './json.ts';

export interface JsonPath {
  readonly template: string;
  readonly parts: Parts;
}

/** Runs what may complain of a template; `inWords` puts kubectl's sentence around client-go's. */
function told<T>(act: () => T, inWords: (why: string) => string): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof JsonPathError) throw new KubectlError(inWords(error.message));
    throw error;
  }
}

/** @throws KubectlError */
export const parseJsonPath = (template: string): JsonPath => ({
  template,
  parts: told(
    () => parse(template),
    (why) => `error parsing jsonpath ${template}, ${why}`,
  ),
});

const evaluate = ({ template, parts }: JsonPath, data: unknown): (readonly unknown[])[] =>
  told(
    () => evaluateJsonPath(parts, data),
    (why) =>
      `error executing jsonpath "${template}": Error executing template: ${why}. Printing more ` +
      `information for debugging the template:\n\ttemplate was:\n\t\t${template}`,
  );

/** Text of one value: containers as JSON. */
function valueText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  return typeof value === 'object' ? goJson(value) : String(value);
}

/** @throws KubectlError */
export const renderJsonPath = (path: JsonPath, data: unknown): string =>
  evaluate(path, data)
    .map((values) => values.map(valueText).join(' '))
    .join('');

/** All values a template finds, text between its actions included. @throws KubectlError */
export const findJsonPath = (path: JsonPath, data: unknown): unknown[] => evaluate(path, data).flat();

/** `.x.y`, `x.y`, `{x.y}` and `{.x.y}` all mean `{.x.y}`. Source: kubectl/pkg/cmd/get/customcolumn.go. */
export function relaxedPath(text: string): string {
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text);
  if (match === null)
    throw new KubectlError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or " +
        "'{.name1.name2}'",
    );
  return `{.${match[1] ?? match[2]}}`;
}
