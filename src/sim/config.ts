import type { Bug } from './planted.ts';

/** Rules that Kubernetes has given up. Each is today's where it is absent. */
export interface FormerBehaviour {
  /**
   * Kubelets before 1.22 deleted an ended pod at the next of the status manager's ticks (10 s) only, once its
   * resources were reclaimed (pkg/kubelet/status/status_manager.go, syncPeriod; canBeDeleted). The ticks
   * begin with the kubelet, as its relists do.
   */
  readonly podCleanupTickMs?: number;
  /**
   * Kubelets before 1.27 left a deleted pod that would have been restarted in its phase until it was gone
   * (KEP-3329; pkg/kubelet/kubelet_pods.go, getPhase): until then it takes room on its node.
   */
  readonly deletedPodKeepsPhase?: boolean;
  /**
   * Schedulers of 1.19 to 1.22 did not spread by the system's default constraints over nodes without one of
   * their keys, zone or host name (kubernetes/kubernetes#105046;
   * pkg/scheduler/framework/plugins/podtopologyspread/scoring.go, PreScore).
   */
  readonly defaultSpreadNeedsAllKeys?: boolean;
  /**
   * Schedulers before 1.22 balanced what is requested with 100m and 200Mi for containers that request
   * nothing, by the whole difference of the shares, and gave a node that this fills 0
   * (kubernetes/kubernetes#102925, #101946;
   * pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go).
   */
  readonly balanceCountsDefaults?: boolean;
  /**
   * Weights of scores by plugin, where they are other than today's
   * (pkg/scheduler/algorithmprovider/registry.go up to 1.21); 0 leaves the plugin out.
   */
  readonly scoreWeights?: Readonly<Record<string, number>>;
  /**
   * ReplicaSets before 1.22 scaled down exactly the youngest, not by the logarithm of age
   * (KEP-2185; pkg/controller/controller_utils.go, ActivePodsWithRanks).
   */
  readonly scaleDownByExactAge?: boolean;
}

/**
 * Settings of a cluster: flags of the real components, by the flag's name in camel case, in the units shown.
 * Defaults are Kubernetes 1.36's.
 */
export interface ClusterConfig {
  /**
   * --kube-api-qps and --kube-api-burst of kube-controller-manager, for each controller's client (20 and 30:
   * pkg/controller/apis/config/v1alpha1/defaults.go, before the 50 and 100 that component-base recommends).
   * Of all components: 0 is client-go's default, 5 (staging/src/k8s.io/client-go/rest/config.go); below 0
   * there is no limit.
   */
  controllerManagerKubeAPIQPS: number;
  controllerManagerKubeAPIBurst: number;
  /** The same of kube-scheduler (50 and 100: pkg/scheduler/apis/config/v1/defaults.go). */
  schedulerKubeAPIQPS: number;
  schedulerKubeAPIBurst: number;
  /**
   * The kubelet's kubeAPIQPS and kubeAPIBurst (50 and 100 since 1.27:
   * pkg/kubelet/apis/config/v1beta1/defaults.go). It refuses what is below 0
   * (pkg/kubelet/apis/config/validation/validation.go).
   */
  kubeletKubeAPIQPS: number;
  kubeletKubeAPIBurst: number;
  /** --node-monitor-period of kube-controller-manager. */
  nodeMonitorPeriodMs: number;
  /** --node-monitor-grace-period: since when a silent node is Unknown (40 s until 1.31, 50 s since). */
  nodeMonitorGracePeriodMs: number;
  /** --node-startup-grace-period. */
  nodeStartupGracePeriodMs: number;
  /** --node-eviction-rate, --secondary-node-eviction-rate: nodes per second that get the NoExecute taint. */
  nodeEvictionRate: number;
  secondaryNodeEvictionRate: number;
  /** --unhealthy-zone-threshold. */
  unhealthyZoneThreshold: number;
  /** --large-cluster-size-threshold. */
  largeClusterSizeThreshold: number;
  /** --terminated-pod-gc-threshold. */
  terminatedPodGCThreshold: number;
  /** --horizontal-pod-autoscaler-sync-period. */
  horizontalPodAutoscalerSyncPeriodMs: number;
  /** --horizontal-pod-autoscaler-downscale-stabilization: how long the highest recommendation holds. */
  horizontalPodAutoscalerDownscaleStabilizationMs: number;
  /** --horizontal-pod-autoscaler-tolerance: how far use may be from its target, as a share of it. */
  horizontalPodAutoscalerTolerance: number;
  /** --horizontal-pod-autoscaler-cpu-initialization-period. */
  horizontalPodAutoscalerCpuInitializationPeriodMs: number;
  /** --horizontal-pod-autoscaler-initial-readiness-delay. */
  horizontalPodAutoscalerInitialReadinessDelayMs: number;
  /** Whether the cluster has a metrics-server, as managed ones mostly do. */
  metricsServer: boolean;
  /** DefaultTolerationSeconds admission plugin: not-ready and unreachable. */
  defaultNotReadyTolerationSeconds: number;
  defaultUnreachableTolerationSeconds: number;
  /** Kubelet: nodeLeaseDurationSeconds 40, renewed every quarter of it. */
  nodeLeaseRenewMs: number;
  /** Kubelet: nodeStatusUpdateFrequency, nodeStatusReportFrequency. */
  nodeStatusUpdateFrequencyMs: number;
  nodeStatusReportFrequencyMs: number;
  /**
   * Kubelet: shutdownGracePeriod and shutdownGracePeriodCriticalPods (0 in Kubernetes' defaults; 30 s and 10
   * s here, as distributions set them).
   */
  shutdownGracePeriodMs: number;
  shutdownGracePeriodCriticalPodsMs: number;
  /** Kubelet: containers' restart back-off, CrashLoopBackOff (10 s doubling to 300 s). */
  crashLoopInitialMs: number;
  crashLoopMaxMs: number;
  /** Kubelet: period of the pod life-cycle event generator's relist. */
  plegRelistMs: number;
  /** Rules of earlier releases, to replay what was recorded with them; absent, as today. */
  formerly?: FormerBehaviour;
  /** A bug on purpose, for those who prove that it is found; absent: none. No step can set it. */
  planted?: Bug;
  /** etcd's --event-ttl at the API server, 1 h. */
  eventTtlMs: number;
  /** --service-cluster-ip-range (first two octets used), --service-node-port-range. */
  serviceSubnet: string;
  podSubnet: string;
  nodePortMin: number;
  nodePortMax: number;
  /**
   * Addresses that Services of type LoadBalancer are given, as MetalLB gives them in a cluster without a
   * cloud: `172.18.255.200-172.18.255.250`, `192.0.2.0/28`. '': there is no load balancer, and they wait.
   */
  loadBalancerAddresses: string;
  /** Whether a new cluster has an ingress controller, as minikube's addon gives it. */
  ingressController: boolean;
  /** Whether a new cluster has a controller of Gateways: NGINX Gateway Fabric. */
  gatewayController: boolean;
  /**
   * Flags of the cluster autoscaler that a managed cluster comes with, which no Pod of it runs:
   * `--nodes=1:10:node --expander=random`. '': it has none.
   */
  clusterAutoscaler: string;
  /**
   * Whether a Pod that runs as the account `default`, and says nothing of a token, is given a volume with one
   * too, as in Kubernetes. Without it histories of clusters in which nobody asks for the API stay short.
   */
  tokensInEveryPod: boolean;
  /**
   * Whether every service account is given a Secret with a token, which stands in its `secrets`, as before
   * 1.24 (feature gate LegacyServiceAccountTokenNoAutoGeneration). Upstream's tests of 1.20 wait for it.
   */
  legacyAccountSecrets: boolean;
  /**
   * Whom the API server's PodSecurity does not ask (`exemptions` of its PodSecurityConfiguration): names with
   * commas between.
   */
  podSecurityExemptNamespaces: string;
  podSecurityExemptUsernames: string;
  podSecurityExemptRuntimeClasses: string;
  /** Drain's pause between refused evictions, 5 s in kubectl. */
  evictionRetryMs: number;
  /**
   * Feature gate MaxUnavailableStatefulSet: off in 1.36, as kubernetes/kubernetes#137904 left it;
   * updateStrategy.rollingUpdate.maxUnavailable then has no effect.
   */
  maxUnavailableStatefulSet: boolean;
  /**
   * Feature gate ControllerManagerReleaseLeaderElectionLockOnExit, alpha and off in 1.36: a controller
   * manager that is told to end lets go of its Lease, as the scheduler does.
   */
  controllerManagerReleaseLeaderElectionLockOnExit: boolean;
  /** Whether a new cluster has a default StorageClass, `standard`, as kind's and minikube's have. */
  defaultStorageClass: boolean;
  /**
   * Feature gate PodTopologyLabelsAdmission, beta and on from 1.35: Pods get the labels of their node's zone
   * and region when they are bound. Off here, so that Pods have the labels that their manifests say.
   */
  podTopologyLabelsAdmission: boolean;
  /**
   * Whether the admission plugin OwnerReferencesPermissionEnforcement is on, which it is not in a cluster as
   * it comes: who names an owner needs the right to delete what he writes.
   */
  ownerReferencesPermissionEnforcement: boolean;
  /**
   * Feature gate NotEvictPodOnKubeletRestart, in no release up to 1.36 (kubernetes/kubernetes#133803): a
   * kubelet that restarts does not ask again whether the node's labels and taints suit a pod that runs there.
   */
  notEvictPodOnKubeletRestart: boolean;
}

const YEAR_MS = 365 * 86_400_000;

/** Settings that a cluster is made with and keeps: addresses are given out by them. */
export const FIXED_SETTINGS: readonly (keyof ClusterConfig)[] = [
  'serviceSubnet',
  'podSubnet',
  'defaultStorageClass',
  'loadBalancerAddresses',
  'ingressController',
  'gatewayController',
];

/**
 * The least and the most that a number may be: a period of 0 s would never let time pass, and a cluster has
 * ports from 1 to 65535. Those that are not named take any number from 0.
 */
export const SETTING_BOUNDS: Readonly<
  Partial<Record<keyof ClusterConfig, readonly [least: number, most: number]>>
> = {
  controllerManagerKubeAPIQPS: [-1, 1e6],
  controllerManagerKubeAPIBurst: [1, 1e6],
  schedulerKubeAPIQPS: [-1, 1e6],
  schedulerKubeAPIBurst: [1, 1e6],
  kubeletKubeAPIQPS: [0, 1e6],
  kubeletKubeAPIBurst: [1, 1e6],
  nodeMonitorPeriodMs: [10, YEAR_MS],
  nodeMonitorGracePeriodMs: [10, YEAR_MS],
  nodeEvictionRate: [0, 1e6],
  secondaryNodeEvictionRate: [0, 1e6],
  unhealthyZoneThreshold: [0, 1],
  nodeLeaseRenewMs: [10, YEAR_MS],
  nodeStatusUpdateFrequencyMs: [10, YEAR_MS],
  nodeStatusReportFrequencyMs: [10, YEAR_MS],
  crashLoopInitialMs: [10, YEAR_MS],
  crashLoopMaxMs: [10, YEAR_MS],
  plegRelistMs: [10, YEAR_MS],
  eventTtlMs: [10, YEAR_MS],
  evictionRetryMs: [10, YEAR_MS],
  horizontalPodAutoscalerSyncPeriodMs: [10, YEAR_MS],
  nodePortMin: [1, 65_535],
  nodePortMax: [1, 65_535],
};

export const DEFAULT_CONFIG: Readonly<ClusterConfig> = {
  controllerManagerKubeAPIQPS: 20,
  controllerManagerKubeAPIBurst: 30,
  schedulerKubeAPIQPS: 50,
  schedulerKubeAPIBurst: 100,
  kubeletKubeAPIQPS: 50,
  kubeletKubeAPIBurst: 100,
  nodeMonitorPeriodMs: 5_000,
  nodeMonitorGracePeriodMs: 50_000,
  nodeStartupGracePeriodMs: 60_000,
  nodeEvictionRate: 0.1,
  secondaryNodeEvictionRate: 0.01,
  unhealthyZoneThreshold: 0.55,
  largeClusterSizeThreshold: 50,
  terminatedPodGCThreshold: 12_500,
  horizontalPodAutoscalerSyncPeriodMs: 15_000,
  horizontalPodAutoscalerDownscaleStabilizationMs: 300_000,
  horizontalPodAutoscalerTolerance: 0.1,
  horizontalPodAutoscalerCpuInitializationPeriodMs: 300_000,
  horizontalPodAutoscalerInitialReadinessDelayMs: 30_000,
  metricsServer: true,
  defaultNotReadyTolerationSeconds: 300,
  defaultUnreachableTolerationSeconds: 300,
  nodeLeaseRenewMs: 10_000,
  nodeStatusUpdateFrequencyMs: 10_000,
  nodeStatusReportFrequencyMs: 300_000,
  shutdownGracePeriodMs: 30_000,
  shutdownGracePeriodCriticalPodsMs: 10_000,
  crashLoopInitialMs: 10_000,
  crashLoopMaxMs: 300_000,
  plegRelistMs: 1_000,
  eventTtlMs: 3_600_000,
  serviceSubnet: '10.96',
  podSubnet: '10.244',
  nodePortMin: 30_000,
  nodePortMax: 32_767,
  loadBalancerAddresses: '',
  tokensInEveryPod: false,
  legacyAccountSecrets: false,
  podSecurityExemptNamespaces: '',
  podSecurityExemptUsernames: '',
  podSecurityExemptRuntimeClasses: '',
  ingressController: false,
  gatewayController: false,
  clusterAutoscaler: '',
  evictionRetryMs: 5_000,
  maxUnavailableStatefulSet: false,
  controllerManagerReleaseLeaderElectionLockOnExit: false,
  defaultStorageClass: true,
  podTopologyLabelsAdmission: false,
  ownerReferencesPermissionEnforcement: false,
  notEvictPodOnKubeletRestart: false,
};
