/** What happens around scenarios and steps. */
import { After, Before, BeforeStep, Status } from '@cucumber/cucumber';
import { begin, scenarioIn, scenarioOf } from './scenario.ts';

Before(function ({ pickle, gherkinDocument }) {
  begin(this, pickle, gherkinDocument);
});

BeforeStep(function ({ pickleStep }) {
  scenarioOf(this).beginStep(pickleStep);
});

After(function ({ result }) {
  scenarioIn(this)?.end(result?.status === Status.PASSED);
});
