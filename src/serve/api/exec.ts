/** pods/exec: a command in a container. Models pkg/registry/core/pod/rest/subresources.go. */
import { ApiError, badRequest } from '../../sim/api/errors.ts';
import { execInContainer } from '../../sim/node/exec.ts';
import { latestContainer } from '../../sim/node/world.ts';
import { podNetwork } from '../../sim/network/index.ts';
import type { Call } from './call.ts';
import type { Exec } from './http.ts';
import { containerNamed, machineOf } from './logs.ts';
import { isSet } from './options.ts';

/** How long a command is waited for that does not end, in virtual ms. */
const PATIENCE_MS = 3_600_000;

export function exec(call: Call): Exec {
  const { client, info, query, cluster, request } = call;
  const pod = client.get('Pod', info.namespace, info.name);
  client.connect(request.method === 'POST' ? 'create' : 'get', 'Pod', info.namespace, info.name, 'exec');
  if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed')
    throw badRequest(`cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`);
  const command = query.getAll('command');
  if (command.length === 0) throw badRequest('you must specify at least one command for the container');
  const container = containerNamed(pod, query.get('container') ?? '');
  if (!pod.spec.nodeName) throw badRequest(`pod ${info.name} does not have a host assigned`);
  const machine = machineOf(cluster, pod, `exec/${info.namespace}/${info.name}/${container}`);
  const running = latestContainer(machine, pod.metadata.uid, container);
  if (running === undefined || running.state !== 'running')
    throw new ApiError('InternalError', `container not found ("${container}")`);
  return {
    kind: 'exec',
    stdin: isSet(query, 'stdin') && query.has('stdin'),
    run(stdin) {
      if (stdin !== '')
        return {
          stdout: '',
          stderr: 'seatrial: standard input of exec is not simulated: what is executed gets none\n',
          code: 1,
        };
      const result = execInContainer(cluster, machine, running, command, podNetwork);
      cluster.pass(Math.min(result.afterMs, PATIENCE_MS));
      return { stdout: result.stdout, stderr: result.stderr, code: result.code };
    },
  };
}
