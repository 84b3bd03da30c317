/**
 * `kubectl cordon`, `uncordon`, `drain`. Source: staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go,
 * pkg/drain/cordon.go.
 */
import { ApiError } from '../../sim/api/errors.ts';
import type { Node } from '../../sim/api/types.ts';
import { errorText, KubectlError, usageError } from '../errors.ts';
import { DRY_RUN, flag, SELECTOR } from '../flags.ts';
import { throwErrors } from '../resources.ts';
import { parseLabelSelector } from '../../sim/api/selector.ts';
import { writeErr, writeOut } from '../session.ts';
import type { Session, Verb } from '../session.ts';
import type { DrainState } from '../waits/drain.ts';

function nodesOf(session: Session): Node[] {
  const { flags, args, api } = session;
  const selector = flags.text('selector');
  if (args.length === 0 && selector === '')
    throw usageError(session.command, `USAGE: ${session.command} NODE [flags]`);
  if (args.length > 0 && selector !== '')
    throw usageError(session.command, 'error: cannot specify both a node name and a --selector option');
  if (selector !== '') return api.list('Node', { labelSelector: selector });
  const nodes: Node[] = [];
  const errors: unknown[] = [];
  for (const arg of args) {
    try {
      nodes.push(api.get('Node', '', arg.replace(/^(?:nodes?|no)\//, '')));
    } catch (error) {
      errors.push(error);
      break;
    }
  }
  throwErrors(errors);
  return nodes;
}

/** Marks nodes (un)schedulable, saying so. */
function setUnschedulable(session: Session, nodes: readonly Node[], wanted: boolean): void {
  const word = wanted ? 'cordon' : 'uncordon';
  for (const node of nodes) {
    const { name } = node.metadata;
    if ((node.spec.unschedulable ?? false) === wanted) {
      writeOut(session, `node/${name} already ${word}ed\n`);
      continue;
    }
    if (!session.flags.has('dry-run') || session.flags.text('dry-run') === 'none') {
      try {
        session.api.patch('Node', '', name, 'strategic', { spec: { unschedulable: wanted ? true : null } });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        writeErr(session, `error: unable to ${word} node "${name}": ${errorText(error)}\n`);
        continue;
      }
    }
    writeOut(session, `node/${name} ${word}ed${dryRunSuffix(session)}\n`);
  }
}

function dryRunSuffix(session: Session): string {
  if (!session.flags.has('dry-run')) return '';
  const mode = session.flags.text('dry-run');
  return mode === 'none' ? '' : mode === 'server' ? ' (server dry run)' : ' (dry run)';
}

const cordonVerb = (name: 'cordon' | 'uncordon'): Verb => ({
  name,
  flags: [SELECTOR, DRY_RUN],
  run(session) {
    setUnschedulable(session, nodesOf(session), name === 'cordon');
    return 0;
  },
});

export const cordon = cordonVerb('cordon');
export const uncordon = cordonVerb('uncordon');

export const drainVerb: Verb = {
  name: 'drain',
  flags: [
    SELECTOR,
    DRY_RUN,
    flag('force'),
    flag('ignore-daemonsets'),
    flag('delete-emptydir-data'),
    flag('grace-period', 'int'),
    flag('timeout', 'duration'),
    flag('disable-eviction'),
    flag('pod-selector', 'string'),
    flag('skip-wait-for-delete-timeout', 'int'),
  ],
  run(session) {
    const { flags } = session;
    const podSelector = flags.text('pod-selector');
    if (podSelector !== '') {
      try {
        parseLabelSelector(podSelector);
      } catch {
        throw new KubectlError('--pod-selector=<pod_selector> must be a valid label selector');
      }
    }
    const nodes = nodesOf(session);
    setUnschedulable(session, nodes, true);
    const state: DrainState = {
      options: {
        force: flags.bool('force'),
        ignoreDaemonSets: flags.bool('ignore-daemonsets'),
        deleteEmptyDirData: flags.bool('delete-emptydir-data'),
        gracePeriodSeconds: flags.number('grace-period', -1),
        timeoutMs: flags.number('timeout', 0),
        podSelector,
        disableEviction: flags.bool('disable-eviction'),
        skipWaitForDeleteTimeoutSeconds: flags.number('skip-wait-for-delete-timeout', 0),
      },
      nodes: nodes.map((n) => n.metadata.name),
      pods: undefined,
      deadline: 0,
      errors: [],
      failed: [],
    };
    if (flags.has('dry-run') && flags.text('dry-run') !== 'none') return 0;
    return { wait: 'drain', state };
  },
};
