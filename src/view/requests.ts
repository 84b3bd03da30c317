/** Requests of a run: what came of those of its clients, and where some go that are sent at a moment. */
import type { Driver } from '../drivers/driver.ts';
import { networkOf } from '../dsl/capabilities.ts';
import type { Flow, Traffic } from './run.ts';

/** How many destinations a picture has room for, and how many requests tell who answers. */
const MOST_FLOWS = 4;
const REQUESTS = 12;

interface ServiceObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec?: {
    readonly type?: string;
    readonly ports?: readonly { readonly port: number; readonly protocol?: string }[];
  };
}

/** The API server's own has no Pods. */
const servicesIn = (objects: readonly unknown[]): { readonly url: string; readonly namespace: string }[] =>
  (objects as readonly ServiceObject[])
    .filter((o) => o.kind === 'Service' && o.spec?.type !== 'ExternalName')
    .filter(({ metadata: { namespace, name } }) => namespace !== 'default' || name !== 'kubernetes')
    .flatMap(({ metadata: { namespace, name }, spec }) => {
      const port = spec?.ports?.find((p) => p.protocol !== 'UDP')?.port;
      return port === undefined
        ? []
        : [{ url: `http://${name}${port === 80 ? '' : `:${port}`}/`, namespace }];
    });

export const trafficOf = (driver: Driver): Traffic[] =>
  networkOf(driver)
    .clients()
    .map(({ url, perSecond, startedAt, sent, failed, failures }) => ({
      url,
      perSecond,
      from: startedAt,
      sent,
      failed,
      failures: failures.map(({ at, outcome }) => ({ at, outcome })),
    }));

/** @param driver that nobody goes on with: its servers remember the requests @param objects of its API */
export function flowsIn(driver: Driver, objects: readonly unknown[]): Flow[] {
  const network = networkOf(driver);
  const clients = network.clients();
  const asked = clients.length > 0 ? clients : servicesIn(objects);
  return asked.slice(0, MOST_FLOWS).map(({ url, namespace }) => ({
    url,
    answers: Array.from({ length: REQUESTS }, () => {
      const { answer, pod, node } = network.request(url, undefined, namespace);
      return {
        outcome: String(answer),
        ok: typeof answer === 'number' && answer < 400,
        ...(pod === undefined ? {} : { pod }),
        ...(node === undefined ? {} : { node }),
      };
    }),
  }));
}
