/** Hostile clients of a served cluster, some minutes of them. */
import type { Tally } from '../../src/fuzz/outcome.ts';
import type { Check } from './check.ts';
import { script, told } from './processes.ts';

/** Requests of each share; the shares are of different seeds. */
const REQUESTS = 6_000;
const SHARES = 4;

export const servedClients: Check = {
  name: 'served clients',
  plan() {
    const details: string[] = [];
    let requests = 0;
    let defects = 0;
    const jobs = Array.from({ length: SHARES }, (_, i) => ({
      name: `share ${i + 1}`,
      async run() {
        const ended = await script('release/attackserved.ts', String(i + 2), String(REQUESTS));
        if (ended.code !== 0) {
          details.push(`share ${i + 1}: ${told(ended)}`);
          defects += 1;
          return `exit ${ended.code}`;
        }
        const { counts, bad } = JSON.parse(ended.stdout) as Tally;
        requests += REQUESTS;
        defects += bad.length;
        for (const { input, outcome } of bad)
          details.push(
            `share ${i + 1}, ${outcome.of} (${Math.round(outcome.tookMs)} ms): ${outcome.message}\n${input}`,
          );
        return (
          `${counts.accepted} answered, ${counts.refused} refused, ${counts.defect} defects, ` +
          `${counts.late} late`
        );
      },
    }));
    return {
      jobs,
      verdict: () => ({
        ok: details.length === 0,
        said: `${requests.toLocaleString('en')} requests, ${details.length} answered as none may be`,
        details,
        defects,
      }),
    };
  },
};
