/**
 * Go's names for the types of fields, as the API server's decoder prints them.
 * Sources: staging/src/k8s.io/api/{core,apps,policy}/v1/types.go; encoding/json's UnmarshalTypeError.
 */
import { goName, type FieldType } from './types.ts';

/** Named string types, by schema and field. */
const NAMED: Readonly<Record<string, string>> = {
  'v1.PodSpec restartPolicy': 'v1.RestartPolicy',
  'v1.PodSpec dnsPolicy': 'v1.DNSPolicy',
  'v1.PodSpec preemptionPolicy': 'v1.PreemptionPolicy',
  'v1.Container imagePullPolicy': 'v1.PullPolicy',
  'v1.Container restartPolicy': 'v1.ContainerRestartPolicy',
  'v1.Container terminationMessagePolicy': 'v1.TerminationMessagePolicy',
  'v1.ContainerPort protocol': 'v1.Protocol',
  'v1.ServicePort protocol': 'v1.Protocol',
  'v1.ServiceSpec type': 'v1.ServiceType',
  'v1.ServiceSpec sessionAffinity': 'v1.ServiceAffinity',
  'v1.ServiceSpec externalTrafficPolicy': 'v1.ServiceExternalTrafficPolicy',
  'v1.ServiceSpec internalTrafficPolicy': 'v1.ServiceInternalTrafficPolicy',
  'v1.HTTPGetAction scheme': 'v1.URIScheme',
  'v1.Toleration effect': 'v1.TaintEffect',
  'v1.Toleration operator': 'v1.TolerationOperator',
  'v1.Taint effect': 'v1.TaintEffect',
  'v1.TopologySpreadConstraint whenUnsatisfiable': 'v1.UnsatisfiableConstraintAction',
  'v1.LabelSelectorRequirement operator': 'v1.LabelSelectorOperator',
  'v1.NodeSelectorRequirement operator': 'v1.NodeSelectorOperator',
  'v1.DeploymentStrategy type': 'v1.DeploymentStrategyType',
  'v1.DaemonSetUpdateStrategy type': 'v1.DaemonSetUpdateStrategyType',
  'v1.StatefulSetUpdateStrategy type': 'v1.StatefulSetUpdateStrategyType',
  'v1.StatefulSetSpec podManagementPolicy': 'v1.PodManagementPolicyType',
  'v1.PodDisruptionBudgetSpec unhealthyPodEvictionPolicy': 'v1.UnhealthyPodEvictionPolicyType',
  'v1.PriorityClass preemptionPolicy': 'v1.PreemptionPolicy',
  'v1.Secret type': 'v1.SecretType',
  'v1.ObjectMeta uid': 'types.UID',
  'v1.OwnerReference uid': 'types.UID',
};

/** `int32`, `map[string]string`, `[]v1.Container`. */
export function goType(type: FieldType, schema = '', field = ''): string {
  switch (type.kind) {
    case 'object':
      return goName(type);
    case 'list':
      return `[]${goType(type.of)}`;
    case 'map':
      return type.of.kind === 'quantity' ? 'v1.ResourceList' : `map[string]${goType(type.of)}`;
    case 'string':
      return NAMED[`${schema} ${field}`] ?? 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float64';
    case 'quantity':
      return 'resource.Quantity';
    case 'intOrString':
      return 'intstr.IntOrString';
    case 'time':
      return 'v1.Time';
    case 'microTime':
      return 'v1.MicroTime';
    case 'bytes':
      return '[]uint8';
    case 'any':
      return 'interface {}';
    default:
      return type.kind;
  }
}

/** What was found, as the decoder names it. */
export function goValue(value: unknown, wantsInteger = false): string {
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return wantsInteger ? `number ${value}` : 'number';
    default:
      return 'object';
  }
}
