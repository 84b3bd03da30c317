/** What happens around scenarios and steps. */
import { After, Before, BeforeStep, Status, setDefaultTimeout } from '@cucumber/cucumber';
import type { SeatrialWorld } from './world.ts';

// Virtual time costs little real time, but a scenario may hold hours of it, and a hundred seeds.
setDefaultTimeout(600_000);

Before(function (this: SeatrialWorld, { pickle, gherkinDocument }) {
  this.begin(pickle, gherkinDocument);
});

BeforeStep(function (this: SeatrialWorld, { pickleStep }) {
  this.beginStep(pickleStep);
});

After(function (this: SeatrialWorld, { result }) {
  this.end(result?.status === Status.PASSED);
});
