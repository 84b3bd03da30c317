import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { UsageError } from './exit.ts';
import { planned } from './realcluster.ts';
import { folderOf } from './testing.ts';

const KUBECONFIG = `apiVersion: v1
kind: Config
current-context: kind-shop
clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]
contexts: [{name: kind-shop, context: {cluster: c, user: u}}]
users: [{name: u, user: {token: t}}]
`;

const DOES = `Feature: A shop
  Scenario: A Pod is replaced
    Given a cluster with 3 nodes
    And the manifests in "shop.yaml"
    And a client sends 5 requests per second to "http://web/"
    When a pod matching "app=web" is deleted
    And 1 minute passes
    Then within 1 minute deployment "web" has 2 of 2 replicas available
    And a request to "http://web/" answers 200
    And no request failed
`;
const SHOP = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

const CANNOT = `Feature: What no API does
  Scenario: Much
    Given a cluster with 3 nodes
    And cluster setting "watch" is "1s"
    And namespace "elsewhere"
    And the manifest:
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: all}
      rules: []
      """
    When node "node-1" loses power
    And a container of a pod matching "app=web" is killed
    And I run "kubectl get pods | grep web && kubectl attach web"
    Then at every moment a request to "http://web/" answered 200
    And a request to "http://web/" answers 200 from a pod matching "app=web"

  Scenario: 任意
    Given a cluster with 3 nodes
    When any 1 to 3 voluntary disruptions strike within 5 minutes
    Then all invariants hold
`;

const MIXED = `Feature: Some of it
  @safe
  Scenario: It reads only
    Given a cluster with 3 nodes
    When I run "kubectl get pods -n kube-system"
  Scenario: It deletes elsewhere
    Given a cluster with 3 nodes
    When I run "kubectl get pods | wc -l; kubectl delete pod web --namespace=kube-system"
    And I run "kubectl cordon node-1"
  Scenario Outline: It scales
    Given a cluster with 3 nodes
    When deployment "<name>" is scaled to 1

    Examples:
      | name |
      | a    |
      | b    |
`;

let said: MockInstance;
let complained: MockInstance;
beforeEach(() => {
  said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  complained = vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());
const textOf = (spy: MockInstance): string => spy.mock.calls.map(([text]) => String(text)).join('\n');

const folder = (): string =>
  folderOf({
    kubeconfig: KUBECONFIG,
    'does.feature': DOES,
    'shop.yaml': SHOP,
    'cannot.feature': CANNOT,
    'mixed.feature': MIXED,
  });

describe('a run on a real cluster', () => {
  it('lists what would be done, and does nothing', async () => {
    const at = folder();
    const asked = { cluster: join(at, 'kubeconfig'), namespace: ['shop'] };
    expect(await planned([join(at, 'does.feature')], asked)).toBe(0);
    const text = textOf(said);
    expect(text).toContain('does     a pod matching "app=web" is deleted');
    expect(text).toContain('Service shop/web');
    expect(text).toContain('Pod shop/seatrial-client-*');
    expect(text).toContain('Pod shop/seatrial-requests-*');
    expect(text).toContain('waits    1 minute passes');
    expect(text).toContain('asks     within 1 minute');
    expect(text).toContain('context "kind-shop" (https://127.0.0.1:1), namespaces shop: nothing was touched');
    expect(await planned([join(at, 'does.feature')], { ...asked, yes: true })).toBeUndefined();
  });

  it('refuses by name, before anything is touched, what no API does or nobody may touch', async () => {
    const at = folder();
    const asked = { cluster: join(at, 'kubeconfig'), namespace: ['shop'], yes: true };
    expect(await planned([join(at, 'cannot.feature')], asked)).toBe(2);
    const text = textOf(said);
    for (const why of [
      'cluster setting "watch" is "1s"\n               it tells a simulated cluster how to behave',
      'namespace "elsewhere" is none of those that may be touched',
      'clusterroles belong to the whole cluster',
      'node "node-1" loses power\n               it acts below the API, and Chaos Mesh has no experiment',
      'is killed\n               the server https://127.0.0.1:1 could not be reached',
      'kubectl attach asks the machines',
      'of a moment gone by a real cluster does not tell',
      'from a pod matching "app=web"\n               it acts below the API or asks what is so there',
      'a step that says "any" is played on many clusters',
    ])
      expect(text).toContain(why);
    expect(textOf(complained)).toMatch(/^\d+ steps cannot be played on context "kind-shop"/);
  });

  it('looks at those scenarios alone that are to be played: by line, by tag, by name', async () => {
    const at = folder();
    const asked = { cluster: join(at, 'kubeconfig'), namespace: ['shop'] };
    const file = join(at, 'mixed.feature');
    expect(await planned([file], asked)).toBe(2);
    for (const why of ['namespace "kube-system" is none of those', 'node "node-1" is none of those'])
      expect(textOf(said)).toContain(why);
    const onlyFirst: [string[], { tags?: string; name?: string[] }][] = [
      [[`${file}:3`], {}],
      [[file], { tags: '@safe' }],
      [[file], { name: ['only'] }],
    ];
    for (const [files, chosen] of onlyFirst) {
      said.mockClear();
      const code = await planned(files, { ...asked, ...chosen });
      expect([files, chosen, code]).toEqual([files, chosen, 0]);
      expect(textOf(said)).not.toContain('It deletes elsewhere');
    }
    said.mockClear();
    expect(await planned([`${file}:17`], asked)).toBe(0);
    expect(textOf(said)).toContain('deployment "b" is scaled to 1');
    expect(textOf(said)).not.toContain('deployment "a"');
  });

  it('asks which namespaces may be touched, and for a kubeconfig that can be read', async () => {
    const at = folder();
    const files = [join(at, 'does.feature')];
    await expect(planned(files, { cluster: join(at, 'kubeconfig') })).rejects.toThrow(/--namespace shop/);
    const nowhere = planned(files, { cluster: join(at, 'nothing'), namespace: ['shop'] });
    await expect(nowhere).rejects.toThrow(UsageError);
  });
});
