/**
 * What a container says of its end: what it has written to the file at its terminationMessagePath, or the
 * last of its log. Models getTerminationMessage and readLastStringFromContainerLogs of
 * pkg/kubelet/kuberuntime/kuberuntime_container.go.
 */
import type { Container } from '../../api/types.ts';
import { FileView } from '../files/view.ts';
import { DEFAULT_MESSAGE_PATH, type Machine, type RuntimeContainer, type World } from '../world.ts';

/** MaxContainerTerminationMessageLength of pkg/kubelet/container. */
const MOST_BYTES = 4096;
/** MaxContainerTerminationMessageLogLines and MaxContainerTerminationMessageLogLength of the same. */
const MOST_LINES = 80;
const MOST_LOG_BYTES = 2048;

/** @param ended the container as the runtime has it. @returns '' where it says nothing */
export function terminationMessage(
  world: World,
  machine: Machine,
  { terminationMessagePath = DEFAULT_MESSAGE_PATH, terminationMessagePolicy }: Container,
  ended: RuntimeContainer,
): string {
  const said =
    ended.files.size === 0 && ended.mounts.length === 0
      ? ''
      : new FileView(world, machine, ended).read(terminationMessagePath)?.slice(0, MOST_BYTES);
  if (said || terminationMessagePolicy !== 'FallbackToLogsOnError' || ended.exitCode === 0) return said ?? '';
  const lines = ended.logs
    .slice(-MOST_LINES)
    .map(({ line, unended }) => (unended === true ? line : `${line}\n`));
  return lines.join('').slice(-MOST_LOG_BYTES);
}
