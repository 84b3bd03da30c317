/**
 * Made from the struct tags of the types of Kubernetes 1.36: the types*.go of k8s.io/api,
 * k8s.io/apimachinery, k8s.io/apiextensions-apiserver and k8s.io/kube-aggregator v0.36.2.
 */
/* eslint-disable */
/**
 * The kinds of each apiVersion, with the message's group behind `#` where two groups share its name; `*`: those
 * that every version has.
 */
export const KINDS_BY_VERSION: Readonly<Record<string, string>> = {
  '*': 'DeleteOptions',
  'admissionregistration.k8s.io/v1':
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
  'apiregistration.k8s.io/v1': 'APIService',
  'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'authentication.k8s.io/v1': 'SelfSubjectReview TokenRequest TokenReview',
  'authorization.k8s.io/v1':
    'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  'autoscaling/v1': 'HorizontalPodAutoscaler Scale',
  'autoscaling/v2': 'HorizontalPodAutoscaler',
  'batch/v1': 'CronJob Job',
  'certificates.k8s.io/v1': 'CertificateSigningRequest',
  'coordination.k8s.io/v1': 'Lease',
  'discovery.k8s.io/v1': 'EndpointSlice',
  'events.k8s.io/v1': 'Event#events',
  'flowcontrol.apiserver.k8s.io/v1': 'FlowSchema PriorityLevelConfiguration',
  'networking.k8s.io/v1': 'IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR',
  'node.k8s.io/v1': 'RuntimeClass',
  'policy/v1': 'Eviction PodDisruptionBudget',
  'policy/v1beta1': 'Eviction PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'resource.k8s.io/v1': 'DeviceClass ResourceClaim#resource ResourceClaimTemplate ResourceSlice',
  'scheduling.k8s.io/v1': 'PriorityClass',
  'storage.k8s.io/v1':
    'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass',
  v1: 'Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount Status',
};

/** Messages in the notation that messages.ts beside this reads. */
export const MESSAGES: Readonly<Record<string, string>> = {
  ExtraValue: 'items 1 []s',
  FieldsV1: 'raw 1 s',
  IntOrString: 'type 1 l;intVal 2 i;strVal 3 s',
  JSON: 'raw 1 s',
  MicroTime: 'seconds 1 l;nanos 2 i',
  Quantity: 'string 1 s',
  RawExtension: 'raw 1 s',
  Time: 'seconds 1 l;nanos 2 i',
  TypeMeta: '?apiVersion 1 s;?kind 2 s',
  'v1.APIService': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.APIServiceSpec;status 3 @v1.APIServiceStatus',
  'v1.APIServiceCondition': 'type 1 s;status 2 s;lastTransitionTime 3 @Time;?reason 4 s;?message 5 s',
  'v1.APIServiceSpec':
    'service 1 @v1.ServiceReference#apiregistration;?group 2 s;?version 3 s;?insecureSkipTLSVerify 4 b;?caBundle 5 x;groupPriorityMinimum 7 i;versionPriority 8 i',
  'v1.APIServiceStatus': 'conditions 1 []@v1.APIServiceCondition',
  'v1.AWSElasticBlockStoreVolumeSource': 'volumeID 1 s;?fsType 2 s;?partition 3 i;?readOnly 4 b',
  'v1.Affinity':
    'nodeAffinity 1 @v1.NodeAffinity;podAffinity 2 @v1.PodAffinity;podAntiAffinity 3 @v1.PodAntiAffinity',
  'v1.AggregationRule': 'clusterRoleSelectors 1 []@v1.LabelSelector',
  'v1.AllocatedDeviceStatus':
    'driver 1 s;pool 2 s;device 3 s;conditions 4 []@v1.Condition;data 5 @RawExtension;networkData 6 @v1.NetworkDeviceData;shareID 7 s',
  'v1.AllocationResult':
    'devices 1 @v1.DeviceAllocationResult;nodeSelector 3 @v1.NodeSelector;allocationTimestamp 5 @Time',
  'v1.AppArmorProfile': 'type 1 s;localhostProfile 2 s',
  'v1.ApplyConfiguration': '?expression 1 s',
  'v1.AttachedVolume': 'name 1 s;devicePath 2 s',
  'v1.AuditAnnotation': 'key 1 s;valueExpression 2 s',
  'v1.AzureDiskVolumeSource': 'diskName 1 s;diskURI 2 s;cachingMode 3 s;fsType 4 s;readOnly 5 b;kind 6 s',
  'v1.AzureFilePersistentVolumeSource': 'secretName 1 s;shareName 2 s;?readOnly 3 b;secretNamespace 4 s',
  'v1.AzureFileVolumeSource': 'secretName 1 s;shareName 2 s;?readOnly 3 b',
  'v1.Binding': 'metadata 1 @v1.ObjectMeta;target 2 @v1.ObjectReference',
  'v1.BoundObjectReference': '?kind 1 s;?apiVersion 2 s;?name 3 s;?uid 4 s',
  'v1.CELDeviceSelector': 'expression 1 s',
  'v1.CSIDriver': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.CSIDriverSpec',
  'v1.CSIDriverSpec':
    'attachRequired 1 b;podInfoOnMount 2 b;volumeLifecycleModes 3 []s;storageCapacity 4 b;fsGroupPolicy 5 s;tokenRequests 6 []@v1.TokenRequest#storage;requiresRepublish 7 b;seLinuxMount 8 b;nodeAllocatableUpdatePeriodSeconds 9 l;serviceAccountTokenInSecrets 10 b;preventPodSchedulingIfMissing 11 b',
  'v1.CSINode': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.CSINodeSpec',
  'v1.CSINodeDriver': 'name 1 s;nodeID 2 s;topologyKeys 3 []s;allocatable 4 @v1.VolumeNodeResources',
  'v1.CSINodeSpec': 'drivers 1 []@v1.CSINodeDriver',
  'v1.CSIPersistentVolumeSource':
    'driver 1 s;volumeHandle 2 s;?readOnly 3 b;?fsType 4 s;volumeAttributes 5 {}s;controllerPublishSecretRef 6 @v1.SecretReference;nodeStageSecretRef 7 @v1.SecretReference;nodePublishSecretRef 8 @v1.SecretReference;controllerExpandSecretRef 9 @v1.SecretReference;nodeExpandSecretRef 10 @v1.SecretReference',
  'v1.CSIStorageCapacity':
    'metadata 1 @v1.ObjectMeta;nodeTopology 2 @v1.LabelSelector;storageClassName 3 s;capacity 4 @Quantity;maximumVolumeSize 5 @Quantity',
  'v1.CSIVolumeSource':
    'driver 1 s;readOnly 2 b;fsType 3 s;volumeAttributes 4 {}s;nodePublishSecretRef 5 @v1.LocalObjectReference',
  'v1.Capabilities': 'add 1 []s;drop 2 []s',
  'v1.CapacityRequestPolicy':
    'default 1 @Quantity;validValues 3 []@Quantity;validRange 4 @v1.CapacityRequestPolicyRange',
  'v1.CapacityRequestPolicyRange': 'min 1 @Quantity;max 2 @Quantity;step 3 @Quantity',
  'v1.CapacityRequirements': 'requests 1 {}@Quantity',
  'v1.CephFSPersistentVolumeSource':
    'monitors 1 []s;?path 2 s;?user 3 s;?secretFile 4 s;secretRef 5 @v1.SecretReference;?readOnly 6 b',
  'v1.CephFSVolumeSource':
    'monitors 1 []s;?path 2 s;?user 3 s;?secretFile 4 s;secretRef 5 @v1.LocalObjectReference;?readOnly 6 b',
  'v1.CertificateSigningRequest':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.CertificateSigningRequestSpec;status 3 @v1.CertificateSigningRequestStatus',
  'v1.CertificateSigningRequestCondition':
    'type 1 s;?reason 2 s;?message 3 s;lastUpdateTime 4 @Time;lastTransitionTime 5 @Time;status 6 s',
  'v1.CertificateSigningRequestSpec':
    'request 1 x;?username 2 s;?uid 3 s;groups 4 []s;usages 5 []s;extra 6 {}@ExtraValue;signerName 7 s;expirationSeconds 8 i',
  'v1.CertificateSigningRequestStatus':
    'conditions 1 []@v1.CertificateSigningRequestCondition;?certificate 2 x',
  'v1.CinderPersistentVolumeSource': 'volumeID 1 s;?fsType 2 s;?readOnly 3 b;secretRef 4 @v1.SecretReference',
  'v1.CinderVolumeSource': 'volumeID 1 s;?fsType 2 s;?readOnly 3 b;secretRef 4 @v1.LocalObjectReference',
  'v1.ClientIPConfig': 'timeoutSeconds 1 i',
  'v1.ClusterRole':
    'metadata 1 @v1.ObjectMeta;rules 2 []@v1.PolicyRule;aggregationRule 3 @v1.AggregationRule',
  'v1.ClusterRoleBinding': 'metadata 1 @v1.ObjectMeta;subjects 2 []@v1.Subject#rbac;roleRef 3 @v1.RoleRef',
  'v1.ClusterTrustBundleProjection':
    'name 1 s;signerName 2 s;labelSelector 3 @v1.LabelSelector;path 4 s;optional 5 b',
  'v1.ComponentCondition': 'type 1 s;status 2 s;?message 3 s;?error 4 s',
  'v1.ComponentStatus': 'metadata 1 @v1.ObjectMeta;conditions 2 []@v1.ComponentCondition',
  'v1.Condition':
    'type 1 s;status 2 s;?observedGeneration 3 l;lastTransitionTime 4 @Time;reason 5 s;message 6 s',
  'v1.ConfigMap': 'metadata 1 @v1.ObjectMeta;data 2 {}s;binaryData 3 {}x;immutable 4 b',
  'v1.ConfigMapEnvSource': '~ 1 @v1.LocalObjectReference;optional 2 b',
  'v1.ConfigMapKeySelector': '~ 1 @v1.LocalObjectReference;key 2 s;optional 3 b',
  'v1.ConfigMapNodeConfigSource': 'namespace 1 s;name 2 s;?uid 3 s;?resourceVersion 4 s;kubeletConfigKey 5 s',
  'v1.ConfigMapProjection': '~ 1 @v1.LocalObjectReference;items 2 []@v1.KeyToPath;optional 4 b',
  'v1.ConfigMapVolumeSource':
    '~ 1 @v1.LocalObjectReference;items 2 []@v1.KeyToPath;defaultMode 3 i;optional 4 b',
  'v1.Container':
    'name 1 s;?image 2 s;command 3 []s;args 4 []s;?workingDir 5 s;ports 6 []@v1.ContainerPort;env 7 []@v1.EnvVar;resources 8 @v1.ResourceRequirements;volumeMounts 9 []@v1.VolumeMount;livenessProbe 10 @v1.Probe;readinessProbe 11 @v1.Probe;lifecycle 12 @v1.Lifecycle;?terminationMessagePath 13 s;?imagePullPolicy 14 s;securityContext 15 @v1.SecurityContext;?stdin 16 b;?stdinOnce 17 b;?tty 18 b;envFrom 19 []@v1.EnvFromSource;?terminationMessagePolicy 20 s;volumeDevices 21 []@v1.VolumeDevice;startupProbe 22 @v1.Probe;resizePolicy 23 []@v1.ContainerResizePolicy;restartPolicy 24 s;restartPolicyRules 25 []@v1.ContainerRestartRule',
  'v1.ContainerExtendedResourceRequest': 'containerName 1 s;resourceName 2 s;requestName 3 s',
  'v1.ContainerImage': 'names 1 []s;?sizeBytes 2 l',
  'v1.ContainerPort': '?name 1 s;?hostPort 2 i;containerPort 3 i;?protocol 4 s;?hostIP 5 s',
  'v1.ContainerResizePolicy': 'resourceName 1 s;restartPolicy 2 s',
  'v1.ContainerRestartRule': '?action 1 s;exitCodes 2 @v1.ContainerRestartRuleOnExitCodes',
  'v1.ContainerRestartRuleOnExitCodes': '?operator 1 s;values 2 []i',
  'v1.ContainerState':
    'waiting 1 @v1.ContainerStateWaiting;running 2 @v1.ContainerStateRunning;terminated 3 @v1.ContainerStateTerminated',
  'v1.ContainerStateRunning': 'startedAt 1 @Time',
  'v1.ContainerStateTerminated':
    'exitCode 1 i;?signal 2 i;?reason 3 s;?message 4 s;startedAt 5 @Time;finishedAt 6 @Time;?containerID 7 s',
  'v1.ContainerStateWaiting': '?reason 1 s;?message 2 s',
  'v1.ContainerStatus':
    'name 1 s;state 2 @v1.ContainerState;lastState 3 @v1.ContainerState;ready 4 b;restartCount 5 i;image 6 s;imageID 7 s;?containerID 8 s;started 9 b;allocatedResources 10 {}@Quantity;resources 11 @v1.ResourceRequirements;volumeMounts 12 []@v1.VolumeMountStatus;user 13 @v1.ContainerUser;allocatedResourcesStatus 14 []@v1.ResourceStatus;stopSignal 15 s',
  'v1.ContainerUser': 'linux 1 @v1.LinuxContainerUser',
  'v1.ControllerRevision': 'metadata 1 @v1.ObjectMeta;data 2 @RawExtension;revision 3 l',
  'v1.Counter': 'value 1 @Quantity',
  'v1.CounterSet': 'name 1 s;counters 2 {}@v1.Counter',
  'v1.CronJob': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.CronJobSpec;status 3 @v1.CronJobStatus',
  'v1.CronJobSpec':
    'schedule 1 s;startingDeadlineSeconds 2 l;?concurrencyPolicy 3 s;suspend 4 b;jobTemplate 5 @v1.JobTemplateSpec;successfulJobsHistoryLimit 6 i;failedJobsHistoryLimit 7 i;timeZone 8 s',
  'v1.CronJobStatus': 'active 1 []@v1.ObjectReference;lastScheduleTime 4 @Time;lastSuccessfulTime 5 @Time',
  'v1.CrossVersionObjectReference': 'kind 1 s;name 2 s;?apiVersion 3 s',
  'v1.CustomResourceColumnDefinition':
    'name 1 s;type 2 s;?format 3 s;?description 4 s;?priority 5 i;jsonPath 6 s',
  'v1.CustomResourceConversion': 'strategy 1 s;webhook 2 @v1.WebhookConversion',
  'v1.CustomResourceDefinition':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.CustomResourceDefinitionSpec;status 3 @v1.CustomResourceDefinitionStatus',
  'v1.CustomResourceDefinitionCondition':
    'type 1 s;status 2 s;lastTransitionTime 3 @Time;?reason 4 s;?message 5 s;?observedGeneration 6 l',
  'v1.CustomResourceDefinitionNames':
    'plural 1 s;?singular 2 s;shortNames 3 []s;kind 4 s;?listKind 5 s;categories 6 []s',
  'v1.CustomResourceDefinitionSpec':
    'group 1 s;names 3 @v1.CustomResourceDefinitionNames;scope 4 s;versions 7 []@v1.CustomResourceDefinitionVersion;conversion 9 @v1.CustomResourceConversion;?preserveUnknownFields 10 b',
  'v1.CustomResourceDefinitionStatus':
    'conditions 1 []@v1.CustomResourceDefinitionCondition;acceptedNames 2 @v1.CustomResourceDefinitionNames;storedVersions 3 []s;?observedGeneration 4 l',
  'v1.CustomResourceDefinitionVersion':
    'name 1 s;served 2 b;storage 3 b;schema 4 @v1.CustomResourceValidation;subresources 5 @v1.CustomResourceSubresources;additionalPrinterColumns 6 []@v1.CustomResourceColumnDefinition;?deprecated 7 b;deprecationWarning 8 s;selectableFields 9 []@v1.SelectableField',
  'v1.CustomResourceSubresourceScale': 'specReplicasPath 1 s;statusReplicasPath 2 s;labelSelectorPath 3 s',
  'v1.CustomResourceSubresourceStatus': '',
  'v1.CustomResourceSubresources':
    'status 1 @v1.CustomResourceSubresourceStatus;scale 2 @v1.CustomResourceSubresourceScale',
  'v1.CustomResourceValidation': 'openAPIV3Schema 1 @v1.JSONSchemaProps',
  'v1.DaemonEndpoint': 'Port 1 i',
  'v1.DaemonSet': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.DaemonSetSpec;status 3 @v1.DaemonSetStatus',
  'v1.DaemonSetCondition': 'type 1 s;status 2 s;lastTransitionTime 3 @Time;?reason 4 s;?message 5 s',
  'v1.DaemonSetSpec':
    'selector 1 @v1.LabelSelector;template 2 @v1.PodTemplateSpec;updateStrategy 3 @v1.DaemonSetUpdateStrategy;?minReadySeconds 4 i;revisionHistoryLimit 6 i',
  'v1.DaemonSetStatus':
    'currentNumberScheduled 1 i;numberMisscheduled 2 i;desiredNumberScheduled 3 i;numberReady 4 i;?observedGeneration 5 l;?updatedNumberScheduled 6 i;?numberAvailable 7 i;?numberUnavailable 8 i;collisionCount 9 i;conditions 10 []@v1.DaemonSetCondition',
  'v1.DaemonSetUpdateStrategy': '?type 1 s;rollingUpdate 2 @v1.RollingUpdateDaemonSet',
  'v1.DeleteOptions':
    'gracePeriodSeconds 1 l;preconditions 2 @v1.Preconditions;orphanDependents 3 b;propagationPolicy 4 s;dryRun 5 []s;ignoreStoreReadErrorWithClusterBreakingPotential 6 b',
  'v1.Deployment': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.DeploymentSpec;status 3 @v1.DeploymentStatus',
  'v1.DeploymentCondition':
    'type 1 s;status 2 s;?reason 4 s;?message 5 s;lastUpdateTime 6 @Time;lastTransitionTime 7 @Time',
  'v1.DeploymentSpec':
    'replicas 1 i;selector 2 @v1.LabelSelector;template 3 @v1.PodTemplateSpec;strategy 4 @v1.DeploymentStrategy;?minReadySeconds 5 i;revisionHistoryLimit 6 i;?paused 7 b;progressDeadlineSeconds 9 i',
  'v1.DeploymentStatus':
    '?observedGeneration 1 l;?replicas 2 i;?updatedReplicas 3 i;?availableReplicas 4 i;?unavailableReplicas 5 i;conditions 6 []@v1.DeploymentCondition;?readyReplicas 7 i;collisionCount 8 i;terminatingReplicas 9 i',
  'v1.DeploymentStrategy': '?type 1 s;rollingUpdate 2 @v1.RollingUpdateDeployment',
  'v1.Device':
    'name 1 s;attributes 2 {}@v1.DeviceAttribute;capacity 3 {}@v1.DeviceCapacity;consumesCounters 4 []@v1.DeviceCounterConsumption;nodeName 5 s;nodeSelector 6 @v1.NodeSelector;allNodes 7 b;taints 8 []@v1.DeviceTaint;bindsToNode 9 b;bindingConditions 10 []s;bindingFailureConditions 11 []s;allowMultipleAllocations 12 b;nodeAllocatableResourceMappings 13 {}@v1.NodeAllocatableResourceMapping',
  'v1.DeviceAllocationConfiguration': 'source 1 s;requests 2 []s;~ 3 @v1.DeviceConfiguration',
  'v1.DeviceAllocationResult':
    'results 1 []@v1.DeviceRequestAllocationResult;config 2 []@v1.DeviceAllocationConfiguration',
  'v1.DeviceAttribute':
    'int 2 l;bool 3 b;string 4 s;version 5 s;ints 6 []l;bools 7 []b;strings 8 []s;versions 9 []s',
  'v1.DeviceCapacity': 'value 1 @Quantity;requestPolicy 2 @v1.CapacityRequestPolicy',
  'v1.DeviceClaim':
    'requests 1 []@v1.DeviceRequest;constraints 2 []@v1.DeviceConstraint;config 3 []@v1.DeviceClaimConfiguration',
  'v1.DeviceClaimConfiguration': 'requests 1 []s;~ 2 @v1.DeviceConfiguration',
  'v1.DeviceClass': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.DeviceClassSpec',
  'v1.DeviceClassConfiguration': '~ 1 @v1.DeviceConfiguration',
  'v1.DeviceClassSpec':
    'selectors 1 []@v1.DeviceSelector;config 2 []@v1.DeviceClassConfiguration;extendedResourceName 4 s',
  'v1.DeviceConfiguration': 'opaque 1 @v1.OpaqueDeviceConfiguration',
  'v1.DeviceConstraint': 'requests 1 []s;matchAttribute 2 s;distinctAttribute 3 s',
  'v1.DeviceCounterConsumption': 'counterSet 1 s;counters 2 {}@v1.Counter',
  'v1.DeviceRequest': 'name 1 s;exactly 2 @v1.ExactDeviceRequest;firstAvailable 3 []@v1.DeviceSubRequest',
  'v1.DeviceRequestAllocationResult':
    'request 1 s;driver 2 s;pool 3 s;device 4 s;adminAccess 5 b;tolerations 6 []@v1.DeviceToleration;bindingConditions 7 []s;bindingFailureConditions 8 []s;shareID 9 s;consumedCapacity 10 {}@Quantity',
  'v1.DeviceSelector': 'cel 1 @v1.CELDeviceSelector',
  'v1.DeviceSubRequest':
    'name 1 s;deviceClassName 2 s;selectors 3 []@v1.DeviceSelector;?allocationMode 4 s;?count 5 l;tolerations 6 []@v1.DeviceToleration;capacity 7 @v1.CapacityRequirements',
  'v1.DeviceTaint': 'key 1 s;?value 2 s;effect 3 s;timeAdded 4 @Time',
  'v1.DeviceToleration': '?key 1 s;?operator 2 s;?value 3 s;?effect 4 s;tolerationSeconds 5 l',
  'v1.DownwardAPIProjection': 'items 1 []@v1.DownwardAPIVolumeFile',
  'v1.DownwardAPIVolumeFile':
    'path 1 s;fieldRef 2 @v1.ObjectFieldSelector;resourceFieldRef 3 @v1.ResourceFieldSelector;mode 4 i',
  'v1.DownwardAPIVolumeSource': 'items 1 []@v1.DownwardAPIVolumeFile;defaultMode 2 i',
  'v1.EmptyDirVolumeSource': '?medium 1 s;sizeLimit 2 @Quantity',
  'v1.Endpoint':
    'addresses 1 []s;conditions 2 @v1.EndpointConditions;hostname 3 s;targetRef 4 @v1.ObjectReference;deprecatedTopology 5 {}s;nodeName 6 s;zone 7 s;hints 8 @v1.EndpointHints',
  'v1.EndpointAddress': 'ip 1 s;targetRef 2 @v1.ObjectReference;?hostname 3 s;nodeName 4 s',
  'v1.EndpointConditions': 'ready 1 b;serving 2 b;terminating 3 b',
  'v1.EndpointHints': 'forZones 1 []@v1.ForZone;forNodes 2 []@v1.ForNode',
  'v1.EndpointPort': '?name 1 s;port 2 i;?protocol 3 s;appProtocol 4 s',
  'v1.EndpointPort#discovery': 'name 1 s;protocol 2 s;port 3 i;appProtocol 4 s',
  'v1.EndpointSlice':
    'metadata 1 @v1.ObjectMeta;endpoints 2 []@v1.Endpoint;ports 3 []@v1.EndpointPort#discovery;addressType 4 s',
  'v1.EndpointSubset':
    'addresses 1 []@v1.EndpointAddress;notReadyAddresses 2 []@v1.EndpointAddress;ports 3 []@v1.EndpointPort',
  'v1.Endpoints': 'metadata 1 @v1.ObjectMeta;subsets 2 []@v1.EndpointSubset',
  'v1.EnvFromSource': '?prefix 1 s;configMapRef 2 @v1.ConfigMapEnvSource;secretRef 3 @v1.SecretEnvSource',
  'v1.EnvVar': 'name 1 s;?value 2 s;valueFrom 3 @v1.EnvVarSource',
  'v1.EnvVarSource':
    'fieldRef 1 @v1.ObjectFieldSelector;resourceFieldRef 2 @v1.ResourceFieldSelector;configMapKeyRef 3 @v1.ConfigMapKeySelector;secretKeyRef 4 @v1.SecretKeySelector;fileKeyRef 5 @v1.FileKeySelector',
  'v1.EphemeralContainer': '~ 1 @v1.EphemeralContainerCommon;?targetContainerName 2 s',
  'v1.EphemeralContainerCommon':
    'name 1 s;?image 2 s;command 3 []s;args 4 []s;?workingDir 5 s;ports 6 []@v1.ContainerPort;env 7 []@v1.EnvVar;resources 8 @v1.ResourceRequirements;volumeMounts 9 []@v1.VolumeMount;livenessProbe 10 @v1.Probe;readinessProbe 11 @v1.Probe;lifecycle 12 @v1.Lifecycle;?terminationMessagePath 13 s;?imagePullPolicy 14 s;securityContext 15 @v1.SecurityContext;?stdin 16 b;?stdinOnce 17 b;?tty 18 b;envFrom 19 []@v1.EnvFromSource;?terminationMessagePolicy 20 s;volumeDevices 21 []@v1.VolumeDevice;startupProbe 22 @v1.Probe;resizePolicy 23 []@v1.ContainerResizePolicy;restartPolicy 24 s;restartPolicyRules 25 []@v1.ContainerRestartRule',
  'v1.EphemeralVolumeSource': 'volumeClaimTemplate 1 @v1.PersistentVolumeClaimTemplate',
  'v1.Event':
    'metadata 1 @v1.ObjectMeta;involvedObject 2 @v1.ObjectReference;?reason 3 s;?message 4 s;source 5 @v1.EventSource;firstTimestamp 6 @Time;lastTimestamp 7 @Time;?count 8 i;?type 9 s;eventTime 10 @MicroTime;series 11 @v1.EventSeries;?action 12 s;related 13 @v1.ObjectReference;reportingComponent 14 s;reportingInstance 15 s',
  'v1.Event#events':
    'metadata 1 @v1.ObjectMeta;eventTime 2 @MicroTime;series 3 @v1.EventSeries#events;?reportingController 4 s;?reportingInstance 5 s;?action 6 s;?reason 7 s;regarding 8 @v1.ObjectReference;related 9 @v1.ObjectReference;?note 10 s;?type 11 s;deprecatedSource 12 @v1.EventSource;deprecatedFirstTimestamp 13 @Time;deprecatedLastTimestamp 14 @Time;?deprecatedCount 15 i',
  'v1.EventSeries': '?count 1 i;lastObservedTime 2 @MicroTime',
  'v1.EventSeries#events': 'count 1 i;lastObservedTime 2 @MicroTime',
  'v1.EventSource': '?component 1 s;?host 2 s',
  'v1.Eviction': 'metadata 1 @v1.ObjectMeta;deleteOptions 2 @v1.DeleteOptions',
  'v1.ExactDeviceRequest':
    'deviceClassName 1 s;selectors 2 []@v1.DeviceSelector;?allocationMode 3 s;?count 4 l;adminAccess 5 b;tolerations 6 []@v1.DeviceToleration;capacity 7 @v1.CapacityRequirements',
  'v1.ExecAction': 'command 1 []s',
  'v1.ExemptPriorityLevelConfiguration': 'nominalConcurrencyShares 1 i;lendablePercent 2 i',
  'v1.ExpressionWarning': 'fieldRef 2 s;warning 3 s',
  'v1.ExternalDocumentation': '?description 1 s;?url 2 s',
  'v1.FCVolumeSource': 'targetWWNs 1 []s;lun 2 i;?fsType 3 s;?readOnly 4 b;wwids 5 []s',
  'v1.FieldSelectorAttributes': '?rawSelector 1 s;requirements 2 []@v1.FieldSelectorRequirement',
  'v1.FieldSelectorRequirement': 'key 1 s;operator 2 s;values 3 []s',
  'v1.FileKeySelector': 'volumeName 1 s;path 2 s;key 3 s;optional 4 b',
  'v1.FlexPersistentVolumeSource':
    'driver 1 s;?fsType 2 s;secretRef 3 @v1.SecretReference;?readOnly 4 b;options 5 {}s',
  'v1.FlexVolumeSource':
    'driver 1 s;?fsType 2 s;secretRef 3 @v1.LocalObjectReference;?readOnly 4 b;options 5 {}s',
  'v1.FlockerVolumeSource': '?datasetName 1 s;?datasetUUID 2 s',
  'v1.FlowDistinguisherMethod': 'type 1 s',
  'v1.FlowSchema': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.FlowSchemaSpec;status 3 @v1.FlowSchemaStatus',
  'v1.FlowSchemaCondition': '?type 1 s;?status 2 s;lastTransitionTime 3 @Time;?reason 4 s;?message 5 s',
  'v1.FlowSchemaSpec':
    'priorityLevelConfiguration 1 @v1.PriorityLevelConfigurationReference;matchingPrecedence 2 i;distinguisherMethod 3 @v1.FlowDistinguisherMethod;rules 4 []@v1.PolicyRulesWithSubjects',
  'v1.FlowSchemaStatus': 'conditions 1 []@v1.FlowSchemaCondition',
  'v1.ForNode': 'name 1 s',
  'v1.ForZone': 'name 1 s',
  'v1.GCEPersistentDiskVolumeSource': 'pdName 1 s;?fsType 2 s;?partition 3 i;?readOnly 4 b',
  'v1.GRPCAction': 'port 1 i;service 2 s',
  'v1.GitRepoVolumeSource': 'repository 1 s;?revision 2 s;?directory 3 s',
  'v1.GlusterfsPersistentVolumeSource': 'endpoints 1 s;path 2 s;?readOnly 3 b;endpointsNamespace 4 s',
  'v1.GlusterfsVolumeSource': 'endpoints 1 s;path 2 s;?readOnly 3 b',
  'v1.GroupSubject': 'name 1 s',
  'v1.HTTPGetAction': '?path 1 s;port 2 @IntOrString;?host 3 s;?scheme 4 s;httpHeaders 5 []@v1.HTTPHeader',
  'v1.HTTPHeader': 'name 1 s;value 2 s',
  'v1.HTTPIngressPath': '?path 1 s;backend 2 @v1.IngressBackend;pathType 3 s',
  'v1.HTTPIngressRuleValue': 'paths 1 []@v1.HTTPIngressPath',
  'v1.HorizontalPodAutoscaler':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.HorizontalPodAutoscalerSpec;status 3 @v1.HorizontalPodAutoscalerStatus',
  'v1.HorizontalPodAutoscalerSpec':
    'scaleTargetRef 1 @v1.CrossVersionObjectReference;minReplicas 2 i;maxReplicas 3 i;targetCPUUtilizationPercentage 4 i',
  'v1.HorizontalPodAutoscalerStatus':
    'observedGeneration 1 l;lastScaleTime 2 @Time;currentReplicas 3 i;desiredReplicas 4 i;currentCPUUtilizationPercentage 5 i',
  'v1.HostAlias': 'ip 1 s;hostnames 2 []s',
  'v1.HostIP': 'ip 1 s',
  'v1.HostPathVolumeSource': 'path 1 s;type 2 s',
  'v1.IPAddress': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.IPAddressSpec',
  'v1.IPAddressSpec': 'parentRef 1 @v1.ParentReference',
  'v1.IPBlock': 'cidr 1 s;except 2 []s',
  'v1.ISCSIPersistentVolumeSource':
    'targetPortal 1 s;iqn 2 s;lun 3 i;?iscsiInterface 4 s;?fsType 5 s;?readOnly 6 b;portals 7 []s;?chapAuthDiscovery 8 b;secretRef 10 @v1.SecretReference;?chapAuthSession 11 b;initiatorName 12 s',
  'v1.ISCSIVolumeSource':
    'targetPortal 1 s;iqn 2 s;lun 3 i;?iscsiInterface 4 s;?fsType 5 s;?readOnly 6 b;portals 7 []s;?chapAuthDiscovery 8 b;secretRef 10 @v1.LocalObjectReference;?chapAuthSession 11 b;initiatorName 12 s',
  'v1.ImageVolumeSource': '?reference 1 s;?pullPolicy 2 s',
  'v1.ImageVolumeStatus': '?imageRef 1 s',
  'v1.Ingress': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.IngressSpec;status 3 @v1.IngressStatus',
  'v1.IngressBackend': 'resource 3 @v1.TypedLocalObjectReference;service 4 @v1.IngressServiceBackend',
  'v1.IngressClass': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.IngressClassSpec',
  'v1.IngressClassParametersReference': 'apiGroup 1 s;kind 2 s;name 3 s;scope 4 s;namespace 5 s',
  'v1.IngressClassSpec': '?controller 1 s;parameters 2 @v1.IngressClassParametersReference',
  'v1.IngressLoadBalancerIngress': '?ip 1 s;?hostname 2 s;ports 4 []@v1.IngressPortStatus',
  'v1.IngressLoadBalancerStatus': 'ingress 1 []@v1.IngressLoadBalancerIngress',
  'v1.IngressPortStatus': 'port 1 i;protocol 2 s;error 3 s',
  'v1.IngressRule': '?host 1 s;~ 2 @v1.IngressRuleValue',
  'v1.IngressRuleValue': 'http 1 @v1.HTTPIngressRuleValue',
  'v1.IngressServiceBackend': 'name 1 s;port 2 @v1.ServiceBackendPort',
  'v1.IngressSpec':
    'defaultBackend 1 @v1.IngressBackend;tls 2 []@v1.IngressTLS;rules 3 []@v1.IngressRule;ingressClassName 4 s',
  'v1.IngressStatus': 'loadBalancer 1 @v1.IngressLoadBalancerStatus',
  'v1.IngressTLS': 'hosts 1 []s;?secretName 2 s',
  'v1.JSONPatch': '?expression 1 s',
  'v1.JSONSchemaProps':
    '?id 1 s;?$schema 2 s;$ref 3 s;?description 4 s;?type 5 s;?format 6 s;?title 7 s;default 8 @JSON;maximum 9 n;?exclusiveMaximum 10 b;minimum 11 n;?exclusiveMinimum 12 b;maxLength 13 l;minLength 14 l;?pattern 15 s;maxItems 16 l;minItems 17 l;?uniqueItems 18 b;multipleOf 19 n;enum 20 []@JSON;maxProperties 21 l;minProperties 22 l;required 23 []s;items 24 @v1.JSONSchemaPropsOrArray;allOf 25 []@v1.JSONSchemaProps;oneOf 26 []@v1.JSONSchemaProps;anyOf 27 []@v1.JSONSchemaProps;not 28 @v1.JSONSchemaProps;properties 29 {}@v1.JSONSchemaProps;additionalProperties 30 @v1.JSONSchemaPropsOrBool;patternProperties 31 {}@v1.JSONSchemaProps;dependencies 32 {}@v1.JSONSchemaPropsOrStringArray;additionalItems 33 @v1.JSONSchemaPropsOrBool;definitions 34 {}@v1.JSONSchemaProps;externalDocs 35 @v1.ExternalDocumentation;example 36 @JSON;?nullable 37 b;x-kubernetes-preserve-unknown-fields 38 b;?x-kubernetes-embedded-resource 39 b;?x-kubernetes-int-or-string 40 b;x-kubernetes-list-map-keys 41 []s;x-kubernetes-list-type 42 s;x-kubernetes-map-type 43 s;x-kubernetes-validations 44 []@v1.ValidationRule',
  'v1.JSONSchemaPropsOrArray': 'schema 1 @v1.JSONSchemaProps;jSONSchemas 2 []@v1.JSONSchemaProps',
  'v1.JSONSchemaPropsOrBool': 'allows 1 b;schema 2 @v1.JSONSchemaProps',
  'v1.JSONSchemaPropsOrStringArray': 'schema 1 @v1.JSONSchemaProps;property 2 []s',
  'v1.Job': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.JobSpec;status 3 @v1.JobStatus',
  'v1.JobCondition':
    'type 1 s;status 2 s;lastProbeTime 3 @Time;lastTransitionTime 4 @Time;?reason 5 s;?message 6 s',
  'v1.JobSpec':
    'parallelism 1 i;completions 2 i;activeDeadlineSeconds 3 l;selector 4 @v1.LabelSelector;manualSelector 5 b;template 6 @v1.PodTemplateSpec;backoffLimit 7 i;ttlSecondsAfterFinished 8 i;completionMode 9 s;suspend 10 b;podFailurePolicy 11 @v1.PodFailurePolicy;backoffLimitPerIndex 12 i;maxFailedIndexes 13 i;podReplacementPolicy 14 s;managedBy 15 s;successPolicy 16 @v1.SuccessPolicy',
  'v1.JobStatus':
    'conditions 1 []@v1.JobCondition;startTime 2 @Time;completionTime 3 @Time;?active 4 i;?succeeded 5 i;?failed 6 i;?completedIndexes 7 s;uncountedTerminatedPods 8 @v1.UncountedTerminatedPods;ready 9 i;failedIndexes 10 s;terminating 11 i',
  'v1.JobTemplateSpec': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.JobSpec',
  'v1.KeyToPath': 'key 1 s;path 2 s;mode 3 i',
  'v1.LabelSelector': 'matchLabels 1 {}s;matchExpressions 2 []@v1.LabelSelectorRequirement',
  'v1.LabelSelectorAttributes': '?rawSelector 1 s;requirements 2 []@v1.LabelSelectorRequirement',
  'v1.LabelSelectorRequirement': 'key 1 s;operator 2 s;values 3 []s',
  'v1.Lease': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.LeaseSpec',
  'v1.LeaseSpec':
    'holderIdentity 1 s;leaseDurationSeconds 2 i;acquireTime 3 @MicroTime;renewTime 4 @MicroTime;leaseTransitions 5 i;strategy 6 s;preferredHolder 7 s',
  'v1.Lifecycle': 'postStart 1 @v1.LifecycleHandler;preStop 2 @v1.LifecycleHandler;stopSignal 3 s',
  'v1.LifecycleHandler':
    'exec 1 @v1.ExecAction;httpGet 2 @v1.HTTPGetAction;tcpSocket 3 @v1.TCPSocketAction;sleep 4 @v1.SleepAction',
  'v1.LimitRange': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.LimitRangeSpec',
  'v1.LimitRangeItem':
    'type 1 s;max 2 {}@Quantity;min 3 {}@Quantity;default 4 {}@Quantity;defaultRequest 5 {}@Quantity;maxLimitRequestRatio 6 {}@Quantity',
  'v1.LimitRangeSpec': 'limits 1 []@v1.LimitRangeItem',
  'v1.LimitResponse': 'type 1 s;queuing 2 @v1.QueuingConfiguration',
  'v1.LimitedPriorityLevelConfiguration':
    'nominalConcurrencyShares 1 i;limitResponse 2 @v1.LimitResponse;lendablePercent 3 i;borrowingLimitPercent 4 i',
  'v1.LinuxContainerUser': 'uid 1 l;gid 2 l;supplementalGroups 3 []l',
  'v1.ListMeta':
    '?selfLink 1 s;?resourceVersion 2 s;?continue 3 s;remainingItemCount 4 l;shardInfo 5 @v1.ShardInfo',
  'v1.LoadBalancerIngress': '?ip 1 s;?hostname 2 s;ipMode 3 s;ports 4 []@v1.PortStatus',
  'v1.LoadBalancerStatus': 'ingress 1 []@v1.LoadBalancerIngress',
  'v1.LocalObjectReference': '?name 1 s',
  'v1.LocalSubjectAccessReview':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.SubjectAccessReviewSpec;status 3 @v1.SubjectAccessReviewStatus',
  'v1.LocalVolumeSource': 'path 1 s;fsType 2 s',
  'v1.ManagedFieldsEntry':
    '?manager 1 s;?operation 2 s;?apiVersion 3 s;time 4 @Time;?fieldsType 6 s;fieldsV1 7 @FieldsV1;?subresource 8 s',
  'v1.MatchCondition': 'name 1 s;expression 2 s',
  'v1.MatchResources':
    'namespaceSelector 1 @v1.LabelSelector;objectSelector 2 @v1.LabelSelector;resourceRules 3 []@v1.NamedRuleWithOperations;excludeResourceRules 4 []@v1.NamedRuleWithOperations;matchPolicy 7 s',
  'v1.ModifyVolumeStatus': '?targetVolumeAttributesClassName 1 s;status 2 s',
  'v1.MutatingAdmissionPolicy': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.MutatingAdmissionPolicySpec',
  'v1.MutatingAdmissionPolicyBinding':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.MutatingAdmissionPolicyBindingSpec',
  'v1.MutatingAdmissionPolicyBindingSpec':
    '?policyName 1 s;paramRef 2 @v1.ParamRef;matchResources 3 @v1.MatchResources',
  'v1.MutatingAdmissionPolicySpec':
    'paramKind 1 @v1.ParamKind;matchConstraints 2 @v1.MatchResources;variables 3 []@v1.Variable;mutations 4 []@v1.Mutation;failurePolicy 5 s;matchConditions 6 []@v1.MatchCondition;?reinvocationPolicy 7 s',
  'v1.MutatingWebhook':
    'name 1 s;clientConfig 2 @v1.WebhookClientConfig;rules 3 []@v1.RuleWithOperations;failurePolicy 4 s;namespaceSelector 5 @v1.LabelSelector;sideEffects 6 s;timeoutSeconds 7 i;admissionReviewVersions 8 []s;matchPolicy 9 s;reinvocationPolicy 10 s;objectSelector 11 @v1.LabelSelector;matchConditions 12 []@v1.MatchCondition',
  'v1.MutatingWebhookConfiguration': 'metadata 1 @v1.ObjectMeta;webhooks 2 []@v1.MutatingWebhook',
  'v1.Mutation': 'patchType 2 s;applyConfiguration 3 @v1.ApplyConfiguration;jsonPatch 4 @v1.JSONPatch',
  'v1.NFSVolumeSource': 'server 1 s;path 2 s;?readOnly 3 b',
  'v1.NamedRuleWithOperations': 'resourceNames 1 []s;~ 2 @v1.RuleWithOperations',
  'v1.Namespace': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.NamespaceSpec;status 3 @v1.NamespaceStatus',
  'v1.NamespaceCondition': 'type 1 s;status 2 s;lastTransitionTime 4 @Time;?reason 5 s;?message 6 s',
  'v1.NamespaceSpec': 'finalizers 1 []s',
  'v1.NamespaceStatus': '?phase 1 s;conditions 2 []@v1.NamespaceCondition',
  'v1.NetworkDeviceData': '?interfaceName 1 s;ips 2 []s;?hardwareAddress 3 s',
  'v1.NetworkPolicy': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.NetworkPolicySpec',
  'v1.NetworkPolicyEgressRule': 'ports 1 []@v1.NetworkPolicyPort;to 2 []@v1.NetworkPolicyPeer',
  'v1.NetworkPolicyIngressRule': 'ports 1 []@v1.NetworkPolicyPort;from 2 []@v1.NetworkPolicyPeer',
  'v1.NetworkPolicyPeer':
    'podSelector 1 @v1.LabelSelector;namespaceSelector 2 @v1.LabelSelector;ipBlock 3 @v1.IPBlock',
  'v1.NetworkPolicyPort': 'protocol 1 s;port 2 @IntOrString;endPort 3 i',
  'v1.NetworkPolicySpec':
    'podSelector 1 @v1.LabelSelector;ingress 2 []@v1.NetworkPolicyIngressRule;egress 3 []@v1.NetworkPolicyEgressRule;policyTypes 4 []s',
  'v1.Node': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.NodeSpec;status 3 @v1.NodeStatus',
  'v1.NodeAddress': 'type 1 s;address 2 s',
  'v1.NodeAffinity':
    'requiredDuringSchedulingIgnoredDuringExecution 1 @v1.NodeSelector;preferredDuringSchedulingIgnoredDuringExecution 2 []@v1.PreferredSchedulingTerm',
  'v1.NodeAllocatableResourceClaimStatus': 'resourceClaimName 1 s;containers 2 []s;resources 3 {}@Quantity',
  'v1.NodeAllocatableResourceMapping': 'capacityKey 1 s;allocationMultiplier 2 @Quantity',
  'v1.NodeCondition':
    'type 1 s;status 2 s;lastHeartbeatTime 3 @Time;lastTransitionTime 4 @Time;?reason 5 s;?message 6 s',
  'v1.NodeConfigSource': 'configMap 2 @v1.ConfigMapNodeConfigSource',
  'v1.NodeConfigStatus':
    'assigned 1 @v1.NodeConfigSource;active 2 @v1.NodeConfigSource;lastKnownGood 3 @v1.NodeConfigSource;?error 4 s',
  'v1.NodeDaemonEndpoints': 'kubeletEndpoint 1 @v1.DaemonEndpoint',
  'v1.NodeFeatures': 'supplementalGroupsPolicy 1 b',
  'v1.NodeRuntimeHandler': 'name 1 s;features 2 @v1.NodeRuntimeHandlerFeatures',
  'v1.NodeRuntimeHandlerFeatures': 'recursiveReadOnlyMounts 1 b;userNamespaces 2 b',
  'v1.NodeSelector': 'nodeSelectorTerms 1 []@v1.NodeSelectorTerm',
  'v1.NodeSelectorRequirement': 'key 1 s;operator 2 s;values 3 []s',
  'v1.NodeSelectorTerm':
    'matchExpressions 1 []@v1.NodeSelectorRequirement;matchFields 2 []@v1.NodeSelectorRequirement',
  'v1.NodeSpec':
    '?podCIDR 1 s;?externalID 2 s;?providerID 3 s;?unschedulable 4 b;taints 5 []@v1.Taint;configSource 6 @v1.NodeConfigSource;podCIDRs 7 []s',
  'v1.NodeStatus':
    'capacity 1 {}@Quantity;allocatable 2 {}@Quantity;?phase 3 s;conditions 4 []@v1.NodeCondition;addresses 5 []@v1.NodeAddress;daemonEndpoints 6 @v1.NodeDaemonEndpoints;nodeInfo 7 @v1.NodeSystemInfo;images 8 []@v1.ContainerImage;volumesInUse 9 []s;volumesAttached 10 []@v1.AttachedVolume;config 11 @v1.NodeConfigStatus;runtimeHandlers 12 []@v1.NodeRuntimeHandler;features 13 @v1.NodeFeatures;declaredFeatures 14 []s',
  'v1.NodeSwapStatus': 'capacity 1 l',
  'v1.NodeSystemInfo':
    'machineID 1 s;systemUUID 2 s;bootID 3 s;kernelVersion 4 s;osImage 5 s;containerRuntimeVersion 6 s;kubeletVersion 7 s;kubeProxyVersion 8 s;operatingSystem 9 s;architecture 10 s;swap 11 @v1.NodeSwapStatus',
  'v1.NonResourceAttributes': '?path 1 s;?verb 2 s',
  'v1.NonResourcePolicyRule': 'verbs 1 []s;nonResourceURLs 6 []s',
  'v1.NonResourceRule': 'verbs 1 []s;nonResourceURLs 2 []s',
  'v1.ObjectFieldSelector': '?apiVersion 1 s;fieldPath 2 s',
  'v1.ObjectMeta':
    '?name 1 s;?generateName 2 s;?namespace 3 s;?selfLink 4 s;?uid 5 s;?resourceVersion 6 s;?generation 7 l;?creationTimestamp 8 @Time;deletionTimestamp 9 @Time;deletionGracePeriodSeconds 10 l;labels 11 {}s;annotations 12 {}s;ownerReferences 13 []@v1.OwnerReference;finalizers 14 []s;managedFields 17 []@v1.ManagedFieldsEntry',
  'v1.ObjectReference':
    '?kind 1 s;?namespace 2 s;?name 3 s;?uid 4 s;?apiVersion 5 s;?resourceVersion 6 s;?fieldPath 7 s',
  'v1.OpaqueDeviceConfiguration': 'driver 1 s;parameters 2 @RawExtension',
  'v1.Overhead': 'podFixed 1 {}@Quantity',
  'v1.OwnerReference': 'kind 1 s;name 3 s;uid 4 s;apiVersion 5 s;controller 6 b;blockOwnerDeletion 7 b',
  'v1.ParamKind': '?apiVersion 1 s;?kind 2 s',
  'v1.ParamRef': '?name 1 s;?namespace 2 s;selector 3 @v1.LabelSelector;parameterNotFoundAction 4 s',
  'v1.ParentReference': '?group 1 s;?resource 2 s;?namespace 3 s;?name 4 s',
  'v1.PersistentVolume':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.PersistentVolumeSpec;status 3 @v1.PersistentVolumeStatus',
  'v1.PersistentVolumeClaim':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.PersistentVolumeClaimSpec;status 3 @v1.PersistentVolumeClaimStatus',
  'v1.PersistentVolumeClaimCondition':
    'type 1 s;status 2 s;lastProbeTime 3 @Time;lastTransitionTime 4 @Time;?reason 5 s;?message 6 s',
  'v1.PersistentVolumeClaimSpec':
    'accessModes 1 []s;resources 2 @v1.VolumeResourceRequirements;?volumeName 3 s;selector 4 @v1.LabelSelector;storageClassName 5 s;volumeMode 6 s;dataSource 7 @v1.TypedLocalObjectReference;dataSourceRef 8 @v1.TypedObjectReference;volumeAttributesClassName 9 s',
  'v1.PersistentVolumeClaimStatus':
    '?phase 1 s;accessModes 2 []s;capacity 3 {}@Quantity;conditions 4 []@v1.PersistentVolumeClaimCondition;allocatedResources 5 {}@Quantity;allocatedResourceStatuses 7 {}s;currentVolumeAttributesClassName 8 s;modifyVolumeStatus 9 @v1.ModifyVolumeStatus',
  'v1.PersistentVolumeClaimTemplate': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.PersistentVolumeClaimSpec',
  'v1.PersistentVolumeClaimVolumeSource': 'claimName 1 s;?readOnly 2 b',
  'v1.PersistentVolumeSource':
    'gcePersistentDisk 1 @v1.GCEPersistentDiskVolumeSource;awsElasticBlockStore 2 @v1.AWSElasticBlockStoreVolumeSource;hostPath 3 @v1.HostPathVolumeSource;glusterfs 4 @v1.GlusterfsPersistentVolumeSource;nfs 5 @v1.NFSVolumeSource;rbd 6 @v1.RBDPersistentVolumeSource;iscsi 7 @v1.ISCSIPersistentVolumeSource;cinder 8 @v1.CinderPersistentVolumeSource;cephfs 9 @v1.CephFSPersistentVolumeSource;fc 10 @v1.FCVolumeSource;flocker 11 @v1.FlockerVolumeSource;flexVolume 12 @v1.FlexPersistentVolumeSource;azureFile 13 @v1.AzureFilePersistentVolumeSource;vsphereVolume 14 @v1.VsphereVirtualDiskVolumeSource;quobyte 15 @v1.QuobyteVolumeSource;azureDisk 16 @v1.AzureDiskVolumeSource;photonPersistentDisk 17 @v1.PhotonPersistentDiskVolumeSource;portworxVolume 18 @v1.PortworxVolumeSource;scaleIO 19 @v1.ScaleIOPersistentVolumeSource;local 20 @v1.LocalVolumeSource;storageos 21 @v1.StorageOSPersistentVolumeSource;csi 22 @v1.CSIPersistentVolumeSource',
  'v1.PersistentVolumeSpec':
    'capacity 1 {}@Quantity;~ 2 @v1.PersistentVolumeSource;accessModes 3 []s;claimRef 4 @v1.ObjectReference;?persistentVolumeReclaimPolicy 5 s;?storageClassName 6 s;mountOptions 7 []s;volumeMode 8 s;nodeAffinity 9 @v1.VolumeNodeAffinity;volumeAttributesClassName 10 s',
  'v1.PersistentVolumeStatus': '?phase 1 s;?message 2 s;?reason 3 s;lastPhaseTransitionTime 4 @Time',
  'v1.PhotonPersistentDiskVolumeSource': 'pdID 1 s;?fsType 2 s',
  'v1.Pod': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.PodSpec;status 3 @v1.PodStatus',
  'v1.PodAffinity':
    'requiredDuringSchedulingIgnoredDuringExecution 1 []@v1.PodAffinityTerm;preferredDuringSchedulingIgnoredDuringExecution 2 []@v1.WeightedPodAffinityTerm',
  'v1.PodAffinityTerm':
    'labelSelector 1 @v1.LabelSelector;namespaces 2 []s;topologyKey 3 s;namespaceSelector 4 @v1.LabelSelector;matchLabelKeys 5 []s;mismatchLabelKeys 6 []s',
  'v1.PodAntiAffinity':
    'requiredDuringSchedulingIgnoredDuringExecution 1 []@v1.PodAffinityTerm;preferredDuringSchedulingIgnoredDuringExecution 2 []@v1.WeightedPodAffinityTerm',
  'v1.PodCertificateProjection':
    '?signerName 1 s;?keyType 2 s;maxExpirationSeconds 3 i;?credentialBundlePath 4 s;?keyPath 5 s;?certificateChainPath 6 s;userAnnotations 7 {}s',
  'v1.PodCondition':
    'type 1 s;status 2 s;lastProbeTime 3 @Time;lastTransitionTime 4 @Time;?reason 5 s;?message 6 s;?observedGeneration 7 l',
  'v1.PodDNSConfig': 'nameservers 1 []s;searches 2 []s;options 3 []@v1.PodDNSConfigOption',
  'v1.PodDNSConfigOption': '?name 1 s;value 2 s',
  'v1.PodDisruptionBudget':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.PodDisruptionBudgetSpec;status 3 @v1.PodDisruptionBudgetStatus',
  'v1.PodDisruptionBudgetSpec':
    'minAvailable 1 @IntOrString;selector 2 @v1.LabelSelector;maxUnavailable 3 @IntOrString;unhealthyPodEvictionPolicy 4 s',
  'v1.PodDisruptionBudgetStatus':
    '?observedGeneration 1 l;disruptedPods 2 {}@Time;disruptionsAllowed 3 i;currentHealthy 4 i;desiredHealthy 5 i;expectedPods 6 i;conditions 7 []@v1.Condition',
  'v1.PodExtendedResourceClaimStatus':
    'requestMappings 1 []@v1.ContainerExtendedResourceRequest;resourceClaimName 2 s',
  'v1.PodFailurePolicy': 'rules 1 []@v1.PodFailurePolicyRule',
  'v1.PodFailurePolicyOnExitCodesRequirement': 'containerName 1 s;operator 2 s;values 3 []i',
  'v1.PodFailurePolicyOnPodConditionsPattern': 'type 1 s;status 2 s',
  'v1.PodFailurePolicyRule':
    'action 1 s;onExitCodes 2 @v1.PodFailurePolicyOnExitCodesRequirement;onPodConditions 3 []@v1.PodFailurePolicyOnPodConditionsPattern',
  'v1.PodIP': 'ip 1 s',
  'v1.PodOS': 'name 1 s',
  'v1.PodReadinessGate': 'conditionType 1 s',
  'v1.PodResourceClaim': 'name 1 s;resourceClaimName 3 s;resourceClaimTemplateName 4 s',
  'v1.PodResourceClaimStatus': 'name 1 s;resourceClaimName 2 s',
  'v1.PodSchedulingGate': 'name 1 s',
  'v1.PodSchedulingGroup': 'podGroupName 1 s',
  'v1.PodSecurityContext':
    'seLinuxOptions 1 @v1.SELinuxOptions;runAsUser 2 l;runAsNonRoot 3 b;supplementalGroups 4 []l;fsGroup 5 l;runAsGroup 6 l;sysctls 7 []@v1.Sysctl;windowsOptions 8 @v1.WindowsSecurityContextOptions;fsGroupChangePolicy 9 s;seccompProfile 10 @v1.SeccompProfile;appArmorProfile 11 @v1.AppArmorProfile;supplementalGroupsPolicy 12 s;seLinuxChangePolicy 13 s',
  'v1.PodSpec':
    'volumes 1 []@v1.Volume;containers 2 []@v1.Container;?restartPolicy 3 s;terminationGracePeriodSeconds 4 l;activeDeadlineSeconds 5 l;?dnsPolicy 6 s;nodeSelector 7 {}s;?serviceAccountName 8 s;?serviceAccount 9 s;?nodeName 10 s;?hostNetwork 11 b;?hostPID 12 b;?hostIPC 13 b;securityContext 14 @v1.PodSecurityContext;imagePullSecrets 15 []@v1.LocalObjectReference;?hostname 16 s;?subdomain 17 s;affinity 18 @v1.Affinity;?schedulerName 19 s;initContainers 20 []@v1.Container;automountServiceAccountToken 21 b;tolerations 22 []@v1.Toleration;hostAliases 23 []@v1.HostAlias;?priorityClassName 24 s;priority 25 i;dnsConfig 26 @v1.PodDNSConfig;shareProcessNamespace 27 b;readinessGates 28 []@v1.PodReadinessGate;runtimeClassName 29 s;enableServiceLinks 30 b;preemptionPolicy 31 s;overhead 32 {}@Quantity;topologySpreadConstraints 33 []@v1.TopologySpreadConstraint;ephemeralContainers 34 []@v1.EphemeralContainer;setHostnameAsFQDN 35 b;os 36 @v1.PodOS;hostUsers 37 b;schedulingGates 38 []@v1.PodSchedulingGate;resourceClaims 39 []@v1.PodResourceClaim;resources 40 @v1.ResourceRequirements;hostnameOverride 41 s;schedulingGroup 43 @v1.PodSchedulingGroup',
  'v1.PodStatus':
    '?phase 1 s;conditions 2 []@v1.PodCondition;?message 3 s;?reason 4 s;?hostIP 5 s;?podIP 6 s;startTime 7 @Time;containerStatuses 8 []@v1.ContainerStatus;?qosClass 9 s;initContainerStatuses 10 []@v1.ContainerStatus;?nominatedNodeName 11 s;podIPs 12 []@v1.PodIP;ephemeralContainerStatuses 13 []@v1.ContainerStatus;?resize 14 s;resourceClaimStatuses 15 []@v1.PodResourceClaimStatus;hostIPs 16 []@v1.HostIP;?observedGeneration 17 l;extendedResourceClaimStatus 18 @v1.PodExtendedResourceClaimStatus;allocatedResources 19 {}@Quantity;resources 20 @v1.ResourceRequirements;nodeAllocatableResourceClaimStatuses 21 []@v1.NodeAllocatableResourceClaimStatus',
  'v1.PodTemplate': 'metadata 1 @v1.ObjectMeta;template 2 @v1.PodTemplateSpec',
  'v1.PodTemplateSpec': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.PodSpec',
  'v1.PolicyRule': 'verbs 1 []s;apiGroups 2 []s;resources 3 []s;resourceNames 4 []s;nonResourceURLs 5 []s',
  'v1.PolicyRulesWithSubjects':
    'subjects 1 []@v1.Subject;resourceRules 2 []@v1.ResourcePolicyRule;nonResourceRules 3 []@v1.NonResourcePolicyRule',
  'v1.PortStatus': 'port 1 i;protocol 2 s;error 3 s',
  'v1.PortworxVolumeSource': 'volumeID 1 s;?fsType 2 s;?readOnly 3 b',
  'v1.Preconditions': 'uid 1 s;resourceVersion 2 s',
  'v1.PreferredSchedulingTerm': 'weight 1 i;preference 2 @v1.NodeSelectorTerm',
  'v1.PriorityClass':
    'metadata 1 @v1.ObjectMeta;value 2 i;?globalDefault 3 b;?description 4 s;preemptionPolicy 5 s',
  'v1.PriorityLevelConfiguration':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.PriorityLevelConfigurationSpec;status 3 @v1.PriorityLevelConfigurationStatus',
  'v1.PriorityLevelConfigurationCondition':
    '?type 1 s;?status 2 s;lastTransitionTime 3 @Time;?reason 4 s;?message 5 s',
  'v1.PriorityLevelConfigurationReference': 'name 1 s',
  'v1.PriorityLevelConfigurationSpec':
    'type 1 s;limited 2 @v1.LimitedPriorityLevelConfiguration;exempt 3 @v1.ExemptPriorityLevelConfiguration',
  'v1.PriorityLevelConfigurationStatus': 'conditions 1 []@v1.PriorityLevelConfigurationCondition',
  'v1.Probe':
    '~ 1 @v1.ProbeHandler;?initialDelaySeconds 2 i;?timeoutSeconds 3 i;?periodSeconds 4 i;?successThreshold 5 i;?failureThreshold 6 i;terminationGracePeriodSeconds 7 l',
  'v1.ProbeHandler':
    'exec 1 @v1.ExecAction;httpGet 2 @v1.HTTPGetAction;tcpSocket 3 @v1.TCPSocketAction;grpc 4 @v1.GRPCAction',
  'v1.ProjectedVolumeSource': 'sources 1 []@v1.VolumeProjection;defaultMode 2 i',
  'v1.QueuingConfiguration': 'queues 1 i;handSize 2 i;queueLengthLimit 3 i',
  'v1.QuobyteVolumeSource': 'registry 1 s;volume 2 s;?readOnly 3 b;?user 4 s;?group 5 s;?tenant 6 s',
  'v1.RBDPersistentVolumeSource':
    'monitors 1 []s;image 2 s;?fsType 3 s;?pool 4 s;?user 5 s;?keyring 6 s;secretRef 7 @v1.SecretReference;?readOnly 8 b',
  'v1.RBDVolumeSource':
    'monitors 1 []s;image 2 s;?fsType 3 s;?pool 4 s;?user 5 s;?keyring 6 s;secretRef 7 @v1.LocalObjectReference;?readOnly 8 b',
  'v1.ReplicaSet': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.ReplicaSetSpec;status 3 @v1.ReplicaSetStatus',
  'v1.ReplicaSetCondition': 'type 1 s;status 2 s;lastTransitionTime 3 @Time;?reason 4 s;?message 5 s',
  'v1.ReplicaSetSpec':
    'replicas 1 i;selector 2 @v1.LabelSelector;template 3 @v1.PodTemplateSpec;?minReadySeconds 4 i',
  'v1.ReplicaSetStatus':
    'replicas 1 i;?fullyLabeledReplicas 2 i;?observedGeneration 3 l;?readyReplicas 4 i;?availableReplicas 5 i;conditions 6 []@v1.ReplicaSetCondition;terminatingReplicas 7 i',
  'v1.ReplicationController':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.ReplicationControllerSpec;status 3 @v1.ReplicationControllerStatus',
  'v1.ReplicationControllerCondition':
    'type 1 s;status 2 s;lastTransitionTime 3 @Time;?reason 4 s;?message 5 s',
  'v1.ReplicationControllerSpec':
    'replicas 1 i;selector 2 {}s;template 3 @v1.PodTemplateSpec;?minReadySeconds 4 i',
  'v1.ReplicationControllerStatus':
    'replicas 1 i;?fullyLabeledReplicas 2 i;?observedGeneration 3 l;?readyReplicas 4 i;?availableReplicas 5 i;conditions 6 []@v1.ReplicationControllerCondition',
  'v1.ResourceAttributes':
    '?namespace 1 s;?verb 2 s;?group 3 s;?version 4 s;?resource 5 s;?subresource 6 s;?name 7 s;fieldSelector 8 @v1.FieldSelectorAttributes;labelSelector 9 @v1.LabelSelectorAttributes',
  'v1.ResourceClaim': 'name 1 s;?request 2 s',
  'v1.ResourceClaim#resource':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.ResourceClaimSpec;status 3 @v1.ResourceClaimStatus',
  'v1.ResourceClaimConsumerReference': '?apiGroup 1 s;resource 3 s;name 4 s;uid 5 s',
  'v1.ResourceClaimSpec': 'devices 1 @v1.DeviceClaim',
  'v1.ResourceClaimStatus':
    'allocation 1 @v1.AllocationResult;reservedFor 2 []@v1.ResourceClaimConsumerReference;devices 4 []@v1.AllocatedDeviceStatus',
  'v1.ResourceClaimTemplate': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.ResourceClaimTemplateSpec',
  'v1.ResourceClaimTemplateSpec': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.ResourceClaimSpec',
  'v1.ResourceFieldSelector': '?containerName 1 s;resource 2 s;divisor 3 @Quantity',
  'v1.ResourceHealth': 'resourceID 1 s;?health 2 s;message 6 s',
  'v1.ResourcePolicyRule': 'verbs 1 []s;apiGroups 2 []s;resources 3 []s;?clusterScope 4 b;namespaces 5 []s',
  'v1.ResourcePool': 'name 1 s;generation 2 l;resourceSliceCount 3 l',
  'v1.ResourceQuota':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.ResourceQuotaSpec;status 3 @v1.ResourceQuotaStatus',
  'v1.ResourceQuotaSpec': 'hard 1 {}@Quantity;scopes 2 []s;scopeSelector 3 @v1.ScopeSelector',
  'v1.ResourceQuotaStatus': 'hard 1 {}@Quantity;used 2 {}@Quantity',
  'v1.ResourceRequirements': 'limits 1 {}@Quantity;requests 2 {}@Quantity;claims 3 []@v1.ResourceClaim',
  'v1.ResourceRule': 'verbs 1 []s;apiGroups 2 []s;resources 3 []s;resourceNames 4 []s',
  'v1.ResourceSlice': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.ResourceSliceSpec',
  'v1.ResourceSliceSpec':
    'driver 1 s;pool 2 @v1.ResourcePool;nodeName 3 s;nodeSelector 4 @v1.NodeSelector;allNodes 5 b;devices 6 []@v1.Device;perDeviceNodeSelection 7 b;sharedCounters 8 []@v1.CounterSet',
  'v1.ResourceStatus': 'name 1 s;resources 2 []@v1.ResourceHealth',
  'v1.Role': 'metadata 1 @v1.ObjectMeta;rules 2 []@v1.PolicyRule',
  'v1.RoleBinding': 'metadata 1 @v1.ObjectMeta;subjects 2 []@v1.Subject#rbac;roleRef 3 @v1.RoleRef',
  'v1.RoleRef': 'apiGroup 1 s;kind 2 s;name 3 s',
  'v1.RollingUpdateDaemonSet': 'maxUnavailable 1 @IntOrString;maxSurge 2 @IntOrString',
  'v1.RollingUpdateDeployment': 'maxUnavailable 1 @IntOrString;maxSurge 2 @IntOrString',
  'v1.RollingUpdateStatefulSetStrategy': 'partition 1 i;maxUnavailable 2 @IntOrString',
  'v1.Rule': 'apiGroups 1 []s;apiVersions 2 []s;resources 3 []s;scope 4 s',
  'v1.RuleWithOperations': 'operations 1 []s;~ 2 @v1.Rule',
  'v1.RuntimeClass':
    'metadata 1 @v1.ObjectMeta;handler 2 s;overhead 3 @v1.Overhead;scheduling 4 @v1.Scheduling',
  'v1.SELinuxOptions': '?user 1 s;?role 2 s;?type 3 s;?level 4 s',
  'v1.Scale': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.ScaleSpec;status 3 @v1.ScaleStatus',
  'v1.ScaleIOPersistentVolumeSource':
    'gateway 1 s;system 2 s;secretRef 3 @v1.SecretReference;?sslEnabled 4 b;?protectionDomain 5 s;?storagePool 6 s;?storageMode 7 s;?volumeName 8 s;?fsType 9 s;?readOnly 10 b',
  'v1.ScaleIOVolumeSource':
    'gateway 1 s;system 2 s;secretRef 3 @v1.LocalObjectReference;?sslEnabled 4 b;?protectionDomain 5 s;?storagePool 6 s;?storageMode 7 s;?volumeName 8 s;?fsType 9 s;?readOnly 10 b',
  'v1.ScaleSpec': '?replicas 1 i',
  'v1.ScaleStatus': 'replicas 1 i;?selector 2 s',
  'v1.Scheduling': 'nodeSelector 1 {}s;tolerations 2 []@v1.Toleration',
  'v1.ScopeSelector': 'matchExpressions 1 []@v1.ScopedResourceSelectorRequirement',
  'v1.ScopedResourceSelectorRequirement': 'scopeName 1 s;operator 2 s;values 3 []s',
  'v1.SeccompProfile': 'type 1 s;localhostProfile 2 s',
  'v1.Secret': 'metadata 1 @v1.ObjectMeta;data 2 {}x;?type 3 s;stringData 4 {}s;immutable 5 b',
  'v1.SecretEnvSource': '~ 1 @v1.LocalObjectReference;optional 2 b',
  'v1.SecretKeySelector': '~ 1 @v1.LocalObjectReference;key 2 s;optional 3 b',
  'v1.SecretProjection': '~ 1 @v1.LocalObjectReference;items 2 []@v1.KeyToPath;optional 4 b',
  'v1.SecretReference': '?name 1 s;?namespace 2 s',
  'v1.SecretVolumeSource': '?secretName 1 s;items 2 []@v1.KeyToPath;defaultMode 3 i;optional 4 b',
  'v1.SecurityContext':
    'capabilities 1 @v1.Capabilities;privileged 2 b;seLinuxOptions 3 @v1.SELinuxOptions;runAsUser 4 l;runAsNonRoot 5 b;readOnlyRootFilesystem 6 b;allowPrivilegeEscalation 7 b;runAsGroup 8 l;procMount 9 s;windowsOptions 10 @v1.WindowsSecurityContextOptions;seccompProfile 11 @v1.SeccompProfile;appArmorProfile 12 @v1.AppArmorProfile',
  'v1.SelectableField': 'jsonPath 1 s',
  'v1.SelfSubjectAccessReview':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.SelfSubjectAccessReviewSpec;status 3 @v1.SubjectAccessReviewStatus',
  'v1.SelfSubjectAccessReviewSpec':
    'resourceAttributes 1 @v1.ResourceAttributes;nonResourceAttributes 2 @v1.NonResourceAttributes',
  'v1.SelfSubjectReview': 'metadata 1 @v1.ObjectMeta;status 2 @v1.SelfSubjectReviewStatus',
  'v1.SelfSubjectReviewStatus': 'userInfo 1 @v1.UserInfo',
  'v1.SelfSubjectRulesReview':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.SelfSubjectRulesReviewSpec;status 3 @v1.SubjectRulesReviewStatus',
  'v1.SelfSubjectRulesReviewSpec': '?namespace 1 s',
  'v1.Service': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.ServiceSpec;status 3 @v1.ServiceStatus',
  'v1.ServiceAccount':
    'metadata 1 @v1.ObjectMeta;secrets 2 []@v1.ObjectReference;imagePullSecrets 3 []@v1.LocalObjectReference;automountServiceAccountToken 4 b',
  'v1.ServiceAccountSubject': 'namespace 1 s;name 2 s',
  'v1.ServiceAccountTokenProjection': '?audience 1 s;expirationSeconds 2 l;path 3 s',
  'v1.ServiceBackendPort': '?name 1 s;?number 2 i',
  'v1.ServiceCIDR': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.ServiceCIDRSpec;status 3 @v1.ServiceCIDRStatus',
  'v1.ServiceCIDRSpec': 'cidrs 1 []s',
  'v1.ServiceCIDRStatus': 'conditions 1 []@v1.Condition',
  'v1.ServicePort':
    '?name 1 s;?protocol 2 s;port 3 i;targetPort 4 @IntOrString;?nodePort 5 i;appProtocol 6 s',
  'v1.ServiceReference': 'namespace 1 s;name 2 s;path 3 s;port 4 i',
  'v1.ServiceReference#apiextensions': 'namespace 1 s;name 2 s;path 3 s;port 4 i',
  'v1.ServiceReference#apiregistration': '?namespace 1 s;?name 2 s;port 3 i',
  'v1.ServiceSpec':
    'ports 1 []@v1.ServicePort;selector 2 {}s;?clusterIP 3 s;?type 4 s;externalIPs 5 []s;?sessionAffinity 7 s;?loadBalancerIP 8 s;loadBalancerSourceRanges 9 []s;?externalName 10 s;?externalTrafficPolicy 11 s;?healthCheckNodePort 12 i;?publishNotReadyAddresses 13 b;sessionAffinityConfig 14 @v1.SessionAffinityConfig;ipFamilyPolicy 17 s;clusterIPs 18 []s;ipFamilies 19 []s;allocateLoadBalancerNodePorts 20 b;loadBalancerClass 21 s;internalTrafficPolicy 22 s;trafficDistribution 23 s',
  'v1.ServiceStatus': 'loadBalancer 1 @v1.LoadBalancerStatus;conditions 2 []@v1.Condition',
  'v1.SessionAffinityConfig': 'clientIP 1 @v1.ClientIPConfig',
  'v1.ShardInfo': 'selector 1 s',
  'v1.SleepAction': 'seconds 1 l',
  'v1.StatefulSet': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.StatefulSetSpec;status 3 @v1.StatefulSetStatus',
  'v1.StatefulSetCondition': 'type 1 s;status 2 s;lastTransitionTime 3 @Time;?reason 4 s;?message 5 s',
  'v1.StatefulSetOrdinals': 'start 1 i',
  'v1.StatefulSetPersistentVolumeClaimRetentionPolicy': '?whenDeleted 1 s;?whenScaled 2 s',
  'v1.StatefulSetSpec':
    'replicas 1 i;selector 2 @v1.LabelSelector;template 3 @v1.PodTemplateSpec;volumeClaimTemplates 4 []@v1.PersistentVolumeClaim;serviceName 5 s;?podManagementPolicy 6 s;updateStrategy 7 @v1.StatefulSetUpdateStrategy;revisionHistoryLimit 8 i;?minReadySeconds 9 i;persistentVolumeClaimRetentionPolicy 10 @v1.StatefulSetPersistentVolumeClaimRetentionPolicy;ordinals 11 @v1.StatefulSetOrdinals',
  'v1.StatefulSetStatus':
    '?observedGeneration 1 l;replicas 2 i;?readyReplicas 3 i;?currentReplicas 4 i;?updatedReplicas 5 i;?currentRevision 6 s;?updateRevision 7 s;collisionCount 9 i;conditions 10 []@v1.StatefulSetCondition;availableReplicas 11 i',
  'v1.StatefulSetUpdateStrategy': '?type 1 s;rollingUpdate 2 @v1.RollingUpdateStatefulSetStrategy',
  'v1.Status':
    'metadata 1 @v1.ListMeta;?status 2 s;?message 3 s;?reason 4 s;details 5 @v1.StatusDetails;?code 6 i',
  'v1.StatusCause': '?reason 1 s;?message 2 s;?field 3 s',
  'v1.StatusDetails':
    '?name 1 s;?group 2 s;?kind 3 s;causes 4 []@v1.StatusCause;?retryAfterSeconds 5 i;?uid 6 s',
  'v1.StorageClass':
    'metadata 1 @v1.ObjectMeta;provisioner 2 s;parameters 3 {}s;reclaimPolicy 4 s;mountOptions 5 []s;allowVolumeExpansion 6 b;volumeBindingMode 7 s;allowedTopologies 8 []@v1.TopologySelectorTerm',
  'v1.StorageOSPersistentVolumeSource':
    '?volumeName 1 s;?volumeNamespace 2 s;?fsType 3 s;?readOnly 4 b;secretRef 5 @v1.ObjectReference',
  'v1.StorageOSVolumeSource':
    '?volumeName 1 s;?volumeNamespace 2 s;?fsType 3 s;?readOnly 4 b;secretRef 5 @v1.LocalObjectReference',
  'v1.Subject':
    'kind 1 s;user 2 @v1.UserSubject;group 3 @v1.GroupSubject;serviceAccount 4 @v1.ServiceAccountSubject',
  'v1.Subject#rbac': 'kind 1 s;?apiGroup 2 s;name 3 s;?namespace 4 s',
  'v1.SubjectAccessReview':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.SubjectAccessReviewSpec;status 3 @v1.SubjectAccessReviewStatus',
  'v1.SubjectAccessReviewSpec':
    'resourceAttributes 1 @v1.ResourceAttributes;nonResourceAttributes 2 @v1.NonResourceAttributes;?user 3 s;groups 4 []s;extra 5 {}@ExtraValue;?uid 6 s',
  'v1.SubjectAccessReviewStatus': 'allowed 1 b;?reason 2 s;?evaluationError 3 s;?denied 4 b',
  'v1.SubjectRulesReviewStatus':
    'resourceRules 1 []@v1.ResourceRule;nonResourceRules 2 []@v1.NonResourceRule;incomplete 3 b;?evaluationError 4 s',
  'v1.SuccessPolicy': 'rules 1 []@v1.SuccessPolicyRule',
  'v1.SuccessPolicyRule': 'succeededIndexes 1 s;succeededCount 2 i',
  'v1.Sysctl': 'name 1 s;value 2 s',
  'v1.TCPSocketAction': 'port 1 @IntOrString;?host 2 s',
  'v1.Taint': 'key 1 s;?value 2 s;effect 3 s;timeAdded 4 @Time',
  'v1.TokenRequest': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.TokenRequestSpec;status 3 @v1.TokenRequestStatus',
  'v1.TokenRequest#storage': 'audience 1 s;expirationSeconds 2 l',
  'v1.TokenRequestSpec': 'audiences 1 []s;boundObjectRef 3 @v1.BoundObjectReference;expirationSeconds 4 l',
  'v1.TokenRequestStatus': 'token 1 s;expirationTimestamp 2 @Time',
  'v1.TokenReview': 'metadata 1 @v1.ObjectMeta;spec 2 @v1.TokenReviewSpec;status 3 @v1.TokenReviewStatus',
  'v1.TokenReviewSpec': '?token 1 s;audiences 2 []s',
  'v1.TokenReviewStatus': '?authenticated 1 b;user 2 @v1.UserInfo;?error 3 s;audiences 4 []s',
  'v1.Toleration': '?key 1 s;?operator 2 s;?value 3 s;?effect 4 s;tolerationSeconds 5 l',
  'v1.TopologySelectorLabelRequirement': 'key 1 s;values 2 []s',
  'v1.TopologySelectorTerm': 'matchLabelExpressions 1 []@v1.TopologySelectorLabelRequirement',
  'v1.TopologySpreadConstraint':
    'maxSkew 1 i;topologyKey 2 s;whenUnsatisfiable 3 s;labelSelector 4 @v1.LabelSelector;minDomains 5 i;nodeAffinityPolicy 6 s;nodeTaintsPolicy 7 s;matchLabelKeys 8 []s',
  'v1.TypeChecking': 'expressionWarnings 1 []@v1.ExpressionWarning',
  'v1.TypedLocalObjectReference': 'apiGroup 1 s;kind 2 s;name 3 s',
  'v1.TypedObjectReference': 'apiGroup 1 s;kind 2 s;name 3 s;namespace 4 s',
  'v1.UncountedTerminatedPods': 'succeeded 1 []s;failed 2 []s',
  'v1.UserInfo': '?username 1 s;?uid 2 s;groups 3 []s;extra 4 {}@ExtraValue',
  'v1.UserSubject': 'name 1 s',
  'v1.ValidatingAdmissionPolicy':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.ValidatingAdmissionPolicySpec;status 3 @v1.ValidatingAdmissionPolicyStatus',
  'v1.ValidatingAdmissionPolicyBinding':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.ValidatingAdmissionPolicyBindingSpec',
  'v1.ValidatingAdmissionPolicyBindingSpec':
    '?policyName 1 s;paramRef 2 @v1.ParamRef;matchResources 3 @v1.MatchResources;validationActions 4 []s',
  'v1.ValidatingAdmissionPolicySpec':
    'paramKind 1 @v1.ParamKind;matchConstraints 2 @v1.MatchResources;validations 3 []@v1.Validation;failurePolicy 4 s;auditAnnotations 5 []@v1.AuditAnnotation;matchConditions 6 []@v1.MatchCondition;variables 7 []@v1.Variable',
  'v1.ValidatingAdmissionPolicyStatus':
    '?observedGeneration 1 l;typeChecking 2 @v1.TypeChecking;conditions 3 []@v1.Condition',
  'v1.ValidatingWebhook':
    'name 1 s;clientConfig 2 @v1.WebhookClientConfig;rules 3 []@v1.RuleWithOperations;failurePolicy 4 s;namespaceSelector 5 @v1.LabelSelector;sideEffects 6 s;timeoutSeconds 7 i;admissionReviewVersions 8 []s;matchPolicy 9 s;objectSelector 10 @v1.LabelSelector;matchConditions 11 []@v1.MatchCondition',
  'v1.ValidatingWebhookConfiguration': 'metadata 1 @v1.ObjectMeta;webhooks 2 []@v1.ValidatingWebhook',
  'v1.Validation': 'expression 1 s;?message 2 s;reason 3 s;?messageExpression 4 s',
  'v1.ValidationRule':
    'rule 1 s;?message 2 s;?messageExpression 3 s;reason 4 s;?fieldPath 5 s;optionalOldSelf 6 b',
  'v1.Variable': 'name 1 s;expression 2 s',
  'v1.Volume': 'name 1 s;~ 2 @v1.VolumeSource',
  'v1.VolumeAttachment':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1.VolumeAttachmentSpec;status 3 @v1.VolumeAttachmentStatus',
  'v1.VolumeAttachmentSource': 'persistentVolumeName 1 s;inlineVolumeSpec 2 @v1.PersistentVolumeSpec',
  'v1.VolumeAttachmentSpec': 'attacher 1 s;source 2 @v1.VolumeAttachmentSource;nodeName 3 s',
  'v1.VolumeAttachmentStatus':
    'attached 1 b;attachmentMetadata 2 {}s;attachError 3 @v1.VolumeError;detachError 4 @v1.VolumeError',
  'v1.VolumeAttributesClass': 'metadata 1 @v1.ObjectMeta;driverName 2 s;parameters 3 {}s',
  'v1.VolumeDevice': 'name 1 s;devicePath 2 s',
  'v1.VolumeError': 'time 1 @Time;?message 2 s;errorCode 3 i',
  'v1.VolumeMount':
    'name 1 s;?readOnly 2 b;mountPath 3 s;?subPath 4 s;mountPropagation 5 s;?subPathExpr 6 s;recursiveReadOnly 7 s',
  'v1.VolumeMountStatus':
    'name 1 s;mountPath 2 s;?readOnly 3 b;recursiveReadOnly 4 s;volumeStatus 5 @v1.VolumeStatus',
  'v1.VolumeNodeAffinity': 'required 1 @v1.NodeSelector',
  'v1.VolumeNodeResources': 'count 1 i',
  'v1.VolumeProjection':
    'secret 1 @v1.SecretProjection;downwardAPI 2 @v1.DownwardAPIProjection;configMap 3 @v1.ConfigMapProjection;serviceAccountToken 4 @v1.ServiceAccountTokenProjection;clusterTrustBundle 5 @v1.ClusterTrustBundleProjection;podCertificate 6 @v1.PodCertificateProjection',
  'v1.VolumeResourceRequirements': 'limits 1 {}@Quantity;requests 2 {}@Quantity',
  'v1.VolumeSource':
    'hostPath 1 @v1.HostPathVolumeSource;emptyDir 2 @v1.EmptyDirVolumeSource;gcePersistentDisk 3 @v1.GCEPersistentDiskVolumeSource;awsElasticBlockStore 4 @v1.AWSElasticBlockStoreVolumeSource;gitRepo 5 @v1.GitRepoVolumeSource;secret 6 @v1.SecretVolumeSource;nfs 7 @v1.NFSVolumeSource;iscsi 8 @v1.ISCSIVolumeSource;glusterfs 9 @v1.GlusterfsVolumeSource;persistentVolumeClaim 10 @v1.PersistentVolumeClaimVolumeSource;rbd 11 @v1.RBDVolumeSource;flexVolume 12 @v1.FlexVolumeSource;cinder 13 @v1.CinderVolumeSource;cephfs 14 @v1.CephFSVolumeSource;flocker 15 @v1.FlockerVolumeSource;downwardAPI 16 @v1.DownwardAPIVolumeSource;fc 17 @v1.FCVolumeSource;azureFile 18 @v1.AzureFileVolumeSource;configMap 19 @v1.ConfigMapVolumeSource;vsphereVolume 20 @v1.VsphereVirtualDiskVolumeSource;quobyte 21 @v1.QuobyteVolumeSource;azureDisk 22 @v1.AzureDiskVolumeSource;photonPersistentDisk 23 @v1.PhotonPersistentDiskVolumeSource;portworxVolume 24 @v1.PortworxVolumeSource;scaleIO 25 @v1.ScaleIOVolumeSource;projected 26 @v1.ProjectedVolumeSource;storageos 27 @v1.StorageOSVolumeSource;csi 28 @v1.CSIVolumeSource;ephemeral 29 @v1.EphemeralVolumeSource;image 30 @v1.ImageVolumeSource',
  'v1.VolumeStatus': 'image 1 @v1.ImageVolumeStatus',
  'v1.VsphereVirtualDiskVolumeSource':
    'volumePath 1 s;?fsType 2 s;?storagePolicyName 3 s;?storagePolicyID 4 s',
  'v1.WebhookClientConfig': 'service 1 @v1.ServiceReference;?caBundle 2 x;url 3 s',
  'v1.WebhookClientConfig#apiextensions':
    'service 1 @v1.ServiceReference#apiextensions;?caBundle 2 x;url 3 s',
  'v1.WebhookConversion':
    'clientConfig 2 @v1.WebhookClientConfig#apiextensions;conversionReviewVersions 3 []s',
  'v1.WeightedPodAffinityTerm': 'weight 1 i;podAffinityTerm 2 @v1.PodAffinityTerm',
  'v1.WindowsSecurityContextOptions':
    'gmsaCredentialSpecName 1 s;gmsaCredentialSpec 2 s;runAsUserName 3 s;hostProcess 4 b',
  'v1beta1.Eviction': 'metadata 1 @v1.ObjectMeta;deleteOptions 2 @v1.DeleteOptions',
  'v1beta1.PodDisruptionBudget':
    'metadata 1 @v1.ObjectMeta;spec 2 @v1beta1.PodDisruptionBudgetSpec;status 3 @v1beta1.PodDisruptionBudgetStatus',
  'v1beta1.PodDisruptionBudgetSpec':
    'minAvailable 1 @IntOrString;selector 2 @v1.LabelSelector;maxUnavailable 3 @IntOrString;unhealthyPodEvictionPolicy 4 s',
  'v1beta1.PodDisruptionBudgetStatus':
    '?observedGeneration 1 l;disruptedPods 2 {}@Time;disruptionsAllowed 3 i;currentHealthy 4 i;desiredHealthy 5 i;expectedPods 6 i;conditions 7 []@v1.Condition',
  'v2.ContainerResourceMetricSource': 'name 1 s;target 2 @v2.MetricTarget;container 3 s',
  'v2.ContainerResourceMetricStatus': 'name 1 s;current 2 @v2.MetricValueStatus;container 3 s',
  'v2.CrossVersionObjectReference': 'kind 1 s;name 2 s;?apiVersion 3 s',
  'v2.ExternalMetricSource': 'metric 1 @v2.MetricIdentifier;target 2 @v2.MetricTarget',
  'v2.ExternalMetricStatus': 'metric 1 @v2.MetricIdentifier;current 2 @v2.MetricValueStatus',
  'v2.HPAScalingPolicy': 'type 1 s;value 2 i;periodSeconds 3 i',
  'v2.HPAScalingRules':
    'selectPolicy 1 s;policies 2 []@v2.HPAScalingPolicy;stabilizationWindowSeconds 3 i;tolerance 4 @Quantity',
  'v2.HorizontalPodAutoscaler':
    'metadata 1 @v1.ObjectMeta;spec 2 @v2.HorizontalPodAutoscalerSpec;status 3 @v2.HorizontalPodAutoscalerStatus',
  'v2.HorizontalPodAutoscalerBehavior': 'scaleUp 1 @v2.HPAScalingRules;scaleDown 2 @v2.HPAScalingRules',
  'v2.HorizontalPodAutoscalerCondition':
    'type 1 s;status 2 s;lastTransitionTime 3 @Time;?reason 4 s;?message 5 s',
  'v2.HorizontalPodAutoscalerSpec':
    'scaleTargetRef 1 @v2.CrossVersionObjectReference;minReplicas 2 i;maxReplicas 3 i;metrics 4 []@v2.MetricSpec;behavior 5 @v2.HorizontalPodAutoscalerBehavior',
  'v2.HorizontalPodAutoscalerStatus':
    'observedGeneration 1 l;lastScaleTime 2 @Time;?currentReplicas 3 i;desiredReplicas 4 i;currentMetrics 5 []@v2.MetricStatus;conditions 6 []@v2.HorizontalPodAutoscalerCondition',
  'v2.MetricIdentifier': 'name 1 s;selector 2 @v1.LabelSelector',
  'v2.MetricSpec':
    'type 1 s;object 2 @v2.ObjectMetricSource;pods 3 @v2.PodsMetricSource;resource 4 @v2.ResourceMetricSource;external 5 @v2.ExternalMetricSource;containerResource 7 @v2.ContainerResourceMetricSource',
  'v2.MetricStatus':
    'type 1 s;object 2 @v2.ObjectMetricStatus;pods 3 @v2.PodsMetricStatus;resource 4 @v2.ResourceMetricStatus;external 5 @v2.ExternalMetricStatus;containerResource 7 @v2.ContainerResourceMetricStatus',
  'v2.MetricTarget': 'type 1 s;value 2 @Quantity;averageValue 3 @Quantity;averageUtilization 4 i',
  'v2.MetricValueStatus': 'value 1 @Quantity;averageValue 2 @Quantity;averageUtilization 3 i',
  'v2.ObjectMetricSource':
    'describedObject 1 @v2.CrossVersionObjectReference;target 2 @v2.MetricTarget;metric 3 @v2.MetricIdentifier',
  'v2.ObjectMetricStatus':
    'metric 1 @v2.MetricIdentifier;current 2 @v2.MetricValueStatus;describedObject 3 @v2.CrossVersionObjectReference',
  'v2.PodsMetricSource': 'metric 1 @v2.MetricIdentifier;target 2 @v2.MetricTarget',
  'v2.PodsMetricStatus': 'metric 1 @v2.MetricIdentifier;current 2 @v2.MetricValueStatus',
  'v2.ResourceMetricSource': 'name 1 s;target 2 @v2.MetricTarget',
  'v2.ResourceMetricStatus': 'name 1 s;current 2 @v2.MetricValueStatus',
};
