/** Clients that send requests at a steady rate, from outside the pods, until the scenario ends. Each request leaves a note in the history. */
import type { ApiComponent } from '../sim/api/client.ts';
import { registerComponent } from '../sim/components.ts';
import type { Task } from '../sim/kernel/types.ts';
import type { World } from '../sim/node/world.ts';
import { InputError } from './errors.ts';
import { requestFrom, type RequestNote } from './requests.ts';
import { clusterOf, type Session } from './session.ts';

interface SendTask extends Task {
  readonly type: 'send';
}

const failedStatus = (answer: unknown): boolean => typeof answer !== 'number' || answer >= 500;

/** Component `client` (args `{url, perSecond, namespace}`). */
export const clientComponent: ApiComponent<{ sent: number; startedAt: number }, SendTask, World> = {
  component: 'client',
  watches: () => [],
  start(ctx) {
    ctx.schedule(0, { type: 'send' } as Task, { timeout: true });
    return { sent: 0, startedAt: ctx.now };
  },
  handle(_task, state, ctx) {
    const { url, namespace, perSecond } = ctx.args;
    const { answer } = requestFrom(ctx, url!, undefined, namespace!);
    const note: RequestNote = { url: url!, ok: !failedStatus(answer), outcome: typeof answer === 'number' ? `answered ${answer}` : answer };
    ctx.note(`request to ${url}: ${note.outcome}`, { request: note });
    state.sent += 1;
    // From the first on, so that a rate that does not divide a second does not drift.
    const next = state.startedAt + Math.floor((state.sent * 1000) / Number(perSecond));
    ctx.schedule(next - ctx.now, { type: 'send' } as Task, { timeout: true });
  },
};
registerComponent(clientComponent);

export function startClient(session: Session, url: string, perSecond: number): void {
  if (perSecond < 1 || perSecond > 1000) throw new InputError(`a client sends 1 to 1000 requests per second, not ${perSecond}`);
  session.clients += 1;
  clusterOf(session).control.spawn(`client-${session.clients}`, 'client', { url, perSecond: String(perSecond), namespace: session.namespace });
}
