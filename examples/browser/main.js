import { filesOf, load, loading, Scenario } from 'seatrial/browser';
import { steps } from './scenario.js';

const manifest = await (await fetch('shop.yaml')).text();
const scenario = new Scenario({ seed: 7, files: filesOf({ 'shop.yaml': manifest }) });
const at = (id) => document.getElementById(id);

function show() {
  const look = scenario.fork();
  at('pods').textContent = look.kubectl('get pods -o wide').stdout;
  at('now').textContent = `after ${Math.round(scenario.cluster.now / 1000)} s`;
  at('hash').textContent = scenario.cluster.hash();
}

/** Plays a step and loads what it needs; what is wrong with it, or does not hold, stands beside it. */
async function play(step, attachment) {
  const line = at('story').appendChild(document.createElement('li'));
  line.textContent = step;
  try {
    await loading(scenario, (s) => s.say(step, attachment));
  } catch (error) {
    line.className = 'failed';
    line.append(document.createElement('br'), error.message);
  }
  show();
}

for (const [step, attachment] of steps) await play(step, attachment);
// All that a visitor may say next, while he looks.
load();

let turn = Promise.resolve();
document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { step } = event.target.elements;
  const said = step.value.trim();
  step.value = '';
  // One after the other.
  if (said !== '') turn = turn.then(() => play(said));
});

document.body.dataset.hash = scenario.cluster.hash();
document.body.dataset.done = '';
