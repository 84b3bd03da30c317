/** `kubectl create ingress`. Source: staging/src/k8s.io/kubectl/pkg/cmd/create/create_ingress.go. */
import { KubectlError } from '../errors.ts';
import { flag } from '../flags.ts';
import type { Session, Verb } from '../session.ts';
import { COMMON, createObject, nameOf } from './create.ts';

const RULE =
  /^(?<host>[\w*\-.]*)(?<path>\/.*)=(?<service>[\w-]+):(?<port>[\w-]+)(?<tls>,tls=?(?<secret>[\w-]+)?)?/;

interface Backend {
  readonly service: { readonly name: string; readonly port: { number: number } | { name: string } };
}
interface Path {
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix';
  readonly backend: Backend;
}

const backendOf = (name: string, port: string): Backend => ({
  service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } },
});

/** @throws KubectlError where a flag is not of its form */
function defaultBackendOf(text: string): Backend {
  const [name = '', port = '', ...more] = text.split(':');
  if (!text.includes(':') || more.length > 0)
    throw new KubectlError('default-backend should be in format servicename:serviceport');
  return backendOf(name, port);
}

function annotationsOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 0) throw new KubectlError(`annotation ${text} is invalid and should be in format key=[value]`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** `host/path=service:port,tls=secret`; a path that ends in `*` is a prefix. */
function specOf(given: readonly string[]): object {
  const rules = new Map<string, Path[]>();
  const tls = new Map<string, Set<string>>();
  for (const text of given) {
    const found = RULE.exec(text)?.groups;
    if (found === undefined)
      throw new KubectlError(
        `rule ${text} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
      );
    const { host = '', path = '', service = '', port = '', secret = '' } = found;
    const isPrefix = path.endsWith('*');
    const paths = rules.get(host) ?? [];
    rules.set(host, [
      ...paths,
      {
        path: isPrefix ? path.slice(0, -1) : path,
        pathType: isPrefix ? 'Prefix' : 'Exact',
        backend: backendOf(service, port),
      },
    ]);
    const isNamed = [...tls.values()].some((hosts) => hosts.has(host));
    if (found['tls'] !== undefined && !isNamed) tls.set(secret, (tls.get(secret) ?? new Set()).add(host));
  }
  const named = [...tls].map(([secretName, hosts]) => ({
    ...([...hosts].join('') === '' ? {} : { hosts: [...hosts] }),
    ...(secretName === '' ? {} : { secretName }),
  }));
  return {
    ...(rules.size === 0
      ? {}
      : {
          rules: [...rules].map(([host, paths]) => ({ ...(host === '' ? {} : { host }), http: { paths } })),
        }),
    ...(named.length === 0 ? {} : { tls: named }),
  };
}

function run(s: Session): number {
  const name = nameOf(s, 'ingress');
  const [defaultBackend, rules] = [s.flags.text('default-backend'), s.flags.list('rule')];
  if (defaultBackend === '' && rules.length === 0)
    throw new KubectlError(
      'not enough information provided: every ingress has to either specify a default-backend (which ' +
        'catches all traffic) or a list of rules (which catch specific paths)',
    );
  const spec = {
    ...(s.flags.text('class') === '' ? {} : { ingressClassName: s.flags.text('class') }),
    ...(defaultBackend === '' ? {} : { defaultBackend: defaultBackendOf(defaultBackend) }),
    ...specOf(rules),
  };
  const annotations = annotationsOf(s.flags.list('annotation'));
  const metadata = Object.keys(annotations).length === 0 ? {} : { annotations };
  return createObject(s, 'Ingress', name, { spec }, undefined, 'created', metadata);
}

export const createIngress: Verb = {
  name: 'create ingress',
  flags: [
    ...COMMON,
    flag('class', 'string'),
    flag('default-backend', 'string'),
    flag('rule', 'strings'),
    flag('annotation', 'strings'),
  ],
  run,
};
