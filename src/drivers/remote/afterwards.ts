/**
 * A process that stands by while a run writes to a real cluster. It is told on its standard input how each
 * write is undone; where the run ends without a word (a signal, a crash), it undoes them.
 */
import { Agent } from 'node:https';
import { createInterface } from 'node:readline';
import { callsTo } from './calls.ts';
import type { Access } from './kubeconfig.ts';
import type { Undo } from './messages.ts';
import { DONE, undoAll } from './undo.ts';

let access: Access | undefined;
const undos: Undo[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  if (line === DONE) process.exit();
  if (access === undefined) access = JSON.parse(line) as Access;
  else undos.push(JSON.parse(line) as Undo);
}

if (access !== undefined) {
  const say = (text: string): void => void process.stderr.write(`seatrial: ${text}\n`);
  say(`the run was ended: what it wrote to ${access.server} is put back`);
  const left = await undoAll(undos, callsTo(access, new Agent({ keepAlive: true })));
  for (const what of left) say(`left behind: ${what}`);
  say(left.length === 0 ? 'all is put back' : 'the rest is put back');
  process.exit();
}
