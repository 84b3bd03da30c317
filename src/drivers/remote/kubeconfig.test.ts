import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderOf } from '../../cli/testing.ts';
import { accessOf, KubeconfigError } from './kubeconfig.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const CONFIG = `apiVersion: v1
kind: Config
current-context: shop
clusters:
  - {name: near, cluster: {server: 'https://10.0.0.1:6443/', certificate-authority-data: ${base64('CA')}}}
  - {name: far, cluster: {server: 'https://10.0.0.2', certificate-authority: pki/ca.crt, tls-server-name: api}}
  - {name: plain, cluster: {server: 'http://10.0.0.3'}}
contexts:
  - {name: shop, context: {cluster: near, user: cert}}
  - {name: token, context: {cluster: far, user: token}}
  - {name: plugin, context: {cluster: near, user: plugin}}
  - {name: old, context: {cluster: near, user: old}}
  - {name: plain, context: {cluster: plain, user: cert}}
  - {name: broken, context: {cluster: near, user: nobody}}
users:
  - {name: cert, user: {client-certificate-data: ${base64('CERT')}, client-key-data: ${base64('KEY')}}}
  - {name: token, user: {tokenFile: token}}
  - {name: plugin, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login, args: [shop]}}}
  - {name: old, user: {username: admin, password: secret}}
`;

/** Says the cluster that it is asked for, from its argument and its environment. */
const PLUGIN = `#!/bin/sh
printf '{"kind": "ExecCredential", "status": {"token": "%s-%s"}}' "$1" "$(echo "$KUBERNETES_EXEC_INFO" | wc -l | tr -d ' ')"
`;

function configIn(): string {
  const folder = folderOf({ kubeconfig: CONFIG, 'pki/ca.crt': 'FAR CA', token: 'T0KEN\n', login: PLUGIN });
  chmodSync(join(folder, 'login'), 0o755);
  return join(folder, 'kubeconfig');
}

it('reads certificates, tokens, files beside it, and what a credential plugin says', () => {
  const path = configIn();
  expect(accessOf(path)).toEqual({
    server: 'https://10.0.0.1:6443',
    context: 'shop',
    ca: 'CA',
    certificate: 'CERT',
    key: 'KEY',
  });
  expect(accessOf(path, 'token')).toEqual({
    server: 'https://10.0.0.2',
    context: 'token',
    ca: 'FAR CA',
    serverName: 'api',
    token: 'T0KEN',
  });
  expect(accessOf(path, 'plugin')).toMatchObject({ token: 'shop-1' });
});

it.each([
  ['nowhere', 'has no context "nowhere"; what there is: "shop", "token"'],
  ['old', 'user "old": username is no way in that is known here'],
  ['plain', 'no address that begins with https://'],
  ['broken', 'has no user "nobody"'],
])('refuses context %s and says why, without what is secret', (context, why) => {
  const path = configIn();
  expect(() => accessOf(path, context)).toThrow(KubeconfigError);
  expect(() => accessOf(path, context)).toThrow(why);
  expect(() => accessOf(path, context)).not.toThrow(/secret/);
});

it('says of a file that is none what it should be', () => {
  const folder = folderOf({ list: '- 1', torn: 'a: [' });
  for (const name of ['list', 'torn', 'absent'])
    expect(() => accessOf(join(folder, name))).toThrow(KubeconfigError);
});
