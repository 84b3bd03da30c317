/**
 * `kubectl port-forward`. Sources: staging/src/k8s.io/kubectl/pkg/cmd/portforward/portforward.go,
 * client-go/tools/portforward/portforward.go.
 */
import { allContainers } from '../../sim/api/containers.ts';
import type { Pod, Service } from '../../sim/api/types.ts';
import { KubectlError, usageError } from '../errors.ts';
import { resolveType } from '../resources.ts';
import { writeOut, type Session, type Verb } from '../session.ts';
import { podBehind } from './podbehind.ts';

/** Where a port of the operator's machine leads to. */
interface Wish {
  /** 0: any that is free. */
  readonly local: number;
  readonly remote: string;
}

const FIRST_FREE = 40_000;

/** `8080:80`, `80`, `:80`, `8080:http` */
function wishOf(text: string): Wish {
  const [first = '', second] = text.split(':');
  const remote = second ?? first;
  const local = second === undefined ? first : first || '0';
  const isNumber = (part: string): boolean => /^\d+$/.test(part) && Number(part) <= 65_535;
  if (text.split(':').length > 2 || remote === '' || (second !== undefined && !isNumber(local)))
    throw new KubectlError(`invalid port format '${text}'`);
  return { local: isNumber(local) ? Number(local) : 0, remote };
}

/** The port of a Service's Pod that a port of the Service leads to. */
function behindService(service: Service, pod: Pod, remote: string): string {
  const port = service.spec.ports?.find((p) => String(p.port) === remote || p.name === remote);
  if (port === undefined)
    throw new KubectlError(`Service ${service.metadata.name} does not have a service port ${remote}`);
  return service.spec.clusterIP === 'None'
    ? String(port.port)
    : namedPort(pod, String(port.targetPort ?? port.port));
}

function namedPort(pod: Pod, port: string): string {
  if (/^\d+$/.test(port)) return port;
  const found = allContainers(pod)
    .flatMap((c) => c.ports ?? [])
    .find((p) => p.name === port);
  if (found === undefined)
    throw new KubectlError(`Pod '${pod.metadata.name}' does not have a named port '${port}'`);
  return String(found.containerPort);
}

function serviceOf({ cluster, api, namespace }: Session, target: string): Service | undefined {
  const [type, name] = target.split('/');
  return name !== undefined && resolveType(cluster.resources, type!).kind === 'Service'
    ? api.get('Service', namespace, name)
    : undefined;
}

export const portForwardVerb: Verb = {
  name: 'port-forward',
  asksMachines: true,
  flags: [],
  run(session) {
    const [target, ...wishes] = session.args;
    if (target === undefined || wishes.length === 0)
      throw usageError('port-forward', 'TYPE/NAME and list of ports are required for port-forward');
    const { forward } = session.io;
    if (forward === undefined)
      throw new KubectlError(
        'ports are forwarded as long as the command runs, and nobody presses Ctrl-C here: run it beside ' +
          `what asks through it: kubectl ${session.command} ${session.args.join(' ')} & curl localhost:PORT`,
      );
    const service = serviceOf(session, target);
    const pod = podBehind(session, target);
    if (pod.status.phase !== 'Running')
      throw new KubectlError(
        `unable to forward port because pod is not running. Current status=${pod.status.phase}`,
      );
    wishes.map(wishOf).forEach(({ local, remote }, i) => {
      const port = service === undefined ? namedPort(pod, remote) : behindService(service, pod, remote);
      const own = local || FIRST_FREE + i;
      forward({ local: own, namespace: pod.metadata.namespace!, pod: pod.metadata.name, port: Number(port) });
      writeOut(
        session,
        `Forwarding from 127.0.0.1:${own} -> ${port}\nForwarding from [::1]:${own} -> ${port}\n`,
      );
    });
    return 0;
  },
};
