/** What a user got wrong, by what is told of it: beside the catalogue, since few meet it, and a page can wait. */
type Nothing = Readonly<Record<string, never>>;

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
}
