/** What controllers of Gateways promise: whoever asks is told what came of what he wrote. */
import { saysNotReloaded } from '../sim/network/gateway/status.ts';
import type { KubeObject } from '../sim/api/types.ts';
import { defineInvariant, titled, told } from './define.ts';
import { isReady } from './pods.ts';
import type { InvariantView, Violation } from './types.ts';

const GROUP = 'gateway.networking.k8s.io';
const CONTROLLER = 'gateway.nginx.org/nginx-gateway-controller';
const NAMESPACE = 'nginx-gateway';

interface Conditions {
  readonly conditions?: readonly {
    readonly type: string;
    readonly observedGeneration?: number;
    readonly message?: string;
  }[];
}
interface Parent extends Conditions {
  readonly controllerName: string;
}
interface GatewayKind extends KubeObject {
  readonly spec: {
    readonly controllerName?: string;
    readonly gatewayClassName?: string;
    readonly parentRefs?: readonly { readonly name: string; readonly namespace?: string }[];
  };
  readonly status?: Conditions & { readonly parents?: readonly Parent[] };
}

const listed = (view: InvariantView, plural: string): GatewayKind[] => {
  const resource = `${plural}.${GROUP}`;
  return view.resources.find(resource) === undefined
    ? []
    : ([...view.list(resource)] as unknown as GatewayKind[]);
};

/** The oldest generation that conditions are of; 0: there is none. */
const observedIn = ({ conditions = [] }: Conditions): number =>
  conditions.length === 0 ? 0 : Math.min(...conditions.map((one) => one.observedGeneration ?? 0));

export const gatewaysTold = defineInvariant<null>({
  name: 'gateways-told',
  asks: 'api',
  about:
    "In the end the status of Gateways of NGINX Gateway Fabric's class, and of the routes that name them, " +
    'is of their newest generation and does not say that nginx cannot reload, while the controller ' +
    'that the cluster came with has a ready Pod.',
  why: 'whoever attaches a route reads from there whether it counts',
  fails:
    'In the end a Gateway or an HTTPRoute had no status, one of a generation before, or one that told ' +
    'of a failure that was over.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    const leads = [...view.list('Pod')].some((pod) => pod.metadata.namespace === NAMESPACE && isReady(pod));
    if (!leads) return undefined;
    const classes = listed(view, 'gatewayclasses')
      .filter(({ spec }) => spec.controllerName === CONTROLLER)
      .map(({ metadata }) => metadata.name);
    const gateways = listed(view, 'gateways').filter(({ spec }) => classes.includes(spec.gatewayClassName!));
    const isNamed = (route: GatewayKind): boolean =>
      (route.spec.parentRefs ?? []).some(({ name, namespace = route.metadata.namespace }) =>
        gateways.some(({ metadata }) => metadata.name === name && metadata.namespace === namespace),
      );
    const routes = listed(view, 'httproutes').filter(isNamed);
    const judged = [
      ...gateways.map((object) => [object, observedIn(object.status ?? {})] as const),
      ...routes.map((object) => {
        const parent = object.status?.parents?.find(({ controllerName }) => controllerName === CONTROLLER);
        return [object, observedIn(parent ?? {})] as const;
      }),
    ];
    for (const [object, said] of judged) {
      const is = object.metadata.generation ?? 1;
      if (said < is)
        return {
          message: told('brokenGatewayUntold', { object: titled(object), said, is }),
          objects: [object],
        };
    }
    const stuck = gateways.find(({ status }) => saysNotReloaded(status?.conditions));
    return stuck && { message: told('brokenGatewayStuck', { object: titled(stuck) }), objects: [stuck] };
  },
});
