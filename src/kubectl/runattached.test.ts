import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { standardParts } from '../sim/parts.ts';
import { jobResult, kubectlComponent, startKubectlLine } from './component.ts';
import { runKubectlLine } from './run.ts';

const io = { readFile: (): string => '' };
const parts = { ...standardParts, components: [...standardParts.components, kubectlComponent] };
const fresh = Cluster.create({ seed: 1, nodes: 1, parts });
runKubectlLine(fresh, 'kubectl run web --image=nginx --port=80 --expose', io);
fresh.pass(60_000);
const kubectl = (cluster: Cluster, line: string) => runKubectlLine(cluster, `kubectl ${line}`, io);
const forked = (): Cluster => fresh.fork() as Cluster;

const ATTACHED =
  'All commands and output from this session will be recorded in container logs, including credentials and ' +
  "sensitive information passed through the command prompt.\nIf you don't see a command prompt, try " +
  'pressing enter.\n';

describe('kubectl run, attached', () => {
  it('shows what a command prints, and takes its Pod away with --rm', () => {
    const cluster = forked();
    const { stdout, stderr, code } = kubectl(
      cluster,
      'run once -i --rm --restart=Never --image=busybox -- sh -c "sleep 1; wget -qO- http://web; sleep 1"',
    );
    expect(stderr).toBe(ATTACHED);
    expect(stdout).toMatch(/^<!DOCTYPE html>[\s\S]+<\/html>\npod "once" deleted from default namespace\n$/);
    expect(code).toBe(0);
    cluster.pass(60_000);
    expect(kubectl(cluster, 'get pod once').stderr).toContain('pods "once" not found');
  });

  it.each([0, 3])('ends as its container does, with exit code %i', (exit) => {
    const cluster = forked();
    const line = `run once --attach --restart=Never --image=busybox -- sh -c "sleep 1; exit ${exit}"`;
    const { code, stdout, stderr } = kubectl(cluster, line);
    expect([code, stdout]).toEqual([exit, '']);
    expect(stderr).toBe(exit === 0 ? ATTACHED : `${ATTACHED}pod default/once terminated (Error)\n`);
    expect(kubectl(cluster, 'get pod once -o name').stdout).toBe('pod/once\n');
  });

  it.each(['Always', 'Never'])('leaves a shell that waits for somebody (restart: %s)', (restart) => {
    const { stdout, code } = kubectl(forked(), `run sh -it --rm --restart=${restart} --image=busybox`);
    expect([stdout, code]).toEqual([
      "Session ended, resume using 'kubectl attach sh -c sh -n default -i -t' command\n" +
        'pod "sh" deleted from default namespace\n',
      0,
    ]);
  });

  it('says nothing of its own with --quiet, and deletes the Service that it made', () => {
    const cluster = forked();
    const line =
      'run once -q -i --rm --restart=Never --image=busybox --expose --port=1 -- sh -c "sleep 1; echo a"';
    const { stdout, stderr } = kubectl(cluster, line);
    expect([stdout, stderr]).toEqual([
      'a\npod "once" deleted from default namespace\nservice "once" deleted from default namespace\n',
      '',
    ]);
  });

  it('gives the container a terminal', () => {
    const cluster = forked();
    kubectl(cluster, 'run sh -it --image=busybox');
    const of = (field: string): string =>
      kubectl(cluster, `get pod sh -o jsonpath={.spec.containers[0].${field}}`).stdout;
    expect(['stdin', 'stdinOnce', 'tty'].map(of)).toEqual(['true', 'true', 'true']);
  });

  it('goes on in the background', () => {
    const cluster = forked();
    const line = 'kubectl run once -i --rm --restart=Never --image=busybox -- sh -c "sleep 30; exit 2"';
    const job = startKubectlLine(cluster, line, io);
    cluster.pass(10_000);
    expect(jobResult(cluster, job)).toBeUndefined();
    cluster.pass(60_000);
    expect(jobResult(cluster, job)?.code).toBe(2);
  });

  it.each([
    ['run a --image=x --rm', 'error: --rm should only be used for attached containers'],
    ['run a --image=x -i --attach=false --rm', 'error: --rm should only be used for attached containers'],
    ['run a --image=x -t', 'error: -i/--stdin is required for containers with -t/--tty=true'],
    [
      'run a --image=x -i --dry-run=client',
      "error: --dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, " +
        'or --tty)',
    ],
  ])('%s is refused', (line, said) => {
    expect(kubectl(forked(), line).stderr).toBe(`${said}\nSee 'kubectl run -h' for help and examples\n`);
  });
});
