/**
 * Standard streams over a WebSocket, each a channel. Models
 * staging/src/k8s.io/apimachinery/pkg/util/remotecommand/constants.go and
 * client-go/tools/remotecommand/websocket.go.
 */
import type { WebSocket } from 'ws';
import type { Exec } from '../api/http.ts';
import type { OpenStreams } from '../served.ts';
import { exitStatus, StandardStreams } from './standardstreams.ts';

const STDIN = 0;
const CHANNELS = { stdout: 1, stderr: 2 };
const ERROR = 3;
/** Closes another channel; since version 5. */
const CLOSE = 255;

/** Those that are spoken, the best first. */
export const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io', 'v3.channel.k8s.io', 'channel.k8s.io'];
/** Before these, only what went wrong is said, in words. */
const WITH_STATUS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** A message of a channel. */
export const channelFrame = (channel: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([channel]), bytes]);

export function overChannels(socket: WebSocket, exec: Exec, open: OpenStreams): StandardStreams {
  const streams = new StandardStreams(open, exec, {
    write: (stream, bytes) => socket.send(channelFrame(CHANNELS[stream], bytes)),
    finish(code) {
      const status = exitStatus(code);
      const text = WITH_STATUS.includes(socket.protocol) ? JSON.stringify(status) : (status.message ?? '');
      if (text !== '') socket.send(channelFrame(ERROR, Buffer.from(text)));
      socket.close(1000);
    },
  });
  // Frames that are none: ws closes the connection.
  socket.on('error', () => socket.terminate());
  socket.on('close', () => streams.close());
  socket.on('message', (data: Buffer) => {
    const [channel, of] = data;
    if (channel === CLOSE && of === STDIN) streams.end();
    else if (channel === STDIN && data.length > 1) streams.receive(data.subarray(1));
  });
  return streams;
}
