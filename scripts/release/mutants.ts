/** Whether the search finds every planted bug. */
import { MUTANTS } from '../../src/explore/mutants/index.ts';
import type { Check } from './check.ts';
import { script, told } from './processes.ts';

/** A process of its own costs a second; some take a minute. */
const AT_A_TIME = 4;

export const mutants: Check = {
  name: 'mutants',
  plan() {
    const bugs = MUTANTS.map((m) => m.bug);
    const details: string[] = [];
    let found = 0;
    let defects = 0;
    const groups = Array.from({ length: Math.ceil(bugs.length / AT_A_TIME) }, (_, i) =>
      bugs.slice(i * AT_A_TIME, (i + 1) * AT_A_TIME),
    );
    const jobs = groups.map((group, i) => ({
      name: `${i * AT_A_TIME + 1} to ${i * AT_A_TIME + group.length}`,
      async run() {
        const ended = await script('mutants.ts', ...group);
        const hits = ended.stdout.match(/^found /gm)?.length ?? 0;
        found += hits;
        defects += ended.defects.length;
        if (ended.code !== 0) details.push(told(ended));
        return `${hits} of ${group.length} found`;
      },
    }));
    return {
      jobs,
      verdict: () => ({
        ok: details.length === 0 && found === bugs.length,
        said: `${found} of ${bugs.length} found`,
        details,
        defects,
      }),
    };
  },
};
