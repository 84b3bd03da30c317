/**
 * The commands of kubectl 1.36 and the flags each takes. What a verb's own list does not hold of them is not
 * played, and refused in so many words; what is not in the table kubectl does not know.
 * Source: the flags that staging/src/k8s.io/kubectl/pkg/cmd registers, v0.36.
 */
import { type FlagSpec, flag, type UnplayedFlag } from './flags.ts';

/** Flags that come together. */
const TOGETHER: Readonly<Record<string, string>> = {
  '@files': 'f|filename:list k|kustomize:text R|recursive',
  '@new': 'dry-run:text?unchanged=none save-config validate:text?strict=strict',
  '@print': 'allow-missing-template-keys=true o|output:text show-managed-fields template:text',
};

/**
 * A flag is `name`, or `short|name`; behind it stand `:` and its type (absent: true or false), `?` and what
 * it means without a value, `=` and its default.
 */
const COMMANDS: Readonly<Record<string, string>> = {
  annotate:
    'record @files @print all A|all-namespaces dry-run:text?unchanged=none ' +
    'field-manager:text=kubectl-annotate field-selector:text list local overwrite ' +
    'resource-version:text l|selector:text',
  'api-resources':
    'api-group:text cached categories:list namespaced=true no-headers o|output:text sort-by:text ' +
    'verbs:list show-managed-fields',
  'api-versions': '',
  apply:
    'record @files @print all cascade:text?background=background dry-run:text?unchanged=none ' +
    'field-manager:text=kubectl-client-side-apply force force-conflicts grace-period:int=-1 ' +
    'openapi-patch=true overwrite=true prune prune-allowlist:list l|selector:text server-side ' +
    'subresource:text timeout:duration validate:text?strict=strict wait applyset:text',
  'apply edit-last-applied':
    'record @files @print field-manager:text=kubectl-client-side-apply validate:text?strict=strict ' +
    'windows-line-endings',
  'apply set-last-applied': '@print create-annotation dry-run:text?unchanged=none f|filename:list',
  'apply view-last-applied': '@files all o|output:text=yaml l|selector:text',
  attach:
    'c|container:text pod-running-timeout:duration=1m0s q|quiet i|stdin t|tty ' +
    'detach-keys:text=ctrl-p,ctrl-q',
  auth: '',
  'auth can-i': 'A|all-namespaces list no-headers q|quiet subresource:text',
  'auth reconcile':
    '@files @print dry-run:text?unchanged=none remove-extra-permissions remove-extra-subjects',
  'auth whoami': '@print',
  autoscale:
    'record @files @print cpu-percent:int=-1 dry-run:text?unchanged=none ' +
    'field-manager:text=kubectl-autoscale max:int=-1 min:int=-1 name:text save-config cpu:text ' +
    'memory:text',
  certificate: '',
  'certificate approve': '@files @print force',
  'certificate deny': '@files @print force',
  'cluster-info': '',
  'cluster-info dump':
    'A|all-namespaces allow-missing-template-keys=true namespaces:list o|output:text=json ' +
    'output-directory:text pod-running-timeout:duration=20s show-managed-fields template:text',
  completion: '',
  config: '',
  'config current-context': '',
  'config delete-cluster': '',
  'config delete-context': '',
  'config delete-user': '',
  'config get-clusters': '',
  'config get-contexts': 'no-headers o|output:text',
  'config get-users': '',
  'config rename-context': '',
  'config set': 'set-raw-bytes',
  'config set-cluster':
    'certificate-authority:text embed-certs insecure-skip-tls-verify proxy-url:text server:text ' +
    'tls-server-name:text',
  'config set-context': 'cluster:text current user:text n|namespace:text',
  'config set-credentials':
    'auth-provider:text auth-provider-arg:list client-certificate:text client-key:text ' +
    'embed-certs exec-api-version:text exec-arg:list exec-command:text exec-env:list ' +
    'exec-interactive-mode:text exec-provide-cluster-info password:text token:text username:text',
  'config unset': '',
  'config use-context': '',
  'config view':
    'allow-missing-template-keys=true flatten merge=true minify o|output:text=yaml raw ' +
    'show-managed-fields template:text',
  cordon: 'dry-run:text?unchanged=none l|selector:text',
  cp: 'c|container:text no-preserve retries:int',
  create:
    'record @new @files @print edit field-manager:text=kubectl-create raw:text l|selector:text ' +
    'windows-line-endings',
  'create clusterrole':
    '@new @print aggregation-rule:text field-manager:text=kubectl-create non-resource-url:list ' +
    'resource:list resource-name:list verb:list',
  'create clusterrolebinding':
    '@new @print clusterrole:text field-manager:text=kubectl-create group:list ' +
    'serviceaccount:list user:list',
  'create configmap':
    '@new @print append-hash field-manager:text=kubectl-create from-env-file:list from-file:list ' +
    'from-literal:list',
  'create cronjob': '@new @print field-manager:text=kubectl-create image:text restart:text schedule:text',
  'create deployment':
    '@new @print field-manager:text=kubectl-create image:list port:int=-1 r|replicas:int=1',
  'create ingress':
    '@new @print annotation:list class:text default-backend:text ' +
    'field-manager:text=kubectl-create rule:list',
  'create job': '@new @print field-manager:text=kubectl-create from:text image:text',
  'create namespace': '@new @print field-manager:text=kubectl-create',
  'create poddisruptionbudget':
    '@new @print field-manager:text=kubectl-create max-unavailable:text min-available:text ' +
    'selector:text',
  'create priorityclass':
    '@new @print description:text field-manager:text=kubectl-create global-default ' +
    'preemption-policy:text=PreemptLowerPriority value:int',
  'create quota': '@new @print field-manager:text=kubectl-create hard:text scopes:text',
  'create role': '@new @print field-manager:text=kubectl-create resource:list resource-name:list verb:list',
  'create rolebinding':
    '@new @print clusterrole:text field-manager:text=kubectl-create group:list role:text ' +
    'serviceaccount:list user:list',
  'create secret': '',
  'create secret docker-registry':
    '@new @print append-hash docker-email:text docker-password:text ' +
    'docker-server:text=https://index.docker.io/v1/ docker-username:text ' +
    'field-manager:text=kubectl-create from-file:list',
  'create secret generic':
    '@new @print append-hash field-manager:text=kubectl-create from-env-file:list from-file:list ' +
    'from-literal:list type:text',
  'create secret tls': '@new @print append-hash cert:text field-manager:text=kubectl-create key:text',
  'create service': '',
  'create service clusterip': '@new @print clusterip:text field-manager:text=kubectl-create tcp:list',
  'create service externalname': '@new @print external-name:text field-manager:text=kubectl-create tcp:list',
  'create service loadbalancer': '@new @print field-manager:text=kubectl-create tcp:list',
  'create service nodeport': '@new @print field-manager:text=kubectl-create node-port:int tcp:list',
  'create serviceaccount': '@new @print field-manager:text=kubectl-create',
  'create token':
    '@print audience:list bound-object-kind:text bound-object-name:text bound-object-uid:text ' +
    'duration:duration',
  debug:
    'arguments-only attach c|container:text copy-to:text custom:text env:list f|filename:list ' +
    'image:text image-pull-policy:text keep-annotations keep-init-containers=true keep-labels ' +
    'keep-liveness keep-readiness keep-startup q|quiet replace same-node set-image:list ' +
    'share-processes=true i|stdin target:text t|tty profile:text=general',
  delete:
    '@files all A|all-namespaces cascade:text?background=background dry-run:text?unchanged=none ' +
    'field-selector:text force grace-period:int=-1 ignore-not-found i|interactive now ' +
    'o|output:text raw:text l|selector:text timeout:duration wait=true',
  describe: '@files A|all-namespaces chunk-size:int=500 l|selector:text show-events=true',
  diff:
    '@files concurrency:int=1 field-manager:text=kubectl-client-side-apply force-conflicts prune ' +
    'prune-allowlist:list l|selector:text server-side show-managed-fields show-secrets',
  drain:
    'chunk-size:int=500 delete-emptydir-data disable-eviction dry-run:text?unchanged=none force ' +
    'grace-period:int=-1 ignore-daemonsets pod-selector:text l|selector:text ' +
    'skip-wait-for-delete-timeout:int timeout:duration',
  edit:
    'record @files @print field-manager:text=kubectl-edit output-patch save-config subresource:text ' +
    'validate:text?strict=strict windows-line-endings',
  events: '@print A|all-namespaces chunk-size:int=500 for:text no-headers types:list w|watch',
  exec: 'c|container:text f|filename:list pod-running-timeout:duration=1m0s q|quiet i|stdin t|tty',
  explain: 'api-version:text o|output:text=plaintext R|recursive',
  expose:
    'record @files @print cluster-ip:text dry-run:text?unchanged=none external-ip:text ' +
    'field-manager:text=kubectl-expose l|labels:text load-balancer-ip:text name:text ' +
    'override-type:text=merge overrides:text port:text protocol:text save-config selector:text ' +
    'session-affinity:text target-port:text type:text',
  get:
    '@files @print A|all-namespaces chunk-size:int=500 field-selector:text ignore-not-found ' +
    'L|label-columns:list no-headers output-watch-events raw:text l|selector:text ' +
    'server-print=true show-kind show-labels sort-by:text subresource:text w|watch watch-only',
  kuberc: '',
  'kuberc set':
    'section:text command:text name:text policy:text option:list prependarg:list appendarg:list ' +
    'allowlist-entry:list overwrite',
  'kuberc view': '@print',
  kustomize:
    'as-current-user enable-alpha-plugins enable-helm e|env:list helm-api-versions:list ' +
    'helm-command:text=helm helm-debug helm-kube-version:text ' +
    'load-restrictor:text=LoadRestrictionsRootOnly mount:list network network-name:text=bridge ' +
    'o|output:text',
  label:
    'record @files @print all A|all-namespaces dry-run:text?unchanged=none ' +
    'field-manager:text=kubectl-label field-selector:text list local overwrite ' +
    'resource-version:text l|selector:text',
  logs:
    'all-containers all-pods c|container:text f|follow ignore-errors ' +
    'insecure-skip-tls-verify-backend limit-bytes:int max-log-requests:int=5 ' +
    'pod-running-timeout:duration=20s prefix p|previous l|selector:text since:duration ' +
    'since-time:text tail:int=-1 timestamps',
  patch:
    'record @files @print dry-run:text?unchanged=none field-manager:text=kubectl-patch local ' +
    'p|patch:text patch-file:text subresource:text type:text=strategic',
  plugin: '',
  options: '',
  'plugin list': 'name-only',
  'port-forward': 'address:list=localhost pod-running-timeout:duration=1m0s',
  proxy:
    'accept-hosts:text=^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$ accept-paths:text=^.* ' +
    'address:text=127.0.0.1 api-prefix:text=/ append-server-path disable-filter ' +
    'keepalive:duration p|port:int=8001 reject-methods:text=^$ ' +
    'reject-paths:text=^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach u|unix-socket:text ' +
    'w|www:text P|www-prefix:text=/static/',
  replace:
    '@new @files @print cascade:text?background=background field-manager:text=kubectl-replace ' +
    'force grace-period:int=-1 raw:text subresource:text timeout:duration wait',
  rollout: '',
  'rollout history': '@files @print revision:int l|selector:text',
  'rollout pause': '@files @print field-manager:text=kubectl-rollout l|selector:text',
  'rollout restart': '@files @print field-manager:text=kubectl-rollout l|selector:text',
  'rollout resume': '@files @print field-manager:text=kubectl-rollout l|selector:text',
  'rollout status': '@files revision:int l|selector:text timeout:duration w|watch=true',
  'rollout undo': '@files @print dry-run:text?unchanged=none l|selector:text to-revision:int',
  run:
    'record @files @print annotations:list attach cascade:text?background=background command ' +
    'dry-run:text?unchanged=none env:list expose field-manager:text=kubectl-run force ' +
    'grace-period:int=-1 image:text image-pull-policy:text l|labels:text leave-stdin-open ' +
    'override-type:text=merge overrides:text pod-running-timeout:duration=1m0s port:text ' +
    'privileged q|quiet restart:text=Always rm save-config i|stdin timeout:duration t|tty wait ' +
    'detach-keys:text=ctrl-p,ctrl-q',
  scale:
    'record @files @print all current-replicas:int=-1 dry-run:text?unchanged=none replicas:int ' +
    'resource-version:text l|selector:text timeout:duration',
  set: '',
  'set env':
    '@files @print all c|containers:text=* dry-run:text?unchanged=none e|env:list ' +
    'field-manager:text=kubectl-set from:text keys:list list local overwrite=true prefix:text ' +
    'resolve l|selector:text',
  'set image':
    'record @files @print all dry-run:text?unchanged=none field-manager:text=kubectl-set local ' +
    'l|selector:text',
  'set resources':
    'record @files @print all c|containers:text=* dry-run:text?unchanged=none ' +
    'field-manager:text=kubectl-set limits:text local requests:text l|selector:text',
  'set selector':
    'record @print all dry-run:text?unchanged=none field-manager:text=kubectl-set f|filename:list local ' +
    'R|recursive=true resource-version:text',
  'set serviceaccount':
    'record @files @print all dry-run:text?unchanged=none field-manager:text=kubectl-set local',
  'set subject':
    '@files @print all dry-run:text?unchanged=none field-manager:text=kubectl-set group:list ' +
    'local l|selector:text serviceaccount:list user:list',
  taint:
    '@print all dry-run:text?unchanged=none field-manager:text=kubectl-taint overwrite ' +
    'l|selector:text validate:text?strict=strict',
  top: '',
  'top node': 'no-headers l|selector:text show-capacity sort-by:text use-protocol-buffers=true show-swap',
  'top pod':
    'A|all-namespaces containers field-selector:text no-headers l|selector:text sort-by:text sum ' +
    'use-protocol-buffers=true show-swap',
  uncordon: 'dry-run:text?unchanged=none l|selector:text',
  version: 'client o|output:text',
  wait:
    '@print all A|all-namespaces field-selector:text f|filename:list local R|recursive=true ' +
    'l|selector:text timeout:duration=30s for:list',
};

/** Flags that every command takes. */
const EVERYWHERE =
  'as:text as-group:list as-uid:text as-user-extra:list cache-dir:text ' +
  'certificate-authority:text client-certificate:text client-key:text cluster:text context:text ' +
  'disable-compression ' +
  'insecure-skip-tls-verify kubeconfig:text log-flush-frequency:duration=5s match-server-version ' +
  'n|namespace:text password:text profile:text=none profile-output:text=profile.pprof ' +
  'request-timeout:text=0 s|server:text tls-server-name:text token:text user:text username:text ' +
  'v|v:int vmodule:text warnings-as-errors kuberc:text h|help';

const TYPES: Readonly<Record<string, FlagSpec['type']>> = {
  text: 'string',
  list: 'strings',
  int: 'int',
  duration: 'duration',
};

/** What a flag of a type is where its default is not written out. */
const NOTHING: Readonly<Record<FlagSpec['type'], string>> = {
  bool: 'false',
  string: '',
  strings: '',
  int: '0',
  duration: '0s',
};

function known(text: string): UnplayedFlag {
  const [, short, name, written, bare, otherwise] =
    /^(?:(\w)\|)?([\w-]+)(?::(\w+))?(?:\?([^=]+))?(?:=(.*))?$/.exec(text)!;
  const type = written === undefined ? 'bool' : TYPES[written]!;
  return {
    ...flag(name!, type, short, bare === undefined ? {} : { bare }),
    default: otherwise ?? NOTHING[type],
  };
}

const flagsOf = (text: string): readonly UnplayedFlag[] =>
  text
    .split(' ')
    .flatMap((word) => (TOGETHER[word] ?? word).split(' '))
    .filter((word) => word !== '')
    .map(known);

/** The commands of kubectl, groups of commands among them: `create`, `create job`, `rollout`, … */
export const kubectlCommands = (): readonly string[] => Object.keys(COMMANDS);

/** Flags of a command that are its own. */
export const commandFlags = (command: string): readonly UnplayedFlag[] => flagsOf(COMMANDS[command] ?? '');

/** Flags that every command takes. */
export const everyCommandsFlags = (): readonly UnplayedFlag[] => flagsOf(EVERYWHERE);

/** Why a command is not played, and what is; undefined where there is no more to say. */
export const whyNotPlayed = (command: string): string | undefined =>
  command === 'proxy'
    ? 'it serves the API on a port of your machine for as long as it runs, and nothing of a scenario asks ' +
      'there; a path of the API is asked with: kubectl get --raw PATH, a Service with: kubectl port-forward'
    : undefined;
