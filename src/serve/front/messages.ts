/**
 * What the thread that has the sockets asks of the thread that has the cluster, and what that orders. Plain
 * data.
 */
import type { MessagePort } from 'node:worker_threads';
import type { UserInfo } from '../../sim/api/authentication/user.ts';
import type { Answer, Exec, Flow, ForwardTarget, HttpRequest, PortForward } from '../api/http.ts';
import type { ForwardedAnswer, ForwardedRequest } from '../api/portforward.ts';
import type { Step } from '../sessions.ts';

/** What the thread of the sockets begins with. */
export interface Beginning {
  readonly port: MessagePort;
  /** One word each: how many messages it has sent, and how many were sent to it. */
  readonly asked: ArrayBufferLike;
  readonly answered: ArrayBufferLike;
}

/** A reply; a flow or streams are asked for what came by their number. */
export type NumberedReply =
  | Answer
  | Exec
  | PortForward
  | (Pick<Flow, 'kind' | 'status' | 'headers' | 'timeoutSeconds'> & {
      readonly number: number;
      readonly marks: boolean;
    });

/** What a flow has. */
export interface Taken {
  readonly lines: readonly string[];
  readonly ended: boolean;
}

/** What can be asked, with what is answered. */
export interface Questions {
  authenticate(token: string): UserInfo | undefined;
  handle(request: HttpRequest): NumberedReply;
  flow(number: number, what: 'take' | 'mark'): Taken;
  open(request: HttpRequest, exec: Exec): number;
  type(number: number, text: string | undefined): undefined;
  streams(number: number): Step;
  refusalToForward(to: ForwardTarget, port: number): string | undefined;
  forwarded(to: ForwardTarget, request: ForwardedRequest): ForwardedAnswer;
  tick(): undefined;
}

export type Question = keyof Questions;

/** A question about one of the clusters that are served, by its number. */
export interface Asked<Q extends Question = Question> {
  readonly says: 'asked';
  readonly of: number;
  readonly question: Q;
  readonly args: Parameters<Questions[Q]>;
}

/** How a command has ended; `failed`: it did not begin, and why. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly failed?: string;
}

/** From the thread of the sockets. */
export type FromFront =
  | Asked
  | { readonly says: 'listening'; readonly of: number; readonly url: string; readonly kubeconfig: string }
  | { readonly says: 'deaf'; readonly of: number; readonly message: string }
  | { readonly says: 'closed'; readonly of: number }
  | { readonly says: 'ran'; readonly ran: Ran };

/** To it. */
export type ToFront =
  | { readonly says: 'listen'; readonly of: number; readonly port: number }
  | { readonly says: 'close'; readonly of: number }
  /** A client of a cluster; it is not waited for longer than `limitMs` of real time. */
  | {
      readonly says: 'run';
      readonly command: readonly string[];
      readonly kubeconfig: string;
      readonly folder: string;
      readonly limitMs: number;
    }
  | { readonly says: 'answered'; readonly life: number; readonly value: unknown }
  | { readonly says: 'threw'; readonly life: number; readonly message: string };
