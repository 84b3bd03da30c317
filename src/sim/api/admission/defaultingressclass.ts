/** DefaultIngressClass. Models plugin/pkg/admission/network/defaultingressclass/admission.go. */
import type { Ingress, IngressClass, KubeObject } from '../types.ts';
import type { AdmissionPlugin } from './types.ts';

/** How Ingresses named their class before there were IngressClasses. */
const ANNOTATION = 'kubernetes.io/ingress.class';
const DEFAULT = 'ingressclass.kubernetes.io/is-default-class';

/** The newest first; of the same age by name. */
const newestFirst = ({ metadata: a }: IngressClass, { metadata: b }: IngressClass): number => {
  if (a.creationTimestamp !== b.creationTimestamp) return a.creationTimestamp > b.creationTimestamp ? -1 : 1;
  return a.name < b.name ? -1 : 1;
};

/** An Ingress that says nothing of a class gets the default. */
export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  about: ['ingresses.networking.k8s.io'],
  mutate(object, { definition, operation, subresource, view }) {
    if (definition.resource !== 'ingresses.networking.k8s.io' || operation !== 'CREATE' || subresource !== '')
      return object;
    const { spec, metadata } = object as Ingress;
    if (spec.ingressClassName || metadata.annotations?.[ANNOTATION] !== undefined) return object;
    const [found] = [...(view.list('IngressClass') as Iterable<IngressClass>)]
      .filter((one) => one.metadata.annotations?.[DEFAULT] === 'true')
      .sort(newestFirst);
    if (found === undefined) return object;
    return { ...object, spec: { ...spec, ingressClassName: found.metadata.name } } as KubeObject;
  },
};
