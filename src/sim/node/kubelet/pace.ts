/** The limit of a kubelet's requests. Its heartbeats and events go by clients of their own. */
import { type CallRate, takeCalls, untilNextCallMs } from '../../api/ratelimit.ts';
import type { Millis } from '../../kernel/types.ts';
import type { Kubelet } from './types.ts';

const rateOf = ({ ctx: { config } }: Kubelet): CallRate => ({
  qps: config.kubeletKubeAPIQPS,
  burst: config.kubeletKubeAPIBurst,
});

/** How long until the kubelet may make another request. */
export const mustWaitMs = (k: Kubelet): Millis => untilNextCallMs(k.state.bucket, rateOf(k), k.ctx.now);

/** Counts the requests that `act` makes. */
export function counted(k: Kubelet, act: () => void): void {
  const before = k.ctx.calls;
  act();
  takeCalls(k.state.bucket, rateOf(k), k.ctx.now, k.ctx.calls - before);
}
