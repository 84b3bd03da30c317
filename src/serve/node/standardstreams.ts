/**
 * Standard streams of a container, between their session and the connection that carries them, whatever that
 * speaks.
 */
import { bytesOfText, textOfBytes, wholeUntil } from '../../sim/node/files/bytetext.ts';
import type { Exec } from '../api/http.ts';
import type { OpenStreams } from '../served.ts';
import { onTerminal, Terminal } from './terminal.ts';

/** How the shell ends that a terminal interrupts. */
const INTERRUPTED = 130;

/** How a command ended, as clients are told. */
export function exitStatus(code: number): { readonly status: string; readonly message?: string } {
  if (code === 0) return { metadata: {}, status: 'Success' } as { status: string };
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  } as { status: string; message: string };
}

/** Where what is written goes. */
export interface Outlet {
  write(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  /** Says how it ended, and closes the connection. */
  finish(code: number): void;
}

export class StandardStreams {
  private readonly open: OpenStreams;
  private readonly exec: Exec;
  private readonly outlet: Outlet;
  private readonly terminal: Terminal | undefined;
  /** Bytes of a letter whose end has not come. */
  private rest: Uint8Array = new Uint8Array();
  private hasEnded = false;
  isOver = false;

  constructor(open: OpenStreams, exec: Exec, outlet: Outlet) {
    this.open = open;
    this.exec = exec;
    this.outlet = outlet;
    this.terminal = exec.tty && exec.command !== undefined ? new Terminal() : undefined;
  }

  /** Bytes of standard input. */
  receive(bytes: Uint8Array): void {
    if (this.isOver || this.hasEnded || !this.exec.streams.includes('stdin')) return;
    const all = Buffer.concat([this.rest, bytes]);
    const whole = wholeUntil(all);
    this.rest = all.subarray(whole);
    const text = textOfBytes(all.subarray(0, whole));
    if (this.terminal === undefined) {
      // Nobody sends carriage returns but keyboards; who is attached has none of ours before them.
      this.open.type(this.exec.tty ? text.replaceAll('\r', '\n') : text);
      return this.pump();
    }
    const { shown, passed, interrupted } = this.terminal.type(text);
    if (shown !== '') this.outlet.write('stdout', bytesOfText(shown));
    for (const line of passed) this.open.type(line);
    this.pump();
    if (interrupted && !this.isOver) this.finish(INTERRUPTED);
  }

  /** Nothing more comes of standard input. */
  end(): void {
    if (this.isOver || this.hasEnded || !this.exec.streams.includes('stdin')) return;
    this.hasEnded = true;
    if (this.rest.length > 0) this.open.type(textOfBytes(this.rest));
    this.open.type(undefined);
    this.pump();
  }

  /** Sends what came. */
  pump(): void {
    if (this.isOver) return;
    const { stdout, stderr, code } = this.open.take();
    this.write('stdout', stdout);
    this.write('stderr', stderr);
    if (code !== undefined) this.finish(code);
  }

  private write(stream: 'stdout' | 'stderr', text: string): void {
    if (text === '') return;
    if (this.exec.tty) this.outlet.write('stdout', bytesOfText(onTerminal(text)));
    else if (this.exec.streams.includes(stream)) this.outlet.write(stream, bytesOfText(text));
  }

  private finish(code: number): void {
    this.isOver = true;
    this.outlet.finish(code);
  }

  /** The client is gone: what reads gets no more. */
  close(): void {
    this.end();
    this.isOver = true;
  }

  /** The cluster was set back: what ran is not there. */
  abandon(): void {
    if (!this.isOver) this.finish(KILLED);
  }
}

const KILLED = 137;
