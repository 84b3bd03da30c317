/**
 * Controllers of Ingresses and Gateways. Source: cmd/nginx and pkg/flags of
 * github.com/kubernetes/ingress-nginx; cmd/gateway of github.com/nginx/nginx-gateway-fabric (its releases
 * 1.x, whose nginx stands beside it).
 */
import type { GatewayController, ImageBehaviour, IngressController } from '../world.ts';
import { type Catalogue, flagOf, portOf, type ProgramStart } from './entry.ts';
import { withoutTag } from './reference.ts';

const NAMES = ['ingress-nginx/controller', 'nginx-ingress-controller'];

/** Whether a Pod with a container of this image may be a controller's. */
export const isIngressController = (image: string): boolean => {
  const name = withoutTag(image);
  return NAMES.some((one) => name === one || name.endsWith(`/${one}`));
};

const AS_IT_IS: IngressController = {
  controllerClass: 'k8s.io/ingress-nginx',
  annotationClass: 'nginx',
  withoutClass: false,
  byName: false,
  httpPort: 80,
  httpsPort: 443,
};

const IMAGE: ImageBehaviour = {
  startupMs: 2000,
  stopCode: 0,
  memory: '90Mi',
  http: { '/healthz': { status: 200 }, '/metrics': { status: 200 }, '/*': { status: 404 } },
  ingress: AS_IT_IS,
};

/** Whether a flag without a value, or with one, is on. */
const isOn = (argv: readonly string[], flag: string): boolean =>
  argv.some((word) => word === flag || word === `${flag}=true`);

function started({ argv }: ProgramStart): ImageBehaviour {
  const optional = {
    publishService: flagOf(argv, '--publish-service'),
    statusAddress: flagOf(argv, '--publish-status-address'),
    defaultBackend: flagOf(argv, '--default-backend-service'),
  };
  const ingress: IngressController = {
    controllerClass: flagOf(argv, '--controller-class') ?? AS_IT_IS.controllerClass,
    annotationClass: flagOf(argv, '--ingress-class') ?? AS_IT_IS.annotationClass,
    withoutClass: isOn(argv, '--watch-ingress-without-class'),
    byName: isOn(argv, '--ingress-class-by-name'),
    httpPort: portOf(flagOf(argv, '--http-port')) ?? AS_IT_IS.httpPort,
    httpsPort: portOf(flagOf(argv, '--https-port')) ?? AS_IT_IS.httpsPort,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
  return { ...IMAGE, ingress };
}

const CONTROLLER = {
  user: '101',
  image: IMAGE,
  commands: ['nginx-ingress-controller', 'dumb-init'],
  started,
} satisfies Catalogue[string];

const GATEWAY_NAMES = ['nginx/nginx-gateway-fabric', 'nginxinc/nginx-gateway-fabric'];

/** Whether a Pod with a container of this image may be a controller's. */
export const isGatewayController = (image: string): boolean => {
  const name = withoutTag(image);
  return GATEWAY_NAMES.some((one) => name === one || name.endsWith(`/${one}`));
};

const FABRIC: GatewayController = { controllerName: 'gateway.nginx.org/nginx-gateway-controller' };

const FABRIC_IMAGE: ImageBehaviour = {
  startupMs: 1000,
  listens: [8081, 9113],
  http: { '/readyz': { status: 200 }, '/metrics': { status: 200 }, '/*': { status: 404 } },
  gateway: FABRIC,
};

function fabricStarted({ argv }: ProgramStart): ImageBehaviour {
  const controllerName = flagOf(argv, '--gateway-ctlr-name') ?? FABRIC.controllerName;
  const service = flagOf(argv, '--service');
  return { ...FABRIC_IMAGE, gateway: { controllerName, ...(service === undefined ? {} : { service }) } };
}

const FABRIC_CONTROLLER = {
  user: '101',
  image: FABRIC_IMAGE,
  commands: ['gateway'],
  started: fabricStarted,
} satisfies Catalogue[string];

const FABRIC_NGINX = {
  user: '101',
  image: {
    startupMs: 500,
    listens: [80, 443],
    stopSignal: 'QUIT',
    gateway: { ...FABRIC, isDataPlane: true },
  },
} satisfies Catalogue[string];

export const GATEWAYS: Catalogue = {
  ...Object.fromEntries(NAMES.map((name) => [name, CONTROLLER])),
  ...Object.fromEntries(GATEWAY_NAMES.map((name) => [name, FABRIC_CONTROLLER])),
  'nginx-gateway-fabric/nginx': FABRIC_NGINX,
};
