/** Steps that set the scene. */
import { Given } from '@cucumber/cucumber';
import * as build from '../../src/dsl/build.ts';
import { step } from '../step.ts';

Given('a cluster with {int} node(s)', step(build.cluster));
Given('a cluster with nodes:', step(build.clusterOf));
Given('any cluster of {int} to {int} nodes', step(build.anyCluster));
Given('namespace {string}', step(build.namespace));
Given('the manifest:', step(build.manifest));
Given('the manifest(s) in {string}', step(build.manifestsIn));
Given('image {string} behaves as:', step(build.image));
Given('cluster setting {string} is {string}', step(build.setting));
Given('every pod is ready', step(build.everyPodReady));
Given('the cluster has settled', step(build.settled));
Given('a client sends {int} request(s) per second to {string}', step(build.client));
Given('the moment {string}', step(build.moment));
Given('chance goes on from seed {string}', step(build.seed));
