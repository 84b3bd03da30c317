/** Serves a cluster on which a stand-in for Chaos Mesh is installed: for tests, in a process of its own. */
import { writeFileSync } from 'node:fs';
import { filesOf } from '../../../dsl/filesof.ts';
import { extendKit, standardKit } from '../../../dsl/kit.ts';
import { readStep } from '../../../dsl/scenario.ts';
import { Listener, Served } from '../../../serve/index.ts';
import { CONTROLLERS, DEFINITIONS } from './standin.ts';

const [, , kubeconfig = '', manifests = ''] = process.argv;
const served = Served.begin({
  seed: '1',
  kit: extendKit(standardKit, { controllers: CONTROLLERS }),
  files: filesOf({}),
  start: [
    readStep('Given a cluster with 3 nodes').operation,
    readStep('Given the manifest:', DEFINITIONS).operation,
    readStep('Given the manifest:', manifests).operation,
    readStep('Given every pod is ready').operation,
  ],
});
const { kubeconfig: text } = await Listener.listen(served, { port: 0, pace: { kind: 'frozen' } });
writeFileSync(kubeconfig, text, { mode: 0o600 });
console.log('ready');
