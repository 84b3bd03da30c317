/**
 * What a client asks of a connection that the API server lets it through to. Models pkg/apis/core/types.go
 * (PodExecOptions and its kin).
 */

/** Subresources that a client is connected through, to the kubelet or to what is behind the object. */
export type ConnectedSubresource = 'attach' | 'exec' | 'portforward' | 'proxy';

/** What a client asks of a connection: `{kind: 'PodExecOptions', container: 'web', command: ['date']}`. */
export interface ConnectOptions {
  readonly apiVersion: 'v1';
  readonly kind:
    | 'PodAttachOptions'
    | 'PodExecOptions'
    | 'PodPortForwardOptions'
    | 'PodProxyOptions'
    | 'ServiceProxyOptions'
    | 'NodeProxyOptions';
  readonly stdin?: boolean;
  readonly stdout?: boolean;
  readonly stderr?: boolean;
  readonly tty?: boolean;
  readonly container?: string;
  readonly command?: readonly string[];
  readonly ports?: readonly number[];
  readonly path?: string;
}
