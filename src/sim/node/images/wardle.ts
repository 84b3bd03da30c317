/**
 * The programs of a sample API server and its etcd. Models staging/src/k8s.io/sample-apiserver/pkg/cmd and
 * the flags of go.etcd.io/etcd, as far as somebody is to find it.
 */
import type { ImageBehaviour } from '../world.ts';
import { type Catalogue, flagOf, portOf, type ProgramStart, refusal } from './entry.ts';

const HTTPS_PORT = 443;
const CLIENT_PORT = 2379;
const PEER_PORT = 2380;

const ETCD: ImageBehaviour = {
  startupMs: 500,
  listens: [CLIENT_PORT, PEER_PORT],
  http: { '/health': { status: 200, body: '{"health":"true","reason":""}' }, '/*': { status: 404 } },
  stopCode: 0,
  keepsObjects: true,
};

function etcdStarted({ argv }: ProgramStart): ImageBehaviour {
  const ports = (flagOf(argv, '--listen-client-urls') ?? '').split(',').map(portOf);
  const client = ports.filter((port) => port !== undefined);
  return client.length === 0 ? {} : { listens: [...client, PEER_PORT] };
}

/** Without the flags that say where etcd is and what it shows, it ends as sample-apiserver does. */
function sampleStarted({ argv, read }: ProgramStart): ImageBehaviour {
  const etcd = flagOf(argv, '--etcd-servers');
  if (!etcd) return refusal(['Error: --etcd-servers must be specified'], 1, 10);
  const certificate = flagOf(argv, '--tls-cert-file');
  if (certificate && read(certificate) === undefined)
    return refusal([`Error: open ${certificate}: no such file or directory`], 1, 10);
  const port = portOf(flagOf(argv, '--secure-port')) ?? HTTPS_PORT;
  return {
    startupMs: 1000,
    listens: [port],
    http: { '/*': { status: 200 } },
    logs: [`Serving securely on [::]:${port}`],
    calls: { does: 'readAuthentication' },
    extends: { etcd: etcd.split(',')[0]!, certificate: (certificate && read(certificate)) || '' },
  };
}

export const WARDLE: Catalogue = {
  'sample-apiserver': {
    user: '0',
    image: {},
    commands: ['sample-apiserver', 'kube-sample-apiserver'],
    entrypoint: ['/sample-apiserver'],
    bare: true,
    started: sampleStarted,
  },
  etcd: { user: '0', image: ETCD, commands: ['etcd'], started: etcdStarted },
};
