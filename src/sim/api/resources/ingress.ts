/**
 * Ingresses. Models pkg/registry/networking/ingress, pkg/apis/networking/validation and
 * pkg/printers/internalversion/printers.go (`printIngress`).
 */
import { fill, isNil } from '../defaults/fill.ts';
import { generations } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, listWithMore, NAME, NONE } from '../table/column.ts';
import type { Ingress } from '../types.ts';
import { wildcardProblems } from '../validation/domains.ts';
import { invalidValue, problemsAt, required, unsupported, type Causes } from '../validation/field.ts';
import { eachAt, pathName, ruled, textAt } from '../validation/rules.ts';
import {
  ipProblems,
  label1035Problems,
  portNameProblems,
  portNumberProblems,
  subdomainProblems,
} from '../validation/text.ts';
import { defineResource } from './definition.ts';

type Backend = NonNullable<Ingress['spec']['defaultBackend']>;
type Path = NonNullable<NonNullable<Ingress['spec']['rules']>[number]['http']>['paths'][number];

const CLASS = 'kubernetes.io/ingress.class';

function validateBackend({ service, resource }: Backend, field: string, out: Causes): void {
  if (!isNil(service) && !isNil(resource)) {
    out.push(invalidValue(field, '', 'cannot set both resource and service backends'));
  } else if (!isNil(resource)) {
    if (!isNil(resource.apiGroup))
      problemsAt(`${field}.resource.apiGroup`, resource.apiGroup, subdomainProblems(resource.apiGroup), out);
    pathName(resource.kind, `${field}.resource.kind`, out);
    pathName(resource.name, `${field}.resource.name`, out);
  } else if (!isNil(service)) {
    if (!service.name) out.push(required(`${field}.service.name`));
    else problemsAt(`${field}.service.name`, service.name, label1035Problems(service.name), out);
    const { name, number } = service.port ?? {};
    if (name && number) out.push(invalidValue(field, '', 'cannot set both port name & port number'));
    else if (name) problemsAt(`${field}.service.port.name`, name, portNameProblems(name), out);
    else if (number) problemsAt(`${field}.service.port.number`, number, portNumberProblems(number), out);
    else out.push(required(field, 'port name or number is required'));
  } else out.push(invalidValue(field, '', 'resource or service backend is required'));
}

function validatePath({ path = '', pathType, backend }: Path, field: string, out: Causes): void {
  if (isNil(pathType)) {
    out.push(required(`${field}.pathType`, 'pathType must be specified'));
    return;
  }
  const types = ['Exact', 'ImplementationSpecific', 'Prefix'];
  const wrong = (detail: string): unknown => out.push(invalidValue(`${field}.path`, path, detail));
  if (!types.includes(pathType)) out.push(unsupported(`${field}.pathType`, pathType, types));
  else if (pathType === 'ImplementationSpecific') {
    if (path !== '' && !path.startsWith('/')) wrong('must be an absolute path');
  } else {
    if (!path.startsWith('/')) wrong('must be an absolute path');
    for (const part of ['//', '/./', '/../', '%2f', '%2F'])
      if (path.includes(part)) wrong(`must not contain '${part}'`);
    for (const end of ['/..', '/.']) if (path.endsWith(end)) wrong(`cannot end with '${end}'`);
  }
  validateBackend(backend ?? {}, `${field}.backend`, out);
}

const hostProblems = (host: string): readonly string[] =>
  host.includes('*') ? wildcardProblems(host) : subdomainProblems(host);

function validateSpec({ spec }: Ingress, out: Causes): void {
  const { rules = [], defaultBackend, tls, ingressClassName } = spec;
  if (rules.length === 0 && isNil(defaultBackend))
    out.push(invalidValue('spec', rules, 'either `defaultBackend` or `rules` must be specified'));
  if (!isNil(defaultBackend)) validateBackend(defaultBackend, 'spec.defaultBackend', out);
  eachAt(rules, 'spec.rules', ({ host, http }, at) => {
    if (host) {
      if (ipProblems(host).length === 0)
        out.push(invalidValue(`${at}.host`, host, 'must be a DNS name, not an IP address'));
      problemsAt(`${at}.host`, host, hostProblems(host), out);
    }
    if (isNil(http)) return;
    if ((http.paths ?? []).length === 0) out.push(required(`${at}.http.paths`));
    eachAt(http.paths, `${at}.http.paths`, (path, field) => validatePath(path, field, out));
  });
  eachAt(tls, 'spec.tls', ({ hosts, secretName }, at) => {
    eachAt(hosts, `${at}.hosts`, (host, field) => problemsAt(field, host, hostProblems(textAt(host)), out));
    if (secretName) problemsAt(`${at}.secretName`, secretName, subdomainProblems(secretName), out);
  });
  if (!isNil(ingressClassName))
    problemsAt('spec.ingressClassName', ingressClassName, subdomainProblems(ingressClassName), out);
}

const rules = ruled<Ingress>(validateSpec);

const LOAD_BALANCER_WIDTH = 16;
function addressText({ status }: Ingress, isWide: boolean): string {
  const text = (status.loadBalancer?.ingress ?? [])
    .map(({ ip, hostname }) => ip || hostname || '')
    .filter((address) => address !== '')
    .join(',');
  return !isWide && text.length > LOAD_BALANCER_WIDTH ? `${text.slice(0, LOAD_BALANCER_WIDTH - 3)}...` : text;
}

export const ingresses = defineResource<Ingress>({
  group: 'networking.k8s.io',
  kind: 'Ingress',
  plural: 'ingresses',
  shortNames: ['ing'],
  subresources: { status: true },
  generation: true,
  defaults: (ingress) => fill(ingress, { spec: {} }),
  strategy: generations({ loadBalancer: {} }),
  validation: {
    ...rules,
    create(ingress, out) {
      rules.create(ingress, out);
      const annotated = ingress.metadata.annotations?.[CLASS];
      const { ingressClassName } = ingress.spec;
      if (annotated !== undefined && !isNil(ingressClassName) && annotated !== ingressClassName)
        out.push(
          invalidValue(
            `annotations.${CLASS}`,
            annotated,
            'must match `ingressClassName` when both are specified',
          ),
        );
    },
    warnings: ({ metadata, spec }, old) =>
      old === undefined && metadata.annotations?.[CLASS] !== undefined && isNil(spec.ingressClassName)
        ? [`annotation "${CLASS}" is deprecated, please use 'spec.ingressClassName' instead`]
        : [],
  },
  columns: [NAME, column('Class'), column('Hosts'), column('Address'), column('Ports'), AGE],
  row: (i, { now, wide }) => [
    i.metadata.name,
    i.spec.ingressClassName ?? NONE,
    listWithMore(
      (i.spec.rules ?? []).map((rule) => rule.host || '*'),
      '*',
    ),
    addressText(i, wide),
    (i.spec.tls ?? []).length > 0 ? '80, 443' : '80',
    ageOf(created(i), now),
  ],
});
