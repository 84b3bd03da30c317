/**
 * Services and their endpoints. Models ValidateService and ValidateServiceUpdate of
 * pkg/apis/core/validation/validation.go.
 */
import { isNil } from '../defaults/fill.ts';
import { deepEqual } from '../equal.ts';
import { externallyAccessible } from '../defaults/service.ts';
import type { Endpoints, Service } from '../types.ts';
import { cidrProblems } from './cidr.ts';
import { nonSpecialProblems } from './endpointslice.ts';
import {
  duplicate,
  forbidden,
  invalidValue,
  oneOf,
  problemsAt,
  required,
  unsupported,
  type Causes,
} from './field.ts';
import { validateLabelKey, validateLabels, validateMeta, validateMetaUpdate } from './meta.ts';
import { validatePort } from './probe.ts';
import {
  ipProblems,
  isIPv4,
  label1035Problems,
  labelProblems,
  portNumberProblems,
  subdomainProblems,
} from './text.ts';

type Spec = Service['spec'];
type Port = NonNullable<Spec['ports']>[number];

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const MAX_AFFINITY_SECONDS = 86_400;
const isHeadless = (spec: Spec): boolean => spec.clusterIP === 'None';

function validateType(spec: Spec, out: Causes): void {
  if ((spec.ports ?? []).length === 0 && !isHeadless(spec) && spec.type !== 'ExternalName')
    out.push(required('spec.ports'));
  if ((spec.type === 'LoadBalancer' || spec.type === 'NodePort') && isHeadless(spec)) {
    out.push(
      invalidValue('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`),
    );
  }
  if (spec.type !== 'ExternalName') return;
  if ((spec.clusterIPs ?? []).length > 0)
    out.push(forbidden('spec.clusterIPs', 'may not be set for ExternalName services'));
  if ((spec.ipFamilies ?? []).length > 0)
    out.push(forbidden('spec.ipFamilies', 'may not be set for ExternalName services'));
  if (!isNil(spec.ipFamilyPolicy))
    out.push(forbidden('spec.ipFamilyPolicy', 'may not be set for ExternalName services'));
  const name = (spec.externalName ?? '').replace(/\.$/, '');
  if (name === '') out.push(required('spec.externalName'));
  else problemsAt('spec.externalName', name, subdomainProblems(name), out);
}

function validatePorts(ports: readonly Port[], out: Causes): void {
  const names = new Set<string>();
  ports.forEach((port, i) => {
    const at = `spec.ports[${i}]`;
    if (!port.name) {
      if (ports.length > 1) out.push(required(`${at}.name`));
    } else {
      problemsAt(`${at}.name`, port.name, labelProblems(port.name), out);
      if (names.has(port.name)) out.push(duplicate(`${at}.name`, port.name));
      names.add(port.name);
    }
    problemsAt(`${at}.port`, port.port ?? 0, portNumberProblems(port.port ?? 0), out);
    oneOf(port.protocol, PROTOCOLS, `${at}.protocol`, out);
    validatePort(port.targetPort, `${at}.targetPort`, out);
    if (!isNil(port.appProtocol)) validateLabelKey(port.appProtocol, `${at}.appProtocol`, out);
  });
}

function validateAffinity(spec: Spec, out: Causes): void {
  oneOf(spec.sessionAffinity, ['ClientIP', 'None'], 'spec.sessionAffinity', out);
  if (spec.sessionAffinity !== 'ClientIP') return;
  const seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (!isNil(seconds) && (seconds <= 0 || seconds > MAX_AFFINITY_SECONDS)) {
    out.push(
      invalidValue(
        'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
        seconds,
        `must be greater than 0 and less than ${MAX_AFFINITY_SECONDS}`,
      ),
    );
  }
}

function validateClusterIPs(spec: Spec, out: Causes): void {
  if (spec.type === 'ExternalName') return;
  const field = 'spec.clusterIPs';
  const ips = spec.clusterIPs ?? [];
  if (ips.length === 0 && spec.clusterIP) out.push(required(field));
  if (ips.length > 0 && ips[0] !== spec.clusterIP)
    out.push(invalidValue(field, ips, 'first value must match `clusterIP`'));
  (spec.ipFamilies ?? []).forEach((family, i) => {
    if (family !== 'IPv4' && family !== 'IPv6')
      out.push(unsupported(`spec.ipFamilies[${i}]`, family, ['IPv4', 'IPv6']));
    if ((spec.ipFamilies ?? []).indexOf(family) < i) out.push(duplicate(`spec.ipFamilies[${i}]`, family));
  });
  const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
  if (!isNil(spec.ipFamilyPolicy) && !policies.includes(spec.ipFamilyPolicy))
    out.push(unsupported('spec.ipFamilyPolicy', spec.ipFamilyPolicy, policies));
  ips.forEach((ip, i) => {
    if (i === 0 && ip === 'None') {
      if (ips.length > 1) out.push(invalidValue(field, ip, "'None' must be the first and only value"));
    } else problemsAt(`${field}[${i}]`, ip, ipProblems(ip), out);
  });
  if (ips.length > 2) out.push(invalidValue(field, ips, 'may only hold up to 2 values'));
  if (ips.length === 2 && isIPv4(ips[0]!) === isIPv4(ips[1]!))
    out.push(invalidValue(field, ips, 'may specify no more than one IP for each IP family'));
}

function validateNodePorts(spec: Spec, out: Causes): void {
  const ports = spec.ports ?? [];
  if (spec.type === 'ClusterIP') {
    ports.forEach((port, i) => {
      if (port.nodePort)
        out.push(forbidden(`spec.ports[${i}].nodePort`, "may not be used when `type` is 'ClusterIP'"));
    });
  }
  const nodePorts = new Set<string>();
  ports.forEach((port, i) => {
    if (!port.nodePort) return;
    const key = `${port.protocol}/${port.nodePort}`;
    if (nodePorts.has(key)) out.push(duplicate(`spec.ports[${i}].nodePort`, port.nodePort));
    nodePorts.add(key);
  });
  const taken = new Set<string>();
  ports.forEach((port, i) => {
    const key = `${port.protocol}/${port.port}`;
    if (taken.has(key)) {
      out.push(
        duplicate(`spec.ports[${i}]`, {
          Name: '',
          Protocol: port.protocol ?? '',
          AppProtocol: null,
          Port: port.port,
          TargetPort: 0,
          NodePort: 0,
        }),
      );
    }
    taken.add(key);
  });
}

function validatePolicies(spec: Spec, out: Causes): void {
  if (!isNil(spec.allocateLoadBalancerNodePorts) && spec.type !== 'LoadBalancer') {
    out.push(
      forbidden('spec.allocateLoadBalancerNodePorts', "may only be used when `type` is 'LoadBalancer'"),
    );
  }
  const external = spec.externalTrafficPolicy;
  if (!externallyAccessible(spec)) {
    if (external)
      out.push(
        invalidValue(
          'spec.externalTrafficPolicy',
          external,
          'may only be set for externally-accessible services',
        ),
      );
  } else oneOf(external, ['Cluster', 'Local'], 'spec.externalTrafficPolicy', out);
  const internal = spec.internalTrafficPolicy;
  if (isNil(internal)) {
    if (spec.type !== 'ExternalName') out.push(required('spec.internalTrafficPolicy'));
  } else if (internal !== 'Cluster' && internal !== 'Local')
    out.push(unsupported('spec.internalTrafficPolicy', internal, ['Cluster', 'Local']));
  const distributions = ['PreferClose', 'PreferSameNode', 'PreferSameZone'];
  if (!isNil(spec.trafficDistribution) && !distributions.includes(spec.trafficDistribution)) {
    out.push(unsupported('spec.trafficDistribution', spec.trafficDistribution, distributions));
  }
}

function validateBalancer(
  { type, loadBalancerSourceRanges = [], loadBalancerClass }: Spec,
  out: Causes,
): void {
  const isBalanced = type === 'LoadBalancer';
  const only = "may only be used when `type` is 'LoadBalancer'";
  const field = 'spec.LoadBalancerSourceRanges';
  if (!isBalanced && loadBalancerSourceRanges.length > 0) out.push(forbidden(field, only));
  loadBalancerSourceRanges.forEach((range, i) => {
    const block = range.trim();
    problemsAt(`${field}[${i}]`, block, cidrProblems(block), out);
  });
  if (isNil(loadBalancerClass)) return;
  if (isBalanced) validateLabelKey(loadBalancerClass, 'spec.loadBalancerClass', out);
  else out.push(forbidden('spec.loadBalancerClass', only));
}

function validateSpec(spec: Spec, out: Causes): void {
  validateType(spec, out);
  validatePorts(spec.ports ?? [], out);
  validateLabels(spec.selector as Record<string, string> | undefined, 'spec.selector', out);
  validateAffinity(spec, out);
  validateClusterIPs(spec, out);
  (spec.externalIPs ?? []).forEach((ip, i) =>
    problemsAt(`spec.externalIPs[${i}]`, ip, [...ipProblems(ip), ...nonSpecialProblems(ip)], out),
  );
  oneOf(spec.type, TYPES, 'spec.type', out);
  validateNodePorts(spec, out);
  validateBalancer(spec, out);
  validatePolicies(spec, out);
}

export function validateService(service: Service, out: Causes): void {
  validateMeta(service.metadata, true, label1035Problems, out);
  validateSpec(service.spec, out);
}

/** Addresses stay; only a change from or to ExternalName frees them. */
function immutableAddresses(next: Spec, old: Spec, out: Causes): void {
  if (next.type === 'ExternalName' || old.type === 'ExternalName') return;
  const [now, before] = [next.clusterIPs ?? [], old.clusterIPs ?? []];
  if (!(isHeadless(next) && isHeadless(old))) {
    if (now.length === 0 && before.length > 0)
      out.push(invalidValue('spec.clusterIPs[0]', now, 'primary clusterIP can not be unset'));
    else if (now[0] !== before[0])
      out.push(invalidValue('spec.clusterIPs[0]', now, 'may not change once set'));
  }
  const [families, familiesBefore] = [next.ipFamilies ?? [], old.ipFamilies ?? []];
  if (familiesBefore.length > 0 && families[0] !== familiesBefore[0]) {
    out.push(
      invalidValue(
        'spec.ipFamilies[0]',
        families,
        families.length === 0 ? 'primary ipFamily can not be unset' : 'may not change once set',
      ),
    );
  }
}

export function validateServiceUpdate(next: Service, old: Service, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (deepEqual(next.spec, old.spec)) return;
  immutableAddresses(next.spec, old.spec, out);
  validateSpec(next.spec, out);
  const [is, was] = [next.spec.loadBalancerClass, old.spec.loadBalancerClass];
  const staysBalanced = next.spec.type === 'LoadBalancer' && old.spec.type === 'LoadBalancer';
  if (staysBalanced && (is ?? undefined) !== (was ?? undefined))
    out.push(invalidValue('spec.loadBalancerClass', is, 'may not change once set'));
}

// ---- endpoints

type Address = { ip?: string; hostname?: string; nodeName?: string };

function validateAddresses(addresses: readonly Address[] | undefined, field: string, out: Causes): void {
  (addresses ?? []).forEach((address, i) => {
    const at = `${field}[${i}]`;
    const ip = address.ip ?? '';
    problemsAt(`${at}.ip`, ip, [...ipProblems(ip), ...nonSpecialProblems(ip)], out);
    if (address.hostname)
      problemsAt(`${at}.hostname`, address.hostname, labelProblems(address.hostname), out);
    if (!isNil(address.nodeName))
      problemsAt(`${at}.nodeName`, address.nodeName, subdomainProblems(address.nodeName), out);
  });
}

function validateSubsets(endpoints: Endpoints, out: Causes): void {
  (endpoints.subsets ?? []).forEach((subset, i) => {
    const at = `subsets[${i}]`;
    if ((subset.addresses ?? []).length === 0 && (subset.notReadyAddresses ?? []).length === 0) {
      out.push(required(at, 'must specify `addresses` or `notReadyAddresses`'));
    }
    validateAddresses(subset.addresses, `${at}.addresses`, out);
    validateAddresses(subset.notReadyAddresses, `${at}.notReadyAddresses`, out);
    (subset.ports ?? []).forEach((port, p) => {
      const here = `${at}.ports[${p}]`;
      if (!port.name) {
        if ((subset.ports ?? []).length > 1) out.push(required(`${here}.name`));
      } else problemsAt(`${here}.name`, port.name, labelProblems(port.name), out);
      problemsAt(`${here}.port`, port.port ?? 0, portNumberProblems(port.port ?? 0), out);
      oneOf(port.protocol, PROTOCOLS, `${here}.protocol`, out);
    });
  });
}

export function validateEndpoints(endpoints: Endpoints, out: Causes): void {
  validateMeta(endpoints.metadata, true, subdomainProblems, out);
  validateSubsets(endpoints, out);
}

export function validateEndpointsUpdate(next: Endpoints, old: Endpoints, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (!deepEqual(next.subsets, old.subsets)) validateSubsets(next, out);
}
