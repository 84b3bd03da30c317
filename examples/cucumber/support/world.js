// The project's own World: Seatrial leaves it alone.
import { setWorldConstructor, World } from '@cucumber/cucumber';

class ShopWorld extends World {
  /** What the scenario sold, by our own bookkeeping. */
  orders = [];

  get team() {
    return this.parameters.team;
  }
}

setWorldConstructor(ShopWorld);
