/**
 * `kubectl create configmap` and `create secret`, by every generator. Sources:
 * staging/src/k8s.io/kubectl/pkg/cmd/create/create_configmap.go, create_secret.go, create_secret_tls.go,
 * create_secret_docker.go, and pkg/generate/versioned's handling of files.
 */
import { base64 } from '../../sim/api/base64.ts';
import { configKeyProblems } from '../../sim/api/validation/text.ts';
import { KubectlError } from '../errors.ts';
import { flag } from '../flags.ts';
import { writeErr, type Session, type Verb } from '../session.ts';
import { COMMON, createObject, nameOf } from './create.ts';

const SOURCES = [
  flag('from-literal', 'strings'),
  flag('from-file', 'strings'),
  flag('from-env-file', 'strings'),
];

function readFile({ io }: Session, path: string): string {
  try {
    return io.readFile(path);
  } catch {
    throw new KubectlError(`error reading ${path}: no such file or directory`);
  }
}

const baseName = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1)!;

/** Keys and values from all sources, with what a key is refused for. */
class Data {
  readonly entries: Record<string, string> = {};
  private readonly kind: string;
  private readonly name: string;

  constructor(kind: string, name: string) {
    this.kind = kind;
    this.name = name;
  }

  add(key: string, value: string): void {
    const problems = configKeyProblems(key);
    if (problems.length > 0)
      throw new KubectlError(
        `${JSON.stringify(key)} is not a valid key name for a ${this.kind}: ${problems.join(',')}`,
      );
    if (Object.hasOwn(this.entries, key))
      throw new KubectlError(
        `cannot add key ${JSON.stringify(key)}, another key by that name already exists ` +
          `in Data for ${this.kind} ${JSON.stringify(this.name)}`,
      );
    this.entries[key] = value;
  }
}

/** `[key=]path`: a file by its name or another; of a folder, all files whose names are keys. */
function addFile(session: Session, data: Data, source: string): void {
  const parts = source.split('=');
  if (parts.length > 2 || (parts.length === 2 && parts[0] === ''))
    throw new KubectlError(
      parts[0] === ''
        ? `key name for file path ${parts.slice(1).join('=')} missing`
        : "key names or file paths cannot contain '='",
    );
  const [first, path = first!] = parts;
  if (path === '') throw new KubectlError(`file path for key name ${first} missing`);
  const names = session.io.list?.(path);
  if (names === undefined)
    return data.add(parts.length === 2 ? first! : baseName(path), readFile(session, path));
  if (parts.length === 2) throw new KubectlError('cannot give a key name for a directory path');
  for (const name of [...names].sort()) {
    const inside = `${path.replace(/\/+$/, '')}/${name}`;
    if (session.io.list?.(inside) === undefined && configKeyProblems(name).length === 0)
      data.add(name, readFile(session, inside));
  }
}

const NAME_RULE =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', " +
  "and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', " +
  "regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')";

/**
 * `key=value` a line; comments and empty lines are left out, a key alone has the value of the environment,
 * which is empty.
 */
function addEnvFile(session: Session, data: Data, path: string): void {
  for (const [i, raw] of readFile(session, path)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trimStart();
    if (line === '' || line.startsWith('#')) continue;
    const eq = line.indexOf('=');
    const key = eq < 0 ? line : line.slice(0, eq);
    if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key))
      throw new KubectlError(`"${key}" is not a valid key name: ${NAME_RULE} (line ${i + 1} of ${path})`);
    data.add(key, eq < 0 ? '' : line.slice(eq + 1));
  }
}

function dataOf(session: Session, kind: string, name: string): Record<string, string> {
  const { flags } = session;
  const envFiles = flags.list('from-env-file');
  if (envFiles.length > 0 && (flags.has('from-file') || flags.has('from-literal')))
    throw new KubectlError('from-env-file cannot be combined with from-file or from-literal');
  const data = new Data(kind, name);
  for (const source of flags.list('from-file')) addFile(session, data, source);
  for (const literal of flags.list('from-literal')) {
    const eq = literal.indexOf('=');
    if (eq <= 0) throw new KubectlError(`invalid literal source ${literal}, expected key=value`);
    data.add(literal.slice(0, eq), literal.slice(eq + 1).replace(/^(['"])(.*)\1$/s, '$2'));
  }
  for (const path of envFiles) addEnvFile(session, data, path);
  return data.entries;
}

const encoded = (data: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)]));

export const createConfigMap: Verb = {
  name: 'create configmap',
  flags: [...COMMON, ...SOURCES],
  run(s) {
    const name = nameOf(s, 'configmap');
    const data = dataOf(s, 'ConfigMap', name);
    return createObject(s, 'ConfigMap', name, Object.keys(data).length === 0 ? {} : { data });
  },
};

/** `create secret` alone: there are three kinds, and none is taken for granted. */
export const createSecret: Verb = {
  name: 'create secret',
  flags: [],
  run(s) {
    writeErr(
      s,
      'error: must specify one of these types of secrets: docker-registry, generic, tls\n' +
        "See 'kubectl create secret -h' for help and examples\n",
    );
    return 1;
  },
};

export const createGenericSecret: Verb = {
  name: 'create secret generic',
  flags: [...COMMON, ...SOURCES, flag('type', 'string')],
  run(s) {
    const name = nameOf(s, 'secret');
    const data = encoded(dataOf(s, 'Secret', name));
    return createObject(s, 'Secret', name, {
      ...(Object.keys(data).length === 0 ? {} : { data }),
      ...(s.flags.text('type') === '' ? {} : { type: s.flags.text('type') }),
    });
  },
};

export const createTlsSecret: Verb = {
  name: 'create secret tls',
  flags: [...COMMON, flag('cert', 'string'), flag('key', 'string')],
  run(s) {
    const name = nameOf(s, 'secret');
    const [cert, key] = [s.flags.text('cert'), s.flags.text('key')];
    if (cert === '' || key === '') throw new KubectlError('key and cert must be specified');
    const [certText, keyText] = [readFile(s, cert), readFile(s, key)];
    for (const [what, text] of [
      ['certificate', certText],
      ['key', keyText],
    ] as const)
      if (!text.includes('-----BEGIN '))
        throw new KubectlError(`tls: failed to find any PEM data in ${what} input`);
    return createObject(s, 'Secret', name, {
      data: encoded({ 'tls.crt': certText, 'tls.key': keyText }),
      type: 'kubernetes.io/tls',
    });
  },
};

const DOCKER_SERVER = 'https://index.docker.io/v1/';

export const createDockerSecret: Verb = {
  name: 'create secret docker-registry',
  flags: [
    ...COMMON,
    flag('docker-server', 'string'),
    flag('docker-username', 'string'),
    flag('docker-password', 'string'),
    flag('docker-email', 'string'),
    flag('from-file', 'strings'),
  ],
  run(s) {
    const { flags } = s;
    const name = nameOf(s, 'secret');
    const [user, password, email] = ['username', 'password', 'email'].map((f) =>
      flags.text(`docker-${f}`),
    ) as [string, string, string];
    const files = flags.list('from-file');
    if (files.length === 0 && (user === '' || password === ''))
      throw new KubectlError(
        'either --from-file or the combination of --docker-username, --docker-password and ' +
          '--docker-server is required',
      );
    let text: string;
    if (files.length > 0) text = readFile(s, files[0]!.slice(files[0]!.indexOf('=') + 1));
    else {
      const auth = {
        username: user,
        password,
        ...(email === '' ? {} : { email }),
        auth: base64(`${user}:${password}`),
      };
      text = JSON.stringify({ auths: { [flags.text('docker-server') || DOCKER_SERVER]: auth } });
    }
    return createObject(s, 'Secret', name, {
      data: encoded({ '.dockerconfigjson': text }),
      type: 'kubernetes.io/dockerconfigjson',
    });
  },
};
