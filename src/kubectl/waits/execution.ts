/**
 * `kubectl exec` of a command that waits for the cluster: it is run on whenever something is due for it, and
 * what it writes is shown as it comes. Source: staging/src/k8s.io/kubectl/pkg/cmd/exec/exec.go.
 */
import { podNetwork } from '../../sim/network/index.ts';
import { continueExec, type Execution } from '../../sim/node/exec.ts';
import { writeErr, writeOut } from '../session.ts';
import type { Wait } from './wait.ts';

export interface ExecutionState {
  readonly execution: Execution;
  /** A terminal shows both streams as one. */
  readonly tty: boolean;
}

export const executionWait: Wait<ExecutionState> = {
  name: 'execution',
  step({ execution, tty }, context) {
    const { stdout, stderr, code, afterMs } = continueExec(context, execution, podNetwork);
    writeOut(context, stdout);
    (tty ? writeOut : writeErr)(context, stderr);
    // What never ends is left behind, as by somebody who closes his terminal.
    if (code === undefined && afterMs === Number.POSITIVE_INFINITY) return { done: true, code: 0 };
    if (code === undefined) return { done: false, wakeAt: context.now + Math.max(1, afterMs) };
    if (code !== 0) writeErr(context, `command terminated with exit code ${code}\n`);
    return { done: true, code };
  },
};
