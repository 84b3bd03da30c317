/**
 * `seatrial replay <scenario.yaml>`: plays a recorded scenario and compares it with what real control planes
 * did.
 */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Judgement } from '../conformance/compare/index.ts';
import { readTrace } from '../conformance/recordings.ts';
import { replayScenario, replayUntilAgreed, SEEDS } from '../conformance/replay.ts';
import { readScenario } from '../conformance/scenario.ts';
import type { Trace } from '../conformance/types.ts';
import { writeWhole } from '../report/writing.ts';
import { FAILED, PASSED, UsageError } from './exit.ts';
import { tell } from './output.ts';

interface ReplayFlags {
  readonly trace?: string;
  readonly against?: string[];
  readonly seed?: string;
}

const side = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
};

function printJudgement({ rule, differences, known }: Judgement): void {
  const title = `rule ${rule.number} (${rule.name})`;
  const [first] = differences;
  if (first === undefined) {
    tell(
      `${title}: ` +
        `agree${
          known.length === 0
            ? ''
            : `, but for ${known.length} known ${known.length === 1 ? 'difference' : 'differences'} ` +
              'between ' +
              'releases'
        }`,
    );
    for (const why of new Set(known.map((k) => `${k.because.why} (${k.because.source})`)))
      tell(`  known: ${why}`);
    return;
  }
  tell(
    `${title}: ` +
      `differ${differences.length > 1 ? ` (${differences.length} differences, the first shown)` : ''}`,
  );
  tell(`  ${first.what}`);
  first.recorded.forEach((r, i) =>
    tell(`    recorded${first.recorded.length > 1 ? ` ${i + 1}` : ''}: ${side(r)}`),
  );
  tell(`    simulated: ${side(first.simulated)}`);
}

function writeTrace(path: string, trace: object & { trace: readonly unknown[] }): void {
  // A record a line, as the recordings are.
  const { trace: records, ...head } = trace;
  const text =
    `${JSON.stringify(head).slice(0, -1)},"trace":[\n${records.map((r) => JSON.stringify(r)).join(',\n')}` +
    `\n]}\n`;
  writeWhole(path, text);
}

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description(
      'play a recorded scenario, and compare it by the seven rules: exit code 0 all agree, 1 some differ, ' +
        '2 bad input',
    )
    .argument('<scenario.yaml>', 'the scenario')
    .option('--trace <out.json>', 'write the trace of the run')
    .option('--against <trace.json...>', 'recorded traces to compare with')
    .option(
      '--seed <seed>',
      `seed of the run; absent: 1, and with --against up to ${SEEDS.length} until all rules agree, since ` +
        'a recording is one throw of the dice',
    )
    .action((file: string, flags: ReplayFlags) => {
      let text: string;
      try {
        text = readFileSync(file, 'utf8');
      } catch {
        throw new UsageError(`the scenario ${file} cannot be read`);
      }
      const scenario = readScenario(text, file);
      const recorded = (flags.against ?? []).map(readTrace);
      const told = (trace: Trace, seed: string | number): void =>
        tell(
          `${scenario.name}: ${trace.trace.length} records in ${scenario.untilMs / 1000} s of virtual ` +
            `time, seed ${seed}`,
        );
      if (recorded.length === 0) {
        const seed = flags.seed ?? '1';
        const trace = replayScenario(scenario, { seed });
        if (flags.trace !== undefined) writeTrace(flags.trace, trace);
        return told(trace, seed);
      }
      const seeds = flags.seed === undefined ? SEEDS : [flags.seed];
      const { trace, judgements, seed, others } = replayUntilAgreed(scenario, recorded, seeds);
      if (flags.trace !== undefined) writeTrace(flags.trace, trace);
      told(trace, seed);
      for (const o of others)
        tell(
          `  with seed ${o.seed} it differs by ${o.rules.length === 1 ? 'rule' : 'rules'} ` +
            `${o.rules.join(', ')}`,
        );
      judgements.forEach(printJudgement);
      process.exitCode = judgements.every((j) => j.differences.length === 0) ? PASSED : FAILED;
    });
}
