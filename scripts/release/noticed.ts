/**
 * The bundled features test something: no claim of theirs is empty, and none of them would pass without a
 * weakening, a fault or a command that it is about.
 */
import type { Check } from './check.ts';
import { seatrial, told, type Ended } from './processes.ts';

const commandsIn = (folder: string): Readonly<Record<string, readonly string[]>> => ({
  strict: ['run', 'features', '--strict', '--quiet', '--reports', folder],
  mutate: ['mutate', 'features', '--workers', '1'],
});

export const noticed: Check = {
  name: 'noticed',
  plan(folder) {
    const ended: Ended[] = [];
    const jobs = Object.entries(commandsIn(folder)).map(([name, args]) => ({
      name,
      async run() {
        const one = await seatrial(args);
        ended.push(one);
        return one.output.trim().split('\n').slice(-2).join('; ');
      },
    }));
    return {
      jobs,
      verdict() {
        const failed = ended.filter(({ code, defects }) => code !== 0 || defects.length > 0);
        return {
          ok: failed.length === 0,
          said: `${ended.length} commands, ${failed.length} with findings`,
          details: failed.map(told),
          defects: failed.reduce((sum, { defects }) => sum + defects.length, 0),
        };
      },
    };
  },
};
