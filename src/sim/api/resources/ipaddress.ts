/** IPAddresses. Models pkg/registry/networking/ipaddress and pkg/apis/networking/validation. */
import type { IIPAddress } from 'kubernetes-models/networking.k8s.io/v1';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { required } from '../validation/field.ts';
import { pathName, ruled } from '../validation/rules.ts';
import { ipProblems } from '../validation/text.ts';
import { defineResource } from './definition.ts';

type IPAddress = Modelled<IIPAddress>;

/** `services/default/web`. */
function parentText({ spec: { parentRef } }: IPAddress): string {
  const { group, resource, namespace, name } = parentRef;
  const path = [...(namespace ? [namespace] : []), name].join('/');
  return `${resource}${group ? `.${group}` : ''}/${path}`;
}

export const ipAddresses = defineResource<IPAddress>({
  group: 'networking.k8s.io',
  kind: 'IPAddress',
  plural: 'ipaddresses',
  shortNames: ['ip'],
  namespaced: false,
  simulated: 'stored',
  validation: ruled<IPAddress>(
    ({ spec }, out) => {
      if (!spec.parentRef) {
        out.push(required('spec.parentRef'));
        return;
      }
      pathName(spec.parentRef.resource, 'spec.parentRef.resource', out);
      pathName(spec.parentRef.name, 'spec.parentRef.name', out);
    },
    { namespaced: false, name: ipProblems, immutable: { 'spec.parentRef': (a) => a.spec.parentRef } },
  ),
  columns: [NAME, column('ParentRef'), AGE],
  row: (a, { now }) => [a.metadata.name, parentText(a), ageOf(created(a), now)],
});
