/** Undoing what a run wrote, where it does not come to do so itself. */
import type { Answered, Call, Undo } from './messages.ts';

/** The line that says that all is put back. */
export const DONE = '"done"';

/** What a server says of why it did not do it. */
function reasonOf({ status, body }: Answered): string {
  if (status === 0) return body;
  try {
    const { message } = JSON.parse(body) as { message?: string };
    if (message !== undefined) return message;
  } catch {
    // A proxy's page: its status says enough.
  }
  return `the server answered ${status}`;
}

/** Undoes all, the last first. @returns what could not be, in words */
export async function undoAll(
  undos: readonly Undo[],
  call: (call: Call) => Promise<Answered>,
): Promise<string[]> {
  const left: string[] = [];
  for (const { named, call: asked, fine } of undos.toReversed()) {
    const answer = await call(asked);
    if ((answer.status < 200 || answer.status > 299) && answer.status !== fine)
      left.push(`${named}: ${reasonOf(answer)}`);
  }
  return left;
}
