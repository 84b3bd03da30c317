/** What a catalogue holds: the words of every message, in one language. */
import type { WorldMessages } from '../sim/messages.ts';
import type { BrokenMessages } from './broken.ts';
import type { HopFacts, StopFacts } from './ways.ts';

type Nothing = Readonly<Record<string, never>>;
type Hanging = 'docString' | 'table' | '';

/** What a change of an object amounts to, and how a failed claim is told. Clocks are printed already. */
export interface TellingMessages {
  created: Nothing;
  deleted: Nothing;
  markedForDeletion: Nothing;
  bound: { readonly node: string };
  phase: { readonly phase: string };
  /** `reason` '': none. */
  condition: { readonly type: string; readonly status: string; readonly reason: string };
  /** '': none. */
  taints: { readonly taints: string };
  statusUpdated: Nothing;
  updated: Nothing;

  /** A step, as it is written. */
  step: { readonly step: string };
  becauseOf: Nothing;
  /** Entries left out of the middle of a chain. */
  more: { readonly count: number };
  /** Lines left out of the middle of what a command printed. */
  moreLines: { readonly count: number };
  sameLines: { readonly count: number };
  found: { readonly found: string };
  doesNotHold: { readonly clock: string };
  didNotComeToHold: { readonly clock: string };
  firstBroken: { readonly clock: string };
  firstHeld: { readonly clock: string };
  heldAtNoMoment: { readonly clock: string };

  /** Of steps that wait. `limit`: a duration, printed. */
  notReadyAfter: { readonly limit: string; readonly count: number };
  stillMoving: { readonly limit: string; readonly moving: string };
  notBackAfter: { readonly limit: string };
  /** Why something is not ready. */
  listensNot: { readonly image: string; readonly port: number };
  podFailed: { readonly reason: string };
  podsNotMade: Nothing;
  /** Of a disruption budget that allows none: how many Pods are healthy, how many it wants. */
  budgetRefuses: { readonly healthy: number; readonly wanted: number };
  nothingSaid: Nothing;
}

/** What is to be said of a scenario beside what failed: claims that test nothing, what was left undone. */
export interface WarningMessages {
  /** `nearest` '': nothing that exists is like it. */
  selectorMetNothing: { readonly selector: string; readonly nearest: string };
  nameMetNothing: { readonly kind: string; readonly name: string; readonly nearest: string };
  containerMetNothing: { readonly container: string; readonly pod: string; readonly nearest: string };
  heldBefore: { readonly step: string };
  clientSentNothing: Nothing;
  /** Of a scenario that was to fail: the step that did, which claims nothing. */
  failedOtherwise: Nothing;
  nothingFollowed: { readonly step: string };
  /** Of real clusters: paths of the API, and times. */
  changesUnseen: { readonly paths: readonly string[]; readonly from: string; readonly to: string };
  /** Of kinds that are not simulated. */
  leftOut: { readonly documents: readonly string[] };
  stillGoingOn: {
    readonly terminating: number;
    readonly pending: number;
    readonly notReady: number;
    readonly step: string;
  };
}

/** What was found instead of what is claimed. '' stands for what there is none of. */
export interface FoundMessages {
  foundSuch: { readonly kind: string; readonly name: string };
  foundNoSuch: { readonly kind: string; readonly name: string };
  foundNoSuchIn: { readonly kind: string; readonly name: string; readonly namespace: string };
  foundUnseen: Nothing;
  foundReplicas: { readonly found: number; readonly wanted: number; readonly state: string };
  foundRollout: {
    readonly state: string;
    readonly wanted: number;
    readonly updated: number;
    readonly available: number;
  };
  foundPods: {
    readonly found: number;
    readonly of: number;
    readonly selector: string;
    readonly state: string;
    readonly pods: string;
  };
  foundOnNode: { readonly node: string };
  foundPod: { readonly pods: string };
  podState: {
    readonly name: string;
    readonly phase: string;
    readonly terminating: boolean;
    readonly ready: boolean;
  };
  foundNode: { readonly state: string; readonly cordoned: boolean };
  foundNotCordoned: Nothing;
  foundLeft: { readonly left: number; readonly pods: string };
  foundPlaces: { readonly count: number; readonly places: string };
  foundNowhere: Nothing;
  foundTogether: { readonly pods: string; readonly topology: string; readonly place: string };
  foundCondition: { readonly condition: string };
  foundNoCondition: { readonly type: string; readonly others: readonly string[] };
  foundField: { readonly value: string };
  /** Of a file or a variable; null: there was none. */
  foundInside: { readonly value: string | null };
  foundUnreported: Nothing;
  foundNoContainer: { readonly pod: string; readonly container: string };
  foundContainer: {
    readonly state: string;
    readonly why: string;
    readonly restarts: number;
    readonly last: string;
  };
  foundHealthy: { readonly healthy: number; readonly wanted: number };
  foundDisrupted: {
    readonly evicted: boolean;
    readonly pod: string;
    readonly healthy: number;
    readonly wanted: number;
  };
  foundAllowed: { readonly allowed: number };
  foundJob: {
    readonly isComplete: boolean;
    readonly hasFailed: boolean;
    readonly isSuspended: boolean;
    /** '' where there is none; so are indexes of a Job without. */
    readonly reason: string;
    readonly active: number;
    readonly succeeded: number;
    readonly succeededIndexes: string;
    readonly failed: number;
    readonly failedIndexes: string;
    /** That it took; of one that is complete. */
    readonly seconds: number | undefined;
  };
  /** `last`: when one was last made; '' for never. */
  foundCronJob: { readonly active: number; readonly last: string };
  foundStarted: { readonly started: number };
  /** '' for what is not known of it. */
  foundVolumeClaim: {
    readonly phase: string;
    readonly volume: string;
    readonly capacity: string;
    readonly reason: string;
  };
  /** Names of nodes; '' for none. */
  foundAttached: { readonly nodes: string };
  foundWanted: { readonly wanted: number };
  foundBroken: { readonly name: string; readonly message: string };
  foundAllHeld: Nothing;
  foundNothingRun: Nothing;
  /** `eventless`: several objects were described, of which kubectl tells no Events unless it is asked to. */
  foundPrinted: { readonly text: string; readonly eventless: boolean };
  foundEnded: { readonly line: string; readonly code: number; readonly printed: string };
  /** Of what an event is claimed; `expired`: when the last that would have done was forgotten, a clock. */
  foundEvents: { readonly events: readonly string[]; readonly more: number; readonly expired: string };
  foundUnsent: Nothing;
  /**
   * `ways`: how they failed, the most frequent first, as far as that is known; `more`: those that are not
   * among them. Of the first: `at`, seconds, printed; `outcome`, a status, or what came of it
   * instead.
   */
  foundFailures: {
    readonly ways: readonly { readonly count: number; readonly outcome: string; readonly stop: StopFacts }[];
    readonly more: number;
    readonly failed: number;
    readonly sent: number;
    readonly at: string;
    readonly outcome: string;
    readonly pod: string;
    readonly node: string;
  };
  foundNoFailure: Nothing;
  foundOutage: {
    readonly failed: number;
    readonly length: string;
    readonly clock: string;
    readonly isOn: boolean;
    /** Of its first request, as far as it is known. */
    readonly outcome: string;
    readonly stop: StopFacts | undefined;
  };
  /** `answer`: a status, or what came of it instead; `hops`: its way, empty where that explains nothing. */
  foundAnswer: {
    readonly hops: readonly HopFacts[];
    readonly answer: string;
    readonly tookMs: string;
    readonly isLate: boolean;
    readonly pod: string;
    readonly node: string;
    readonly isRight: boolean;
  };
  foundRoutes: { readonly addresses: number };
}

/** Of a step that no phrase fits; the nearest phrases stand below. */
export interface StepMessages {
  noPhrase: { readonly step: string };
  quotesWithinQuotes: Nothing;
  didYouMean: Nothing;
  /** Of a command that failed. */
  failureExpected: Nothing;
  /** Of a line of an old document. @param until the release that has it no more @param today a line */
  onceSo: { readonly until: string; readonly today: string };
  programsKnown: { readonly programs: readonly string[] };
}

/** Of bad input, and of what stands beside kubectl's own words. '' and an empty list: there is none. */
export interface InputMessages {
  commandEnded: { readonly code: number };
  noCluster: Nothing;
  noMark: { readonly mark: string };
  noFile: { readonly path: string };
  isFolder: { readonly path: string };
  noInvariant: { readonly name: string; readonly others: readonly string[] };
  noSetting: { readonly name: string; readonly others: readonly string[] };
  noRunningPod: { readonly selector: string; readonly namespace: string };
  noFault: { readonly fault: string; readonly nearest: string };
  noNode: { readonly node: string; readonly others: readonly string[] };
  noNodeIn: { readonly zone: string; readonly others: readonly string[] };
  noNodeMatching: { readonly selector: string };
  noPod: { readonly pod: string; readonly namespace: string };
  noPodMatching: { readonly selector: string; readonly namespace: string };
  versionRemoved: { readonly until: string; readonly today: string };
  servedAs: { readonly kind: string; readonly versions: readonly string[] };
  noKind: { readonly kind: string; readonly nearest: string };
  leaveOut: Nothing;
  /** Of a claim; `kinds`: those of the cluster. */
  noKindServed: { readonly kind: string; readonly kinds: readonly string[] };
  noUrl: { readonly url: string };
  /** Of a table of faults. `row` counts from 1; `problem` is said already. */
  faultRow: { readonly row: number; readonly problem: string };
  faultColumns: { readonly columns: readonly string[] };
  noFaultColumn: { readonly column: string; readonly columns: readonly string[] };
  noFaultRows: Nothing;
  emptyFault: Nothing;
  noTime: { readonly text: string };
  /** What hangs on a step: '' for nothing. */
  attachment: { readonly text: string; readonly wanted: Hanging; readonly given: Hanging };
  /** `reason` '': none is known. */
  noDrawPlayed: { readonly draws: number; readonly reason: string };
  kindNotSimulated: {
    readonly kind: string;
    readonly name: string;
    readonly file: string;
    readonly apiVersion: string;
  };
}

/** How a property that broke is told, and a scenario that was to fail. */
export interface FailureMessages {
  /** A feature of such. */
  counterexamples: Nothing;
  foundByRun: {
    readonly run: number;
    readonly runs: number;
    readonly name: string;
    readonly seed: number;
    readonly path: string;
  };
  savedAs: { readonly where: string };
  notSaved: { readonly why: string };
  neverReached: { readonly draws: number; readonly seed: number; readonly last: string };
  didNotFail: { readonly seeds: number };
  everyClaimHeld: Nothing;
}

/** How reports tell of a run, and of its warnings. */
export interface ReportMessages {
  /** Before what it failed with. `seed` '': its own. */
  failedAsExpected: { readonly seed: string };
  defect: { readonly message: string };
  debugShows: Nothing;
  /** Targets of a fault that are left out. */
  andMore: { readonly count: number };
  failures: Nothing;
  played: { readonly scenarios: number; readonly steps: number; readonly seconds: string };
  allureResults: { readonly folder: string };
  trainingReport: { readonly file: string };
  countPassed: { readonly count: number };
  countFailed: { readonly count: number };
  countWarnings: { readonly count: number };

  /** What stands before a warning, or before what is only worth knowing. */
  warning: Nothing;
  note: Nothing;
  /** What stands before one that belongs to a step of that line. */
  ofStep: { readonly line: number; readonly step: string };
  warningsFail: { readonly warnings: string };
  /** Fields that are stored only, a line each. */
  takenAsGiven: { readonly fields: string };
  strictSimulation: { readonly given: string };
  /** Images nobody described. */
  /** `ports`: `8080, 9090`; '' for none. */
  imageAssumed: { readonly image: string; readonly ports: string; readonly ends: boolean };
  imagesAssumed: { readonly images: string };
  webhookAssumed: { readonly webhook: string };
  webhooksAssumed: { readonly webhooks: string };
  scriptPassedOver: { readonly image: string; readonly what: string };
  scriptsPassedOver: { readonly scripts: string };
}

export type Messages = WorldMessages &
  TellingMessages &
  WarningMessages &
  FoundMessages &
  BrokenMessages &
  StepMessages &
  InputMessages &
  FailureMessages &
  ReportMessages;
export type Catalogue = { readonly [K in keyof Messages]: (args: Messages[K]) => string };
