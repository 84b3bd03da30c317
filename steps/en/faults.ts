/** Steps of the faults in `src/chaos`, written by scripts/generate-faults.ts. */
import { When } from '@cucumber/cucumber';
import { nodeIsCordonedNow } from '../../src/dsl/claims/node.ts';
import { either, fault, step } from '../step.ts';

When('{nodes} loses/lose power{lasting}', fault('NodePowerLoss', ['nodes', 'forMs']));
When('{nodes} is/are powered on', fault('NodePowerOn', ['nodes']));
When('{nodes} reboots/reboot', fault('NodeReboot', ['nodes']));
When('{nodes} reboots/reboot in {duration}', fault('NodeReboot', ['nodes', 'forMs']));
When('{nodes} shuts/shut down gracefully{lasting}', fault('NodeShutdown', ['nodes', 'forMs']));
When('node {string} is cordoned', either(fault('NodeCordon', ['node']), step(nodeIsCordonedNow)));
When('{nodeSet} is/are cordoned', fault('NodeCordon', ['nodeSet']));
When('{nodes} is/are cordoned for {duration}', fault('NodeCordon', ['nodes', 'forMs']));
When('{nodes} is/are uncordoned', fault('NodeUncordon', ['nodes']));
When('{nodes} is/are drained', fault('NodeDrain', ['nodes']));
When('{nodes} is/are drained for {duration}', fault('NodeDrain', ['nodes', 'forMs']));
When('{nodes} is/are partitioned from the control plane{lasting}', fault('NodePartition', ['nodes', 'forMs']));
When('nodes {string} and {string} are partitioned{lasting}', fault('NodesPartition', ['node', 'otherNode', 'forMs']));
When('{pods} is/are deleted', fault('PodDelete', ['pods']));
When('{containers} crashes/crash', fault('ContainerCrash', ['containers']));
When('{containers} crashes/crash with exit code {int}', fault('ContainerCrash', ['containers', 'exitCode']));
When('the api server is down{lasting}', fault('ApiServerDown', ['forMs']));
When('etcd loses quorum{lasting}', fault('EtcdQuorumLoss', ['forMs']));
When('the scheduler is down{lasting}', fault('SchedulerDown', ['forMs']));
When('the controller manager is down{lasting}', fault('ControllerManagerDown', ['forMs']));
