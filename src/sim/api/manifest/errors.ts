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
}

/** `frontend.yaml:12:5: spec.replicas: expected an integer, found "three"` */
export class ManifestError extends Error {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly expected: string | undefined;
  /** The message without its place. */
  readonly problem: string;

  constructor(problem: string, details: ManifestErrorDetails) {
    super(
      `${details.file}:${details.line}:${details.column}: ` +
        `${details.path === '' ? '' : `${details.path}: `}${problem}`,
    );
    this.name = 'ManifestError';
    this.problem = problem;
    this.file = details.file;
    this.line = details.line;
    this.column = details.column;
    this.path = details.path;
    this.expected = details.expected;
  }
}
