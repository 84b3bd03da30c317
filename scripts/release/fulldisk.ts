/** A disk that is full: told in words, as bad input, with the results all the same. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { campaignArgs, writeCampaign } from './campaign.ts';
import { single } from './check.ts';
import { seatrial, told } from './processes.ts';

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
    return { ok: true, skipped: 'no right to mount a tmpfs', said: 'not made', details: [], defects: 0 };
  try {
    const feature = join(folder, 's.feature');
    writeFileSync(feature, FEATURE);
    const manifest = writeCampaign(folder);
    writeFileSync(join(disk, 'fill'), Buffer.alloc(12_288));
    const details: string[] = [];
    let defects = 0;
    for (const args of [
      ['run', feature, '--reports', disk],
      ['run', feature, '--reports', join(folder, 'reports'), '--json', join(disk, 'run.json')],
      campaignArgs(manifest, disk),
    ]) {
      const ended = await seatrial(args);
      const full = /cannot be written: no space is left on the device/.test(ended.output);
      const results = args[0] !== 'run' || ended.output.includes('1 passed, 0 failed');
      defects += ended.defects.length;
      if (ended.code !== 2 || !full || !results || ended.defects.length > 0)
        details.push(`${args.join(' ')}: ${told(ended)}`);
    }
    return { ok: details.length === 0, said: `3 commands, ${details.length} not told`, details, defects };
  } finally {
    spawnSync('umount', [disk]);
  }
});
