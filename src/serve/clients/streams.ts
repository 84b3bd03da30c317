/** Connections that are upgraded. */
import { type ClientRequest, ALL_CHANNELS, EXEC, PODS, refusal, spdy, websocket } from './request.ts';

export const STREAMS: readonly ClientRequest[] = [
  {
    client: 'kubectl up to 1.29, e2e.test of 1.20, client-go: exec',
    asks: `POST ${EXEC}`,
    ...spdy(...ALL_CHANNELS, 'channel.k8s.io'),
    status: 101,
    upgraded: ['SPDY/3.1', 'v5.channel.k8s.io'],
  },
  {
    client: 'kubectl 1.30 and later: exec, cp',
    asks: `GET ${EXEC}`,
    ...websocket('v5.channel.k8s.io'),
    status: 101,
    upgraded: ['websocket', 'v5.channel.k8s.io'],
  },
  {
    client: '@kubernetes/client-node: exec',
    asks: `GET ${EXEC}`,
    ...websocket(`${ALL_CHANNELS.join(', ')}, channel.k8s.io`),
    status: 101,
    upgraded: ['websocket', 'v5.channel.k8s.io'],
  },
  {
    client: 'e2e.test: exec over the first of the protocols',
    asks: `GET ${EXEC}`,
    ...websocket('channel.k8s.io'),
    status: 101,
    upgraded: ['websocket', 'channel.k8s.io'],
  },
  {
    client: 'kubectl attach',
    asks: `GET ${PODS}/{pod}/attach?container=web&stderr=true&stdout=true`,
    ...websocket('v5.channel.k8s.io'),
    status: 101,
    upgraded: ['websocket', 'v5.channel.k8s.io'],
  },
  {
    client: 'kubectl up to 1.30: port-forward',
    asks: `POST ${PODS}/{pod}/portforward`,
    ...spdy('portforward.k8s.io'),
    status: 101,
    upgraded: ['SPDY/3.1', 'portforward.k8s.io'],
  },
  {
    client: 'kubectl 1.31 and later: port-forward, frames of SPDY in messages',
    asks: `GET ${PODS}/{pod}/portforward`,
    ...websocket('SPDY/3.1+portforward.k8s.io'),
    status: 101,
    upgraded: ['websocket', 'SPDY/3.1+portforward.k8s.io'],
  },
  {
    client: '@kubernetes/client-node: port-forward, two channels a port',
    asks: `GET ${PODS}/{pod}/portforward?ports=80`,
    ...websocket('v4.channel.k8s.io'),
    status: 101,
    upgraded: ['websocket', 'v4.channel.k8s.io'],
  },
  {
    client: 'kubectl exec without a connection that can be upgraded',
    asks: `POST ${EXEC}`,
    status: 400,
    shape: refusal('BadRequest', 400),
  },
];
