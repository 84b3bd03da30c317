import type { Ingress, IngressClass, Service } from '../sim/api/types.ts';
import { defineInvariant, named, told } from './define.ts';
import { isReady } from './pods.ts';
import type { Violation } from './types.ts';

export const ingressFresh = defineInvariant<null>({
  name: 'ingress-fresh',
  asks: 'physical',
  about: 'In the end every ingress controller that runs routes by the newest rules and endpoints.',
  why: 'stale rules lead to Pods that are gone, or to no Pod',
  fails: 'In the end an ingress controller ran, could reach the API server, and routed by rules of long ago.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    const [stale] = view.physical.network.staleIngress();
    if (stale === undefined) return undefined;
    const seconds = Math.round((view.now - stale.since) / 1000);
    return { message: told('brokenIngressStale', { pod: stale.pod, seconds }), objects: [] };
  },
});

const CONTROLLER = 'k8s.io/ingress-nginx';
const addressesOf = ({ status }: Service | Ingress): string =>
  (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || (hostname ?? '')).join(',');

export const ingressAddressed = defineInvariant<null>({
  name: 'ingress-addressed',
  asks: 'api',
  about:
    'In the end an Ingress of ingress-nginx says the addresses of the load balancer that leads to its ' +
    'controller, while that has ready Pods.',
  why: 'whoever keeps names takes addresses from there',
  fails: 'In the end an Ingress said no address, or another than its controller has.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    const classes = new Map<string, IngressClass>();
    for (const one of view.list('IngressClass')) classes.set(one.metadata.name, one);
    const service = [...view.list('Service')].find(
      ({ metadata, spec }) => metadata.name === 'ingress-nginx-controller' && spec.type === 'LoadBalancer',
    );
    if (service === undefined) return undefined;
    const { namespace } = service.metadata;
    const selector = Object.entries(service.spec.selector ?? {});
    const leads = [...view.list('Pod')].some(
      (pod) =>
        pod.metadata.namespace === namespace &&
        isReady(pod) &&
        selector.every(([key, value]) => pod.metadata.labels?.[key] === value),
    );
    if (!leads) return undefined;
    for (const ingress of view.list('Ingress')) {
      const controller = classes.get(ingress.spec.ingressClassName ?? '')?.spec.controller;
      if (controller !== CONTROLLER || addressesOf(ingress) === addressesOf(service)) continue;
      const [said, has] = [addressesOf(ingress), addressesOf(service)];
      return {
        message: told('brokenIngressAddress', { ingress: named(ingress), said, has }),
        objects: [ingress, service],
      };
    }
    return undefined;
  },
});
