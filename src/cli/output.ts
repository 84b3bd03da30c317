/** The one place from which the command writes to its terminal; of what it is told, nothing acts there. */
import { Writable } from 'node:stream';
import { visible } from '../messages/visible.ts';

/** A line, or several, of what was asked for. */
export const tell = (text = ''): void => console.log(visible(text));

/** A line, or several, beside it: what is wrong, how far it has come. */
export const complain = (text: string): void => console.error(visible(text));

/** Where the parser of the command line writes. */
export const OUTPUT = {
  writeOut: (text: string): void => void process.stdout.write(visible(text)),
  writeErr: (text: string): void => void process.stderr.write(visible(text)),
};

const CLEAR = '\r\u001b[K';

/** A line in the place of the last one, on a terminal; nothing elsewhere. @param text '': none */
export function overwrite(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(CLEAR + visible(text));
}

/** Where libraries write what they complain of. */
export const complaints = (): Writable =>
  new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _, done) {
      process.stderr.write(visible(String(chunk)), done);
    },
  });
