/**
 * Images that install: they make through the API what other pods or their users wait for. Sources:
 * images/kube-webhook-certgen of github.com/kubernetes/ingress-nginx (cmd/create.go, cmd/patch.go, pkg/k8s),
 * cmd/argocd/commands/admin/redis_initial_password.go and util/settings/settings.go (InitializeSettings) of
 * github.com/argoproj/argo-cd, controller/main.go and internal/k8s/k8s.go (CreateMlSecret) of
 * github.com/metallb/metallb.
 */
import type { GiveCaBundle } from '../apiwork.ts';
import type { ImageBehaviour } from '../world.ts';
import { type Catalogue, flagOf, type ProgramStart, refusal } from './entry.ts';

/** `--patch-mutating=false`: a flag that is true unless it says otherwise. */
const isOn = (argv: readonly string[], flag: string): boolean =>
  !['0', 'f', 'F', 'false', 'False', 'FALSE'].some((off) => argv.includes(`${flag}=${off}`));

const withoutProgram = (argv: readonly string[], name: string): readonly string[] =>
  argv[0]?.slice(argv[0].lastIndexOf('/') + 1) === name ? argv.slice(1) : argv;

const missing = (flags: readonly string[]): ImageBehaviour =>
  refusal([`Error: required flag(s) ${flags.map((f) => `"${f.slice(2)}"`).join(', ')} not set`]);

function certgenStarted(start: ProgramStart): ImageBehaviour | undefined {
  const [subcommand, ...argv] = withoutProgram(start.argv, 'kube-webhook-certgen');
  if (subcommand !== 'create' && subcommand !== 'patch') return undefined;
  const required = ['--namespace', '--secret-name', ...(subcommand === 'create' ? ['--host'] : [])];
  const absent = required.filter((flag) => flagOf(argv, flag) === undefined);
  if (absent.length > 0) return missing(absent.toSorted());
  const namespace = flagOf(argv, '--namespace')!;
  const name = flagOf(argv, '--secret-name')!;
  if (subcommand === 'create') {
    const cert = flagOf(argv, '--cert-name') ?? 'cert';
    const key = flagOf(argv, '--key-name') ?? 'key';
    const keys = { ca: 'certificate', [cert]: 'certificate', [key]: 'privateKey' } as const;
    return { listens: [], calls: { does: 'makeSecret', namespace, name, keys, needs: 'ca' } };
  }
  const webhook = flagOf(argv, '--webhook-name');
  const apiService = flagOf(argv, '--apiservice-name');
  const validating = isOn(argv, '--patch-validating');
  const mutating = isOn(argv, '--patch-mutating');
  if (!validating && !mutating && !apiService)
    return refusal([
      'patch-validating=false, patch-mutating=false. You must patch at least one kind of webhook, ' +
        'otherwise this command is a no-op',
    ]);
  const policy = flagOf(argv, '--patch-failure-policy') ?? '';
  if (policy !== '' && policy !== 'Fail' && policy !== 'Ignore')
    return refusal([`patch-failure-policy ${policy} is not valid`]);
  const to: GiveCaBundle['to'] = [
    ...(apiService ? [{ kind: 'APIService', name: apiService } as const] : []),
    ...(validating && webhook ? [{ kind: 'ValidatingWebhookConfiguration', name: webhook } as const] : []),
    ...(mutating && webhook ? [{ kind: 'MutatingWebhookConfiguration', name: webhook } as const] : []),
  ];
  const calls: GiveCaBundle = {
    does: 'giveCaBundle',
    secret: { namespace, name, key: 'ca' },
    to,
    // `Ignore` is taken and, upstream, not passed on.
    ...(policy === 'Fail' ? { failurePolicy: policy } : {}),
  };
  return { listens: [], calls };
}

const ARGOCD_SERVER: ImageBehaviour = {
  assumed: true,
  calls: {
    does: 'makeSecret',
    name: 'argocd-initial-admin-secret',
    keys: { password: 'password' },
    goesOn: true,
  },
};

function argocdStarted({ argv }: ProgramStart): ImageBehaviour | undefined {
  if (argv[0]?.endsWith('argocd-server')) return ARGOCD_SERVER;
  const [group, command, ...flags] = withoutProgram(argv, 'argocd');
  if (group !== 'admin' || command !== 'redis-initial-password') return undefined;
  const namespace = flagOf(flags, '--namespace', '-n');
  return {
    listens: [],
    calls: {
      does: 'makeSecret',
      ...(namespace === undefined ? {} : { namespace }),
      name: 'argocd-redis',
      keys: { auth: 'password' },
      needs: 'auth',
    },
  };
}

/** The key that MetalLB's speakers know each other by. */
function metallbStarted({ argv, environment }: ProgramStart): ImageBehaviour | undefined {
  const name = flagOf(argv, '--ml-secret-name') ?? environment['METALLB_ML_SECRET_NAME'];
  const owner = flagOf(argv, '--deployment') ?? environment['METALLB_DEPLOYMENT'];
  if (!name) return undefined;
  const keys = { secretkey: 'password' } as const;
  return { calls: { does: 'makeSecret', name, keys, ...(owner ? { owner } : {}), goesOn: true } };
}

export const INSTALLERS: Catalogue = {
  'kube-webhook-certgen': {
    user: '65532',
    image: refusal(['Create certificates and patch them to admission hooks']),
    commands: ['kube-webhook-certgen'],
    started: certgenStarted,
  },
  'argoproj/argocd': {
    user: '999',
    image: { assumed: true },
    commands: ['argocd', 'argocd-server'],
    runsArguments: true,
    started: argocdStarted,
  },
  'metallb/controller': { image: { assumed: true }, commands: ['controller'], started: metallbStarted },
};
