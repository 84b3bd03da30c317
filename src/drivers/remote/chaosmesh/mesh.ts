/**
 * Faults below the API, brought about by Chaos Mesh: a strike makes experiments and waits until they are
 * injected, healing deletes them and waits until all is recovered. Models what
 * controllers/common/{condition,finalizers,records} of chaos-mesh/chaos-mesh say of an experiment's life.
 */
import { randomBytes } from 'node:crypto';
import { FaultCatalogue } from '../../../chaos/catalogue.ts';
import { checkCall } from '../../../chaos/fields.ts';
import type { Fault, FaultCall } from '../../../chaos/types.ts';
import type { ApiClient } from '../../../sim/api/client.ts';
import { ApiError, isNotFound } from '../../../sim/api/errors.ts';
import { splitName } from '../../../sim/api/qualifiedname.ts';
import type { KubeObject } from '../../../sim/api/types.ts';
import type { Millis } from '../../../sim/kernel/types.ts';
import { type Connection, refusal } from '../client.ts';
import { outOfScope, type Scope } from '../gate.ts';
import type { Answered, Call } from '../messages.ts';
import { type InWords, NotPlayed, said } from '../words.ts';
import { COUNTERPARTS, type Draft, EXPERIMENT_KINDS } from './counterparts.ts';

const GROUP = 'chaos-mesh.org';
const VERSION = 'v1alpha1';

/** How long its controllers may take to bring about what was asked, and to end it. */
const INJECTED_MS = 60_000;
const RECOVERED_MS = 60_000;

type Condition = 'AllInjected' | 'AllRecovered';

/** As far as it is looked at. */
interface Experiment extends KubeObject {
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly experiment?: {
      readonly containerRecords?: readonly {
        readonly id: string;
        readonly events?: readonly { readonly type: string; readonly message?: string }[];
      }[];
    };
  };
}

/** An experiment that was made. Plain data. */
interface Made {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const wordsOf = ({ kind, namespace, name }: Made): string => `${kind} ${namespace}/${name}`;

/** The kinds that a cluster has of it. @throws ApiError where it does not say */
function kindsServed(answer: Answered, server: string): ReadonlySet<string> {
  if (answer.status === 404) return new Set();
  if (answer.status !== 200) throw refusal(answer, server);
  const { resources = [] } = JSON.parse(answer.body) as { resources?: readonly { readonly kind: string }[] };
  return new Set(resources.map(({ kind }) => kind));
}

/** What a cluster has of Chaos Mesh, asked once and only where a fault needs it. */
export class Installed {
  private readonly call: (call: Call) => Answered;
  private readonly server: string;
  private kinds: ReadonlySet<string> | undefined;

  /** @param server for messages */
  constructor(server: string, call: (call: Call) => Answered) {
    this.server = server;
    this.call = call;
  }

  /** @throws ApiError where the cluster does not say */
  has(kind: string): boolean {
    const path = `/apis/${GROUP}/${VERSION}`;
    this.kinds ??= kindsServed(this.call({ method: 'GET', path }), this.server);
    return this.kinds.has(kind);
  }
}

/** Why a fault cannot be brought about on this cluster; undefined: it can. @throws ApiError */
export function lackOf(fault: Fault, call: FaultCall, installed: Installed): InWords | undefined {
  const counterpart = COUNTERPARTS[fault.kind];
  if (counterpart === undefined) return said('planNoExperiment', {});
  const lack = counterpart.lacks?.(call, fault);
  if (lack !== undefined) return lack;
  const { kind } = counterpart;
  return installed.has(kind) ? undefined : said('planNoChaosMesh', { kind });
}

/**
 * What a strike would make, and why it may not; as far as its words tell, which need not name all that it
 * meets.
 */
export function wouldMake(
  call: FaultCall,
  scope: Scope,
  namespace: string,
): { readonly writes: readonly string[]; readonly refused?: string } {
  const { kind, action } = COUNTERPARTS[call.kind]!;
  const names = [call.pod, call.claim].filter((name) => name !== undefined);
  const places = [namespace, ...names.map((name) => splitName(name, namespace).namespace)];
  const refused = [
    ...places.map((place) => outOfScope(scope, NAMESPACED, place, '')),
    ...[call.node, call.otherNode].map((node) =>
      node === undefined ? undefined : outOfScope(scope, NODE, '', node),
    ),
  ].find((why) => why !== undefined);
  return {
    writes: [`${kind} ${places.at(-1)}/seatrial-* (${action})`],
    ...(refused === undefined ? {} : { refused }),
  };
}

const NAMESPACED = { kind: 'PodChaos', plural: 'podchaos', namespaced: true };
const NODE = { kind: 'Node', plural: 'nodes', namespaced: false };

/** Of one run. */
export class ChaosMesh {
  private readonly to: Connection;
  private readonly installed: Installed;
  /** Lets time pass until it holds, or so much is over. */
  private readonly wait: (done: () => boolean, limitMs: Millis) => boolean;
  private readonly run = randomBytes(4).toString('hex');
  private count = 0;
  private isKnown = false;

  constructor(to: Connection, wait: (done: () => boolean, limitMs: Millis) => boolean) {
    this.to = to;
    this.wait = wait;
    this.installed = new Installed(to.server, (call) => to.line.call(call));
  }

  /** The same faults; those that need more than the API are brought about by experiments, or refused. */
  over(faults: FaultCatalogue): FaultCatalogue {
    return new FaultCatalogue(
      faults.all.map((fault) => (fault.needs === 'api' ? fault : this.byExperiment(fault))),
    );
  }

  private byExperiment(fault: Fault): Fault {
    const counterpart = COUNTERPARTS[fault.kind];
    const { tick: _, heal: __, ...same } = fault;
    return {
      ...same,
      needs: 'api',
      // Each strike has experiments of its own.
      stacks: 'each',
      strike: (call, ctx) => {
        const lack = lackOf(fault, call, this.installed);
        if (counterpart === undefined || lack !== undefined) throw new NotPlayed(lack!);
        checkCall(fault, call);
        const { targets, drafts } = counterpart.meet({ fault, call, ctx, scope: this.to.scope });
        const lastsMs = counterpart.isOneShot === true ? undefined : call.forMs;
        const made = this.begin(drafts, lastsMs, ctx.api);
        if (counterpart.isOneShot !== true) return { targets, undo: { made } };
        this.end(made, ctx.api);
        return { targets };
      },
      ...(counterpart === undefined || counterpart.isOneShot === true
        ? {}
        : { heal: (_call, struck, { api }) => this.end(struck.undo!['made'] as readonly Made[], api) }),
    };
  }

  /** Its kinds are known from when they are needed: nobody else of the run looks at them. */
  private know(): void {
    if (this.isKnown) return;
    this.isKnown = true;
    for (const kind of EXPERIMENT_KINDS) {
      const name = kind.toLowerCase();
      this.to.resources.serve({
        group: GROUP,
        names: { kind, plural: name, singular: name },
        scope: 'Namespaced',
        versions: [{ name: VERSION }],
      });
    }
  }

  private has(made: Made, condition: Condition, api: ApiClient): boolean {
    const { status } = api.get(made.kind, made.namespace, made.name) as Experiment;
    return status?.conditions?.some((c) => c.type === condition && c.status === 'True') === true;
  }

  /** What it says itself of why it is not injected. */
  private problemOf(made: Made, api: ApiClient): string {
    const { status } = api.get(made.kind, made.namespace, made.name) as Experiment;
    const records = status?.experiment?.containerRecords ?? [];
    const failed = records.flatMap(({ id, events = [] }) => {
      const last = events.findLast(({ type }) => type === 'Failed');
      return last === undefined ? [] : [`${id}: ${last.message ?? ''}`];
    });
    return failed[0] ?? '';
  }

  /**
   * Makes experiments and waits until all are injected; what was made of them is removed where one is not.
   * @throws ApiError, FaultError
   */
  private begin(drafts: readonly Draft[], lastsMs: Millis | undefined, api: ApiClient): readonly Made[] {
    this.know();
    const made: Made[] = [];
    try {
      for (const { kind, namespace, spec } of drafts) {
        this.count += 1;
        const one = { kind, namespace, name: `seatrial-${this.run}-${this.count}` };
        const { name } = one;
        api.create<KubeObject & { spec: object }>({
          apiVersion: `${GROUP}/${VERSION}`,
          kind,
          metadata: { namespace, name },
          // Chaos Mesh ends it by itself, too, should nobody be left to heal it.
          spec: { ...spec, ...(lastsMs === undefined ? {} : { duration: `${lastsMs}ms` }) },
        });
        made.push(one);
      }
      let waiting: readonly Made[] = made;
      const isOn = (): boolean =>
        (waiting = waiting.filter((one) => !this.has(one, 'AllInjected', api))).length === 0;
      if (!this.wait(isOn, INJECTED_MS)) {
        const [first] = waiting;
        throw new NotPlayed(
          said('notInjected', { what: wordsOf(first!), problem: this.problemOf(first!, api) }),
        );
      }
      return made;
    } catch (error) {
      this.end(made, api);
      throw error;
    }
  }

  /** Deletes experiments and waits until all is as it was. @throws ApiError */
  private end(made: readonly Made[], api: ApiClient): void {
    const isGone = (one: Made): boolean => {
      try {
        return this.has(one, 'AllRecovered', api);
      } catch (error) {
        // A finalizer holds it until all is recovered.
        if (isNotFound(error)) return true;
        throw error;
      }
    };
    for (const { kind, namespace, name } of made)
      try {
        api.delete(kind, namespace, name);
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    let waiting = made;
    if (this.wait(() => (waiting = waiting.filter((one) => !isGone(one))).length === 0, RECOVERED_MS)) return;
    throw new ApiError('Timeout', `${wordsOf(waiting[0]!)} has been deleted, and not all is recovered yet`);
  }
}
