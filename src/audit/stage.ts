/**
 * The cluster that trials are played on. It is booted once, and each trial is played on a fork of it; changes
 * of the manifests are applied to it as a user would, and each is applied once for all trials with it.
 */
import { networkOf, physicalOf } from '../dsl/capabilities.ts';
import { staysInDrain } from '../dsl/claims/drain.ts';
import { isReady, isTerminating } from '../dsl/claims/podstate.ts';
import { ClaimError, InputError, inputErrorOf } from '../dsl/errors.ts';
import { play } from '../dsl/interpreter.ts';
import type { Operation, OperationOf } from '../dsl/operations/operation.ts';
import { driverOf, forkSession, lastEntry, presentState } from '../dsl/session.ts';
import { objectsOf } from '../dsl/state.ts';
import type { Kit, Session, SessionOptions } from '../dsl/types.ts';
import type { Driver } from '../drivers/driver.ts';
import { yamlOf, type Manifests } from '../edits/manifests.ts';
import { containersOf, nameOf, namespaceOf, text } from '../edits/shapes.ts';
import type { Beginnings } from '../explore/beginnings.ts';
import { sceneOfManifests, type ClusterShape } from '../explore/scene.ts';
import type { ManifestObject } from '../sim/api/manifest/read.ts';
import { matches, parseLabelSelector } from '../sim/api/selector.ts';
import { milliValue } from '../sim/api/quantity.ts';
import { nextOf, scheduleOf } from '../sim/api/cron.ts';
import { EPOCH } from '../sim/api/time.ts';
import { isFinished } from '../sim/api/validation/jobstatus.ts';
import type { Job, Pod } from '../sim/api/types.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import { gatewayApiFor, wantsGatewayController } from './gateways.ts';
import { disturbedFor, effectOn, holding, longestOf, type Effect, type SoFar } from './measure.ts';
import { ReadinessSoFar } from './readiness.ts';
import {
  clientsOf,
  wantsIngressController,
  workloadsOf,
  type Served,
  type Work,
  type Workload,
} from './subject.ts';
import { steps, type Trial } from './trials/trial.ts';
import { effectOnDue, effectOnRun, lastOf, undisturbed } from './work.ts';

export interface StageOptions {
  readonly shape: ClusterShape;
  readonly seed: string;
  readonly beginnings: Beginnings;
}

/** Manifests that are not those of the stage. */
export interface Changed {
  /** No other has it. */
  readonly key: string;
  /** The stage's own first, those that are not changed as they were. */
  readonly objects: readonly ManifestObject[];
  /** By which chances they are applied; absent: the stage's own. */
  readonly seed?: string;
}

export interface Played {
  /** By the Services' URLs. */
  readonly effects: Readonly<Record<string, Effect>>;
  /** How long it was watched behind its last step. */
  readonly watchedMs: Millis;
  /** It could not be played; why not. */
  readonly why?: string;
  /** It was not played to its end, since it had come to this already. */
  readonly givenUp?: SoFar;
}

/** Time for the routes of the last Service to be known everywhere. */
const CALM: Operation = { op: 'pass', durationMs: 30_000 };
/** What recovers by itself has done so by then: an eviction, a restart and a back-off take less together. */
const WATCHED_MS = 600_000;
/** So long without a failure, nothing on its way and every replica back: nothing more is going to happen. */
const LOOK_MS = 60_000;

/** A Pod's deadline of an hour is over by then, and what is tried again is done. */
const WORK_WATCHED_MS = 75 * 60_000;
/** Work that takes longer while nothing happens is not looked at. */
const WORK_ENDS_MS = 3_600_000;
/** Of an image that nobody described: its work takes a minute, and is not done before. */
const LASTING = 'exits: {after: 60s, code: 0}\nignoresSigterm: true';

/** How often it is asked whether to go on. */
const ASKED_MS = 10_000;

/** What nodes have where nobody says it. */
const DEFAULT_CPU = '2';

/** A mended cluster is some hundred kilobytes. */
const KEPT = 64;

const passing = (durationMs: Millis): Operation => ({ op: 'pass', durationMs });

/** What was said of bad input, or of a claim that does not hold. @throws what is a defect */
function reasonOf(error: unknown): string {
  const known = error instanceof ClaimError ? error : inputErrorOf(error);
  if (known === undefined) throw error;
  return known.message.split('\n')[0] ?? '';
}

/** Those of some Pods that are a workload's. */
function podsOf({ namespace, selector }: Workload, pods: readonly Pod[]): Pod[] {
  const wanted = parseLabelSelector(selector);
  return pods.filter(
    ({ metadata }) => metadata.namespace === namespace && matches(wanted, metadata.labels ?? {}),
  );
}

/** How many Pods of each workload can be sent requests: ready, and really so. */
function serving(session: Session, workloads: readonly Workload[]): number[] {
  const { containers } = physicalOf(driverOf(session));
  const pods = [...objectsOf(presentState(session), 'Pod')].filter(
    (pod) => isReady(pod) && !isTerminating(pod) && containers.servingFrom(pod) !== Number.POSITIVE_INFINITY,
  );
  return workloads.map((workload) => podsOf(workload, pods).length);
}

/** Of each workload, a cordoned node that a Pod of it is still on, which a drain would have evicted. */
function heldIn(session: Session, workloads: readonly Workload[]): (string | undefined)[] {
  const state = presentState(session);
  const cordoned = new Set(
    [...objectsOf(state, 'Node')].filter((n) => n.spec.unschedulable === true).map((n) => n.metadata.name),
  );
  const left = [...objectsOf(state, 'Pod')].filter(
    (pod) => cordoned.has(pod.spec.nodeName ?? '') && !isTerminating(pod) && !staysInDrain(pod),
  );
  return workloads.map((workload) => podsOf(workload, left)[0]?.spec.nodeName);
}

/** A long time in parts, between which one can look. */
const slicesOf = (operation: Operation): Operation[] =>
  operation.op === 'pass' && operation.durationMs > ASKED_MS
    ? Array.from({ length: Math.ceil(operation.durationMs / ASKED_MS) }, (_, i) =>
        passing(Math.min(ASKED_MS, operation.durationMs - i * ASKED_MS)),
      )
    : [operation];

const failedIn = (session: Session): number =>
  networkOf(driverOf(session))
    .clients()
    .reduce((sum, c) => sum + c.failed, 0);

/** What the first client of a session has met so far. */
function metSoFar(session: Session): SoFar {
  const driver = driverOf(session);
  const [client] = networkOf(driver).clients();
  if (client === undefined) return { failed: 0, outageMs: 0, disturbedMs: 0 };
  const { failed, outages } = client;
  return { failed, outageMs: longestOf(client, driver.now), disturbedMs: disturbedFor(outages, driver.now) };
}

/** How often it is looked whether a trial is worth going on with. */
const LOOKED_MS = 1_000;

/** Looks now and then, also in the midst of an operation, whether a trial is hopeless already. */
class Look {
  /** For the session: what ends it between two events. */
  readonly options: Pick<SessionOptions, 'limits'>;
  private readonly isHopeless: ((soFar: SoFar) => boolean) | undefined;
  private ask: (() => SoFar) | undefined;
  private ended: SoFar | undefined;

  constructor(isHopeless: ((soFar: SoFar) => boolean) | undefined) {
    this.isHopeless = isHopeless;
    this.options =
      isHopeless === undefined ? {} : { limits: { overdue: () => this.isDue() && this.isOver() } };
  }

  /** @param ask what the one who matters has met so far */
  begin(driver: Driver, ask: () => SoFar): void {
    this.ask = ask;
    let nextAt = driver.now;
    this.isDue = () => {
      if (this.ended !== undefined) return true;
      if (driver.now < nextAt) return false;
      nextAt = driver.now + LOOKED_MS;
      return true;
    };
  }

  private isDue = (): boolean => false;

  isOver(): boolean {
    if (this.ended !== undefined || this.isHopeless === undefined) return this.ended !== undefined;
    const soFar = this.ask!();
    if (this.isHopeless(soFar)) this.ended = soFar;
    return this.ended !== undefined;
  }

  /** What there is of a trial that was given up; undefined: it was not. */
  get givenUp(): Played | undefined {
    return this.ended && { effects: {}, watchedMs: 0, givenUp: this.ended };
  }
}

/** Whether requests fail no more, nothing is on its way, and nothing is missing. */
function isOver(session: Session, failedBefore: number, missing: readonly number[]): boolean {
  const driver = driverOf(session);
  const clients = networkOf(driver).clients();
  return (
    missing.every((n) => n === 0) &&
    failedIn(session) === failedBefore &&
    clients.every((c) => c.outages.every((o) => o.toMs !== undefined)) &&
    driver.moving().length === 0
  );
}

export class Stage {
  readonly manifests: Manifests;
  readonly workloads: readonly Workload[];
  private readonly options: StageOptions;
  private readonly gatewayApi: readonly Operation[];
  /** In the order of their last use; what did not come up by why. */
  private readonly changed = new Map<string, Session | string>();
  /** What stands before a trial without clients. */
  private readonly plain: readonly Operation[];

  constructor(manifests: Manifests, options: StageOptions) {
    this.manifests = manifests;
    this.workloads = workloadsOf(manifests);
    this.gatewayApi = gatewayApiFor(manifests.objects);
    this.options = {
      ...options,
      shape: {
        ...options.shape,
        ...(wantsIngressController(manifests) ? { ingressController: true } : {}),
        ...(wantsGatewayController(manifests.objects) ? { gatewayController: true } : {}),
      },
    };
    this.plain = this.scene(manifests.sources);
  }

  get kit(): Kit {
    return this.options.beginnings.kit;
  }

  /** Of each node; of several that differ the most. */
  get cpu(): string {
    const { cpu, nodes } = this.options.shape;
    if (typeof nodes === 'number') return cpu ?? DEFAULT_CPU;
    return nodes
      .map((n) => n.cpu ?? DEFAULT_CPU)
      .reduce((most, one) => (milliValue(one) > milliValue(most) ? one : most));
  }

  get seed(): string {
    return this.options.seed;
  }

  /** What stands before a trial in which clients ask these Services. */
  setting(services: readonly Served[] = []): Operation[] {
    return [...this.plain, ...clientsOf(services)];
  }

  private scene(texts: readonly string[]): Operation[] {
    return [...sceneOfManifests(texts, this.options.shape, this.gatewayApi), CALM];
  }

  /** @throws InputError, ClaimError where the manifests do not come up */
  begin(options: Pick<SessionOptions, 'limits'> = {}): Session {
    return this.options.beginnings.begin(this.seed, this.plain, options);
  }

  /**
   * Plays a trial, on the manifests or on changed ones, and watches until nothing more happens.
   * @param isHopeless asked now and then: whether what the first Service has met so far is too much already
   */
  play(
    { operations, runs, due }: Pick<Trial, 'operations' | 'runs' | 'due'>,
    services: readonly Served[],
    changed?: Changed,
    isHopeless?: (soFar: SoFar) => boolean,
  ): Played {
    const look = new Look(isHopeless);
    const session = changed === undefined ? this.begin(look.options) : this.beginWith(changed, look.options);
    if (typeof session === 'string') return { effects: {}, watchedMs: 0, why: session };
    if (runs !== undefined || due !== undefined)
      return this.playWork(
        session,
        { operations, ...(runs && { runs }), ...(due && { due }) },
        services,
        changed,
      );
    const before = serving(session, this.workloads);
    let counted: ReadonlyMap<string, ReadinessSoFar> = new Map();
    try {
      for (const client of clientsOf(services)) play(session, client);
      const start = { since: lastEntry(driverOf(session)), from: driverOf(session).now };
      counted = this.countedAmong(services, before, start);
      const first = counted.get(services[0]?.url ?? '');
      const driver = driverOf(session);
      look.begin(driver, () =>
        first === undefined ? metSoFar(session) : first.take(driver.history, driver.now).soFar,
      );
      const goes = (operation: Operation): boolean =>
        slicesOf(operation).every((slice) => {
          play(session, slice);
          return !look.isOver();
        });
      if (!operations.every(goes)) return look.givenUp!;
      let watchedMs = 0;
      let missing: number[] = [];
      do {
        const failed = failedIn(session);
        if (!goes(passing(LOOK_MS))) return look.givenUp!;
        watchedMs += LOOK_MS;
        missing = this.missing(session, before);
        if (isOver(session, failed, missing)) break;
      } while (watchedMs < WATCHED_MS);
      return { effects: this.effects(session, services, before, missing, counted), watchedMs };
    } catch (error) {
      if (look.givenUp !== undefined) return look.givenUp;
      const why = reasonOf(error);
      const held = /^kubectl drain\b/.test(why) ? heldIn(session, this.workloads) : [];
      if (held.every((node) => node === undefined)) return { effects: {}, watchedMs: 0, why };
      const effects = this.effects(session, services, before, this.missing(session, before), counted);
      for (const { url, workloads } of services) {
        const node = held.find((of, i) => of !== undefined && workloads.includes(this.workloads[i]!.place));
        if (node !== undefined && effects[url] !== undefined) effects[url] = holding(effects[url], node);
      }
      return { effects, watchedMs: 0 };
    }
  }

  /** The operations of a trial, with a run of the Job as the manifests have it. */
  playedIn(
    { operations, runs }: Pick<Trial, 'operations' | 'runs'>,
    objects: readonly ManifestObject[] = this.manifests.objects,
  ): Operation[] {
    if (runs === undefined) return [...operations];
    const { after, place, job } = runs;
    return [...operations.slice(0, after), ...runOf(objects[place]!, job), ...operations.slice(after)];
  }

  /** A trial of work that ends. */
  private playWork(
    session: Session,
    trial: Pick<Trial, 'operations' | 'runs' | 'due'>,
    [served]: readonly Served[],
    changed?: Changed,
  ): Played {
    if (served === undefined) return { effects: {}, watchedMs: 0 };
    const { runs, due } = trial;
    const object = this.manifests.objects[(runs ?? due)!.place]!;
    const namespace = namespaceOf(object);
    const driver = driverOf(session);
    const [since, from] = [lastEntry(driver), driver.now];
    const isEnded = (): boolean => {
      const job = runs && lastOf(driver.history, since, namespace, runs.job);
      return driver.moving().length === 0 && (job === undefined || isFinished(job));
    };
    try {
      for (const operation of this.playedIn(trial, changed?.objects)) play(session, operation);
      let watchedMs = 0;
      do {
        play(session, passing(LOOK_MS));
        watchedMs += LOOK_MS;
      } while (watchedMs < WORK_WATCHED_MS && !isEnded());
      const to = driver.now;
      const effect =
        runs === undefined
          ? effectOnDue(due!, namespace, driver.history, since)
          : effectOnRun(runs, namespace, driver.history, { since, from, to });
      return { effects: effect === undefined ? {} : { [served.url]: effect }, watchedMs };
    } catch (error) {
      return { effects: {}, watchedMs: 0, why: reasonOf(error) };
    }
  }

  /** How a run of a Job, or of what a CronJob makes, goes undisturbed; undefined: not to its end. */
  work(served: Served): Work | undefined {
    const place = served.workloads[0]!;
    const object = this.manifests.objects[place]!;
    const [name, namespace] = [nameOf(object), namespaceOf(object)];
    const job = object.kind === 'Job' ? name : `audit-${name}`.slice(0, 63);
    const once = (images: readonly OperationOf<'image'>[]) => {
      const session = this.begin();
      const driver = driverOf(session);
      const since = lastEntry(driver);
      const start = [{ op: 'namespace', name: namespace } as const, ...images, ...runOf(object, job)];
      try {
        for (const operation of start) play(session, operation);
        const end = driver.now + WORK_ENDS_MS;
        let found: Job | undefined;
        while (driver.now < end && (found === undefined || !isFinished(found))) {
          play(session, passing(ASKED_MS));
          found = lastOf(driver.history, since, namespace, job);
        }
      } catch (error) {
        reasonOf(error);
        return undefined;
      }
      const ran = undisturbed(driver.history, since, namespace, job);
      return ran && { ...ran, assumed: driver.simulation?.assumedImages() ?? [] };
    };
    const plain = once([]);
    if (plain === undefined) return undefined;
    const own = new Set(containersOf(object).map(({ container }) => text(container, ['image'])));
    const assumed = plain.assumed.filter((image) => own.has(image.name) && image.ends);
    const images = assumed.map(
      (image): OperationOf<'image'> => ({ op: 'image', image: image.name, behaviour: LASTING }),
    );
    const { tookMs, seenMs, durations } = (images.length === 0 ? undefined : once(images)) ?? plain;
    const next = nextRunOf(object, driverOf(this.begin()).now);
    return {
      place,
      kind: object.kind as Work['kind'],
      namespace,
      name,
      job,
      tookMs,
      seenMs,
      durations,
      images,
      ...(next === undefined ? {} : { next }),
    };
  }

  /** Of each workload, how many that served do not, of those that are still wanted. */
  private missing(session: Session, before: readonly number[]): number[] {
    const state = presentState(session);
    return serving(session, this.workloads).map((now, i) => {
      const { kind, namespace, name } = this.workloads[i]!;
      const wanted = [...objectsOf(state, kind)].find(
        ({ metadata }) => metadata.namespace === namespace && metadata.name === name,
      ) as { spec?: { replicas?: number } } | undefined;
      return Math.max(0, Math.min(before[i]!, wanted?.spec?.replicas ?? before[i]!) - now);
    });
  }

  /** Among the workloads, the one that is counted. */
  private placeOf(workloads: readonly number[]): number {
    return this.workloads.findIndex((w) => workloads.includes(w.place));
  }

  /** Of those whose ready replicas are counted, by their URLs. */
  private countedAmong(
    services: readonly Served[],
    before: readonly number[],
    start: { readonly since: EntryId; readonly from: Millis },
  ): Map<string, ReadinessSoFar> {
    return new Map(
      services.flatMap(({ as, url, workloads }) => {
        if (as !== 'workload') return [];
        const i = this.placeOf(workloads);
        return [[url, new ReadinessSoFar(this.workloads[i]!, start, before[i]!)] as const];
      }),
    );
  }

  private effects(
    session: Session,
    services: readonly Served[],
    before: readonly number[],
    missing: readonly number[],
    counted: ReadonlyMap<string, ReadinessSoFar>,
  ): Record<string, Effect> {
    const driver = driverOf(session);
    const clients = networkOf(driver).clients();
    const effects: Record<string, Effect> = {};
    for (const { as, url, workloads } of services) {
      if (as === 'workload') {
        const so = counted.get(url)!.take(driver.history, driver.now);
        effects[url] = so.effect(missing[this.placeOf(workloads)]!);
        continue;
      }
      const client = clients.find((c) => c.url === url);
      const behind = (counts: readonly number[]): number =>
        this.workloads.reduce((sum, w, i) => sum + (workloads.includes(w.place) ? counts[i]! : 0), 0);
      if (client !== undefined) effects[url] = effectOn(client, driver.now, behind(before), behind(missing));
    }
    return effects;
  }

  /** A cluster of changed manifests, of the caller's own; why there is none. */
  private beginWith(changed: Changed, options: Pick<SessionOptions, 'limits'>): Session | string {
    const { key } = changed;
    const found = this.changed.get(key) ?? this.bring(changed);
    this.changed.delete(key);
    this.changed.set(key, found);
    const [oldest] = this.changed.keys();
    if (this.changed.size > KEPT) this.changed.delete(oldest!);
    return typeof found === 'string' ? found : forkSession(found, { ...found.options, ...options });
  }

  /**
   * Applies what is changed to the running cluster; what cannot be changed in one is made anew. A Job is
   * made anew in each trial of it.
   */
  private bring({ objects, seed }: Changed): Session | string {
    const own = this.manifests.objects;
    const session = this.begin();
    const changes = objects
      .filter((object, place) => object.kind !== 'Job' && !isSame(object, own[place]))
      .map(yamlOf)
      .join('\n---\n');
    if (changes === '') return session;
    try {
      if (seed !== undefined) play(session, { op: 'seed', seed });
      play(session, { op: 'manifest', text: changes });
    } catch (error) {
      if (!(error instanceof InputError) && !(error instanceof ClaimError)) throw error;
      return this.anew(objects, seed);
    }
    return settled(session);
  }

  private anew(objects: readonly ManifestObject[], seed = this.seed): Session | string {
    const text = objects.map(yamlOf).join('\n---\n');
    try {
      return this.options.beginnings.begin(seed, this.scene([text]));
    } catch (error) {
      return reasonOf(error);
    }
  }
}

/** Begins a run: of a Job as it is to be, of a CronJob by hand. */
function runOf(object: ManifestObject, job: string): Operation[] {
  const namespace = namespaceOf(object);
  return object.kind === 'Job'
    ? [
        ...steps(`When I run "kubectl delete job ${job} --ignore-not-found -n ${namespace}"`),
        { op: 'manifest', text: yamlOf(object) },
      ]
    : steps(`When I run "kubectl create job ${job} --from=cronjob/${nameOf(object)} -n ${namespace}"`);
}

/** So far ahead is waited for a run. */
const AHEAD_MS = 8 * 24 * 3_600_000;
/** Changed manifests take a while until they are ready. */
const SETTLED_MS = 600_000;

/** The next run of a CronJob that is due in time. */
function nextRunOf(object: ManifestObject, now: Millis): Work['next'] {
  if (object.kind !== 'CronJob') return undefined;
  try {
    const schedule = scheduleOf(text(object, ['spec', 'schedule']) ?? '');
    const zone = text(object, ['spec', 'timeZone']);
    const first = nextOf(schedule, (EPOCH + now + SETTLED_MS) / 1000, zone);
    const second = first === undefined ? undefined : nextOf(schedule, first, zone);
    if (second === undefined || first! * 1000 > EPOCH + now + AHEAD_MS) return undefined;
    const job = `${nameOf(object)}-${Math.floor(first! / 60)}`;
    return { at: first! * 1000 - EPOCH, job, everyMs: (second - first!) * 1000 };
  } catch {
    return undefined;
  }
}

/** Objects may have come from another process. */
const isSame = (a: ManifestObject, b: ManifestObject | undefined): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** With every Pod ready and every route known. */
function settled(session: Session): Session | string {
  try {
    for (const operation of [{ op: 'everyPodReady' } as const, CALM]) play(session, operation);
    return session;
  } catch (error) {
    return reasonOf(error);
  }
}
