/**
 * `kubectl config`: the contexts of a scenario's kubeconfig. Sources:
 * staging/src/k8s.io/kubectl/pkg/cmd/config (get_contexts.go, set_context.go, view.go, …).
 */
import { CLUSTER, contextsOf, type Contexts, USER } from '../contexts.ts';
import { SERVER_URL } from '../discovery.ts';
import { KubectlError } from '../errors.ts';
import { flag, OUTPUT, PRINT } from '../flags.ts';
import { formatOf, printData } from '../output/objects.ts';
import { alignRows } from '../printers/table.ts';
import { throwErrors } from '../resources.ts';
import { writeErr, writeOut, type Session, type Verb } from '../session.ts';

const CONFIG_FILE = '/home/operator/.kube/config';

/** @throws KubectlError unless that many words were given */
function words({ args }: Session, count: number): readonly string[] {
  if (args.length !== count) throw new KubectlError(`Unexpected args: [${args.join(' ')}]`);
  return args;
}

/** Keeps contexts for the commands that follow. @throws KubectlError where nobody does */
function keep({ io }: Session, contexts: Contexts): void {
  if (io.configure === undefined)
    throw new KubectlError('there is no kubeconfig to change here: say --namespace with each command');
  io.configure(contexts);
}

const without = (namespaces: Contexts['namespaces'], name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(namespaces).filter(([other]) => other !== name));

const viewVerb: Verb = {
  name: 'config view',
  flags: [...PRINT, flag('minify')],
  run(session) {
    const { flags, io } = session;
    words(session, 0);
    const { current, namespaces } = contextsOf(io);
    if (flags.bool('minify') && namespaces[current] === undefined)
      throw new KubectlError('current-context must exist in order to minify');
    const names = flags.bool('minify') ? [current] : Object.keys(namespaces).sort();
    const contexts = names.map((name) => {
      const namespace = namespaces[name]!;
      return { context: { cluster: CLUSTER, ...(namespace === '' ? {} : { namespace }), user: USER }, name };
    });
    const data = 'DATA+OMITTED';
    const config = {
      apiVersion: 'v1',
      clusters: [{ cluster: { 'certificate-authority-data': data, server: SERVER_URL }, name: CLUSTER }],
      contexts: contexts.length === 0 ? null : contexts,
      'current-context': current,
      kind: 'Config',
      users: [{ name: USER, user: { 'client-certificate-data': data, 'client-key-data': data } }],
    };
    const format = formatOf(
      session,
      flags.text('output') || (flags.has('template') ? 'go-template' : 'yaml'),
    );
    if (format.kind === 'table' || format.kind === 'name' || format.kind === 'custom-columns')
      throw new KubectlError(
        `unable to match a printer suitable for the output format "${flags.text('output')}"`,
      );
    writeOut(session, printData(config, format));
    return 0;
  },
};

const getContextsVerb: Verb = {
  name: 'config get-contexts',
  flags: [flag('no-headers'), OUTPUT],
  run(session) {
    const { flags, args, io } = session;
    const output = flags.text('output');
    if (output !== '' && output !== 'name')
      throw new KubectlError(
        `--output ${output} is not available in kubectl config get-contexts; resetting to default output ` +
          'format',
      );
    const { current, namespaces } = contextsOf(io);
    const asked = args.length === 0 ? Object.keys(namespaces) : args;
    const names = asked.filter((name) => namespaces[name] !== undefined).sort();
    if (output === 'name') writeOut(session, names.map((name) => `${name}\n`).join(''));
    else {
      const rows = names.map((name) => [
        name === current ? '*' : ' ',
        name,
        CLUSTER,
        USER,
        namespaces[name]!,
      ]);
      const head = ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'];
      writeOut(session, alignRows(flags.bool('no-headers') ? rows : [head, ...rows]));
    }
    throwErrors(
      asked
        .filter((name) => namespaces[name] === undefined)
        .map((name) => new KubectlError(`context ${name} not found`)),
    );
    return 0;
  },
};

const currentContextVerb: Verb = {
  name: 'config current-context',
  flags: [],
  run(session) {
    const { current } = contextsOf(session.io);
    if (current === '') throw new KubectlError('current-context is not set');
    writeOut(session, `${current}\n`);
    return 0;
  },
};

const useContextVerb: Verb = {
  name: 'config use-context',
  flags: [],
  run(session) {
    const [name] = words(session, 1) as [string];
    const { namespaces } = contextsOf(session.io);
    if (namespaces[name] === undefined) throw new KubectlError(`no context exists with the name: "${name}"`);
    keep(session, { current: name, namespaces });
    writeOut(session, `Switched to context "${name}".\n`);
    return 0;
  },
};

const setContextVerb: Verb = {
  name: 'config set-context',
  flags: [flag('current'), flag('cluster', 'string'), flag('user', 'string')],
  run(session) {
    const { args, flags, io } = session;
    if (args.length > 1) throw new KubectlError(`Unexpected args: [${args.join(' ')}]`);
    const [given = ''] = args;
    if (given === '' && !flags.bool('current'))
      throw new KubectlError('you must specify a non-empty context name or --current');
    if (given !== '' && flags.bool('current'))
      throw new KubectlError('you cannot specify both a context name and --current');
    for (const [name, only] of [
      ['cluster', CLUSTER],
      ['user', USER],
    ] as const)
      if (flags.has(name) && flags.text(name) !== only)
        throw new KubectlError(
          `--${name}=${flags.text(name)} is not simulated: a scenario's kubeconfig has one ${name}, ` +
            `"${only}"`,
        );
    const { current, namespaces } = contextsOf(io);
    const name = given || current;
    if (name === '') throw new KubectlError('no current context is set');
    const known = namespaces[name];
    const namespace = flags.has('namespace') ? flags.text('namespace') : (known ?? '');
    keep(session, { current, namespaces: { ...namespaces, [name]: namespace } });
    writeOut(session, `Context "${name}" ${known === undefined ? 'created' : 'modified'}.\n`);
    return 0;
  },
};

const deleteContextVerb: Verb = {
  name: 'config delete-context',
  flags: [],
  run(session) {
    const [name] = words(session, 1) as [string];
    const { current, namespaces } = contextsOf(session.io);
    if (namespaces[name] === undefined)
      throw new KubectlError(`cannot delete context ${name}, not in ${CONFIG_FILE}`);
    if (name === current)
      writeErr(
        session,
        'warning: this removed your active context, use "kubectl config use-context" to select a different ' +
          'one\n',
      );
    keep(session, { current, namespaces: without(namespaces, name) });
    writeOut(session, `deleted context ${name} from ${CONFIG_FILE}\n`);
    return 0;
  },
};

const renameContextVerb: Verb = {
  name: 'config rename-context',
  flags: [],
  run(session) {
    const [from, to] = words(session, 2) as [string, string];
    const { current, namespaces } = contextsOf(session.io);
    const namespace = namespaces[from];
    if (namespace === undefined)
      throw new KubectlError(`cannot rename the context "${from}", it's not in ${CONFIG_FILE}`);
    if (namespaces[to] !== undefined)
      throw new KubectlError(
        `cannot rename the context "${from}", the context "${to}" already exists in ${CONFIG_FILE}`,
      );
    keep(session, {
      current: current === from ? to : current,
      namespaces: { ...without(namespaces, from), [to]: namespace },
    });
    writeOut(session, `Context "${from}" renamed to "${to}".\n`);
    return 0;
  },
};

/** Lists the one name that there is of something. */
const listing = (name: string, only: string): Verb => ({
  name,
  flags: [],
  run(session) {
    words(session, 0);
    writeOut(session, `NAME\n${only}\n`);
    return 0;
  },
});

export const CONFIG_VERBS: readonly Verb[] = [
  viewVerb,
  getContextsVerb,
  currentContextVerb,
  useContextVerb,
  setContextVerb,
  deleteContextVerb,
  renameContextVerb,
  listing('config get-clusters', CLUSTER),
  listing('config get-users', USER),
];
