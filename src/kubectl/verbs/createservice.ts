/** `kubectl create service`. Source: staging/src/k8s.io/kubectl/pkg/cmd/create/create_service.go. */
import { subdomainProblems } from '../../sim/api/validation/text.ts';
import { KubectlError } from '../errors.ts';
import { flag, type FlagSpec } from '../flags.ts';
import type { Session, Verb } from '../session.ts';
import { COMMON, createObject, nameOf } from './create.ts';

const HIGHEST_PORT = 65_535;

/** `80`, `80:8080`, `443:https` */
function portsOf(text: string): { port: number; targetPort: number | string } {
  const [port = '', target = port] = text.split(':');
  if (!/^\d+$/.test(port)) throw new KubectlError(`strconv.ParseUint: parsing "${port}": invalid syntax`);
  if (Number(port) > HIGHEST_PORT)
    throw new KubectlError(`strconv.ParseUint: parsing "${port}": value out of range`);
  if (!/^[+-]?\d+$/.test(target)) return { port: Number(port), targetPort: target };
  if (target !== port && (Number(target) < 1 || Number(target) > HIGHEST_PORT))
    throw new KubectlError('must be between 1 and 65535, inclusive');
  return { port: Number(port), targetPort: Number(target) };
}

const TCP = flag('tcp', 'strings');

function createService(s: Session, type: string, rest: object = {}): number {
  const name = nameOf(s, 'service');
  const tcp = s.flags.list('tcp').flatMap((text) => text.split(','));
  const isHeadless = s.flags.text('clusterip') === 'None';
  if (tcp.length === 0 && !isHeadless && type !== 'ExternalName')
    throw new KubectlError('at least one tcp port specifier must be provided');
  const nodePort = type === 'NodePort' ? s.flags.number('node-port', 0) : 0;
  const ports = tcp.map((text) => ({
    name: text.replaceAll(':', '-'),
    protocol: 'TCP',
    ...portsOf(text),
    ...(nodePort === 0 ? {} : { nodePort }),
  }));
  const labels = { app: name };
  const spec = { type, selector: labels, ...(ports.length === 0 ? {} : { ports }), ...rest };
  return createObject(s, 'Service', name, { spec }, labels);
}

const service = (name: string, flags: readonly FlagSpec[], run: (session: Session) => number): Verb => ({
  name: `create service ${name}`,
  flags: [...COMMON, TCP, ...flags],
  run,
});

export const SERVICE_VERBS: readonly Verb[] = [
  service('clusterip', [flag('clusterip', 'string')], (s) => {
    const clusterIP = s.flags.text('clusterip');
    return createService(s, 'ClusterIP', clusterIP === '' ? {} : { clusterIP });
  }),
  service('nodeport', [flag('node-port', 'int')], (s) => createService(s, 'NodePort')),
  service('loadbalancer', [], (s) => createService(s, 'LoadBalancer')),
  service('externalname', [flag('external-name', 'string')], (s) => {
    nameOf(s, 'service');
    const externalName = s.flags.text('external-name');
    if (!s.flags.has('external-name')) throw new KubectlError('required flag(s) "external-name" not set');
    if (subdomainProblems(externalName).length > 0)
      throw new KubectlError(`invalid service external name ${externalName}`);
    return createService(s, 'ExternalName', { externalName });
  }),
];
