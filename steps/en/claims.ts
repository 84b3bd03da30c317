/** Steps that claim, written by `npm run generate` from src/dsl/claims and operations. */
import { Then } from '@cucumber/cucumber';
import { en } from '../step.ts';

Then('the manifest is refused with {string}:', en.operation('refused'));
Then('the manifest(s) in {string} is/are refused with {string}', en.operation('refused', 1));
Then('{moment}{workload} has/had {int} of {int} replicas {replicaState}', en.claim('replicas'));
Then('{moment}the rollout of {workload} is/was {rolloutState}', en.claim('rollout'));
Then('{moment}the pods of {workload} are/were on {int} node(s)', en.claim('workloadNodes'));
Then('{moment}{count} pod(s) matching {selector} is/are/was/were {podState}', en.claim('pods'));
Then('{moment}pod {string} is/was {podCondition}', en.claim('pod'));
Then('{moment}pod {string} is/was on node {string}', en.claim('pod', 1));
Then('{moment}container {string} of pod {string} has/had restarted {times}', en.claim('container'));
Then(
  '{moment}container {string} of pod {string} is/was waiting with reason {string}',
  en.claim('container', 1),
);
Then(
  '{moment}container {string} of pod {string} was last terminated with reason {string}',
  en.claim('container', 2),
);
Then('{moment}container {string} of pod {string} is/was running', en.claim('container', 3));
Then('{moment}node {string} is/was {nodeState}', en.claim('node'));
Then('{during}node {string} is/was cordoned', en.claim('node', 1));
Then('{moment}the drain of node {string} is/was finished', en.claim('drain'));
Then('{moment}the drain of node {string} is/was not finished', en.claim('drain', 1));
Then('{moment}{kind} {string} has/had condition {string} {string}', en.claim('condition'));
Then(
  '{moment}{kind} {string} has/had condition {string} {string} with reason {string}',
  en.claim('condition', 1),
);
Then('{moment}field {string} of {kind} {string} is/was {string}', en.claim('field'));
Then('{moment}there is/was a {kind} {string}', en.claim('presence'));
Then('{moment}there is/was no {kind} {string}', en.claim('presence', 1));
Then('{moment}file {string} in pod {string} contains/contained {string}', en.claim('file'));
Then(
  '{moment}file {string} in container {string} of pod {string} contains/contained {string}',
  en.claim('file', 1),
);
Then('{moment}file {string} in pod {string} is/was missing', en.claim('file', 2));
Then('{moment}file {string} in container {string} of pod {string} is/was missing', en.claim('file', 3));
Then('{moment}variable {string} in pod {string} is/was {string}', en.claim('variable'));
Then(
  '{moment}variable {string} in container {string} of pod {string} is/was {string}',
  en.claim('variable', 1),
);
Then('{moment}pod disruption budget {string} allows/allowed {int} disruption(s)', en.claim('budget'));
Then('{moment}pod disruption budget {string} is/was honoured', en.claim('budget', 1));
Then('{moment}horizontal pod autoscaler {string} wants/wanted {int} replica(s)', en.claim('autoscaler'));
Then('{moment}no two pods matching {selector} share/shared a {topology}', en.claim('placement'));
Then('{moment}at most {int} pod(s) matching {selector} per {topology}', en.claim('placement', 1));
Then('{moment}a request to {string} {answer}', en.claim('request'));
Then('{moment}a request to {string} from pod {string} {answer}', en.claim('request', 1));
Then('{moment}a request to {string} answers/answered {int} in under {duration}', en.claim('request', 2));
Then(
  '{moment}a request to {string} from pod {string} answers/answered {int} in under {duration}',
  en.claim('request', 3),
);
Then(
  '{moment}a request to {string} answers/answered {int} from a pod matching {selector}',
  en.claim('request', 4),
);
Then(
  '{moment}a request to {string} from pod {string} answers/answered {int} from a pod matching {selector}',
  en.claim('request', 5),
);
Then('{moment}a request to {string} with header {string} {answer}', en.claim('request', 6));
Then(
  '{moment}a request to {string} with header {string} answers/answered {int} from a pod matching {selector}',
  en.claim('request', 7),
);
Then('a request to {string} {answer} within {duration}', en.claim('request', 8));
Then('{moment}service {string} routes/routed to {int} pod(s)', en.claim('request', 9));
Then('{moment}service {string} is/was available', en.claim('request', 10));
Then('{moment}no request failed', en.claim('traffic'));
Then('{moment}at least {float}% of requests succeeded', en.claim('traffic', 1));
Then('{moment}at most {int} request(s) failed', en.claim('traffic', 2));
Then('{moment}at most {int} request(s) failed in a row', en.claim('outage'));
Then('{moment}the longest outage is/was under {duration}', en.claim('outage', 1));
Then('{moment}an event {string} is/was recorded for {kind} {string}', en.claim('event'));
Then('{moment}an event {string} is/was recorded for {kind} {string} saying {string}', en.claim('event', 1));
Then('{moment}an event {string} is/was recorded for a pod matching {selector}', en.claim('event', 2));
Then(
  '{moment}an event {string} is/was recorded for a pod matching {selector} saying {string}',
  en.claim('event', 3),
);
Then('the output is:', en.claim('output'));
Then('the output contains {string}', en.claim('output', 1));
Then('the output contains:', en.claim('output', 2));
Then('the command fails with {string}', en.claim('output', 3));
Then('the command fails with:', en.claim('output', 4));
Then('{moment}job {string} is/was {jobState}', en.claim('job'));
Then('{moment}job {string} is/was {jobState} with reason {string}', en.claim('job', 1));
Then('{moment}{int} pod(s) of job {string} has/have/had succeeded', en.claim('job', 2));
Then('{moment}{int} pod(s) of job {string} has/have/had failed', en.claim('job', 3));
Then('{moment}{count} pod(s) of job {string} is/are/was/were active', en.claim('job', 4));
Then('{moment}the succeeded indexes of job {string} are/were {string}', en.claim('job', 5));
Then('{moment}the failed indexes of job {string} are/were {string}', en.claim('job', 6));
Then('{moment}job {string} took at most {duration}', en.claim('job', 7));
Then('{moment}cron job {string} has/had {int} active job(s)', en.claim('cronJob'));
Then('{moment}cron job {string} has/had scheduled a job', en.claim('cronJob', 1));
Then('{moment}cron job {string} is/was last scheduled at {string}', en.claim('cronJob', 2));
Then('{moment}cron job {string} has/had started {count} job(s)', en.claim('startedJobs'));
Then('{moment}claim {string} is/was bound', en.claim('volumeClaim'));
Then('{moment}claim {string} is/was bound to volume {string}', en.claim('volumeClaim', 1));
Then('{moment}claim {string} is/was pending', en.claim('volumeClaim', 2));
Then('{moment}claim {string} is/was pending with reason {string}', en.claim('volumeClaim', 3));
Then('{moment}claim {string} is/was lost', en.claim('volumeClaim', 4));
Then('{moment}claim {string} has/had a capacity of {string}', en.claim('volumeClaim', 5));
Then('{moment}volume {string} is/was attached to node {string}', en.claim('attachment'));
Then('{moment}volume {string} is/was attached to no node', en.claim('attachment', 1));
Then('{moment}the volume of claim {string} is/was attached to node {string}', en.claim('attachment', 2));
Then('{moment}the volume of claim {string} is/was attached to no node', en.claim('attachment', 3));
Then('{moment}invariant {string} holds', en.claim('invariant'));
Then('{moment}all invariants hold', en.claim('invariant', 1));
