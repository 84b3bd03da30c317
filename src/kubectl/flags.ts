/**
 * Flags as kubectl's commands take them (spf13/pflag): long and short forms, `=` or the next word, `--` ends
 * them, order is free.
 */
import { KubectlError } from './errors.ts';
import { parseGoDuration } from './duration.ts';

export interface FlagSpec {
  readonly name: string;
  readonly short?: string;
  readonly type: 'bool' | 'string' | 'strings' | 'int' | 'duration';
  /** The value when the flag stands without one (`--cascade`). */
  readonly bare?: string;
  /** Kept for old scripts: what is said when it is used. */
  readonly deprecated?: string;
  /** Another flag it stands for. */
  readonly alias?: string;
}

/** A flag that kubectl has and that is not played. */
export interface UnplayedFlag extends FlagSpec {
  /** What it is where nobody says it, as text; `false` of those that are true or false. */
  readonly default: string;
}

export type FlagValue = boolean | string | number | string[];

export interface ParsedFlags {
  readonly values: ReadonlyMap<string, FlagValue>;
  readonly args: readonly string[];
  /** The flags as they were given: `--replicas=3`. */
  readonly written: readonly string[];
  /** How many of `args` stand before `--`; -1 without one. */
  readonly dashAt: number;
  readonly warnings: readonly string[];
}

export const flag = (
  name: string,
  type: FlagSpec['type'] = 'bool',
  short?: string,
  more: Partial<FlagSpec> = {},
): FlagSpec => ({ name, type, ...(short === undefined ? {} : { short }), ...more });

const BOOLS: Readonly<Record<string, boolean>> = {
  true: true,
  TRUE: true,
  True: true,
  t: true,
  T: true,
  1: true,
  false: false,
  FALSE: false,
  False: false,
  f: false,
  F: false,
  0: false,
};

function convert(spec: FlagSpec, text: string, shown: string): FlagValue {
  const fail = (why: string): KubectlError =>
    new KubectlError(`invalid argument "${text}" for "${shown}" flag: ${why}`);
  switch (spec.type) {
    case 'bool': {
      const value = BOOLS[text];
      if (value === undefined) throw fail(`strconv.ParseBool: parsing "${text}": invalid syntax`);
      return value;
    }
    case 'int':
      if (!/^[+-]?\d+$/.test(text)) throw fail(`strconv.ParseInt: parsing "${text}": invalid syntax`);
      return Number(text);
    case 'duration': {
      const ms = parseGoDuration(text) ?? (/^-?\d+$/.test(text) ? Number(text) * 1000 : undefined);
      if (ms === undefined) throw fail(`time: invalid duration "${text}"`);
      return ms;
    }
    default:
      return text;
  }
}

/** Flags that say which cluster is meant, and as whom: a scenario has the one. */
const CONNECTION = new Set(
  (
    'certificate-authority client-certificate client-key cluster insecure-skip-tls-verify ' +
    'kubeconfig password server tls-server-name token user username'
  ).split(' '),
);

/**
 * Flags that change how kubectl speaks with a server and a disk, and nothing that can be seen of it here: how
 * lists are cut, what is kept on disk, which encoding is spoken.
 */
export const WITHOUT_EFFECT: ReadonlySet<string> = new Set(
  'cache-dir chunk-size concurrency disable-compression log-flush-frequency use-protocol-buffers'.split(' '),
);

const unplayed = ({ name }: FlagSpec): KubectlError =>
  new KubectlError(
    CONNECTION.has(name)
      ? `--${name} is not simulated: a scenario has one cluster, and its commands go there; leave the flag ` +
          'out'
      : `--${name} is not simulated: kubectl has this flag, and Seatrial does not play it`,
  );

/**
 * Reads a command's flags.
 * @param specs those that are played @param others those that are known, which nobody may turn from what they
 * are by themselves @throws KubectlError as kubectl words it
 */
export function parseFlags(
  specs: readonly FlagSpec[],
  argv: readonly string[],
  command: string,
  others: () => readonly UnplayedFlag[] = () => [],
): ParsedFlags {
  const values = new Map<string, FlagValue>();
  const args: string[] = [];
  const written: string[] = [];
  const warnings: string[] = [];
  let dashAt = -1;
  const help = (message: string): KubectlError =>
    new KubectlError(`${message}\nSee 'kubectl ${command} --help' for usage.`);
  const find = (is: (spec: FlagSpec) => boolean): FlagSpec | UnplayedFlag | undefined =>
    specs.find(is) ?? others().find(is);
  const set = (spec: FlagSpec | UnplayedFlag, text: string, shown: string): void => {
    let value: FlagValue;
    try {
      value = convert(spec, text, shown);
    } catch (error) {
      throw help((error as Error).message);
    }
    written.push(`--${spec.name}=${text}`);
    if ('default' in spec) {
      const meant = text === 'true' && spec.bare !== undefined ? spec.bare : value;
      if (meant !== convert(spec, spec.default, shown) && !WITHOUT_EFFECT.has(spec.name))
        throw unplayed(spec);
      return;
    }
    if (spec.deprecated !== undefined)
      warnings.push(`Flag --${spec.name} has been deprecated, ${spec.deprecated}`);
    const name = spec.alias ?? spec.name;
    if (spec.type === 'strings')
      values.set(name, [...((values.get(name) as string[] | undefined) ?? []), value as string]);
    else values.set(name, value);
  };
  const shownOf = (spec: FlagSpec): string =>
    spec.short === undefined ? `--${spec.name}` : `-${spec.short}, --${spec.name}`;

  for (let i = 0; i < argv.length; i += 1) {
    const arg = argv[i]!;
    if (arg === '--') {
      dashAt = args.length;
      args.push(...argv.slice(i + 1));
      break;
    }
    if (arg.startsWith('--')) {
      const eq = arg.indexOf('=');
      const name = eq < 0 ? arg.slice(2) : arg.slice(2, eq);
      const spec = find((s) => s.name === name);
      if (spec === undefined) throw help(`unknown flag: --${name}`);
      if (eq >= 0) set(spec, arg.slice(eq + 1), shownOf(spec));
      else if (spec.bare !== undefined || spec.type === 'bool') set(spec, spec.bare ?? 'true', shownOf(spec));
      else {
        i += 1;
        if (i >= argv.length) throw help(`flag needs an argument: --${name}`);
        set(spec, argv[i]!, shownOf(spec));
      }
    } else if (arg.startsWith('-') && arg.length > 1) {
      for (let at = 1; at < arg.length; at += 1) {
        const spec = find((s) => s.short === arg[at]);
        if (spec === undefined) throw help(`unknown shorthand flag: '${arg[at]}' in ${arg}`);
        const rest = arg.slice(at + 1);
        if (rest.startsWith('=')) {
          set(spec, rest.slice(1), shownOf(spec));
          break;
        }
        if (spec.bare !== undefined || spec.type === 'bool') {
          set(spec, spec.bare ?? 'true', shownOf(spec));
          continue;
        }
        if (rest !== '') {
          set(spec, rest, shownOf(spec));
          break;
        }
        i += 1;
        if (i >= argv.length) throw help(`flag needs an argument: '${spec.short}' in ${arg}`);
        set(spec, argv[i]!, shownOf(spec));
      }
    } else args.push(arg);
  }
  return { values, args, written, dashAt, warnings };
}

/** Flags of every command. */
export const GLOBAL_FLAGS: readonly FlagSpec[] = [
  flag('namespace', 'string', 'n'),
  flag('context', 'string'),
  flag('user', 'string'),
  flag('token', 'string'),
  flag('as', 'string'),
  flag('as-group', 'strings'),
  flag('as-uid', 'string'),
  flag('as-user-extra', 'strings'),
  flag('help', 'bool', 'h'),
];

/**
 * Keeps the command in an annotation, as old tutorials do.
 * Source: staging/src/k8s.io/cli-runtime/pkg/genericclioptions/record_flags.go.
 */
export const RECORD = flag('record', 'bool', undefined, {
  deprecated: '--record will be removed in the future',
});
export const OUTPUT = flag('output', 'string', 'o');
/** How objects are printed: a format, and what it takes. */
export const PRINT: readonly FlagSpec[] = [
  OUTPUT,
  flag('template', 'string'),
  flag('allow-missing-template-keys'),
  flag('show-managed-fields'),
];
export const SELECTOR = flag('selector', 'string', 'l');
export const FIELD_SELECTOR = flag('field-selector', 'string');
export const ALL_NAMESPACES = flag('all-namespaces', 'bool', 'A');
export const ALL = flag('all');
export const DRY_RUN = flag('dry-run', 'string', undefined, { bare: 'unchanged' });
export const FILENAME: readonly FlagSpec[] = [
  flag('filename', 'strings', 'f'),
  flag('recursive', 'bool', 'R'),
  flag('kustomize', 'string', 'k'),
];
