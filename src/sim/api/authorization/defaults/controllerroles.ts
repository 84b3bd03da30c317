/**
 * The ClusterRoles of the controllers, `system:controller:NAME` each, bound to the service account NAME in
 * kube-system. Models plugin/pkg/auth/authorizer/rbac/bootstrappolicy/controller_policy.go.
 */
const EVENTS = '- events.k8s.io | events | create patch update';

export const CONTROLLER_ROLES: Readonly<Record<string, string>> = {
  'attachdetach-controller': `
    - | persistentvolumeclaims persistentvolumes | list watch
    - | nodes | read
    - | nodes/status | patch update
    - | pods | list watch
    ${EVENTS}
    storage.k8s.io | volumeattachments | create delete get list watch
    storage.k8s.io | csidrivers | read
    storage.k8s.io | csinodes | read`,
  'certificate-controller': `
    certificates.k8s.io | certificatesigningrequests | delete get list watch
    certificates.k8s.io | certificatesigningrequests/approval certificatesigningrequests/status | update
    certificates.k8s.io | signers | approve | kubernetes.io/kube-apiserver-client-kubelet
    certificates.k8s.io | signers | sign | kubernetes.io/kube-apiserver-client kubernetes.io/kube-apiserver-client-kubelet kubernetes.io/kubelet-serving kubernetes.io/legacy-unknown
    authorization.k8s.io | subjectaccessreviews | create
    ${EVENTS}`,
  'clusterrole-aggregation-controller':
    'rbac.authorization.k8s.io | clusterroles | escalate get list patch update watch',
  'cronjob-controller': `
    batch | cronjobs | get list update watch
    batch | jobs | create delete get list patch update watch
    batch | cronjobs/status | update
    batch | cronjobs/finalizers | update
    - | pods | delete list watch
    ${EVENTS}`,
  'daemon-set-controller': `
    apps extensions | daemonsets | read
    apps extensions | daemonsets/status | update
    apps extensions | daemonsets/finalizers | update
    - | nodes | list watch
    - | pods | create delete list patch watch
    - | pods/binding | create
    apps | controllerrevisions | create delete get list patch update watch
    ${EVENTS}`,
  'deployment-controller': `
    apps extensions | deployments | get list update watch
    apps extensions | deployments/status | update
    apps extensions | deployments/finalizers | update
    apps extensions | replicasets | create delete get list patch update watch
    - | pods | get list update watch
    ${EVENTS}`,
  'disruption-controller': `
    apps extensions | deployments | read
    apps extensions | replicasets | read
    - | replicationcontrollers | read
    policy | poddisruptionbudgets | read
    apps | statefulsets | read
    policy | poddisruptionbudgets/status | update
    - | pods/status | patch update
    * | */scale | get
    ${EVENTS}`,
  'endpoint-controller': `
    - | pods services | read
    - | endpoints | create delete get list update watch
    - | endpoints/restricted | create
    ${EVENTS}`,
  'endpointslice-controller': `
    - | nodes pods services | read
    - | services/finalizers | update
    discovery.k8s.io | endpointslices | create delete get list update watch
    ${EVENTS}`,
  'endpointslicemirroring-controller': `
    - | endpoints services | read
    - | services/finalizers | update
    - | endpoints/finalizers | update
    discovery.k8s.io | endpointslices | create delete get list update watch
    ${EVENTS}`,
  'ephemeral-volume-controller': `
    - | pods | read
    - | pods/finalizers | update
    - | persistentvolumeclaims | create get list watch
    ${EVENTS}`,
  'expand-controller': `
    - | persistentvolumes | get list patch update watch
    - | persistentvolumeclaims/status | patch update
    - | persistentvolumeclaims | read
    ${EVENTS}
    - | services | get`,
  'generic-garbage-collector': `
    * | * | delete get list patch update watch
    ${EVENTS}`,
  'horizontal-pod-autoscaler': `
    autoscaling | horizontalpodautoscalers | read
    autoscaling | horizontalpodautoscalers/status | update
    * | */scale | get update
    - | pods | list watch
    metrics.k8s.io | pods | list
    custom.metrics.k8s.io | * | get list
    external.metrics.k8s.io | * | get list
    ${EVENTS}`,
  'job-controller': `
    batch | jobs | get list patch update watch
    batch | jobs/status | update
    batch | jobs/finalizers | update
    - | pods | create delete list patch watch
    ${EVENTS}`,
  'legacy-service-account-token-cleaner': `
    - | configmaps | get | kube-apiserver-legacy-service-account-token-tracking
    - | secrets | delete patch`,
  'namespace-controller': `
    - | namespaces | delete get list watch
    - | namespaces/finalize namespaces/status | update
    * | * | delete deletecollection get list watch`,
  'node-controller': `
    - | nodes | delete get list patch update watch
    - | nodes/status | patch update
    - | pods/status | patch update
    - | pods | delete get list watch
    ${EVENTS}`,
  'persistent-volume-binder': `
    - | persistentvolumes | create delete get list update watch
    - | persistentvolumes/status | update
    - | persistentvolumeclaims | get list update watch
    - | persistentvolumeclaims/status | update
    - | pods | create delete get list watch
    storage.k8s.io | storageclasses | read
    - | nodes | list watch
    ${EVENTS}
    - | events | watch
    - | services | get`,
  'pod-garbage-collector': `
    - | pods | delete list watch
    - | nodes | read
    - | pods/status | patch`,
  'pv-protection-controller': `
    - | persistentvolumes | get list update watch
    ${EVENTS}`,
  'pvc-protection-controller': `
    - | persistentvolumeclaims | get list update watch
    - | pods | get list watch
    ${EVENTS}`,
  'replicaset-controller': `
    apps extensions | replicasets | get list update watch
    apps extensions | replicasets/status | update
    apps extensions | replicasets/finalizers | update
    - | pods | create delete list patch watch
    ${EVENTS}`,
  'replication-controller': `
    - | replicationcontrollers | get list update watch
    - | replicationcontrollers/status | update
    - | replicationcontrollers/finalizers | update
    - | pods | create delete list patch watch
    ${EVENTS}`,
  'resource-claim-controller': `
    - | pods | read
    - | pods/finalizers | update
    resource.k8s.io | resourceclaims | create delete get list watch
    resource.k8s.io | resourceclaims resourceclaims/status | patch update
    - | pods/status | patch update
    ${EVENTS}`,
  'resourcequota-controller': `
    * | * | list watch
    - | resourcequotas/status | update
    ${EVENTS}`,
  'root-ca-cert-publisher': `
    - | configmaps | create update
    ${EVENTS}`,
  'route-controller': `
    - | nodes | list watch
    - | nodes/status | patch
    ${EVENTS}`,
  'selinux-warning-controller': `
    ${EVENTS}
    - | persistentvolumes | read
    - | persistentvolumeclaims | read
    - | pods | read
    storage.k8s.io | csidrivers | read`,
  'service-account-controller': `
    - | serviceaccounts | create
    ${EVENTS}`,
  'service-cidrs-controller': `
    networking.k8s.io | servicecidrs | get list patch update watch
    networking.k8s.io | servicecidrs/finalizers | patch update
    networking.k8s.io | servicecidrs/status | patch update
    networking.k8s.io | ipaddresses | read
    ${EVENTS}`,
  'service-controller': `
    - | services | read
    - | services/status | patch update
    - | nodes | list watch
    ${EVENTS}`,
  'statefulset-controller': `
    - | pods | list watch
    apps | statefulsets | read
    apps | statefulsets/status | update
    apps | statefulsets/finalizers | update
    - | pods | create delete get patch update
    apps | controllerrevisions | create delete get list patch update watch
    - | persistentvolumeclaims | create get list watch
    - | persistentvolumeclaims | delete update
    - | pods/finalizers | update
    ${EVENTS}`,
  'ttl-after-finished-controller': `
    batch | jobs | delete get list watch
    ${EVENTS}`,
  'ttl-controller': `
    - | nodes | list patch update watch
    ${EVENTS}`,
  'validatingadmissionpolicy-status-controller': `
    admissionregistration.k8s.io | validatingadmissionpolicies | read
    admissionregistration.k8s.io | validatingadmissionpolicies/status | get patch update
    ${EVENTS}`,
  'volumeattributesclass-protection-controller': `
    - | persistentvolumeclaims | read
    - | persistentvolumes | read
    storage.k8s.io | volumeattributesclasses | get list update watch
    ${EVENTS}`,
};
