/**
 * `kubectl cluster-info dump`. Source:
 * staging/src/k8s.io/kubectl/pkg/cmd/clusterinfo/clusterinfo_dump.go.
 */
import type { Pod } from '../../sim/api/types.ts';
import { errorText, isExpected, KubectlError } from '../errors.ts';
import { ALL_NAMESPACES, flag, OUTPUT } from '../flags.ts';
import { escapeHtml } from '../output/json.ts';
import { toYaml } from '../output/yaml.ts';
import { listOf } from '../raw.ts';
import { writeOut, type Session, type Verb } from '../session.ts';
import { linesOf } from './logs.ts';

/** Kinds of a namespace, in the order in which they are written, and the files that they are written to. */
const DUMPED: readonly (readonly [resource: string, file: string])[] = [
  ['events', 'events'],
  ['replicationcontrollers', 'replication-controllers'],
  ['services', 'services'],
  ['daemonsets.apps', 'daemonsets'],
  ['deployments.apps', 'deployments'],
  ['replicasets.apps', 'replicasets'],
  ['pods', 'pods'],
];

/** Where a part goes: to a file of its own, or behind what was written before. */
type Write = (file: string, text: string) => void;

/** @throws KubectlError where files cannot be kept */
function writerOf(session: Session, directory: string): Write {
  if (directory === '' || directory === '-') return (_, text) => writeOut(session, text);
  const { writeFile } = session.io;
  if (writeFile === undefined)
    throw new KubectlError(
      `there is nowhere to write ${directory} to: what runs this command keeps no files; leave out ` +
        '--output-directory',
    );
  return (file, text) => writeFile(`${directory.replace(/\/+$/, '')}/${file}`, text);
}

function logsOf(session: Session, pod: Pod, container: string): string {
  const { name, namespace } = pod.metadata;
  const frame = (which: string): string =>
    `==== ${which} logs for container ${container} of pod ${namespace}/${name} ====\n`;
  let text: string;
  try {
    text = linesOf(session, pod, container)
      .map((line) => `${line}\n`)
      .join('');
  } catch (error) {
    if (!isExpected(error)) throw error;
    text = `Request log error: ${errorText(error)}\n`;
  }
  return frame('START') + text + frame('END');
}

function namespacesOf({ flags, api, namespace }: Session): readonly string[] {
  if (flags.bool('all-namespaces')) return api.list('Namespace').map(({ metadata }) => metadata.name);
  const named = flags.list('namespaces').flatMap((names) => names.split(','));
  return named.length > 0 ? named : ['kube-system', namespace];
}

export const clusterInfoDump: Verb = {
  name: 'cluster-info dump',
  flags: [ALL_NAMESPACES, OUTPUT, flag('namespaces', 'strings'), flag('output-directory', 'string')],
  run(session) {
    const { flags, api, cluster } = session;
    const output = flags.text('output') || 'json';
    if (output !== 'json' && output !== 'yaml')
      throw new KubectlError(`-o ${output} is not simulated for a dump: json or yaml`);
    const directory = flags.text('output-directory');
    const write = writerOf(session, directory);
    let printed = 0;
    const list = (resource: string, namespace: string, file: string): void => {
      const definition = cluster.resources.get(resource);
      const found = listOf(definition, api.list(resource, namespace === '' ? {} : { namespace }));
      printed += 1;
      const text = output === 'json' ? `${escapeHtml(JSON.stringify(found, null, 4))}\n` : toYaml(found);
      write(`${file}.${output}`, output === 'yaml' && printed > 1 ? `---\n${text}` : text);
    };
    list('nodes', '', 'nodes');
    for (const namespace of namespacesOf(session)) {
      for (const [resource, file] of DUMPED) list(resource, namespace, `${namespace}/${file}`);
      for (const pod of api.list('Pod', { namespace })) {
        const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
        const logs = containers.map(({ name }) => logsOf(session, pod, name)).join('');
        write(`${namespace}/${pod.metadata.name}/logs.txt`, logs);
      }
    }
    if (directory !== '' && directory !== '-') writeOut(session, `Cluster info dumped to ${directory}\n`);
    return 0;
  },
};
