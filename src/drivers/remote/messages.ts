/** What the driver of a real cluster and the thread that talks to it say to each other. Plain data. */
import type { MessagePort } from 'node:worker_threads';
import type { Access } from './kubeconfig.ts';

/** A collection that is watched. */
export interface Collection {
  /** `deployments.apps` */
  readonly resource: string;
  /** `/apis/apps/v1/namespaces/shop/deployments`, and a query where it narrows. */
  readonly path: string;
}

/** What the thread begins with. */
export interface Beginning {
  readonly access: Access;
  /** On which orders come, and what is told goes. */
  readonly port: MessagePort;
  /** One word: how many messages it has sent. */
  readonly sent: ArrayBufferLike;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  /** JSON, or whatever `type` says. */
  readonly body?: string;
  readonly type?: string;
}

/** How a write of a run is undone. */
export interface Undo {
  /** `Deployment shop/web` */
  readonly named: string;
  readonly call: Call;
  /** Of what status there is nothing to undo: it is gone, or there, already. */
  readonly fine: number;
  /** The path of an object that is made again: one that goes still has its name until it is gone. */
  readonly awaits?: string;
}

/** A write that is about to be made: what is there tells whether it was. Plain data. */
export interface Intent {
  /** `Deployment shop/web` */
  readonly named: string;
  readonly does: 'write' | 'delete';
  /** Of the object. */
  readonly path: string;
  /** Of those beside it. */
  readonly collection: string;
  /** What was there; absent: nothing. */
  readonly before?: object;
}

/** What a process that stands by is told, each write by its number: that it begins, and what came of it. */
export type Kept =
  | { readonly id: number; readonly intent: Intent }
  /** It was made. */
  | { readonly id: number; readonly undo: Undo }
  /** There is nothing to undo. */
  | { readonly id: number };

export interface Exec {
  readonly path: string;
  /** What the command reads, in base64; absent: nothing. */
  readonly stdin?: string;
}

export type Order =
  | { readonly order: 'call'; readonly id: number; readonly call: Call }
  | { readonly order: 'exec'; readonly id: number; readonly exec: Exec }
  | { readonly order: 'watch'; readonly collections: readonly Collection[] }
  /** To be undone where the run is ended before it has put it back itself. */
  | { readonly order: 'keep'; readonly kept: Kept }
  /** All is put back. */
  | { readonly order: 'release'; readonly id: number }
  /** Moves the clock of a served cluster: answered once every watch has said where it stands since. */
  | { readonly order: 'move'; readonly id: number; readonly call: Call };

/** The answer of a server; `status` 0: there was none, and `body` says why. */
export interface Answered {
  readonly status: number;
  readonly body: string;
  /** What its Warning headers say. */
  readonly warnings?: readonly string[];
}

export type Told =
  | { readonly told: 'answer'; readonly id: number; readonly answer: Answered }
  /** A collection as a whole, at first and whenever its watch had to begin anew. */
  | {
      readonly told: 'list';
      readonly resource: string;
      readonly path: string;
      readonly objects: readonly unknown[];
    }
  /** A collection that is not to be had; `status` as in an answer. */
  | { readonly told: 'lost'; readonly resource: string; readonly path: string; readonly answer: Answered }
  /** A watch runs from here on, or does no more. */
  | { readonly told: 'watching'; readonly path: string }
  | { readonly told: 'stopped'; readonly path: string }
  | { readonly told: 'change'; readonly resource: string; readonly type: string; readonly object: unknown };
