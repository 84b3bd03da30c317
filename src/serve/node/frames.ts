/**
 * Where a flow goes: into the body of an answer, or into the frames of a WebSocket. Models
 * staging/src/k8s.io/apiserver/pkg/util/wsstream/stream.go and pkg/endpoints/handlers/watch.go.
 */
import type { ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';

export interface Sink {
  send(pieces: readonly string[]): void;
  end(): void;
  /** Without a word. */
  cut(): void;
  /** Bytes that wait to be taken. */
  readonly waiting: number;
}

export const intoBody = (response: ServerResponse): Sink => ({
  send: (pieces) => void response.write(pieces.join('')),
  end: () => void response.end(),
  cut: () => void response.destroy(),
  get waiting() {
    return response.writableLength;
  },
});

/** How bytes are sent, the first where a client names none. */
export const FRAME_PROTOCOLS = ['binary.k8s.io', 'base64.binary.k8s.io'];

/** @param isText whether each piece is a text of its own, as an event of a watch is; bytes otherwise */
export function intoFrames(socket: WebSocket, isText: boolean): Sink {
  // Frames that are none: ws closes the connection.
  socket.on('error', () => socket.terminate());
  const frame = (piece: string): string | Buffer => {
    if (isText) return piece;
    const bytes = Buffer.from(piece);
    return socket.protocol === 'base64.binary.k8s.io' ? bytes.toString('base64') : bytes;
  };
  return {
    send: (pieces) => pieces.forEach((piece) => socket.send(frame(piece))),
    end: () => socket.close(1000),
    cut: () => socket.terminate(),
    get waiting() {
      return socket.bufferedAmount;
    },
  };
}
