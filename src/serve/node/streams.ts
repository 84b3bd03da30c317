/**
 * Standard streams over a SPDY connection, each a stream of its own. Models
 * staging/src/k8s.io/kubelet/pkg/cri/streaming/remotecommand/httpstream.go.
 */
import type { Exec } from '../api/http.ts';
import { SpdyConnection, type SpdyStream } from '../spdy/connection.ts';
import { exitStatus, INPUT_WAIT_MS } from './channels.ts';
import type { Ends, Streams } from './portforward.ts';

/** Those that are spoken, the best first: how a command ended is told as a Status. */
export const STREAM_PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/**
 * Runs a command once its streams are open and its input is there, and closes the connection behind it.
 * @param wanted types of the streams that the client opens: `error`, `stdout`
 */
export function overStreams(exec: Exec, wanted: readonly string[], ends: Ends): Streams {
  const streams = new Map<string, SpdyStream>();
  let stdin = '';
  let hasRun = false;
  const run = (): void => {
    if (hasRun) return;
    hasRun = true;
    const { stdout, stderr, code } = exec.run(stdin);
    const last: Readonly<Record<string, string>> = {
      stdout,
      stderr,
      error: JSON.stringify(exitStatus(code)),
    };
    for (const [type, text] of Object.entries(last)) {
      streams.get(type)?.write(Buffer.from(text));
      streams.get(type)?.end();
    }
    ends.answered();
    ends.end();
  };
  return new SpdyConnection({
    send: (bytes) => ends.send(bytes),
    failed: () => ends.end(),
    opened(stream) {
      const type = stream.headers['streamtype'] ?? '';
      streams.set(type, stream);
      // The reply to the last of them goes first; a terminal sends nothing before somebody types.
      if (wanted.every((one) => streams.has(one))) setTimeout(run, exec.stdin ? INPUT_WAIT_MS : 0).unref();
      return {
        data: (data) => void (type === 'stdin' && (stdin += Buffer.from(data).toString())),
        end: () => void (type === 'stdin' && wanted.every((one) => streams.has(one)) && run()),
        reset: () => undefined,
      };
    },
  });
}
