/** @kubernetes/client-node, the client library of JavaScript, over a served cluster. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import {
  AppsV1Api,
  Attach,
  CoreV1Api,
  Cp,
  Exec,
  type Informer,
  KubeConfig,
  type KubernetesObject,
  Log,
  makeInformer,
  PatchStrategy,
  PortForward,
  setHeaderOptions,
  type V1ConfigMap,
  type V1Status,
  Watch,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servedShop } from '../testing.ts';
import { Listener } from './server.ts';

const namespace = 'default';
const POD = {
  metadata: { name: 'talker', namespace },
  spec: {
    restartPolicy: 'Never',
    containers: [
      {
        name: 'c',
        image: 'busybox',
        stdin: true,
        stdinOnce: true,
        command: ['sh', '-c', 'echo first; read x; echo "heard $x"'],
      },
    ],
  },
};

let listener: Listener;
let config: KubeConfig;
let core: CoreV1Api;
let folder: string;

beforeAll(async () => {
  listener = await Listener.listen(servedShop(), { port: 0, pace: { kind: 'settle' } });
  config = new KubeConfig();
  config.loadFromString(listener.kubeconfig);
  core = config.makeApiClient(CoreV1Api);
  folder = mkdtempSync(join(tmpdir(), 'seatrial-client-'));
});
afterAll(async () => {
  await listener.close();
  rmSync(folder, { recursive: true });
});

const webPod = async (): Promise<string> => {
  const { items } = await core.listNamespacedPod({ namespace, labelSelector: 'app=web' });
  return items[0]!.metadata!.name!;
};

/** What a stream gives until it ends. */
const all = async (stream: Readable): Promise<Buffer> => Buffer.concat((await stream.toArray()) as Buffer[]);

/** Runs a command; its streams end with it. */
const executed = (
  pod: string,
  command: string[],
  out: PassThrough,
  error: PassThrough | null = null,
  input: Readable | null = null,
): Promise<V1Status> =>
  new Promise((resolve, reject) => {
    const ended = (status: V1Status): void => {
      out.end();
      error?.end();
      resolve(status);
    };
    new Exec(config).exec(namespace, pod, 'web', command, out, error, input, false, ended).catch(reject);
  });

async function outputOf(pod: string, command: string[]): Promise<Buffer> {
  const out = new PassThrough();
  await executed(pod, command, out);
  return all(out);
}

const map = (name: string, data: Record<string, string> = {}): V1ConfigMap => ({
  metadata: { name, namespace },
  data,
});

/** Waits until something is so that events of the connection bring about. */
async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setImmediate(resolve));
}

/** Cp has compressed what it then unpacks as if it were not. */
class Unzipping extends Exec {
  override exec(...args: Parameters<Exec['exec']>): ReturnType<Exec['exec']> {
    const [where, pod, container, command, out, ...rest] = args;
    const through = createGunzip();
    through.pipe(out!);
    return super.exec(where, pod, container, command, through, ...rest);
  }
}

describe('objects', () => {
  it('are created, patched in each way, applied with managers and deleted', async () => {
    await core.createNamespacedConfigMap({ namespace, body: map('one', { a: '1' }) });
    const patched = await core.patchNamespacedConfigMap(
      { namespace, name: 'one', body: { data: { b: '2' } } },
      setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
    );
    expect(patched.data).toEqual({ a: '1', b: '2' });
    const json = await core.patchNamespacedConfigMap({
      namespace,
      name: 'one',
      body: [{ op: 'remove', path: '/data/a' }],
    });
    expect(json.data).toEqual({ b: '2' });
    const body = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: { template: { spec: { containers: [{ name: 'web', env: [{ name: 'X', value: '1' }] }] } } },
    };
    const apps = config.makeApiClient(AppsV1Api);
    const strategic = await apps.patchNamespacedDeployment(
      { namespace, name: 'web', body },
      setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch),
    );
    expect(strategic.spec!.template.spec!.containers).toMatchObject([{ name: 'web', image: 'nginx' }]);
    const apply = (manager: string, replicas: number, force?: boolean): Promise<unknown> =>
      apps.patchNamespacedDeployment(
        {
          namespace,
          name: 'web',
          body: { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas } },
          fieldManager: manager,
          ...(force === undefined ? {} : { force }),
        },
        setHeaderOptions('Content-Type', PatchStrategy.ServerSideApply),
      );
    await apply('one', 3, true);
    await expect(apply('other', 2)).rejects.toMatchObject({ code: 409 });
    expect(await apply('other', 2, true)).toMatchObject({ spec: { replicas: 2 } });
    await core.deleteNamespacedConfigMap({ namespace, name: 'one' });
    await expect(core.readNamespacedConfigMap({ namespace, name: 'one' })).rejects.toMatchObject({
      code: 404,
    });
  });
});

describe('watches', () => {
  const path = `/api/v1/namespaces/${namespace}/configmaps`;

  it('tell what came since a list, in its order', async () => {
    const { metadata } = await core.listNamespacedConfigMap({ namespace });
    const seen: string[] = [];
    const abort = await new Watch(config).watch(
      path,
      { resourceVersion: metadata!.resourceVersion },
      (phase, object: KubernetesObject) => void seen.push(`${phase} ${object.metadata!.name}`),
      () => undefined,
    );
    await core.createNamespacedConfigMap({ namespace, body: map('w') });
    await core.replaceNamespacedConfigMap({ namespace, name: 'w', body: map('w', { a: 'b' }) });
    await core.deleteNamespacedConfigMap({ namespace, name: 'w' });
    await until(() => seen.length >= 3);
    abort.abort();
    expect(seen).toEqual(['ADDED w', 'MODIFIED w', 'DELETED w']);
  });

  it('keep an informer, which begins anew where the past is gone', async () => {
    const names = new Set<string>();
    const errors: number[] = [];
    const informer: Informer<V1ConfigMap> = makeInformer<V1ConfigMap>(config, path, () =>
      core.listNamespacedConfigMap({ namespace }),
    );
    informer.on('add', (object) => void names.add(object.metadata!.name!));
    informer.on('delete', (object) => void names.delete(object.metadata!.name!));
    informer.on('error', (error: { statusCode?: number }) => {
      errors.push(error.statusCode ?? 0);
      void informer.start();
    });
    await informer.start();
    await core.createNamespacedConfigMap({ namespace, body: map('kept') });
    await until(() => names.has('kept'));
    const { served } = listener.back;
    served.pass(20_000);
    await core.createNamespacedConfigMap({ namespace, body: map('taken-back') });
    await until(() => names.has('taken-back'));
    served.pass(20_000);
    // A server that has lost its past ends its watches with 410.
    served.rewind(served.now - 30_000);
    await until(() => !names.has('taken-back'));
    await core.createNamespacedConfigMap({ namespace, body: map('after') });
    await until(() => names.has('after'));
    await informer.stop();
    expect([...names].filter((name) => name !== 'kube-root-ca.crt').sort()).toEqual(['after', 'kept']);
  });
});

describe('streams', () => {
  it('go into a command and out of it', async () => {
    const [out, error] = [new PassThrough(), new PassThrough()];
    const input = Readable.from([Buffer.from('ä'), Buffer.from([0xff, 0])]);
    const command = ['sh', '-c', 'cat; echo done >&2; exit 3'];
    expect(await executed(await webPod(), command, out, error, input)).toMatchObject({
      status: 'Failure',
      details: { causes: [{ reason: 'ExitCode', message: '3' }] },
    });
    expect(await all(out)).toEqual(Buffer.from([...Buffer.from('ä'), 0xff, 0]));
    expect((await all(error)).toString()).toBe('done\n');
  });

  it('lead to the program of a container, whose log is followed until it ends', async () => {
    await core.createNamespacedPod({ namespace, body: POD });
    const phase = async (): Promise<string | undefined> =>
      (await core.readNamespacedPod({ namespace, name: 'talker' })).status?.phase;
    while ((await phase()) !== 'Running') await new Promise((resolve) => setImmediate(resolve));
    const [log, out] = [new PassThrough(), new PassThrough()];
    await new Log(config).log(namespace, 'talker', 'c', log, { follow: true });
    const attached = await new Attach(config).attach(
      namespace,
      'talker',
      'c',
      out,
      null,
      Readable.from([Buffer.from('you\n')]),
      false,
    );
    expect((await all(log)).toString()).toBe('first\nheard you\n');
    expect((out.read() as Buffer).toString()).toBe('heard you\n');
    attached.close();
    await core.deleteNamespacedPod({ namespace, name: 'talker' });
  });

  it('reach a port', async () => {
    const [out, error] = [new PassThrough(), new PassThrough()];
    const socket = await new PortForward(config).portForward(
      namespace,
      await webPod(),
      [80],
      out,
      error,
      Readable.from([Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')]),
    );
    let text = '';
    for await (const chunk of out) {
      text += (chunk as Buffer).toString();
      if (text.includes('</html>')) break;
    }
    expect(text).toMatch(/^HTTP\/1\.1 200 OK[^]*Welcome to nginx/);
    (socket as { close(): void }).close();
  });

  it('carry files into a container, and out of it', async () => {
    const pod = await webPod();
    const bytes = Buffer.from(Array.from({ length: 700 }, (_, i) => (i * 7) % 256));
    writeFileSync(join(folder, 'data'), bytes);
    // It comes back before it is done, both ways.
    await new Cp(config).cpToPod(namespace, pod, 'web', folder, '/tmp');
    for (let isThere = false; !isThere; )
      isThere = (await outputOf(pod, ['sh', '-c', 'cat /tmp/data 2>/dev/null'])).equals(bytes);
    // It goes on unpacking (times, owners) when the bytes are there, and nobody is told of its end.
    const back = mkdtempSync(join(tmpdir(), 'seatrial-back-'));
    process.once('exit', () => rmSync(back, { recursive: true, force: true }));
    await new Cp(config, new Unzipping(config)).cpFromPod(namespace, pod, 'web', 'data', back, '/tmp');
    await until(() => existsSync(join(back, 'data')) && readFileSync(join(back, 'data')).equals(bytes));
  });
});
