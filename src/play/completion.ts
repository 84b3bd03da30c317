/** What may stand where the cursor is: commands, kinds, names, the words of the language's sentences. */
import { findVerb, resolveType, VERB_NAMES } from '../kubectl/index.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';
import type { Live } from './live.ts';
import { containersOf, nameOf } from './spoken.ts';

interface Named {
  readonly kind: string;
  readonly spec?: object;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

const DURATIONS = ['10s', '1m', '5m', '10m', '1h'];
/** Verbs whose objects are of one kind. */
const ABOUT: Readonly<Record<string, string>> = {
  logs: 'Pod',
  exec: 'Pod',
  'top pod': 'Pod',
  drain: 'Node',
  cordon: 'Node',
  uncordon: 'Node',
  'top node': 'Node',
};
/** What may be done by name alone. */
const OWN = ['wait', 'next', 'settle', 'fault', 'why', 'rewind', 'undo', 'fork', 'forks', 'switch', 'goals'];
const OTHERS = ['hint', 'story', 'save', 'help', 'exit', 'kubectl'];

/** Names of what is there. */
class Names {
  private readonly objects: readonly Named[];

  constructor(live: Live) {
    this.objects = live.stateAt(live.now) as readonly Named[];
  }

  of(kind: string): string[] {
    return this.objects.filter((o) => o.kind === kind).map(nameOf);
  }

  get all(): string[] {
    const quiet = new Set(['Event', 'Lease', 'EndpointSlice', 'Endpoints', 'ControllerRevision']);
    return this.objects.filter((o) => !quiet.has(o.kind)).map(nameOf);
  }

  get kinds(): Set<string> {
    return new Set(this.objects.map((o) => o.kind));
  }

  get containers(): string[] {
    return this.objects.filter((o) => o.kind === 'Pod').flatMap((o) => containersOf(o).map((c) => c.name));
  }

  get zones(): string[] {
    return this.objects.flatMap((o) => o.metadata.labels?.['topology.kubernetes.io/zone'] ?? []);
  }

  get selectors(): string[] {
    return this.objects
      .filter((o) => o.kind === 'Pod')
      .flatMap((o) => Object.entries(o.metadata.labels ?? {}))
      .filter(([key]) => !key.includes('/') && !key.includes('hash'))
      .map(([key, value]) => `${key}=${value}`);
  }
}

/** A word of a sentence: what stands there, or what may. */
type Word = { readonly literal: readonly string[] } | { readonly place: string };

/** Places that are several words. */
const EXPANDED: Readonly<Record<string, string>> = {
  nodes: 'node {node}',
  nodeSet: 'zone {zone}',
  pods: 'pod {pod}',
  containers: 'container {container} of pod {pod}',
  workload: 'deployment {deployment}',
  lasting: ' for {duration}',
  moment: '',
  during: '',
};

/** The words of an expression, as `loses/lose`, `request(s)` and places stand in it. */
function wordsOf(expression: string): Word[] {
  return expression
    .replace(/\{(\w*)\}/g, (whole, type: string) => EXPANDED[type] ?? whole)
    .split(' ')
    .filter((w) => w !== '')
    .map((word): Word => {
      const place = /^\{(\w*)\}$/.exec(word)?.[1];
      if (place !== undefined) return { place };
      const options = word.split('/').flatMap((o) => {
        const optional = /^(.*)\((\w+)\)(.*)$/.exec(o);
        return optional === null
          ? [o]
          : [`${optional[1]}${optional[2]}${optional[3]}`, `${optional[1]}${optional[3]}`];
      });
      return { literal: options };
    });
}

function fillings(place: string, names: Names): readonly string[] {
  switch (place) {
    case 'node':
      return names.of('Node');
    case 'pod':
      return names.of('Pod');
    case 'deployment':
      return names.of('Deployment');
    case 'container':
      return names.containers;
    case 'zone':
      return names.zones;
    case 'duration':
      return DURATIONS;
    case 'selector':
      return names.selectors;
    case 'string':
      return names.all;
    default:
      return [];
  }
}

/** What may come next in any sentence that begins so. */
function inSentences(before: readonly string[], live: Live, names: Names): string[] {
  const next = new Set<string>();
  for (const { expression, attachment } of vocabularyOf(live.kit).phrases) {
    if (attachment !== undefined) continue;
    const words = wordsOf(expression);
    const fits = before.every((word, i) => {
      const at = words[i];
      return at !== undefined && ('place' in at || at.literal.includes(word));
    });
    const at = words[before.length];
    if (!fits || at === undefined) continue;
    for (const word of 'place' in at ? fillings(at.place, names) : at.literal.slice(0, 1)) next.add(word);
  }
  return [...next];
}

const served = (live: Live, kind: string): ResourceDefinition | undefined => {
  try {
    return resolveType(live.driver.resources, kind);
  } catch {
    return undefined;
  }
};

/** `pods`, `deployments`: kinds of which there is something. */
function kindWords(live: Live, names: Names): string[] {
  const there = names.kinds;
  return [...live.driver.resources.all()].filter((d) => there.has(d.kind)).map((d) => d.plural);
}

const kindAndName = (live: Live, names: Names): string[] =>
  [...live.driver.resources.all()].flatMap((d) => names.of(d.kind).map((name) => `${d.singular}/${name}`));

function inKubectl(before: readonly string[], last: string, live: Live, names: Names): string[] {
  const found = findVerb(before);
  if (found === undefined)
    return VERB_NAMES.filter((name) => name.startsWith(before.map((w) => `${w} `).join(''))).map(
      (name) => name.split(' ')[before.length]!,
    );
  const { verb, rest } = found;
  if (last.startsWith('-')) return verb.flags.map((f) => `--${f.name}`);
  if (['-n', '--namespace'].includes(before[before.length - 1] ?? '')) return names.of('Namespace');
  const args = rest.filter((word) => !word.startsWith('-'));
  const about = ABOUT[verb.name];
  if (about !== undefined) return names.of(about);
  if (last.includes('/')) return kindAndName(live, names);
  const [kind] = args;
  if (kind === undefined) return [...kindWords(live, names), ...(verb.name === 'get' ? ['all'] : [])];
  const definition = served(live, kind);
  return definition === undefined ? [] : names.of(definition.kind);
}

/**
 * What the last word of a line may become.
 * @param line up to the cursor
 */
export function completions(line: string, live: Live): string[] {
  const words = line.trimStart().split(/\s+/);
  const last = words[words.length - 1]!;
  const before = words.slice(0, -1);
  const names = new Names(live);
  return [...new Set(candidates(before, last, live, names))].filter((w) => w.startsWith(last)).sort();
}

function candidates(before: readonly string[], last: string, live: Live, names: Names): readonly string[] {
  const [first, ...rest] = before;
  if (first === undefined)
    return [...OWN, ...OTHERS, ...VERB_NAMES.map((n) => n.split(' ')[0]!), ...inSentences([], live, names)];
  if (first === 'kubectl') return inKubectl(rest, last, live, names);
  if (first === 'wait' || first === 'rewind') return rest.length === 0 ? DURATIONS : [];
  if (first === 'why') return rest.length === 0 ? kindAndName(live, names) : [];
  if (['fault', 'Given', 'When', 'Then', 'And'].includes(first)) return inSentences(rest, live, names);
  const sentence = inSentences(before, live, names);
  const isVerb = VERB_NAMES.some((n) => n.split(' ')[0] === first);
  return isVerb ? [...inKubectl(before, last, live, names), ...sentence] : sentence;
}
