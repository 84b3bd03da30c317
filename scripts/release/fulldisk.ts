/** A disk that is full: told in words, as bad input, with the results all the same. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { campaignArgs, writeCampaign } from './campaign.ts';
import { single } from './check.ts';
import { DEFECT, seatrial } from './processes.ts';

const FEATURE = `Feature: f
  Scenario: s
    Given a cluster with 1 node
    When 1 minute passes
    Then node "node-1" is ready
`;

export const fullDisk = single('disk full', async (folder) => {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]);
  if (mounted.status !== 0)
    return { ok: true, skipped: 'no right to mount a tmpfs', said: 'not made', details: [] };
  try {
    const feature = join(folder, 's.feature');
    writeFileSync(feature, FEATURE);
    const manifest = writeCampaign(folder);
    writeFileSync(join(disk, 'fill'), Buffer.alloc(12_288));
    const details: string[] = [];
    for (const args of [
      ['run', feature, '--reports', disk],
      ['run', feature, '--reports', join(folder, 'reports'), '--json', join(disk, 'run.json')],
      campaignArgs(manifest, disk),
    ]) {
      const { code, output } = await seatrial(args);
      const told = /cannot be written: no space is left on the device/.test(output);
      const results = args[0] !== 'run' || output.includes('1 passed, 0 failed');
      if (code !== 2 || !told || !results || output.includes(DEFECT))
        details.push(`${args.join(' ')}: exit ${code}\n${output.slice(-2000)}`);
    }
    return { ok: details.length === 0, said: `3 commands, ${details.length} not told`, details };
  } finally {
    spawnSync('umount', [disk]);
  }
});
