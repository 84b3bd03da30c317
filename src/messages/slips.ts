/** What users get wrong, and what is told of it. */
import type { FieldType } from './fieldtypes.ts';

type Nothing = Readonly<Record<string, never>>;

/** What a fault is aimed at, but for workloads, whose words are a cluster's. */
export type Aim =
  | 'node'
  | 'pod'
  | 'container'
  | 'workload'
  | 'budget'
  | 'quota'
  | 'configMap'
  | 'secret'
  | 'claim'
  | 'job'
  | 'cronJob'
  | 'definition'
  | 'webhook'
  | 'apiService'
  | 'account'
  | 'binding'
  | 'metric'
  | 'none';

/** By what is told of it. It stands beside the catalogue, since few meet it, and a page can wait. */
export interface SlipMessages {
  settingDuration: { readonly name: string; readonly value: string };
  settingBoolean: { readonly name: string; readonly value: string };
  settingBounds: {
    readonly name: string;
    readonly least: string;
    readonly most: string;
    readonly value: string;
  };
  settingRange: { readonly name: string; readonly value: string };
  deschedulerPolicy: { readonly problem: string };
  settingFlag: { readonly name: string; readonly flag: string };
  nodeGroupSize: { readonly name: string; readonly min: number; readonly max: number };
  nodeGroupRows: { readonly rows: number };
  settingPool: { readonly name: string; readonly value: string };
  settingSubnet: { readonly name: string; readonly example: string; readonly value: string };
  settingNumber: { readonly name: string; readonly value: string };
  settingFixed: { readonly name: string };
  nodeQuantity: {
    readonly node: string;
    readonly column: string;
    readonly text: string;
    readonly example: string;
  };
  nodeLabel: { readonly node: string; readonly label: string };
  nodeTaint: { readonly node: string; readonly taint: string; readonly effects: readonly string[] };
  nodePods: { readonly node: string; readonly pods: string };
  nodeZone: { readonly node: string; readonly zone: string };
  noNodeColumn: { readonly column: string; readonly columns: readonly string[] };
  noNodeNames: { readonly column: string };
  nodeWithoutName: { readonly row: number };
  nodeName: { readonly name: string };
  nodeTwice: { readonly name: string };
  noNodeRows: Nothing;
  nodeRole: { readonly node: string; readonly role: string; readonly known: string };
  clusterTwice: Nothing;
  planeWithoutNode: Nothing;
  clusterSize: { readonly most: number; readonly asked: number };
  bareNode: { readonly line: number; readonly column: number };
  clientTooFast: { readonly most: number; readonly asked: number };
  metricQuantity: { readonly metric: string; readonly value: string };
  manyContainers: {
    readonly kind: string;
    readonly name: string;
    readonly containers: readonly string[];
    readonly line: string;
  };
  noRollout: { readonly kind: string; readonly kinds: readonly string[] };
  neverStuck: { readonly kind: string };
  noCapacity: { readonly wanted: string };
  tagNumber: { readonly what: string; readonly example: string; readonly text: string };
  notThere: { readonly what: string; readonly name: string; readonly namespace: string };
  noDefinition: { readonly name: string };
  membersLost: { readonly members: number; readonly lost: number };
  noLeader: { readonly process: string };
  leaderDown: { readonly process: string };
  nodeOff: { readonly node: string };
  noKey: { readonly what: string; readonly name: string };
  isImmutable: { readonly what: string; readonly name: string };
  noReadinessProbe: { readonly pods: readonly string[] };
  pathNotAbsolute: { readonly path: string };
  noFileIn: { readonly path: string; readonly pods: readonly string[] };
  selfPartition: { readonly node: string };
  reachesItself: { readonly node: string };
  noNodeObject: { readonly node: string };
  jobEnded: { readonly name: string };
  noJobPod: { readonly name: string };
  alreadySuspended: { readonly kind: string; readonly name: string };
  claimUnbound: { readonly claim: string };
  claimOnNode: { readonly claim: string };
  claimUnmounted: { readonly claim: string };
  notScaled: { readonly kind: string };
  imageExists: { readonly image: string };
  dnsMode: { readonly mode: string };
  faultNeedsZone: { readonly fault: string };
  faultNeedsNode: { readonly fault: string };
  faultNeedsPod: { readonly fault: string };
  faultNeedsWorkload: { readonly fault: string };
  noDuration: { readonly text: string };
  nothingToChoose: Nothing;
  repeatedTooOften: { readonly times: number };
  noProcess: { readonly process: string };
  needsKubectl: Nothing;
  noPodLabel: Nothing;
  noNodeToLabel: Nothing;
  notOnPlane: { readonly component: string; readonly nodes: readonly string[] };
  noEtcdLeader: Nothing;
  /** `problem`: the API server's own words. */
  badSelector: { readonly selector: string; readonly problem: string };
  noProxyToStop: Nothing;
  lastNodes: Nothing;
  /** `what`: the kind; `name` may carry a namespace. */
  noneSuch: { readonly what: string; readonly name: string };
  noNamesServer: Nothing;
  noNodeGroup: Nothing;
  noPolicySelector: { readonly operator: string };
  selectorOnly: { readonly fault: string };
  noApiService: { readonly name: string; readonly others: readonly string[] };
  noWebhook: { readonly name: string; readonly others: readonly string[] };
  badField: { readonly column: string; readonly type: FieldType; readonly text: string };
  fieldMissing: { readonly fault: string; readonly column: string; readonly type: FieldType };
  notAmong: {
    readonly fault: string;
    readonly column: string;
    readonly among: readonly string[];
    readonly text: string;
  };
  noColumn: { readonly fault: string; readonly column: string; readonly columns: readonly string[] };
  badTarget: { readonly target: Aim; readonly text: string; readonly workloads: readonly string[] };
  noTargetWanted: { readonly text: string };
  badMode: { readonly mode: string };
  /** `of`: `pod "web"`, `Deployment default/web`. */
  noContainer: { readonly of: string; readonly container: string; readonly others: readonly string[] };
  containerNotRunning: { readonly container: string; readonly pod: string };
  noContainerTemplate: { readonly target: string };
  noWorkload: { readonly kind: string; readonly served: boolean; readonly kinds: readonly string[] };
  leftBehind: { readonly left: string };
  strikeMissed: { readonly at: string; readonly fault: string; readonly problem: string };
  noFaultFits: Nothing;
  anyRange: { readonly least: number; readonly most: number; readonly nodes: boolean };

  /** Of a schedule's file; `problem`: the parser's own words. */
  notYaml: { readonly problem: string };
  noSchedule: Nothing;
  noScheduleKey: { readonly key: string };
  noFaultsKey: Nothing;
  keyIsList: { readonly key: string };
  keyIsText: { readonly key: string };
  noNumberKey: { readonly key: string };
  keyIsNumber: { readonly key: string; readonly text: string };
  entryIsMap: { readonly forms: readonly string[] };
  entryHasOne: { readonly forms: readonly string[]; readonly found: readonly string[] };
  formTakes: { readonly form: string; readonly taken: readonly string[]; readonly key: string };
  noDo: Nothing;

  /** What a cluster that is not simulated does not do. */
  sendsNone: Nothing;
  tellsNone: Nothing;
  takesNone: Nothing;
  nodesNotReady: Nothing;
  badFieldPath: { readonly path: string; readonly problem: string };
  badHeader: { readonly text: string };
  noPort: { readonly port: string };
  senderNotRunning: { readonly pod: string };
  clientTooSlow: { readonly asked: number };
  openQuote: { readonly line: string };
  noFileAmong: { readonly path: string; readonly others: readonly string[] };
  propertyNotHere: Nothing;
  noLine: Nothing;
  numberTooLarge: { readonly most: number };
  ambiguousStep: { readonly step: string; readonly phrases: readonly string[] };
  withSeed: { readonly seed: string; readonly problem: string };
  historyCut: Nothing;
  missingNamespace: { readonly name: string };
  missingAccount: { readonly name: string };
  missingPriorityClass: { readonly name: string };
  /** `now`: as the clock shows it. */
  noInstant: { readonly time: string; readonly now: string };
  instantIsOver: { readonly time: string; readonly now: string };
  /** Of what an image or a webhook does; `problem` is said already. */
  badBehaviour: {
    readonly of: 'image' | 'webhook' | 'conversion';
    readonly name: string;
    readonly problem: string;
  };
}
