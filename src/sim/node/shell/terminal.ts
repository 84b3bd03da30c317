/** Whether a shell waits for somebody who sits at its container's terminal. */
import type { ShellState } from './state.ts';

export const awaitsTerminal = ({ processes, opens }: ShellState): boolean =>
  processes.some(
    ({ wait }) =>
      (wait?.for === 'input' || wait?.for === 'line') && opens.get(wait.open)?.kind === 'terminal',
  );
