/**
 * Ingresses, IngressClasses and NetworkPolicies. Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go.
 */
import { isNotFound } from '../../sim/api/errors.ts';
import type { Ingress, LabelSelector, NetworkPolicy } from '../../sim/api/types.ts';
import { selectorText } from '../../sim/api/selector.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { endpointsOfPort } from './service.ts';
import { writeAnnotations, writeLabels, type DescribeWriter } from './writer.ts';

type Backend = NonNullable<Ingress['spec']['defaultBackend']>;

/** A backend with the endpoints that it has at the moment. */
function backendText({ service, resource }: Backend, namespace: string, { api }: DescribeContext): string {
  if (service) {
    const { name, number } = service.port ?? {};
    const text = `${service.name}:${name || (number ?? '')}`;
    try {
      const { spec } = api.get('Service', namespace, service.name);
      const port = spec.ports?.find((p) => (number && p.port === number) || (name && p.name === name));
      const slices = api.list('EndpointSlice', {
        namespace,
        labelSelector: `kubernetes.io/service-name=${service.name}`,
      });
      return `${text} (${endpointsOfPort(slices, port?.name ?? '')})`;
    } catch (error) {
      if (!isNotFound(error)) throw error;
      return `${text} (<error: ${(error as Error).message}>)`;
    }
  }
  if (resource)
    return `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}`;
  return '';
}

export const ingressDescriber: Describer<'Ingress'> = {
  kind: 'Ingress',
  events: true,
  describe({ metadata, spec, status }, w, context) {
    const namespace = metadata.namespace!;
    const { defaultBackend, tls = [], rules = [] } = spec;
    const addresses = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || (hostname ?? ''));
    w.write(0, `Name:\t${metadata.name}\n`);
    writeLabels(w, 'Labels', metadata.labels);
    w.write(0, `Namespace:\t${namespace}\n`);
    w.write(0, `Address:\t${addresses.join(',')}\n`);
    w.write(0, `Ingress Class:\t${spec.ingressClassName ?? '<none>'}\n`);
    const fallback = defaultBackend ? backendText(defaultBackend, namespace, context) : '<default>';
    w.write(0, `Default backend:\t${fallback}\n`);
    if (tls.length > 0) w.write(0, 'TLS:\n');
    for (const { hosts = [], secretName } of tls)
      w.write(1, `${secretName ? `${secretName} terminates` : 'SNI routes'} ${hosts.join(',')}\n`);
    w.write(0, 'Rules:\n  Host\tPath\tBackends\n');
    w.write(1, '----\t----\t--------\n');
    const withPaths = rules.filter(({ http }) => http !== undefined && http !== null);
    for (const { host, http } of withPaths) {
      w.write(1, `${host || '*'}\t\n`);
      for (const { path = '', backend } of http!.paths)
        w.write(2, `\t${path} \t${backendText(backend, namespace, context)}\n`);
    }
    if (withPaths.length === 0) w.write(1, `*\t*\t${fallback}\n`);
    writeAnnotations(w, 'Annotations', metadata.annotations);
  },
};

export const ingressClassDescriber: Describer<'IngressClass'> = {
  kind: 'IngressClass',
  events: true,
  describe({ metadata, spec }, w) {
    w.write(0, `Name:\t${metadata.name}\n`);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    w.write(0, `Controller:\t${spec.controller ?? ''}\n`);
    const { parameters } = spec;
    if (!parameters) return;
    w.write(0, 'Parameters:\n');
    if (parameters.apiGroup) w.write(1, `APIGroup:\t${parameters.apiGroup}\n`);
    w.write(1, `Kind:\t${parameters.kind}\n`);
    w.write(1, `Name:\t${parameters.name}\n`);
  },
};

type Rule = NonNullable<NetworkPolicy['spec']['ingress']>[number];
type Port = NonNullable<Rule['ports']>[number];
type Peer = NonNullable<Rule['from']>[number];

const selected = (selector: LabelSelector): string => selectorText(selector as never);

/** Ports and peers of the rules of one direction. */
function writeRules(
  w: DescribeWriter,
  title: string,
  word: 'From' | 'To',
  rules: readonly { readonly ports: readonly Port[]; readonly peers: readonly Peer[] }[],
): void {
  const indent = '    ';
  if (rules.length === 0) {
    w.write(0, `${indent}<none> (Selected pods are isolated for ${title} connectivity)\n`);
    return;
  }
  rules.forEach(({ ports, peers }, i) => {
    if (ports.length === 0) w.write(0, `${indent}To Port: <any> (traffic allowed to all ports)\n`);
    for (const { port, endPort, protocol = 'TCP' } of ports)
      w.write(0, `${indent}To Port: ${port ?? '<any>'}${endPort ? `-${endPort}` : ''}/${protocol}\n`);
    const end = word === 'From' ? 'source' : 'destination';
    if (peers.length === 0) w.write(0, `${indent}${word}: <any> (traffic not restricted by ${end})\n`);
    for (const { namespaceSelector, podSelector, ipBlock } of peers) {
      w.write(0, `${indent}${word}:\n`);
      if (ipBlock) {
        w.write(0, `${indent}  IPBlock:\n`);
        w.write(0, `${indent}    CIDR: ${ipBlock.cidr}\n`);
        w.write(0, `${indent}    Except: ${(ipBlock.except ?? []).join(', ')}\n`);
        continue;
      }
      if (namespaceSelector)
        w.write(0, `${indent}  NamespaceSelector: ${selected(namespaceSelector as never)}\n`);
      if (podSelector) w.write(0, `${indent}  PodSelector: ${selected(podSelector as never)}\n`);
    }
    if (i < rules.length - 1) w.write(0, `${indent}----------\n`);
  });
}

export const networkPolicyDescriber: Describer<'NetworkPolicy'> = {
  kind: 'NetworkPolicy',
  events: false,
  describe({ metadata, spec }, w) {
    const { ingress = [], egress = [], policyTypes = [] } = spec;
    w.write(0, `Name:\t${metadata.name}\n`);
    w.write(0, `Namespace:\t${metadata.namespace}\n`);
    w.write(0, `Created on:\t${metadata.creationTimestamp.replace('T', ' ').replace('Z', ' +0000 UTC')}\n`);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    w.write(0, 'Spec:\n');
    const own = selected(spec.podSelector as never);
    const all = '<none> (Allowing the specific traffic to all pods in this namespace)';
    w.write(0, `  PodSelector:     ${own === '<none>' ? all : own}\n`);
    if (policyTypes.includes('Ingress')) {
      w.write(0, '  Allowing ingress traffic:\n');
      writeRules(
        w,
        'ingress',
        'From',
        ingress.map(({ ports = [], from: peers = [] }) => ({ ports, peers })),
      );
    } else w.write(0, '  Not affecting ingress traffic\n');
    if (policyTypes.includes('Egress')) {
      w.write(0, '  Allowing egress traffic:\n');
      writeRules(
        w,
        'egress',
        'To',
        egress.map(({ ports = [], to: peers = [] }) => ({ ports, peers })),
      );
    } else w.write(0, '  Not affecting egress traffic\n');
    w.write(0, `  Policy Types: ${policyTypes.join(', ')}\n`);
  },
};
