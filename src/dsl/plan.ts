/**
 * What a scenario would do to a cluster that is not simulated, read before anything is done: each step with
 * what it writes, and why it cannot be played where it cannot.
 */
import type { Fault, FaultCall } from '../chaos/types.ts';
import { findVerb, shellWords } from '../kubectl/index.ts';
import { type InWords, said } from '../drivers/remote/words.ts';
import type { Language } from '../messages/index.ts';
import { readManifests } from '../sim/api/manifest/read.ts';
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';
import { ResourceRegistry } from '../sim/api/resources/registry.ts';
import type { Operation } from './operations/operation.ts';
import { vocabularyOf } from './phrases/vocabulary.ts';
import { selfContained } from './selfcontained.ts';
import type { Files, Kit, Offer, Role } from './types.ts';

export interface PlannedStep {
  readonly text: string;
  /** `scene` and `act` change the cluster. */
  readonly role: Role;
  /** What it makes or changes, as far as manifests say: `Deployment shop/web`. */
  readonly writes: readonly string[];
  /** Why it cannot be played; absent: it can. */
  readonly refused?: string;
}

export interface PlanOptions {
  readonly files: Files;
  readonly kit: Kit;
  readonly language: Language;
  /** Of names that carry none. */
  readonly namespace: string;
  /** Why an object is not to be touched; undefined: it may be. */
  refuse(definition: ResourceDefinition, namespace: string, name: string): string | undefined;
  /** What a fault that needs more than the API would write there, or why it cannot. */
  below(fault: Fault, call: FaultCall): Pick<PlannedStep, 'writes' | 'refused'>;
}

const NEEDS: Readonly<Record<Exclude<Offer, 'network'>, InWords>> = {
  physical: said('planNeedsPhysical', {}),
  simulation: said('planNeedsSimulation', {}),
};

/** The words of the kubectl commands of a line, as far as they can be told before it is run. */
const commandsOf = (line: string): (readonly string[])[] =>
  line.split(/[|;&\n]+/).flatMap((part) => {
    const [, command] = /^(?:kubectl|k)\s+([^]*)$/.exec(part.trim()) ?? [];
    try {
      return command === undefined ? [] : [shellWords(command)];
    } catch {
      return [];
    }
  });

/** The kubectl commands of a line that ask machines. */
const machineCommands = (line: string): string[] =>
  commandsOf(line).flatMap((words) => {
    const { verb } = findVerb(words) ?? {};
    return verb?.asksMachines === true ? [verb.name] : [];
  });

/** Verbs that change what is in a namespace, and those that change nodes. */
const CHANGES = new Set(
  'annotate apply autoscale cp create delete edit exec expose label patch replace run scale set taint'.split(
    ' ',
  ),
);
const CHANGES_NODES = new Set(['cordon', 'uncordon', 'drain']);

/** Why a command is refused for what it names; undefined: by that it is not. */
function refusedCommand(words: readonly string[], { kit, refuse }: PlanOptions): string | undefined {
  const { verb } = findVerb(words) ?? {};
  if (verb === undefined) return undefined;
  const resources = new ResourceRegistry(kit.parts.resources);
  if (CHANGES_NODES.has(verb.name)) {
    const [name] = words.slice(words.indexOf(verb.name) + 1);
    return name === undefined || name.startsWith('-') ? undefined : refuse(resources.get('Node'), '', name);
  }
  if (!CHANGES.has(verb.name)) return undefined;
  const end = words.indexOf('--');
  const own = end < 0 ? words : words.slice(0, end);
  const at = own.findIndex((word) => /^(?:-n|--namespace)(?:=|$)/.test(word));
  if (at < 0) return undefined;
  const [, namespace = own[at + 1] ?? ''] = own[at]!.split('=');
  return refuse(resources.get('Pod'), namespace, '');
}

/** The faults of an operation. */
const faultsOf = (operation: Operation): readonly FaultCall[] =>
  operation.op === 'fault'
    ? [operation.fault]
    : operation.op === 'faults'
      ? operation.strikes.map(({ fault }) => fault)
      : [];

function planFaults(calls: readonly FaultCall[], { kit, below }: PlanOptions): Partial<PlannedStep> {
  const met = calls.flatMap((call) => {
    const fault = kit.faults.named(call.kind);
    return fault.needs === 'api' ? [] : [below(fault, call)];
  });
  const refused = met.find((one) => one.refused !== undefined)?.refused;
  return { writes: met.flatMap(({ writes }) => writes), ...(refused === undefined ? {} : { refused }) };
}

/** Moments that lie behind: of them nobody knows any more what a request would have been answered. */
const PAST = new Set(['every', 'never', 'sometimes']);

/** Requests are sent by Pods of our own. */
function planRequests(operation: Operation, { language, namespace, kit }: PlanOptions): Partial<PlannedStep> {
  const cannot = (words: InWords): Partial<PlannedStep> => ({ refused: words(language) });
  if (operation.op === 'client')
    return operation.keepAlive === true || (operation.retries ?? 0) > 0
      ? cannot(said('planClientManner', {}))
      : { writes: [`Pod ${namespace}/seatrial-client-*`] };
  if (operation.op !== 'assert') return {};
  const { claim, moment } = operation;
  if (vocabularyOf(kit).claimFamilyOf(claim).cumulative === true) return {};
  if (PAST.has(moment.mode) || moment.since !== undefined) return cannot(said('planPastRequests', {}));
  return claim.claim === 'request' && claim.from === undefined
    ? { writes: [`Pod ${namespace}/seatrial-requests-*`] }
    : {};
}

function planStep(operation: Operation, text: string, options: PlanOptions): PlannedStep {
  const { kit, language, namespace } = options;
  const family = vocabularyOf(kit).familyOf(operation);
  const { role } = family;
  const step = { text, role, writes: [] };
  if (family.play === undefined) return { ...step, refused: said('planManyClusters', {})(language) };
  const calls = faultsOf(operation);
  if (calls.length > 0) return { ...step, ...planFaults(calls, options) };
  const offer = family.needs?.(operation, kit);
  if (offer === 'network') return { ...step, ...planRequests(operation, options) };
  if (offer !== undefined) return { ...step, refused: NEEDS[offer](language) };
  if (operation.op === 'kubectl') {
    const command = operation.lines.flatMap(machineCommands)[0];
    const refused =
      command === undefined
        ? operation.lines
            .flatMap(commandsOf)
            .map((words) => refusedCommand(words, options))
            .find((why) => why !== undefined)
        : said('planAsksMachines', { command })(language);
    return refused === undefined ? step : { ...step, refused };
  }
  if (operation.op === 'namespace') {
    const definition = new ResourceRegistry(kit.parts.resources).get('Namespace');
    const refused = options.refuse(definition, '', operation.name);
    return {
      ...step,
      writes: [`Namespace ${operation.name}`],
      ...(refused === undefined ? {} : { refused }),
    };
  }
  if (operation.op !== 'manifest') return step;
  const resources = new ResourceRegistry(kit.parts.resources);
  const writes: string[] = [];
  for (const { object } of readManifests(operation.text, 'STDIN')) {
    const definition = resources.of(object as never);
    const { name = '', namespace: own = namespace } = (object.metadata ?? {}) as Record<string, string>;
    const place = definition?.namespaced === false ? name : `${own}/${name}`;
    writes.push(`${object.kind} ${place}`);
    const refused =
      definition === undefined
        ? said('planUnknownKind', { kind: `${object.apiVersion} ${object.kind}` })(language)
        : options.refuse(definition, definition.namespaced ? own : '', name);
    if (refused !== undefined) return { ...step, writes, refused };
  }
  return { ...step, writes };
}

/**
 * @param steps as they are written
 * @throws InputError for a file that is not there, ManifestError for what is no manifest
 * @example
 * const below = () => ({ writes: [], refused: 'it acts below the API' });
 * planOf(steps, { files, kit, language: 'en', namespace: 'shop', refuse: () => undefined, below });
 */
export const planOf = (
  steps: readonly { readonly text: string; readonly operation: Operation }[],
  options: PlanOptions,
): PlannedStep[] =>
  selfContained(
    steps.map(({ operation }) => operation),
    options.files,
    options.kit,
  ).map((operation, i) => planStep(operation, steps[i]!.text, options));
