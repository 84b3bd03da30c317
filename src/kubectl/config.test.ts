import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { namespaceIn, type Contexts } from './contexts.ts';
import { runKubectlLine } from './run.ts';
import type { KubectlIO } from './session.ts';

/** An operator who keeps a kubeconfig. */
function operator(): (line: string) => string {
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  let contexts: Contexts | undefined;
  return (line) => {
    const io: KubectlIO = {
      readFile: () => '',
      ...(contexts === undefined ? {} : { contexts, namespace: namespaceIn(contexts) }),
      configure: (changed) => {
        contexts = changed;
      },
    };
    return runKubectlLine(cluster, `kubectl ${line}`, io).output;
  };
}

describe('kubectl config', () => {
  it('sets the namespace of the commands that follow', () => {
    const run = operator();
    expect(run('create configmap here')).toBe('configmap/here created\n');
    expect(run('config set-context --current --namespace=kube-system')).toBe(
      'Context "kubernetes-admin@kubernetes" modified.\n',
    );
    expect(run('get configmap here')).toContain('NotFound');
    expect(run('config view --minify -o jsonpath={..namespace}')).toBe('kube-system');
    expect(run('get configmap here -n default')).toContain('here');
  });

  it('goes from context to context, by a command or for one', () => {
    const run = operator();
    expect(run('config set-context team --namespace=team --cluster=kubernetes')).toBe(
      'Context "team" created.\n',
    );
    expect(run('create configmap one --context=team')).toContain('namespaces "team" not found');
    expect(run('get pods --context=nobody')).toBe('error: context "nobody" does not exist\n');
    expect(run('config use-context team')).toBe('Switched to context "team".\n');
    expect(run('get pods')).toBe('No resources found in team namespace.\n');
    expect(run('config get-contexts')).toBe(
      'CURRENT   NAME                          CLUSTER      AUTHINFO           NAMESPACE\n' +
        '          kubernetes-admin@kubernetes   kubernetes   kubernetes-admin   \n' +
        '*         team                          kubernetes   kubernetes-admin   team\n',
    );
    expect(run('config rename-context team mine')).toBe('Context "team" renamed to "mine".\n');
    expect(run('config current-context')).toBe('mine\n');
    expect(run('config delete-context mine')).toContain('this removed your active context');
    expect(run('config get-contexts mine -o name')).toBe('error: context mine not found\n');
  });

  it.each([
    ['config use-context', 'error: Unexpected args: []\n'],
    ['config use-context x', 'error: no context exists with the name: "x"\n'],
    ['config set-context', 'error: you must specify a non-empty context name or --current\n'],
    ['config set-context a --current', 'error: you cannot specify both a context name and --current\n'],
    [
      'config set-context a --cluster=other',
      'error: --cluster=other is not simulated: a scenario\'s kubeconfig has one cluster, "kubernetes"\n',
    ],
    [
      'config rename-context a b',
      'error: cannot rename the context "a", it\'s not in /home/operator/.kube/config\n',
    ],
    [
      'config get-contexts -o yaml',
      'error: --output yaml is not available in kubectl config get-contexts; resetting to default output ' +
        'format\n',
    ],
  ])('%s is refused', (line, said) => {
    expect(operator()(line)).toBe(said);
  });
});
