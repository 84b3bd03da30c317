/** What a text in YAML that says how something behaves holds at a place, and what it should. */
export interface Misreading {
  /** `image`, `webhook`: whose behaviour. */
  readonly of: string;
  /** `http./healthz.status` */
  readonly path: string;
  readonly wanted:
    | keyof typeof WANTED
    | { readonly among: readonly string[] }
    | { readonly from: number; readonly to: number }
    /** Of an expression, in the words of who reads it. */
    | { readonly problem: string };
  readonly value: unknown;
}

const WANTED = {
  duration: 'a duration such as 3s or 250ms',
  pull: 'a duration such as 3s, or missing',
  quantity: 'a quantity such as 50Mi or 250m',
  growth: 'a quantity per time such as 1Mi/s',
  mapping: 'a mapping',
  file: 'a file path that begins with /',
  path: 'a path that begins with /',
  boolean: 'true or false',
  list: 'a list',
  patch: 'a list of JSON Patch operations',
  pointer: 'a path such as /metadata/labels/team',
  cel: 'an expression of CEL',
  field: 'a field such as spec.schedule, of metadata labels and annotations alone',
  version: 'a version such as v1',
} as const;

function text({ of, path, wanted, value }: Misreading): string {
  const place = `${of} behaviour: ${path}`;
  if (typeof wanted === 'object' && 'problem' in wanted) return `${place}: ${wanted.problem}`;
  const what =
    typeof wanted === 'string'
      ? WANTED[wanted]
      : 'among' in wanted
        ? `one of ${wanted.among.join(', ')}`
        : `a whole number from ${wanted.from} to ${wanted.to}`;
  return `${place}: expected ${what}, found ${JSON.stringify(value) ?? 'nothing'}`;
}

/** A behaviour that cannot be read: the message names the key, what was expected and what was found. */
export class MisreadError extends Error {
  readonly misreading: Misreading;

  constructor(misreading: Misreading) {
    super(text(misreading));
    this.name = 'MisreadError';
    this.misreading = misreading;
  }
}
