import { defineInvariant, told } from './define.ts';
import type { Violation } from './types.ts';

const isOf = (component: string, process: string): boolean => process.startsWith(`${component}@`);

/** Instances that act, as they said themselves and as their ends are known. */
export const oneLeader = defineInvariant<{ acting: string[] }>({
  name: 'one-leader',
  asks: 'physical',
  about: 'Of the instances of a controller manager or scheduler one acts at a time.',
  why: 'two would do everything twice, each against what the other does',
  fails: 'An instance began to lead while another that had led had not ended.',
  init: () => ({ acting: [] }),
  observe(entry, state): Violation | undefined {
    if (entry.type !== 'world') return undefined;
    if (entry.key === 'containerExited') {
      const { container, node } = entry.args;
      state.acting = state.acting.filter((process) => process !== `${String(container)}@${String(node)}`);
    }
    if (entry.key !== 'leaderElected') return undefined;
    const process = String(entry.args['process']);
    const component = process.slice(0, process.indexOf('@'));
    const other = state.acting.find((one) => one !== process && isOf(component, one));
    if (!state.acting.includes(process)) state.acting = [...state.acting, process];
    return other === undefined
      ? undefined
      : { message: told('brokenLeaders', { one: other, other: process }), objects: [], entry: entry.id };
  },
});
