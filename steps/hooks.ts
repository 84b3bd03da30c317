/** What happens around scenarios and steps. */
import { After, Before, BeforeStep, Status } from '@cucumber/cucumber';
import { telling } from './failure.ts';
import { begin, scenarioIn, scenarioOf } from './scenario.ts';

Before(function ({ pickle, gherkinDocument }) {
  telling(() => begin(this, pickle, gherkinDocument));
});

BeforeStep(function ({ pickleStep }) {
  telling(() => scenarioOf(this).beginStep(pickleStep));
});

After(function ({ result }) {
  telling(() => scenarioIn(this)?.end(result?.status === Status.PASSED));
});
