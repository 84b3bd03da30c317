/** Steps of what the operator does and of time passing. */
import { When } from '@cucumber/cucumber';
import * as build from '../../src/dsl/build.ts';
import { step } from '../step.ts';

When('I run {string}', step(build.kubectl));
When('I run:', step(build.kubectlLines));
When('{duration} pass(es)', step(build.passes));
When('{string} is executed in pod {string}', step(build.execInPod));
When('{string} is executed in container {string} of pod {string}', step(build.execInContainer));
When('{string} is executed in a pod matching {selector}', step(build.execInMatching));
When('{workload} is scaled to {int}', step(build.scale));
When('the image of {workload} is changed to {string}', step(build.setImage));
When('{workload} is rolled back', step(build.rollback));
When('any {int} to {int} faults strike within {duration}', step(build.anyFaults));
When('any {int} to {int} voluntary disruptions strike within {duration}', step(build.anyVoluntary));
When('any {int} to {int} of these faults strike within {duration}:', step(build.anyOfThese));
When('fault {string} strikes:', step(build.faultByName));
When('these faults strike:', step(build.faults));
When('the faults in {string} strike', step(build.faultsIn));
When('every fault is healed', step(build.heal));
When('fault {string} is healed', step(build.healKind));
When('each node is drained, rebooted and uncordoned in turn', step(build.eachNodeInTurn));
