import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { after, chooseOne, every, parallel, repeat, sequence, strike, type Schedule } from './combinators.ts';
import { FAULTS } from './index.ts';
import { PARAMETER_FIELDS } from './fields.ts';
import {
  drawnOfTable,
  inOrder,
  lengthOf,
  scheduleOfTable,
  tableOfDrawn,
  tableOfSchedule,
  unaimed,
  type Drawn,
} from './schedule.ts';
import { parseSchedule, printSchedule } from './schedulefile.ts';
import type { FaultCall, FaultWorld } from './types.ts';

const WORLD: FaultWorld = {
  nodes: ['node-1', 'node-2'],
  zones: ['zone-a', 'zone-b'],
  pods: ['app=web', 'lone'],
  workloads: [{ kind: 'Deployment', name: 'web' }],
  budgets: ['web'],
  quotas: ['quota'],
  configMaps: ['settings'],
  secrets: ['password'],
  claims: ['data'],
  jobs: ['count'],
  cronJobs: ['nightly'],
  definitions: ['widgets.example.com'],
  webhooks: ['check.example.com'],
  apiServices: ['v1.shop.example.com'],
  ingresses: ['web'],
  gateways: ['front'],
  policies: ['web'],
  nodeGroups: ['node'],
  controlPlane: ['node-1'],
  accounts: ['robot'],
  bindings: ['robots'],
  metrics: ['queue'],
};
const flat: fc.Arbitrary<Schedule> = fc
  .array(
    fc.record({
      atMs: fc.nat(600).map((s) => s * 1000),
      fault: fc.constantFrom(...FAULTS).chain((f) => f.arbitrary(WORLD, fc)!),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map(inOrder);

/** What may be given of a call: all of it, what it is aimed at, some of its parameters, or nothing. */
const drawn: fc.Arbitrary<Drawn[]> = fc.array(
  fc
    .constantFrom(...FAULTS)
    .chain((f) => fc.tuple(f.arbitrary(WORLD, fc)!, fc.boolean()))
    .map(([call, aimed]): FaultCall => (aimed ? call : unaimed(call)))
    .chain((call) => {
      const left = Object.keys(call).filter((field) => field in PARAMETER_FIELDS);
      return fc.subarray(left).map((gone): Drawn => {
        const given = Object.entries(call).filter(([field]) => !gone.includes(field));
        return given.length === 1 ? call.kind : (Object.fromEntries(given) as unknown as FaultCall);
      });
    }),
  { minLength: 1, maxLength: 5 },
);

const POWER = { target: 'node-1', for: '1m' };
const power = strike('NodePowerLoss', POWER);
const scheduler = strike('SchedulerDown', { for: '30s' });

describe('a schedule', () => {
  it('is the same as a table, as a file, and by hand', () => {
    fc.assert(
      fc.property(flat, (schedule) => {
        expect(scheduleOfTable(tableOfSchedule(schedule))).toEqual(schedule);
        expect(parseSchedule(printSchedule(schedule), 'x.yaml')).toEqual(schedule);
        expect(parallel(...schedule.map((s) => after(s.atMs, [{ ...s, atMs: 0 }])))).toEqual(schedule);
      }),
      { numRuns: 200 },
    );
  });

  it('that is left to a search is the same as a table, whatever is given of its faults', () => {
    fc.assert(
      fc.property(drawn, (of) => {
        expect(drawnOfTable(tableOfDrawn(of))).toEqual(of);
      }),
      { numRuns: 200 },
    );
    expect(drawnOfTable([['PodDelete'], ['NodeDrain']])).toEqual(['PodDelete', 'NodeDrain']);
    const wrong = [
      ['fault', 'for', 'factor'],
      ['NodeDrain', '1m', '3'],
    ];
    expect(() => drawnOfTable(wrong)).toThrow(/^row 1 of the table: NodeDrain has no "factor"/);
    expect(() => drawnOfTable([['fault', 'at']])).toThrow('has no column "at"');
  });

  it.each([
    [
      'sequence: [{fault: NodePowerLoss, target: node-1, for: 1m}, {fault: SchedulerDown, for: 30s}]',
      sequence(power, scheduler),
    ],
    [
      '{at: 5s, parallel: [{fault: NodePowerLoss, target: node-1, for: 1m}, {at: 10s, fault: ' +
        'SchedulerDown, for: 30s}]}',
      after('5s', parallel(power, after('10s', scheduler))),
    ],
    ['{repeat: 3, do: {fault: NodePowerLoss, target: node-1, for: 1m}}', repeat(3, power)],
    ['{every: 10s, times: 2, do: [{fault: NodePowerLoss, target: node-1, for: 1m}]}', every('10s', 2, power)],
    [
      '{chooseOne: [{fault: NodePowerLoss, target: node-1, for: 1m}, {fault: SchedulerDown, for: 30s}], ' +
        'seed: 7}',
      chooseOne(7, power, scheduler),
    ],
  ])('%s', (yaml, expected) => {
    expect(parseSchedule(`faults:\n  - ${yaml}\n`, 'x.yaml')).toEqual(expected);
  });

  it('takes as long as its parts one after the other', () => {
    fc.assert(
      fc.property(flat, flat, fc.integer({ min: 1, max: 4 }), (a, b, times) => {
        expect(lengthOf(sequence(a, b))).toBe(lengthOf(a) + lengthOf(b));
        expect(lengthOf(repeat(times, a))).toBe(times * lengthOf(a));
        expect(lengthOf(parallel(a, b))).toBe(Math.max(lengthOf(a), lengthOf(b)));
      }),
    );
  });

  it('chooses every one, by the seed', () => {
    expect(new Set(Array.from({ length: 40 }, (_, seed) => chooseOne(seed, power, scheduler))).size).toBe(2);
    expect(chooseOne(3, power, scheduler)).toBe(chooseOne(3, power, scheduler));
  });
});

describe('a schedule file says what is wrong, and where', () => {
  it.each([
    ['faults: [', /^x\.yaml:1:10: /],
    ['fault: []', /^x\.yaml:1:1: a schedule has the key "faults", not "fault"/],
    ['faults: {}', /^x\.yaml:1:9: "faults" is a list/],
    [
      'faults:\n  - {fault: Earthquake}',
      /^x\.yaml:2:5: there is no fault "Earthquake"; `seatrial faults` lists/,
    ],
    ['faults:\n  - {fault: NodePowerLoss}', /^x\.yaml:2:5: target is a node's name/],
    [
      'faults:\n  - {fault: NodePowerLoss, target: node-1, exitCode: 3}',
      /^x\.yaml:2:5: NodePowerLoss has no "exitCode"; it takes target, for/,
    ],
    ['faults:\n  - {at: soon, fault: SchedulerDown}', /^x\.yaml:2:10: at is a duration/],
    ['faults:\n  - {at: 1s}', /^x\.yaml:2:5: an entry has one of fault, sequence, /],
    ['faults:\n  - {repeat: 3}', /^x\.yaml:2:5: "do" is missing/],
    [
      'faults:\n  - {repeat: many, do: {fault: SchedulerDown}}',
      /^x\.yaml:2:14: "repeat" is a whole number, not "many"/,
    ],
    ['faults:\n  - {every: 1s, do: {fault: SchedulerDown}}', /"times" is missing/],
    ['faults:\n  - {sequence: [], times: 3}', /"sequence" takes at, not "times"/],
    ['- a', /a schedule is a map/],
  ])('%s', (text, message) => {
    expect(() => parseSchedule(text, 'x.yaml')).toThrow(message);
  });

  it('and its schema knows every fault', () => {
    const schema = readFileSync(new URL('../../docs/schedule.schema.json', import.meta.url), 'utf8');
    for (const { kind } of FAULTS) expect(schema).toContain(`"const": "${kind}"`);
  });
});
