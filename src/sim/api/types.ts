/**
 * The kinds a simulated cluster serves, as they are stored: after defaulting, with `metadata` complete.
 * Field types come from `kubernetes-models` (Kubernetes 1.36), imported as types only.
 */
import type {
  IControllerRevision,
  IDaemonSet,
  IDeployment,
  IReplicaSet,
  IStatefulSet,
} from 'kubernetes-models/apps/v1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { ICronJob, IJob } from 'kubernetes-models/batch/v1';
import type { ILease } from 'kubernetes-models/coordination.k8s.io/v1';
import type { IEndpointSlice } from 'kubernetes-models/discovery.k8s.io/v1';
import type { IIngress, IIngressClass, INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IPriorityClass } from 'kubernetes-models/scheduling.k8s.io/v1';
import type {
  ICSIDriver,
  ICSINode,
  IStorageClass,
  IVolumeAttachment,
} from 'kubernetes-models/storage.k8s.io/v1';
import type {
  IConfigMap,
  IEndpoints,
  ILimitRange,
  INamespace,
  INode,
  IPersistentVolume,
  IPersistentVolumeClaim,
  IPod,
  IReplicationController,
  IResourceQuota,
  ISecret,
  IService,
  IServiceAccount,
} from 'kubernetes-models/v1';

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/**
 * ObjectMeta as stored. Times are RFC 3339 strings, as in Kubernetes (`rfc3339` in `time.ts` converts from
 * virtual time).
 */
export interface ObjectMeta {
  name: string;
  generateName?: string;
  /** Absent for cluster-scoped kinds. */
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
}

/**
 * Any stored object. Stored objects are immutable: change one by writing a new value through the API server.
 */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: unknown;
  status?: unknown;
}

type Given<M, K extends string> = K extends keyof M ? { [P in K]: NonNullable<M[P]> } : unknown;
/** The stored form of a kind of `kubernetes-models`. */
export type Modelled<M> = KubeObject &
  Omit<M, 'apiVersion' | 'kind' | 'metadata' | 'spec' | 'status'> &
  Given<Required<M>, 'spec'> &
  Given<Required<M>, 'status'>;

type Stored<K extends string, M extends { apiVersion: string }> = Omit<M, 'metadata' | 'kind' | 'status'> & {
  kind: K;
  metadata: ObjectMeta;
};
type WithSpec<M extends { spec?: unknown }> = { spec: NonNullable<M['spec']> };
type WithStatus<M extends { status?: unknown }> = { status: NonNullable<M['status']> };

export type Pod = Stored<'Pod', IPod> & WithSpec<IPod> & WithStatus<IPod>;
export type Node = Stored<'Node', INode> & WithSpec<INode> & WithStatus<INode>;
export type Namespace = Stored<'Namespace', INamespace> & WithSpec<INamespace> & WithStatus<INamespace>;
export type Service = Stored<'Service', IService> & WithSpec<IService> & WithStatus<IService>;
export type Endpoints = Stored<'Endpoints', IEndpoints>;
export type EndpointSlice = Stored<'EndpointSlice', IEndpointSlice>;
export type ConfigMap = Stored<'ConfigMap', IConfigMap>;
export type Secret = Stored<'Secret', ISecret>;
export type ServiceAccount = Stored<'ServiceAccount', IServiceAccount>;
export type ResourceQuota = Stored<'ResourceQuota', IResourceQuota> &
  WithSpec<IResourceQuota> &
  WithStatus<IResourceQuota>;
export type LimitRange = Stored<'LimitRange', ILimitRange> & WithSpec<ILimitRange>;
export type HorizontalPodAutoscaler = Stored<'HorizontalPodAutoscaler', IHorizontalPodAutoscaler> &
  WithSpec<IHorizontalPodAutoscaler> &
  WithStatus<IHorizontalPodAutoscaler>;
export type Lease = Stored<'Lease', ILease> & WithSpec<ILease>;
export type PriorityClass = Stored<'PriorityClass', IPriorityClass>;
export type ReplicaSet = Stored<'ReplicaSet', IReplicaSet> & WithSpec<IReplicaSet> & WithStatus<IReplicaSet>;
export type Deployment = Stored<'Deployment', IDeployment> & WithSpec<IDeployment> & WithStatus<IDeployment>;
export type StatefulSet = Stored<'StatefulSet', IStatefulSet> &
  WithSpec<IStatefulSet> &
  WithStatus<IStatefulSet>;
export type DaemonSet = Stored<'DaemonSet', IDaemonSet> & WithSpec<IDaemonSet> & WithStatus<IDaemonSet>;
export type Job = Stored<'Job', IJob> & WithSpec<IJob> & WithStatus<IJob>;
export type CronJob = Stored<'CronJob', ICronJob> & WithSpec<ICronJob> & WithStatus<ICronJob>;
export type ReplicationController = Stored<'ReplicationController', IReplicationController> &
  WithSpec<IReplicationController> &
  WithStatus<IReplicationController>;
export type ControllerRevision = Stored<'ControllerRevision', IControllerRevision>;
export type PodDisruptionBudget = Stored<'PodDisruptionBudget', IPodDisruptionBudget> &
  WithSpec<IPodDisruptionBudget> &
  WithStatus<IPodDisruptionBudget>;

export type NetworkPolicy = Modelled<INetworkPolicy>;
export type Ingress = Modelled<IIngress>;
export type IngressClass = Modelled<IIngressClass>;

export type PersistentVolume = Stored<'PersistentVolume', IPersistentVolume> &
  WithSpec<IPersistentVolume> &
  WithStatus<IPersistentVolume>;
export type PersistentVolumeClaim = Stored<'PersistentVolumeClaim', IPersistentVolumeClaim> &
  WithSpec<IPersistentVolumeClaim> &
  WithStatus<IPersistentVolumeClaim>;
export type StorageClass = Stored<'StorageClass', IStorageClass>;
export type VolumeAttachment = Stored<'VolumeAttachment', IVolumeAttachment> &
  WithSpec<IVolumeAttachment> &
  WithStatus<IVolumeAttachment>;
export type CSIDriver = Stored<'CSIDriver', ICSIDriver> & WithSpec<ICSIDriver>;
export type CSINode = Stored<'CSINode', ICSINode> & WithSpec<ICSINode>;

/** Core v1 Event, the fields the simulator fills. */
export interface Event {
  apiVersion: string;
  kind: 'Event';
  metadata: ObjectMeta;
  involvedObject: {
    kind: string;
    namespace?: string;
    name: string;
    uid: string;
    apiVersion: string;
    fieldPath?: string;
  };
  reason: string;
  message: string;
  type: 'Normal' | 'Warning';
  count: number;
  firstTimestamp: string;
  lastTimestamp: string;
  source: { component: string; host?: string };
  reportingComponent?: string;
  // What clients of events.k8s.io say in place of count, timestamps and source.
  eventTime?: string;
  series?: { count: number; lastObservedTime: string };
  action?: string;
  related?: Partial<Event['involvedObject']>;
  reportingInstance?: string;
}

/** Kind name to stored type. */
export interface KindMap {
  Namespace: Namespace;
  Node: Node;
  Lease: Lease;
  Pod: Pod;
  Service: Service;
  Endpoints: Endpoints;
  EndpointSlice: EndpointSlice;
  ConfigMap: ConfigMap;
  Secret: Secret;
  ServiceAccount: ServiceAccount;
  ResourceQuota: ResourceQuota;
  LimitRange: LimitRange;
  HorizontalPodAutoscaler: HorizontalPodAutoscaler;
  PriorityClass: PriorityClass;
  ReplicaSet: ReplicaSet;
  Deployment: Deployment;
  StatefulSet: StatefulSet;
  DaemonSet: DaemonSet;
  Job: Job;
  CronJob: CronJob;
  ReplicationController: ReplicationController;
  ControllerRevision: ControllerRevision;
  PodDisruptionBudget: PodDisruptionBudget;
  PersistentVolume: PersistentVolume;
  PersistentVolumeClaim: PersistentVolumeClaim;
  StorageClass: StorageClass;
  VolumeAttachment: VolumeAttachment;
  CSIDriver: CSIDriver;
  CSINode: CSINode;
  NetworkPolicy: NetworkPolicy;
  Ingress: Ingress;
  IngressClass: IngressClass;
  Event: Event;
}
export type Kind = keyof KindMap;

/**
 * What a resource is called: a built-in kind, by which its objects are typed, or any kind or group resource
 * (`widgets.example.com`) that the cluster serves.
 */
export type ResourceName = Kind | (string & {});
/** The type of a resource's objects. */
export type ObjectOf<R extends ResourceName> = R extends Kind ? KindMap[R] : KubeObject;

export type PodSpec = Pod['spec'];
export type PodStatus = Pod['status'];
export type Container = PodSpec['containers'][number];
/** One for looking at a Pod that runs, which is added to it later (`kubectl debug`). */
export type EphemeralContainer = NonNullable<PodSpec['ephemeralContainers']>[number];
export type Probe = NonNullable<Container['livenessProbe']>;
export type ContainerStatus = NonNullable<PodStatus['containerStatuses']>[number];
export type PodCondition = NonNullable<PodStatus['conditions']>[number];
export type NodeCondition = NonNullable<Node['status']['conditions']>[number];
export type Taint = NonNullable<Node['spec']['taints']>[number];
export type Toleration = NonNullable<PodSpec['tolerations']>[number];
export type PodTemplateSpec = Deployment['spec']['template'];
export type LabelSelector = Deployment['spec']['selector'];
export type IntOrString = number | string;
