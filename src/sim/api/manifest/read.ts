/**
 * Reads manifests as kubectl does: several YAML or JSON documents in a file, lists taken apart, with the
 * place of every field. Models staging/src/k8s.io/cli-runtime/pkg/resource/visitor.go and
 * k8s.io/apimachinery/pkg/util/yaml/decoder.go.
 */
import { isScalar, type Node } from 'yaml';
import { checkSchema, fieldPath, type Path, type SchemaProblem } from '../schema/check.ts';
import { type Hint, hintText, wantsQuotes } from '../schema/hints.ts';
import { nodeAt, toJson } from './convert.ts';
import { ManifestError, type Position } from './errors.ts';
import { parsedYaml } from './parse.ts';

/** An object as a manifest has it: with apiVersion and kind, nothing else is sure. */
export interface ManifestObject {
  apiVersion: string;
  kind: string;
  metadata?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface ManifestDocument {
  readonly object: ManifestObject;
  readonly file: string;
  /** Among the objects of the file, from 0. */
  readonly index: number;
  /** Where the object begins. */
  readonly line: number;
  /** Where a field's value (or key) stands; of a field that is not there, the nearest object around it. */
  locate(path: Path, of?: 'key' | 'value'): Position;
  /** A scalar as it is written: `y` where its value is true. */
  written(path: Path): string | undefined;
}

/** @throws ManifestError naming file, line, column and field */
export function readManifests(text: string, file: string): ManifestDocument[] {
  // YAML breaks lines at a carriage return alone, too.
  const source = (text.startsWith('\uFEFF') ? text.slice(1) : text).replaceAll(/\r(?!\n)/g, '\n');
  checkSeparators(source, file);
  const { documents, lines } = parsedYaml(source);
  const result: ManifestDocument[] = [];
  const position = (node: Node | null | undefined, fallback = 0): Position => {
    const { line, col } = lines.linePos(node?.range?.[0] ?? fallback);
    return { line, column: col };
  };
  for (const document of documents) {
    const [error] = document.errors;
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0]);
      throw new ManifestError(`error converting YAML to JSON: ${error.message}`, {
        file,
        line,
        column: col,
        path: '',
        expected: 'YAML',
      });
    }
    const root = document.contents as Node | null;
    const complain = (
      problem: string,
      node: Node | null | undefined,
      path: Path,
      expected?: string,
    ): never => {
      throw new ManifestError(problem, {
        file,
        ...position(node),
        path: fieldPath(path),
        ...(expected === undefined ? {} : { expected }),
      });
    };
    const value = toJson(document, root, complain);
    if (value === null) continue;
    const at = (path: Path, of: 'key' | 'value' = 'value'): Position =>
      position(nodeAt(document, root, path, of));
    const written = (path: Path): string | undefined => {
      const node = nodeAt(document, root, path, 'value');
      return isScalar(node) ? node.source : undefined;
    };
    collect(value, [], undefined, { file, at, written, result });
  }
  return result;
}

interface Collection {
  readonly file: string;
  readonly at: (path: Path, of?: 'key' | 'value') => Position;
  readonly written: (path: Path) => string | undefined;
  readonly result: ManifestDocument[];
}

/** Adds an object, or the items of a list. */
function collect(
  value: unknown,
  prefix: Path,
  inherited: { apiVersion: string; kind: string } | undefined,
  c: Collection,
): void {
  const fail = (hint: Hint, path: Path, expected: string): never => {
    throw new ManifestError(hintText(hint), {
      file: c.file,
      ...c.at([...prefix, ...path]),
      path: fieldPath([...prefix, ...path]),
      expected,
      hint,
    });
  };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail({ is: 'object', found: value }, [], 'an object with apiVersion and kind');
  }
  const object = { ...inherited, ...value } as Record<string, unknown>;
  const { apiVersion, kind, items } = object;
  for (const field of ['apiVersion', 'kind'] as const) {
    const found = object[field];
    if (found === undefined || found === null || found === '')
      fail(
        { is: 'unset', field },
        [field],
        field === 'kind' ? 'a kind, as Pod or Deployment' : 'an apiVersion, as v1 or apps/v1',
      );
    if (typeof found !== 'string') fail({ is: 'text', found }, [field], 'a string');
  }
  if (String(kind).endsWith('List') && Array.isArray(items)) {
    const each =
      kind === 'List'
        ? undefined
        : { apiVersion: apiVersion as string, kind: String(kind).slice(0, -'List'.length) };
    items.forEach((item, i) => collect(item, [...prefix, 'items', i], each, c));
    return;
  }
  const locate = (path: Path, of?: 'key' | 'value'): Position => c.at([...prefix, ...path], of);
  c.result.push({
    object: object as ManifestObject,
    file: c.file,
    index: c.result.length,
    line: c.at(prefix).line,
    locate,
    written: (path) => c.written([...prefix, ...path]),
  });
}

/** kubectl takes any line that begins with `---` as a separator, and allows only a comment behind it. */
function checkSeparators(text: string, file: string): void {
  if (text.trimStart().startsWith('{')) return;
  let line = 1;
  for (const content of text.split('\n')) {
    const rest = content.startsWith('---') ? content.slice(3).trim() : '';
    if (rest !== '' && !rest.startsWith('#')) {
      throw new ManifestError(`invalid Yaml document separator: ${rest}`, {
        file,
        line,
        column: 4,
        path: '',
        expected: 'the end of the line, or a comment',
      });
    }
    line++;
  }
}

/** A schema problem with its place in the file. */
function asManifestError(document: ManifestDocument, problem: SchemaProblem): ManifestError {
  const place = document.locate(problem.path, problem.kind === 'unknown' ? 'key' : 'value');
  const source = problem.kind === 'type' ? document.written(problem.path) : undefined;
  const { hint } = problem;
  const told =
    hint.is === 'type' && source !== undefined && wantsQuotes(hint) && String(hint.found) !== source
      ? { ...hint, source }
      : hint;
  return new ManifestError(hintText(told), {
    file: document.file,
    ...place,
    path: problem.field,
    expected: problem.expected,
    hint: told,
  });
}

/**
 * What is wrong with a manifest, each with its place: what the schema of its kind says, unless something else
 * is given.
 */
export const manifestProblems = (
  document: ManifestDocument,
  problems: readonly SchemaProblem[] = checkSchema(document.object),
): ManifestError[] => problems.map((p) => asManifestError(document, p));
