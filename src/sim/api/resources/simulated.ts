/**
 * How far a simulated cluster plays the fields of the API: what no simulated component reads is stored only.
 * Fields stand under their type in the generated schemas, so that a Pod's are said once, wherever it stands.
 * What is not named is played as upstream plays it; `simulated.test.ts` holds that it is read at all.
 */
import { fieldPath, type Path } from '../schema/check.ts';
import { fieldsOf, type FieldType, type ObjectType } from '../schema/types.ts';

export type Extent = 'played' | 'partly' | 'stored';

/** Stored only. `field=value`: but for a value that is what is played anyway. */
const STORED: Readonly<Record<string, string>> = {
  'v1.AzureDiskVolumeSource': 'cachingMode diskName fsType kind',
  'v1.AWSElasticBlockStoreVolumeSource': 'fsType partition',
  'v1.CinderPersistentVolumeSource': 'fsType secretRef',
  'v1.CSIDriverSpec':
    'fsGroupPolicy nodeAllocatableUpdatePeriodSeconds podInfoOnMount preventPodSchedulingIfMissing ' +
    'requiresRepublish seLinuxMount serviceAccountTokenInSecrets storageCapacity tokenRequests',
  'v1.CSINodeDriver': 'nodeID topologyKeys',
  'v1.CSIPersistentVolumeSource':
    'controllerExpandSecretRef controllerPublishSecretRef fsType nodeExpandSecretRef ' +
    'nodePublishSecretRef nodeStageSecretRef volumeAttributes',
  'v1.Container': 'restartPolicyRules stdinOnce tty volumeDevices',
  'v1.CustomResourceDefinitionSpec': 'preserveUnknownFields=false',
  'v1.EndpointHints': 'forNodes',
  'v1.EphemeralContainer': 'restartPolicyRules stdinOnce tty volumeDevices',
  'v1.CSIVolumeSource': 'nodePublishSecretRef volumeAttributes',
  'v1.CephFSPersistentVolumeSource': 'monitors secretFile',
  'v1.CephFSVolumeSource': 'monitors secretFile',
  'v1.Endpoint': 'deprecatedTopology',
  'v1.Event': 'eventTime reportingInstance series',
  'v1.HTTPGetAction': 'httpHeaders',
  'v1.IngressBackend': 'resource',
  'v1.IngressClassSpec': 'parameters',
  'v1.LeaseSpec': 'acquireTime leaseTransitions preferredHolder strategy',
  'v1.Lifecycle': 'stopSignal',
  'v1.NodeSpec': 'configSource externalID podCIDR podCIDRs providerID',
  'v1.ObjectMeta': 'managedFields selfLink',
  'v1.FlockerVolumeSource': 'datasetName datasetUUID',
  'v1.GlusterfsPersistentVolumeSource': 'endpointsNamespace',
  'v1.PhotonPersistentDiskVolumeSource': 'pdID',
  'v1.QuobyteVolumeSource': 'tenant',
  'v1.RBDPersistentVolumeSource': 'keyring monitors',
  'v1.RBDVolumeSource': 'keyring monitors',
  'v1.ScaleIOPersistentVolumeSource': 'gateway protectionDomain sslEnabled storageMode storagePool',
  'v1.ScaleIOVolumeSource': 'gateway protectionDomain sslEnabled storageMode storagePool',
  'v1.StorageOSPersistentVolumeSource': 'volumeNamespace',
  'v1.StorageOSVolumeSource': 'volumeNamespace',
  'v1.GCEPersistentDiskVolumeSource': 'fsType partition',
  'v1.LocalVolumeSource': 'fsType',
  'v1.PersistentVolumeClaimSpec': 'dataSource dataSourceRef volumeAttributesClassName',
  'v1.PersistentVolumeSpec': 'azureFile fc iscsi mountOptions portworxVolume volumeAttributesClassName',
  'v1.PodSpec': 'hostIPC hostUsers hostnameOverride resourceClaims ' + 'schedulingGroup setHostnameAsFQDN',
  'v1.PodSecurityContext':
    'appArmorProfile fsGroupChangePolicy seLinuxChangePolicy seLinuxOptions ' +
    'seccompProfile supplementalGroupsPolicy windowsOptions',
  'v1.ResourceRequirements': 'claims',
  'v1.SecurityContext': 'appArmorProfile procMount seLinuxOptions ' + 'seccompProfile windowsOptions',
  'v1.ServiceAccount': 'secrets',
  'v1.Volume':
    'awsElasticBlockStore azureDisk azureFile cinder fc gcePersistentDisk iscsi portworxVolume ' +
    'vsphereVolume',
  'v1.JSONSchemaProps':
    '$ref $schema additionalItems definitions dependencies example externalDocs id patternProperties title ' +
    'uniqueItems',
  'v1.StorageClass': 'mountOptions parameters',
  'v1.VolumeAttachmentSource': 'inlineVolumeSpec',
  'v1.VsphereVirtualDiskVolumeSource': 'fsType storagePolicyID storagePolicyName',
  'v1.VolumeMount': 'mountPropagation=None recursiveReadOnly',
  'v1.ValidatingAdmissionPolicySpec': 'auditAnnotations',
  'v1.WebhookConversion': 'conversionReviewVersions',
  'v1.VolumeProjection': 'clusterTrustBundle podCertificate',
};

/** Played in part: what is. */
const PARTLY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'v1.Container': {
    args: 'as far as the simulated shell and the image described read them',
    command: 'as far as the simulated shell and the image described read them',
    image: 'an image that is not described is taken for a server that starts in about a second',
    env: 'as far as simulated programs read variables',
    envFrom: 'as far as simulated programs read variables',
    resources: 'CPU is shared and throttled where images say what CPU they take (`cpu`)',
  },
  'v1.EphemeralContainer': {
    args: 'as far as the simulated shell and the image described read them',
    command: 'as far as the simulated shell and the image described read them',
    env: 'as far as simulated programs read variables',
    envFrom: 'as far as simulated programs read variables',
    image: 'an image that is not described is taken for a server that starts in about a second',
    targetContainerName: '`ps`, signals and /proc/1/root; of other processes the first of each container',
  },
  'v1.LeaseSpec': {
    holderIdentity:
      'leaders of a control plane on nodes and kubelets write it; one that others write or delete moves no ' +
      'leader',
    leaseDurationSeconds: 'leaders wait out 15 s, whatever a Lease says',
    renewTime: 'renewals that go on are no writes: who reads it sees the last of them',
  },
  'v1.IngressSpec': {
    ingressClassName:
      "by controllers of ingress-nginx' kind, with its annotations for redirects, rewrites, canaries, " +
      'time-outs, retries, addresses let in, cookie affinity, aliases and default backends; its other ' +
      'annotations change nothing',
  },
  'v1.IngressTLS': { secretName: 'whether it holds a certificate, which no client verifies' },
  'v1.CustomResourceConversion': {
    strategy:
      'Webhook once it is said what the webhook makes of objects; until then the version that is stored is ' +
      'served, requests in others are refused. Watches go on while it does not answer, and tables have the ' +
      'columns of the version that clients prefer',
  },
  'v1.JSONSchemaProps': {
    'x-kubernetes-validations':
      'every rule; what it may cost is not estimated, so that no definition is refused for rules over ' +
      'budget, nor counted as objects are checked',
  },
  'v1.WebhookConversion': { clientConfig: 'its Service is asked, its caBundle is not looked at' },
  'v1.Volume': {
    image: 'the files of an image that is described; nothing is pulled for it',
    nfs: 'a disk of its own that every node reaches',
  },
  'v1.PodSpec': {
    hostNetwork: 'ports of the node; no addresses of its own',
    hostPID: 'which process is the first; `ps` shows the first of each container',
    dnsConfig: 'with control plane nodes, where CoreDNS answers',
    dnsPolicy: 'with control plane nodes, where CoreDNS answers',
    automountServiceAccountToken:
      'a Pod that runs as `default` and says nothing is given no token unless `tokensInEveryPod` is set',
    hostname: 'names in DNS, and what `hostname` prints',
    imagePullSecrets: 'that they exist, or a warning; registries ask for none',
    resources: 'requests, at placement and admission',
    runtimeClassName: 'overhead and places of the class; whatever its handler, containers run alike',
    serviceAccountName: 'that it exists',
    serviceAccount: 'as serviceAccountName',
    shareProcessNamespace: 'which process is the first; `ps` shows the first of each container',
  },
  'v1.PodSecurityContext': {
    runAsNonRoot: 'whether a container may start, of images whose user is known',
    runAsUser: 'whether it breaks runAsNonRoot; whether web servers can make their files',
  },
  'v1.Probe': { timeoutSeconds: 'whether an answer counts; waiting for it takes no time' },
  'v1.MutatingWebhook': { timeoutSeconds: 'whether an answer counts; waiting for it takes no time' },
  'v1.ValidatingWebhook': { timeoutSeconds: 'whether an answer counts; waiting for it takes no time' },
  'v1.ValidatingAdmissionPolicySpec': {
    validations:
      'status.typeChecking says which fields they ask for in vain; operators are not held against schemas, ' +
      'costs are not estimated',
  },
  'v1.ValidatingAdmissionPolicyBindingSpec': { validationActions: 'Deny and Warn; nothing comes of Audit' },
  'v1.WebhookClientConfig#admissionregistration': {
    caBundle: 'installers write it; certificates are not looked at',
  },
  'v1.SecurityContext': {
    capabilities: 'whether nginx may give its files away (CHOWN)',
    privileged: 'that no capability is taken away',
    runAsNonRoot: 'whether a container may start, of images whose user is known',
    runAsUser: 'whether it breaks runAsNonRoot; whether web servers can make their files',
  },
  'v1.ServiceSpec': {
    ipFamilies: 'IPv4 alone has addresses',
    ipFamilyPolicy: 'IPv4 alone has addresses',
    type: 'a LoadBalancer stays without an address from outside',
  },
};

/** Fields, with the value that changes nothing ('': none). */
const read = (words: string): ReadonlyMap<string, string> =>
  new Map(
    words.split(' ').map((word): [string, string] => {
      const [name, value = ''] = word.split('=') as [string, string?];
      return [name, value];
    }),
  );

const stored = new Map(Object.entries(STORED).map(([type, words]) => [type, read(words)]));

const isStored = (type: string, field: string): boolean => stored.get(type)?.has(field) === true;

/** The types that the table speaks of, with the fields it names of each. */
export const namedFields = (): [type: string, fields: string[]][] => [
  ...[...stored].map(([type, fields]): [string, string[]] => [type, [...fields.keys()]]),
  ...Object.entries(PARTLY).map(([type, fields]): [string, string[]] => [type, Object.keys(fields)]),
];

/** @param type the name of a generated schema: `v1.PodSpec` */
export function extentOf(type: string, field: string): Extent {
  if (isStored(type, field)) return 'stored';
  return PARTLY[type]?.[field] === undefined ? 'played' : 'partly';
}

/** What is played of a field that is in part. */
export const partOf = (type: string, field: string): string => PARTLY[type]?.[field] ?? '';

/** A value that asks for nothing, so that it does not matter that nothing comes of it. */
function asksNothing(value: unknown, type: string, field: string): boolean {
  if (value === undefined || value === null || value === false || value === '') return true;
  if (typeof value === 'object') return Object.keys(value).length === 0;
  return String(value) === stored.get(type)?.get(field);
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field that is stored only, as an object says it. */
export interface StoredField {
  readonly path: Path;
  /** Without the places in lists: `spec.containers.volumeMounts`. */
  readonly field: string;
}

/**
 * The fields of an object that are stored only, in the order of their types' fields.
 * @param type of the object; status is nobody's to ask for
 */
export function storedFields(object: object, type: ObjectType): StoredField[] {
  const found: StoredField[] = [];
  const visit = (value: unknown, of: FieldType, path: Path): void => {
    if (of.kind === 'list') {
      if (Array.isArray(value)) value.forEach((item, i) => visit(item, of.of, [...path, i]));
    } else if (of.kind === 'map') {
      if (isMap(value)) for (const [key, item] of Object.entries(value)) visit(item, of.of, [...path, key]);
    } else if (of.kind === 'object' && isMap(value)) {
      for (const field of fieldsOf(of).values()) {
        const inner = value[field.name];
        const at = [...path, field.name];
        if (inner === undefined || (of.typeMeta && field.name === 'status')) continue;
        if (!isStored(of.name, field.name)) visit(inner, field.type, at);
        else if (!asksNothing(inner, of.name, field.name))
          found.push({ path: at, field: fieldPath(at.filter((step) => typeof step !== 'number')) });
      }
    }
  };
  visit(object, type, []);
  return found;
}
