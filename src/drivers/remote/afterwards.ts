/**
 * A process that stands by while a run writes to a real cluster. It is told on its standard input of each
 * write, before it is made and when it was; where the run ends without a word (a signal, a crash), it undoes
 * them, and where it ends in order, those that nobody answered.
 */
import { Agent } from 'node:https';
import { createInterface } from 'node:readline';
import { callsTo } from './calls.ts';
import type { Access } from './kubeconfig.ts';
import type { Kept } from './messages.ts';
import { DONE, Standing } from './undo.ts';

let access: Access | undefined;
let why = 'the run was ended';
const standing = new Standing();
for await (const line of createInterface({ input: process.stdin })) {
  if (line === DONE) {
    standing.forgetMade();
    if (standing.isEmpty) process.exit();
    why = 'not all was answered';
  } else if (access === undefined) access = JSON.parse(line) as Access;
  else standing.note(JSON.parse(line) as Kept);
}

if (access !== undefined) {
  const say = (text: string): void => void process.stderr.write(`seatrial: ${text}\n`);
  say(`${why}: what it wrote to ${access.server} is put back`);
  const left = await standing.undoAll(callsTo(access, new Agent({ keepAlive: true })));
  for (const what of left) say(`left behind: ${what}`);
  say(left.length === 0 ? 'all is put back' : 'the rest is put back');
  process.exit();
}
