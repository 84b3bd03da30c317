// The operator on trial: it starts a database, its primary's machine dies, and another member takes over.
import { readFileSync } from 'node:fs';
import { Scenario } from 'seatrial';
import kit from './operator.js';

const text = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

const ledger = new Scenario({ seed: 3, kit })
  .say('Given a cluster with 4 nodes')
  .say('And the manifest:', `${text('definition.yaml')}---\n${text('database.yaml')}`)
  .say('Then within 3 minutes Database "ledger" has condition "Ready" "True"')
  .say('And within 1 minute service "ledger-primary" routes to 1 pod');
console.log(ledger.kubectl('get databases').stdout);

// A schema keeps out what the operator could not run.
const even = ledger.kubectl(`patch database ledger --type=merge -p '{"spec":{"members":4}}'`);
console.log(even.stderr);

const primary = (path: string): string =>
  ledger.kubectl(`get pod -l role=primary -o jsonpath={.items[0].${path}}`).stdout;
const storm = ledger
  .fork()
  .say(`When node "${primary('spec.nodeName')}" loses power`)
  .say('Then within 2 minutes an event "FailedOver" is recorded for Database "ledger"')
  .say('And within 1 minute service "ledger-primary" routes to 1 pod');
console.log(storm.kubectl('get databases').stdout);

// A primary that is back soon stays the primary.
const hiccup = ledger
  .fork()
  .say(`When container "database" of pod "${primary('metadata.name')}" crashes`)
  .say('And 1 minute passes')
  .say('Then within 1 minute Database "ledger" has condition "Ready" "True"');
console.log(hiccup.kubectl('get databases').stdout);

// The database goes with its definition, and all that it owns with it.
const gone = ledger
  .fork()
  .say('When I run "kubectl delete crd databases.example.com"')
  .say('And 1 minute passes');
console.log(gone.kubectl('get statefulsets,pods').stderr);
