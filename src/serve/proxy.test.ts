import { describe, expect, it } from 'vitest';
import { Served } from './served.ts';
import { ask, servedShop } from './testing.ts';

const V1 = '/api/v1';
const NAMESPACE = `${V1}/namespaces/default`;

function shop(): { served: Served; pod: string } {
  const served = servedShop();
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 8080, targetPort: 80 }] },
  };
  expect(ask(served, 'POST', `${NAMESPACE}/services`, service).status).toBe(201);
  served.pass(10_000);
  return { served, pod: ask(served, 'GET', `${NAMESPACE}/pods`).body.items[0].metadata.name };
}

describe('proxies', () => {
  it('send what is asked to a Pod, a Service by the name or number of a port, and a kubelet', () => {
    const { served, pod } = shop();
    for (const path of [
      `pods/${pod}/proxy/`,
      `pods/${pod}:80/proxy/`,
      `pods/http:${pod}:80/proxy/index.html?a=b`,
      'services/web:http/proxy/',
      'services/web:8080/proxy/',
      'services/http:web:http/proxy/',
    ]) {
      const { status, body, headers } = ask(served, 'GET', `${NAMESPACE}/${path}`);
      expect([path, status, headers['content-type']]).toEqual([path, 200, 'text/html; charset=utf-8']);
      expect(body).toContain('Welcome to nginx');
    }
    expect(ask(served, 'GET', `${NAMESPACE}/pods/${pod}/proxy/nowhere`).status).toBe(404);
    expect(ask(served, 'GET', `${V1}/nodes/node-1/proxy/healthz`).body).toBe('ok');
    expect(ask(served, 'GET', `${V1}/nodes/node-1:10250/proxy/logs/`).status).toBe(200);
    const { body } = ask(served, 'GET', `${V1}/nodes/node-1/proxy/pods`);
    expect(body.items.every((p: { spec: { nodeName: string } }) => p.spec.nodeName === 'node-1')).toBe(true);
  });

  it('lead browsers to where links hold, and make them lead through', () => {
    const { served, pod } = shop();
    const at = `${NAMESPACE}/pods/${pod}/proxy`;
    expect(ask(served, 'GET', `${at}?x=1`)).toMatchObject({
      status: 301,
      headers: { location: `${at}/?x=1` },
    });
    const page = '<a href=/other>x</a> <a href=\\"/other\\">x</a> <img src=\\"near.png\\">';
    served.play(`"echo '${page}' > /usr/share/nginx/html/index.html" is executed in pod "${pod}"`);
    expect(ask(served, 'GET', `${at}/`).body).toContain(`<a href="${at}/other">x</a> <img src="near.png">`);
  });

  it('say what is in the way', () => {
    const { served, pod } = shop();
    const said = (path: string, ask2: Parameters<typeof ask>[4] = {}): [number, string] => {
      const { status, body } = ask(served, 'GET', path, undefined, ask2);
      return [status, body.message];
    };
    const services = `${NAMESPACE}/services`;
    expect(said(`${services}/web:9/proxy/`)).toEqual([503, 'no service port 9 found for service "web"']);
    expect(said(`${services}/web:x/proxy/`)).toEqual([503, 'no endpoints available for service "web"']);
    expect(said(`${services}/ftp:web:http/proxy/`)).toEqual([400, 'invalid service request "ftp:web:http"']);
    expect(said(`${services}/nope/proxy/`)).toEqual([404, 'services "nope" not found']);
    expect(said(`${NAMESPACE}/pods/a:b:c:d/proxy/`)[0]).toBe(400);
    const { podIP, hostIP } = ask(served, 'GET', `${NAMESPACE}/pods/${pod}`).body.status;
    expect(said(`${NAMESPACE}/pods/${pod}:81/proxy/`)).toEqual([
      503,
      `error trying to reach service: dial tcp ${podIP}:81: connect: connection refused`,
    ]);
    const bob = { user: { username: 'bob', groups: ['system:authenticated'] } };
    expect(said(`${NAMESPACE}/pods/${pod}/proxy/`, bob)[0]).toBe(403);
    const node = ask(served, 'GET', `${NAMESPACE}/pods/${pod}`).body.spec.nodeName;
    served.play(`node "${node}" loses power`);
    expect(said(`${NAMESPACE}/pods/${pod}/proxy/`)).toEqual([
      503,
      `error trying to reach service: dial tcp ${podIP}:80: connect: no route to host`,
    ]);
    expect(said(`${V1}/nodes/${node}/proxy/healthz`)[1]).toContain(`dial tcp ${hostIP}:10250`);
  });

  it('are inputs, whatever the method: a replay reaches the same hash', () => {
    const { served, pod } = shop();
    ask(served, 'GET', `${NAMESPACE}/pods/${pod}/proxy/`);
    ask(served, 'POST', `${NAMESPACE}/services/web:http/proxy/`, { a: 1 });
    served.pass(1000);
    expect(served.log.inputs).toHaveLength(3);
    const again = Served.replay(JSON.parse(JSON.stringify(served.log)));
    expect([again.now, again.cluster.hash()]).toEqual([served.now, served.cluster.hash()]);
  });
});
