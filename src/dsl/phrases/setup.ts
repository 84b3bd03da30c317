/** Phrases that set the scene. */
import * as build from '../build.ts';
import { tableOfNodes } from '../nodetable.ts';
import type { Phrase } from './phrase.ts';
import { phraseOf } from './phraseof.ts';

export const SETUP_PHRASES: readonly Phrase[] = [
  phraseOf('a cluster with {int} node(s)', 'Given', 'cluster', build.cluster, (o) => [o.nodes]),
  phraseOf(
    'a cluster with nodes:',
    'Given',
    'clusterOf',
    build.clusterOf,
    (o) => [tableOfNodes(o.nodes)],
    'table',
  ),
  phraseOf('any cluster of {int} to {int} nodes', 'Given', 'anyCluster', build.anyCluster, (o) => [
    o.min,
    o.max,
  ]),
  phraseOf('namespace {string}', 'Given', 'namespace', build.namespace, (o) => [o.name]),
  phraseOf('the manifest:', 'Given', 'manifest', build.manifest, (o) => [o.text], 'docString'),
  phraseOf('the manifest(s) in {string}', 'Given', 'manifestsIn', build.manifestsIn, (o) => [o.path]),
  phraseOf(
    'image {string} behaves as:',
    'Given',
    'image',
    build.image,
    (o) => [o.image, o.behaviour],
    'docString',
  ),
  phraseOf('cluster setting {string} is {string}', 'Given', 'setting', build.setting, (o) => [
    o.name,
    o.value,
  ]),
  phraseOf('every pod is ready', 'Given', 'everyPodReady', build.everyPodReady, () => []),
  phraseOf('the cluster has settled', 'Given', 'settled', build.settled, () => []),
  phraseOf('a client sends {int} request(s) per second to {string}', 'Given', 'client', build.client, (o) => [
    o.perSecond,
    o.url,
  ]),
  phraseOf('the moment {string}', 'Given', 'moment', build.moment, (o) => [o.name]),
];
