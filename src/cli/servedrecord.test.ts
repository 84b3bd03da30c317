import { expect, it } from 'vitest';
import { htmlOf } from '../report/training/html.ts';
import { Served } from '../serve/index.ts';
import { ask, flowOf, requestOf, servedShop } from '../serve/testing.ts';
import { recordServed } from './servedrecord.ts';

const MAPS = '/api/v1/namespaces/default/configmaps';
const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { b: 'c' } };

/** What was done to a served shop. */
function served(): Served {
  const shop = servedShop('7', { inputs: Number.POSITIVE_INFINITY });
  ask(shop, 'POST', MAPS, map);
  ask(shop, 'POST', MAPS, map);
  const [pod] = ask(shop, 'GET', '/api/v1/namespaces/default/pods').body.items;
  const url = `/api/v1/namespaces/default/pods/${pod.metadata.name}/exec?command=sh&stdin=true&stdout=true`;
  const request = requestOf('POST', url);
  const exec = shop.handle(request);
  if (exec.kind !== 'exec') throw new Error('it is not run');
  const streams = shop.open(request, exec);
  streams.type('rm /usr/share/nginx/html/index.html\n');
  streams.type('exit\n');
  shop.pass(5_000);
  shop.play(`node "${pod.spec.nodeName}" loses power`);
  flowOf(shop, 'GET', `${MAPS}?watch=true`);
  shop.pass(400_000);
  return shop;
}

it('a log is told input by input, of the same history', () => {
  const shop = served();
  const record = recordServed(shop.log, 'logs/shop.json');
  const [scenario] = record.features[0]!.scenarios;
  expect(scenario!.play!.hash).toBe(shop.cluster.hash());
  const steps = scenario!.steps.map(({ text }) => text);
  expect(steps.slice(-4)).toEqual([
    `kubernetes-admin: POST ${MAPS}`,
    `kubernetes-admin: POST ${MAPS}`,
    expect.stringMatching(/^kubernetes-admin: exec web-\S+: sh$/),
    expect.stringMatching(/^node "node-\d" loses power$/),
  ]);
  const [created, refused, shell, fault] = scenario!.play!.operations.slice(-4);
  expect(created!.printed).toEqual([]);
  expect(refused!.printed).toMatchObject([{ code: 409, output: expect.stringContaining('already exists') }]);
  expect(scenario!.steps.at(-2)!.docString!.content).toBe('rm /usr/share/nginx/html/index.html\nexit\n');
  expect(shell!.from).toBe(refused!.to);
  expect(fault!.strikes).toMatchObject([{ fault: { kind: 'NodePowerLoss' } }]);
  const lost = scenario!.play!.truths.find((t) => t.of === 'node' && t.power === 'off');
  expect(lost?.at).toBe(fault!.from);
  expect(htmlOf(record, 'en')).toContain('loses power');
});
