/** Steps that set the scene, written by `npm run generate` from src/dsl/operations. */
import { Given } from '@cucumber/cucumber';
import { en } from '../step.ts';

Given('a cluster with {int} node(s)', en.operation('cluster'));
Given('a cluster with {int} node(s) and an ingress controller', en.operation('cluster', 1));
Given('a cluster with {int} node(s) and a gateway controller', en.operation('cluster', 2));
Given('a cluster with {int} node(s) and a cluster autoscaler', en.operation('cluster', 3));
Given('a cluster with {int} control plane node(s) and {int} worker(s)', en.operation('cluster', 4));
Given('a cluster with nodes:', en.operation('clusterOf'));
Given('a cluster with an ingress controller and nodes:', en.operation('clusterOf', 1));
Given('a cluster with a gateway controller and nodes:', en.operation('clusterOf', 2));
Given('any cluster of {int} to {int} nodes', en.operation('anyCluster'));
Given('node group {string} of {int} to {int} node(s)', en.operation('nodeGroup'));
Given('node group {string} of {int} to {int} node(s):', en.operation('nodeGroup', 1));
Given('a descheduler runs every {duration} with the policy:', en.operation('descheduler'));
Given('namespace {string}', en.operation('namespace'));
Given('user {string}', en.operation('user'));
Given('user {string} of group(s) {string}', en.operation('user', 1));
Given('documents that are not simulated are left out', en.operation('skipUnsupported'));
Given('strict simulation', en.operation('strictSimulation'));
Given('the manifest:', en.operation('manifest'));
Given('the manifest(s) in {string}', en.operation('manifestsIn'));
Given('image {string} behaves as:', en.operation('image'));
Given('admission webhook {string} behaves as:', en.operation('webhook'));
Given('admission webhook {string} denies requests with {string}', en.operation('webhook', 1));
Given('admission webhook {string} allows requests', en.operation('webhook', 2));
Given('conversion webhook of {string} behaves as:', en.operation('conversion'));
Given('cluster setting {string} is {string}', en.operation('setting'));
Given('a load balancer with addresses {string}', en.operation('setting', 1));
Given('every pod is ready', en.operation('everyPodReady'));
Given('the cluster has settled', en.operation('settled'));
Given('a client sends {int} request(s) per second to {string}', en.operation('client'));
Given('a client with keep-alive sends {int} request(s) per second to {string}', en.operation('client', 1));
Given(
  'a client that retries {int} time(s) sends {int} request(s) per second to {string}',
  en.operation('client', 2),
);
Given(
  'a client with a time-out of {duration} sends {int} request(s) per second to {string}',
  en.operation('client', 3),
);
Given(
  'a client with keep-alive, {int} retry/retries and a time-out of {duration} sends {int} request(s) per second to {string}',
  en.operation('client', 4),
);
Given('the metric {string} is {string}', en.operation('metric'));
Given('the metric {string} of {kind} {string} is {string}', en.operation('metric', 1));
Given('the moment {string}', en.operation('moment'));
Given('chance goes on from seed {string}', en.operation('seed'));
