/**
 * pods/exec and pods/attach: the standard streams of a command in a container, or of the container's own
 * program. Models pkg/registry/core/pod/rest/subresources.go and pkg/registry/core/pod/strategy.go
 * (streamLocation).
 */
import { allContainers } from '../../sim/api/containers.ts';
import { ApiError, badRequest } from '../../sim/api/errors.ts';
import { uidOnNode } from '../../sim/api/mirror.ts';
import { latestContainer } from '../../sim/node/world.ts';
import type { Call } from './call.ts';
import type { Exec } from './http.ts';
import { containerNamed, machineOf } from './logs.ts';
import { isSet } from './options.ts';

const STREAMS = ['stdin', 'stdout', 'stderr'] as const;
const FLAGS = [...STREAMS, 'tty'] as const;

/** @param subresource `exec` or `attach` */
export function exec(call: Call, subresource: 'exec' | 'attach'): Exec {
  const { client, info, query, cluster, request } = call;
  const { namespace, name } = info;
  const pod = client.get('Pod', namespace, name);
  const asks = (stream: string): boolean => isSet(query, stream);
  const { command = [], ...options } = client.connectBy(
    request.method === 'POST' ? 'create' : 'get',
    'Pod',
    namespace,
    name,
    subresource,
    {
      kind: subresource === 'exec' ? 'PodExecOptions' : 'PodAttachOptions',
      apiVersion: 'v1',
      ...Object.fromEntries(FLAGS.filter(asks).map((flag) => [flag, true])),
      ...(query.get('container') ? { container: query.get('container')! } : {}),
      ...(subresource === 'exec' && query.has('command') ? { command: query.getAll('command') } : {}),
    },
  );
  const { phase } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed')
    throw badRequest(
      `cannot ${subresource} ${subresource === 'exec' ? 'into ' : ''}a container in a completed pod; ` +
        `current phase is ${phase}`,
    );
  if (subresource === 'exec' && command.length === 0)
    throw badRequest('you must specify at least one command for the container');
  const container = containerNamed(pod, options.container ?? '');
  if (!pod.spec.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
  const machine = machineOf(cluster, pod, `${subresource}/${namespace}/${name}/${container}`);
  const running = latestContainer(machine, uidOnNode(pod), container);
  if (running === undefined || running.state !== 'running')
    throw new ApiError('InternalError', `container not found ("${container}")`);
  const spec = allContainers(pod).find((c) => c.name === container);
  return {
    kind: 'exec',
    node: machine.name,
    container: running.id,
    command: subresource === 'exec' ? command : undefined,
    streams: STREAMS.filter((stream) => options[stream] === true),
    tty: options.tty === true,
    ends: subresource === 'exec' || spec?.stdinOnce === true,
  };
}
