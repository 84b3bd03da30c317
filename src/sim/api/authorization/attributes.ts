/**
 * What an authorizer is asked, and what it answers. Models
 * staging/src/k8s.io/apiserver/pkg/authorization/authorizer/interfaces.go.
 */

/** A request for a resource; '' stands for what it does not say. */
export interface ResourceAttributes {
  readonly verb: string;
  /** '' for the core group. */
  readonly group: string;
  /** The plural. */
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  /** As the request has it, `spec.nodeName=node-1`. */
  readonly fieldSelector?: string;
}

/** A request for a path that is no resource: `/healthz`. */
export interface PathAttributes {
  readonly verb: string;
  readonly path: string;
}

export type Attributes = ResourceAttributes | PathAttributes;

export const isPath = (attributes: Attributes): attributes is PathAttributes => 'path' in attributes;

export interface Decision {
  readonly allowed: boolean;
  /** Why, or what stood in the way of an answer; '' where there is nothing to say. */
  readonly reason: string;
}
