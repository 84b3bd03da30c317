import type { Hint } from '../schema/hints.ts';

/** What is wrong with a manifest, and where: file, line, column, field and what was expected. */
export interface Position {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface ManifestErrorDetails extends Position {
  readonly file: string;
  /** `spec.replicas`; '' where the whole document is meant. */
  readonly path: string;
  /** `an integer` */
  readonly expected?: string;
  /** What the problem's words say, for those who say it in another language. */
  readonly hint?: Hint;
}

const placed = (problem: string, { file, line, column, path }: ManifestErrorDetails): string =>
  `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${problem}`;

/** `frontend.yaml:12:5: spec.replicas: expected an integer, found "three"` */
export class ManifestError extends Error {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly expected: string | undefined;
  readonly hint: Hint | undefined;
  /** The message without its place. */
  readonly problem: string;

  constructor(problem: string, details: ManifestErrorDetails) {
    super(placed(problem, details));
    this.name = 'ManifestError';
    this.problem = problem;
    this.file = details.file;
    this.line = details.line;
    this.column = details.column;
    this.path = details.path;
    this.expected = details.expected;
    this.hint = details.hint;
  }

  /** The same place, and other words. */
  saying(problem: string): string {
    return placed(problem, this);
  }
}
