/**
 * Roles, bindings, service accounts. Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go
 * (RoleDescriber, RoleBindingDescriber, ServiceAccountDescriber).
 */
import type { PolicyRule } from '../../sim/api/authorization/rules.ts';
import { listedRules, RULE_HEADERS, ruleCells } from '../rules.ts';
import type { Describer } from './describer.ts';
import { type DescribeWriter, writeAnnotations, writeLabels, writeLines } from './writer.ts';

const underlined = (headers: readonly string[]): string[] => headers.map((h) => '-'.repeat(h.length));
const line = (cells: readonly string[]): string => `${cells.join('\t')}\n`;

interface Named {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

function writeNamed(w: DescribeWriter, { name, labels, annotations }: Named): void {
  w.write(0, `Name:\t${name}\n`);
  writeLabels(w, 'Labels', labels);
  writeAnnotations(w, 'Annotations', annotations);
}

interface Role {
  readonly metadata: Named;
  readonly rules?: readonly PolicyRule[];
}

function writeRole(w: DescribeWriter, { metadata, rules = [] }: Role): void {
  writeNamed(w, metadata);
  w.write(0, 'PolicyRule:\n');
  w.write(1, line(RULE_HEADERS));
  w.write(1, line(underlined(RULE_HEADERS)));
  for (const rule of listedRules(rules)) w.write(1, line(ruleCells(rule)));
}

interface Binding {
  readonly metadata: Named;
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
}

const SUBJECT_HEADERS = ['Kind', 'Name', 'Namespace'];

function writeBinding(w: DescribeWriter, { metadata, roleRef, subjects = [] }: Binding): void {
  writeNamed(w, metadata);
  w.write(0, 'Role:\n');
  w.write(1, `Kind:\t${roleRef.kind}\n`);
  w.write(1, `Name:\t${roleRef.name}\n`);
  w.write(0, 'Subjects:\n');
  w.write(1, line(SUBJECT_HEADERS));
  w.write(1, line(underlined(SUBJECT_HEADERS)));
  for (const { kind, name, namespace = '' } of subjects) w.write(1, line([kind, name, namespace]));
}

export const roleDescriber: Describer<'Role'> = {
  kind: 'Role',
  events: false,
  describe: (role, w) => writeRole(w, role as unknown as Role),
};

export const clusterRoleDescriber: Describer<'ClusterRole'> = {
  kind: 'ClusterRole',
  events: false,
  describe: (role, w) => writeRole(w, role as unknown as Role),
};

export const roleBindingDescriber: Describer<'RoleBinding'> = {
  kind: 'RoleBinding',
  events: false,
  describe: (binding, w) => writeBinding(w, binding as unknown as Binding),
};

export const clusterRoleBindingDescriber: Describer<'ClusterRoleBinding'> = {
  kind: 'ClusterRoleBinding',
  events: false,
  describe: (binding, w) => writeBinding(w, binding as unknown as Binding),
};

export const serviceAccountDescriber: Describer<'ServiceAccount'> = {
  kind: 'ServiceAccount',
  events: true,
  describe({ metadata, imagePullSecrets = [] }, w) {
    w.write(0, `Name:\t${metadata.name}\n`);
    w.write(0, `Namespace:\t${metadata.namespace ?? ''}\n`);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    writeLines(
      w,
      'Image pull secrets',
      imagePullSecrets.map((s) => s.name ?? ''),
    );
  },
};
