/**
 * The ClusterRoles that every cluster has, but those of its controllers. Models
 * plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go (ClusterRoles, NodeRules).
 */

/** `admin`, `edit` and `view` are what the roles of a label say together. */
export const AGGREGATED: Readonly<Record<string, { readonly of: string; readonly into?: string }>> = {
  admin: { of: 'admin' },
  edit: { of: 'edit', into: 'admin' },
  view: { of: 'view', into: 'edit' },
};

/** Of the roles whose rules others take over: into which. */
export const INTO: Readonly<Record<string, string>> = {
  'system:aggregate-to-admin': 'admin',
  'system:aggregate-to-edit': 'edit',
  'system:aggregate-to-view': 'view',
};

const EVENTS = '- events.k8s.io | events | create patch update';
const DELEGATED = `
  authentication.k8s.io | tokenreviews | create
  authorization.k8s.io | subjectaccessreviews | create`;
const leader = (name: string): string => `
  coordination.k8s.io | leases | create
  coordination.k8s.io | leases | get update | ${name}`;

export const CLUSTER_ROLES: Readonly<Record<string, string>> = {
  'cluster-admin': `
    * | * | *
    url | * | *`,
  'system:aggregate-to-admin': `
    authorization.k8s.io | localsubjectaccessreviews | create
    rbac.authorization.k8s.io | rolebindings roles | read write`,
  'system:aggregate-to-edit': `
    - | pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy | read
    - | serviceaccounts | impersonate
    - | pods pods/attach pods/exec pods/portforward pods/proxy | write
    - | pods/eviction | create
    - | configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy | write
    - | serviceaccounts/token | create
    apps | daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale | write
    autoscaling | horizontalpodautoscalers | write
    batch | cronjobs jobs | write
    extensions | daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets replicasets/scale replicationcontrollers/scale | write
    policy | poddisruptionbudgets | write
    networking.k8s.io | ingresses networkpolicies | write
    coordination.k8s.io | leases | read write`,
  'system:aggregate-to-view': `
    - | configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status | read
    - | bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status | read
    - | namespaces | read
    discovery.k8s.io | endpointslices | read
    apps | controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status | read
    autoscaling | horizontalpodautoscalers horizontalpodautoscalers/status | read
    batch | cronjobs cronjobs/status jobs jobs/status | read
    extensions | daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale | read
    policy | poddisruptionbudgets poddisruptionbudgets/status | read
    networking.k8s.io | ingresses ingresses/status networkpolicies | read`,
  'system:auth-delegator': DELEGATED,
  'system:basic-user': `
    authorization.k8s.io | selfsubjectaccessreviews selfsubjectrulesreviews | create
    authentication.k8s.io | selfsubjectreviews | create`,
  'system:certificates.k8s.io:certificatesigningrequests:nodeclient':
    'certificates.k8s.io | certificatesigningrequests/nodeclient | create',
  'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient':
    'certificates.k8s.io | certificatesigningrequests/selfnodeclient | create',
  'system:certificates.k8s.io:kube-apiserver-client-approver':
    'certificates.k8s.io | signers | approve | kubernetes.io/kube-apiserver-client',
  'system:certificates.k8s.io:kube-apiserver-client-kubelet-approver':
    'certificates.k8s.io | signers | approve | kubernetes.io/kube-apiserver-client-kubelet',
  'system:certificates.k8s.io:kubelet-serving-approver':
    'certificates.k8s.io | signers | approve | kubernetes.io/kubelet-serving',
  'system:certificates.k8s.io:legacy-unknown-approver':
    'certificates.k8s.io | signers | approve | kubernetes.io/legacy-unknown',
  'system:discovery':
    'url | /api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/ | get',
  'system:heapster': `
    - | events namespaces nodes pods | read
    extensions | deployments | read`,
  'system:kube-aggregator': '- | endpoints services | read',
  'system:kube-controller-manager': `
    ${EVENTS}${leader('kube-controller-manager')}
    - | secrets serviceaccounts | create
    - | secrets | delete
    - | configmaps namespaces secrets serviceaccounts | get
    - | secrets serviceaccounts | update${DELEGATED}
    * | * | list watch
    - | serviceaccounts/token | create`,
  'system:kube-dns': '- | endpoints services | list watch',
  'system:kube-scheduler': `
    ${EVENTS}${leader('kube-scheduler')}
    - | nodes | read
    - | pods | delete get list watch
    - | bindings pods/binding | create
    - | pods/status | patch update
    - | replicationcontrollers services | read
    apps extensions | replicasets | read
    apps | statefulsets | read
    policy | poddisruptionbudgets | read
    - | persistentvolumeclaims persistentvolumes | read${DELEGATED}
    storage.k8s.io | csinodes | read
    - | namespaces | read
    storage.k8s.io | csidrivers | read
    storage.k8s.io | csistoragecapacities | read
    storage.k8s.io | volumeattachments | read
    resource.k8s.io | deviceclasses resourceslices | read
    resource.k8s.io | resourceclaims | read patch update
    resource.k8s.io | resourceclaims/status | patch update
    - | pods/finalizers | update`,
  'system:kubelet-api-admin': `
    - | nodes | read
    - | nodes | proxy
    - | nodes/log nodes/metrics nodes/proxy nodes/stats | *`,
  'system:monitoring':
    'url | /healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/* | get',
  'system:node': `
    authentication.k8s.io | tokenreviews | create
    authorization.k8s.io | localsubjectaccessreviews subjectaccessreviews | create
    - | services | read
    - | nodes | create get list watch
    - | nodes/status | patch update
    - | nodes | patch update
    - | events | create patch update
    - | pods | read
    - | pods | create delete
    - | pods/status | patch update
    - | pods/eviction | create
    - | configmaps secrets | read
    - | persistentvolumeclaims persistentvolumes | get
    - | endpoints | get
    certificates.k8s.io | certificatesigningrequests | create get list watch
    coordination.k8s.io | leases | create delete get patch update
    storage.k8s.io | volumeattachments | get
    - | serviceaccounts/token | create
    - | persistentvolumeclaims/status | get patch update
    storage.k8s.io | csidrivers | read
    storage.k8s.io | csinodes | create delete get patch update
    node.k8s.io | runtimeclasses | read
    resource.k8s.io | resourceclaims | get
    resource.k8s.io | resourceslices | deletecollection
    resource.k8s.io | resourceslices | create delete get list patch update watch`,
  'system:node-bootstrapper': 'certificates.k8s.io | certificatesigningrequests | create get list watch',
  'system:node-problem-detector': `
    - | nodes | get
    - | nodes/status | patch
    ${EVENTS}`,
  'system:node-proxier': `
    - | endpoints services | list watch
    - | nodes | read
    ${EVENTS}
    discovery.k8s.io | endpointslices | list watch
    networking.k8s.io | servicecidrs | list watch`,
  'system:persistent-volume-provisioner': `
    - | persistentvolumes | create delete get list watch
    - | persistentvolumeclaims | get list update watch
    storage.k8s.io | storageclasses | read
    - | events | watch
    ${EVENTS}`,
  'system:public-info-viewer': 'url | /healthz /livez /readyz /version /version/ | get',
  'system:service-account-issuer-discovery': 'url | /.well-known/openid-configuration /openid/v1/jwks | get',
  'system:volume-scheduler': `
    - | persistentvolumes | get list patch update watch
    storage.k8s.io | storageclasses | read
    - | persistentvolumeclaims | get list patch update watch`,
};
