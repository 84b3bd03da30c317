/**
 * Standard streams over a WebSocket, each a channel. Models
 * staging/src/k8s.io/apimachinery/pkg/util/remotecommand/constants.go and
 * client-go/tools/remotecommand/websocket.go.
 */
import type { WebSocket } from 'ws';
import type { Exec } from '../api/http.ts';

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const ERROR = 3;
/** Closes another channel; since version 5. */
const CLOSE = 255;

/** Those that are spoken, the best first. */
export const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io', 'v3.channel.k8s.io', 'channel.k8s.io'];

const frame = (channel: number, text: string): Buffer =>
  Buffer.concat([Buffer.from([channel]), Buffer.from(text)]);

/** How a command ended, as the channel of errors has it. */
export function exitStatus(code: number): object {
  if (code === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}

/** What the channel of errors says: before version 4, nothing of success and a sentence of failure. */
export function endingOf(protocol: string, code: number): string {
  const status = exitStatus(code);
  if (/^v[45]\./.test(protocol)) return JSON.stringify(status);
  return 'message' in status ? String(status.message) : '';
}

/**
 * Runs a command once its input is there, and closes the connection behind it. @param ran told when it has
 */
export function overChannels(socket: WebSocket, exec: Exec, ran: () => void): void {
  // Frames that are none: ws closes the connection.
  socket.on('error', () => socket.terminate());
  let stdin = '';
  let hasRun = false;
  const run = (): void => {
    if (hasRun) return;
    hasRun = true;
    const { stdout, stderr, code } = exec.run(stdin);
    if (stdout !== '') socket.send(frame(STDOUT, stdout));
    if (stderr !== '') socket.send(frame(STDERR, stderr));
    const ending = endingOf(socket.protocol, code);
    if (ending !== '') socket.send(frame(ERROR, ending));
    socket.close(1000);
    ran();
  };
  if (!exec.stdin) return run();
  socket.on('message', (data: Buffer) => {
    const [channel, of] = data;
    if (channel === CLOSE && of === STDIN) run();
    else if (channel === STDIN && data.length > 1) stdin += data.subarray(1).toString('utf8');
  });
  // A terminal sends nothing before somebody types: what is run gets no input.
  setTimeout(run, INPUT_WAIT_MS).unref();
}

/** How long input is waited for that does not end, in real ms. */
export const INPUT_WAIT_MS = 200;
