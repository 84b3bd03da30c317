import assert from 'node:assert/strict';
import { After, Given, Then, When } from '@cucumber/cucumber';
// Every phrase of the language, its parameter types and hooks.
import { seatrial } from 'seatrial/cucumber';

// A step of our own that says several of Seatrial's.
Given('the shop is open', function () {
  const scenario = seatrial(this);
  scenario.say('a cluster with 3 nodes');
  scenario.say('the manifest in "shop.yaml"');
  scenario.say('every pod is ready');
});

// Seatrial's parameter types can be used in our own steps: a duration arrives as milliseconds.
When('customers order {int} times within {duration}', function (count, durationMs) {
  const scenario = seatrial(this);
  for (let i = 0; i < count; i += 1) {
    scenario.play({ op: 'pass', durationMs: Math.floor(durationMs / count) });
    this.orders.push(scenario.kubectl('exec deployment/shop -- curl -s http://shop/').code === 0);
  }
});

Then('{int} orders were taken by team {string}', function (count, team) {
  assert.equal(this.orders.filter((taken) => taken).length, count);
  assert.equal(this.team, team);
});

// A hook of our own, which looks at the cluster the scenario leaves; a property is played on many.
After({ tags: 'not @property' }, function () {
  const { stdout } = seatrial(this).kubectl('get pods --no-headers');
  this.log(`the shop ends with ${stdout.trim().split('\n').length} pods`);
});
