/**
 * Standard streams over a SPDY connection, each a stream of its own. Models
 * staging/src/k8s.io/kubelet/pkg/cri/streaming/remotecommand/httpstream.go.
 */
import type { Exec } from '../api/http.ts';
import type { OpenStreams } from '../served.ts';
import { SpdyConnection, type SpdyStream } from '../spdy/connection.ts';
import type { Ends, Streams } from './portforward.ts';
import { exitStatus, StandardStreams } from './standardstreams.ts';

/** Those that are spoken, the best first: how a command ended is told as a Status. */
export const STREAM_PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/**
 * Begins once the streams are open that the client asked for.
 * @param begin called then @param began told of what has begun
 */
export function overStreams(
  exec: Exec,
  begin: () => OpenStreams,
  ends: Ends,
  began: (streams: StandardStreams) => void,
): Streams {
  const opened = new Map<string, SpdyStream>();
  // Of a terminal there is no stream of errors.
  const wanted = ['error', ...exec.streams.filter((type) => type !== 'stderr' || !exec.tty)];
  let streams: StandardStreams | undefined;
  /** What came before all were open. */
  const early: (() => void)[] = [];
  const start = (): void => {
    if (streams !== undefined) return;
    streams = new StandardStreams(begin(), exec, {
      write: (stream, bytes) => opened.get(stream)?.write(bytes),
      finish(code) {
        opened.get('error')?.write(Buffer.from(JSON.stringify(exitStatus(code))));
        for (const type of ['stdout', 'stderr', 'error']) opened.get(type)?.end();
        ends.end();
      },
    });
    began(streams);
    for (const late of early) late();
    streams.pump();
    ends.answered();
  };
  const input = (what: (to: StandardStreams) => void): void => {
    if (streams === undefined) early.push(() => what(streams!));
    else {
      what(streams);
      ends.answered();
    }
  };
  const connection = new SpdyConnection({
    send: (bytes) => ends.send(bytes),
    failed: () => ends.end(),
    opened(stream) {
      const type = stream.headers['streamtype'] ?? '';
      opened.set(type, stream);
      // The reply to the last of them goes first.
      if (wanted.every((one) => opened.has(one))) setImmediate(start);
      return {
        data: (data) => void (type === 'stdin' && input((to) => to.receive(data))),
        end: () => void (type === 'stdin' && input((to) => to.end())),
        reset: () => undefined,
      };
    },
  });
  return {
    receive: (bytes) => connection.receive(bytes),
    close: () => {
      connection.close();
      streams?.close();
    },
  };
}
