/**
 * Shell scripts in containers: as what a container runs, as its probes and hooks, and by exec. They are drawn
 * from words of the shell and its programs in any order, so most of them are wrong, and some never end.
 */
import fc from 'fast-check';
import { Scenario } from '../dsl/scenario.ts';
import { shellLine } from '../kubectl/index.ts';
import { PROGRAMS } from '../sim/node/shell/index.ts';
import { count, emptyTally, outcomeOf, type Tally } from './outcome.ts';
import { samples } from './values.ts';

const IMAGES = ['busybox', 'nginx', 'debian', 'bash', 'postgres', 'example.com/app:1'];
const WORDS = [
  ...['a', '-f', '-n', '-c', '-r', '-1', '0', '99999999999', '/tmp/x', '/etc', '/dev/null', '.', '*', '-'],
  ...['"$A"', '$A', '${A:-b}', '${A%%*}', '${#A}', '$((1/0))', '$((A++))', '$(cat)', '`ls`', "'b c'", '$@'],
  ...[
    '/data/*',
    '[a-z]*',
    '{a,b}',
    '~',
    '$!',
    '$?',
    '$$',
    '%s\\n',
    's/a/b/g',
    '/a/d',
    '{print $1}',
    '日本語',
  ],
  ...['http://localhost:80/', 'localhost', '80', '*/0', '\\', '"', "'", '1s', '0.001', 'TERM', '-9', '+'],
];
const FIRST = [...PROGRAMS, 'app', 'exit', 'trap', 'wait', 'read', 'set', 'eval', 'exec', 'export'];
const BETWEEN = [' ; ', ' && ', ' || ', ' | ', ' & ', '\n', ' > /tmp/x ; ', ' < /tmp/x ; ', ' 2>&1 | '];

const command = fc
  .tuple(fc.constantFrom(...FIRST), fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }))
  .map(([program, words]) => [program, ...words].join(' '));

/** Of commands: one after another, or in what the shell has to hold them. */
const script = fc.letrec<{ script: string; part: string }>((tie) => ({
  script: fc
    .tuple(tie('part'), fc.array(fc.tuple(fc.constantFrom(...BETWEEN), tie('part')), { maxLength: 3 }))
    .map(([first, rest]) => first + rest.map(([between, part]) => between + part).join('')),
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    command,
    tie('script').map((s) => `(${s})`),
    tie('script').map((s) => `{ ${s} ; }`),
    tie('script').map((s) => `A=$(${s})`),
    tie('script').map((s) => `while ${s} ; do ${s} ; done`),
    tie('script').map((s) => `until ${s} ; do sleep 1 ; done`),
    tie('script').map((s) => `for i in 1 2 $A ; do ${s} ; done`),
    tie('script').map((s) => `if ${s} ; then ${s} ; else ${s} ; fi`),
    tie('script').map((s) => `case $A in a*) ${s} ;; *) ${s} ;; esac`),
    tie('script').map((s) => `f() { ${s} ; f ; } ; f`),
    tie('script').map((s) => `trap '${s.replaceAll("'", '')}' TERM EXIT`),
    tie('script').map((s) => `cat <<E\n${s}\nE\n`),
  ),
})).script;

/** Of a working one, with a piece of it cut out: what was open stays open. */
const cut = fc.tuple(script, fc.nat(), fc.nat({ max: 5 })).map(([text, at, length]) => {
  const from = text.length === 0 ? 0 : at % text.length;
  return text.slice(0, from) + text.slice(from + length);
});

const USES = ['command', 'probe', 'hook', 'init', 'exec'] as const;
const used = fc.record({
  use: fc.constantFrom(...USES),
  image: fc.constantFrom(...IMAGES),
  shell: fc.constantFrom('sh', 'bash', '/bin/sh'),
  text: fc.oneof({ weight: 3, arbitrary: script }, { weight: 1, arbitrary: cut }),
});
type Used = typeof used extends fc.Arbitrary<infer T> ? T : never;

function manifestOf({ use, image, shell, text }: Used): string {
  const argv = [shell, '-c', text];
  const exec = { exec: { command: argv } };
  const more = {
    command: { command: argv },
    probe: { readinessProbe: { ...exec, periodSeconds: 1 }, livenessProbe: { ...exec, periodSeconds: 1 } },
    hook: { lifecycle: { postStart: exec, preStop: exec } },
    init: {},
    exec: {},
  }[use];
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: {
      terminationGracePeriodSeconds: 2,
      volumes: [{ name: 'v', emptyDir: {} }],
      initContainers: use === 'init' ? [{ name: 'i', image, command: argv }] : [],
      containers: [
        {
          name: 'c',
          image,
          env: [{ name: 'A', value: 'b c' }],
          volumeMounts: [{ name: 'v', mountPath: '/data' }],
          ...more,
        },
      ],
    },
  });
}

/** A Pod lives for some seconds with it, is looked at, and is deleted. */
function play(base: Scenario, one: Used): void {
  const scenario = base.fork().say('Given the manifest:', manifestOf(one)).say('When 20 seconds pass');
  if (one.use === 'exec') scenario.kubectl(shellLine(['exec', 'a', '--', one.shell, '-c', one.text]));
  for (const line of ['logs a', 'describe pod a', 'delete pod a --wait=false']) scenario.kubectl(line);
  scenario.say('When 10 seconds pass');
}

export function fuzzScripts(seed: number, runs: number): Tally {
  const base = new Scenario({ seed }).say('Given a cluster with 1 node');
  const tally = emptyTally();
  for (const one of samples(used, seed, runs))
    count(
      tally,
      JSON.stringify(one),
      outcomeOf(() => play(base, one)),
    );
  return tally;
}
