/** Steps of what happens, written by `npm run generate` from src/dsl/operations. */
import { When } from '@cucumber/cucumber';
import { en } from '../step.ts';

When('I run {string}', en.operation('kubectl'));
When('I run {string} as user {string}', en.operation('kubectl', 1));
When('I run:', en.operation('kubectl', 2));
When('{duration} pass(es)', en.operation('pass'));
When('the clock reaches {string}', en.operation('until'));
When('{string} is executed in pod {string}', en.operation('exec'));
When('{string} is executed in container {string} of pod {string}', en.operation('exec', 1));
When('{string} is executed in a pod matching {selector}', en.operation('exec', 2));
When('{workload} is scaled to {int}', en.operation('scale'));
When('the image of {workload} is changed to {string}', en.operation('setImage'));
When('{workload} is rolled back', en.operation('rollback'));
When('fault {string} strikes:', en.operation('fault'));
When('these faults strike:', en.operation('faults'));
When('the faults in {string} strike', en.operation('faultsIn'));
When('every fault is healed', en.operation('heal'));
When('fault {string} is healed', en.operation('heal', 1));
When('any {int} to {int} faults strike within {duration}', en.operation('anyFaults'));
When('any {int} to {int} voluntary disruptions strike within {duration}', en.operation('anyFaults', 1));
When('any {int} to {int} of these faults strike within {duration}:', en.operation('anyFaults', 2));
When('each node is drained, rebooted and uncordoned in turn', en.operation('eachNodeInTurn'));
When('{nodes} is/are drained without waiting', en.operation('startDrain'));
