import { expect, it } from 'vitest';
import { InputError } from '../../dsl/errors.ts';
import type { Campaign } from '../../explore/campaign.ts';
import { claimsOf } from '../../explore/scene.ts';
import { WEB_SCENE } from '../../explore/testing.ts';
import { Pool } from './pool.ts';
import work, { type Done } from './worker.ts';

const campaign: Campaign = {
  name: 'web',
  seed: 3,
  scene: WEB_SCENE,
  claims: claimsOf(WEB_SCENE),
  faults: { min: 1, max: 3, withinMs: 120_000, of: ['NodePowerLoss', 'PodDelete'] },
};
const batch = (from: number) =>
  ({ do: 'batch', campaign, from, to: from + 6, hash: true, untilMs: Number.MAX_SAFE_INTEGER }) as const;

it('gets from worker processes what it would get here', async () => {
  const pool = new Pool(2);
  try {
    const answers = await Promise.all([pool.run<'batch'>(batch(0)), pool.run<'batch'>(batch(6))]);
    const here = (await Promise.all([batch(0), batch(6)].map((task) => work({ task })))) as Extract<
      Done,
      { do: 'batch' }
    >[];
    expect(answers).toEqual(JSON.parse(JSON.stringify(here)));
    expect(answers[0]!.batch.hashes).toHaveLength(6);
  } finally {
    await pool.close();
  }
});

it('tells bad input apart from defects across the processes', async () => {
  const pool = new Pool(1);
  try {
    const scene = [...WEB_SCENE, { op: 'manifestsIn', path: 'no/such/file.yaml' }] as const;
    await expect(
      pool.run<'begin'>({ do: 'begin', untilMs: Number.MAX_SAFE_INTEGER, campaign: { ...campaign, scene } }),
    ).rejects.toThrow(InputError);
    await expect(
      pool.run<'begin'>({ do: 'begin', untilMs: Number.MAX_SAFE_INTEGER, campaign: {} as never }),
    ).rejects.not.toThrow(InputError);
  } finally {
    await pool.close();
  }
});

it('says what to do when a worker is killed', async () => {
  const pool = new Pool(1);
  try {
    await pool.run<'begin'>({ do: 'begin', untilMs: Number.MAX_SAFE_INTEGER, campaign });
    const running = pool.run<'batch'>({ ...batch(0), to: 1_000_000 });
    const [pid] = pool.processes();
    process.kill(pid!, 'SIGKILL');
    await expect(running).rejects.toThrow(/try fewer --workers; the same command goes on/);
  } finally {
    await pool.close();
  }
});
