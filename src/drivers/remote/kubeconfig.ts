/**
 * How a cluster is reached that a kubeconfig names: its address, whom it trusts, and who asks. Certificates,
 * tokens and credential plugins are read as tools/clientcmd and plugin/pkg/client/auth/exec of client-go read
 * them; what else a user's entry may hold is refused by name.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';

/** What a connection needs. Plain data, PEM texts. */
export interface Access {
  /** `https://127.0.0.1:6443` */
  readonly server: string;
  /** The context that was taken. */
  readonly context: string;
  readonly ca?: string;
  /** Whom the server's certificate is to name, where that is not its host. */
  readonly serverName?: string;
  /** Nobody is to look at the server's certificate. */
  readonly unverified?: true;
  readonly certificate?: string;
  readonly key?: string;
  readonly token?: string;
}

/** A kubeconfig that cannot be used: where, what, and what would do. */
export class KubeconfigError extends Error {}

type Entry = Readonly<Record<string, unknown>>;
interface Named {
  readonly name?: string;
  readonly cluster?: Entry;
  readonly context?: Entry;
  readonly user?: Entry;
}
interface Kubeconfig {
  readonly 'current-context'?: string;
  readonly clusters?: readonly Named[];
  readonly contexts?: readonly Named[];
  readonly users?: readonly Named[];
}

const text = (entry: Entry | undefined, key: string): string | undefined => {
  const value = entry?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

function parsed(path: string): Kubeconfig {
  let read: string;
  try {
    read = readFileSync(path, 'utf8');
  } catch {
    throw new KubeconfigError(`${path}: cannot be read; name the kubeconfig of the cluster, --cluster FILE`);
  }
  try {
    const value: unknown = parse(read);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Kubeconfig;
  } catch {
    // What it holds may be secret: nothing of it is told.
  }
  throw new KubeconfigError(`${path}: is no kubeconfig, which has clusters, users and contexts`);
}

/** The text of a field that may be given in base64, or as the path of a file. */
function dataOf(entry: Entry | undefined, field: string, folder: string): string | undefined {
  const data = text(entry, `${field}-data`);
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
  const path = text(entry, field);
  if (path === undefined) return undefined;
  const file = resolve(folder, path);
  if (!existsSync(file)) throw new KubeconfigError(`${file}: there is no such file, which ${field} names`);
  return readFileSync(file, 'utf8');
}

const EXEC_MS = 60_000;

/** What a credential plugin answers. @throws KubeconfigError */
function fromPlugin(
  exec: Entry,
  folder: string,
  user: string,
): Pick<Access, 'token' | 'certificate' | 'key'> {
  const command = text(exec, 'command') ?? '';
  const apiVersion = text(exec, 'apiVersion') ?? 'client.authentication.k8s.io/v1';
  const args = Array.isArray(exec['args']) ? exec['args'].map(String) : [];
  const env = Array.isArray(exec['env']) ? (exec['env'] as { name: string; value: string }[]) : [];
  const isPath = command.includes('/') && !command.startsWith('/');
  const ran = spawnSync(isPath ? resolve(folder, command) : command, args, {
    encoding: 'utf8',
    timeout: EXEC_MS,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...Object.fromEntries(env.map(({ name, value }) => [name, value])),
      KUBERNETES_EXEC_INFO: JSON.stringify({
        apiVersion,
        kind: 'ExecCredential',
        spec: { interactive: false },
      }),
    },
  });
  const fails = (why: string): KubeconfigError =>
    new KubeconfigError(`user "${user}": its credential plugin ${command} ${why}`);
  if (ran.error !== undefined) throw fails(`cannot be run: ${ran.error.message}`);
  if (ran.status !== 0) throw fails(`ended with exit code ${ran.status}`);
  let status: Entry | undefined;
  try {
    status = (JSON.parse(ran.stdout) as { status?: Entry }).status;
  } catch {
    throw fails('printed no ExecCredential');
  }
  const token = text(status, 'token');
  const certificate = text(status, 'clientCertificateData');
  const key = text(status, 'clientKeyData');
  if (token === undefined && (certificate === undefined || key === undefined))
    throw fails('gave neither a token nor a certificate');
  return {
    ...(token === undefined ? {} : { token }),
    ...(certificate === undefined || key === undefined ? {} : { certificate, key }),
  };
}

const UNKNOWN_WAYS = ['username', 'password', 'auth-provider'];

function credentialsOf(user: Entry | undefined, name: string, folder: string): Partial<Access> {
  const exec = user?.['exec'];
  if (typeof exec === 'object' && exec !== null) return fromPlugin(exec as Entry, folder, name);
  const certificate = dataOf(user, 'client-certificate', folder);
  const key = dataOf(user, 'client-key', folder);
  const tokenFile = text(user, 'tokenFile');
  const token =
    tokenFile === undefined ? text(user, 'token') : readFileSync(resolve(folder, tokenFile), 'utf8').trim();
  if (certificate !== undefined && key !== undefined)
    return { certificate, key, ...(token === undefined ? {} : { token }) };
  if (token !== undefined) return { token };
  const way = UNKNOWN_WAYS.find((field) => user?.[field] !== undefined);
  throw new KubeconfigError(
    way === undefined
      ? `user "${name}": has neither a certificate, nor a token, nor a credential plugin`
      : `user "${name}": ${way} is no way in that is known here; a certificate, a token or a plugin is`,
  );
}

/**
 * @param path of the kubeconfig
 * @param wanted a context; absent: the current one
 * @throws KubeconfigError
 * @example accessOf('/home/me/.kube/config', 'staging').server // 'https://10.0.0.1:6443'
 */
export function accessOf(path: string, wanted?: string): Access {
  const config = parsed(path);
  const folder = dirname(resolve(path));
  const find = (list: readonly Named[] | undefined, what: string, name: string): Named => {
    const found = (Array.isArray(list) ? list : []).find((entry) => entry.name === name);
    if (found !== undefined) return found;
    const known = (Array.isArray(list) ? list : []).map((entry) => `"${entry.name}"`).join(', ');
    throw new KubeconfigError(
      `${path}: has no ${what} "${name}"${known === '' ? '' : `; what there is: ${known}`}`,
    );
  };
  const context = wanted ?? text(config as Entry, 'current-context') ?? '';
  if (context === '') throw new KubeconfigError(`${path}: has no current context; name one, --context NAME`);
  const { context: chosen } = find(config.contexts, 'context', context);
  const { cluster } = find(config.clusters, 'cluster', text(chosen, 'cluster') ?? '');
  const user = text(chosen, 'user') ?? '';
  const server = text(cluster, 'server');
  if (server === undefined || !/^https:\/\//.test(server))
    throw new KubeconfigError(
      `${path}: the cluster of context "${context}" has no address that begins with https://`,
    );
  const ca = dataOf(cluster, 'certificate-authority', folder);
  const serverName = text(cluster, 'tls-server-name');
  return {
    server: server.replace(/\/+$/, ''),
    context,
    ...(ca === undefined ? {} : { ca }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(cluster?.['insecure-skip-tls-verify'] === true ? { unverified: true as const } : {}),
    ...credentialsOf(find(config.users, 'user', user).user, user, folder),
  };
}
