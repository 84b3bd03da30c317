/** Two campaigns in one folder at one time: together they find what one finds alone. */
import { join } from 'node:path';
import { campaignArgs, claimsOf, counterexamples, writeCampaign } from './campaign.ts';
import { single } from './check.ts';
import { seatrial, told } from './processes.ts';

export const twoAtOnce = single('two at once', async (folder) => {
  const file = writeCampaign(folder);
  const alone = join(folder, 'alone');
  const together = join(folder, 'together');
  await seatrial(campaignArgs(file, alone));
  const args = campaignArgs(file, together);
  const both = await Promise.all([seatrial(args), seatrial([...args, '--seed', '2'])]);
  const details = both.filter(({ code, defects }) => code !== 1 || defects.length > 0).map(told);
  const found = claimsOf(counterexamples(together));
  for (const claim of claimsOf(counterexamples(alone)))
    if (!found.includes(claim)) details.push(`"${claim}" is not among what both have found`);
  return {
    ok: details.length === 0,
    said: `2 campaigns, ${details.length} wrong`,
    details,
    defects: both.reduce((sum, { defects }) => sum + defects.length, 0),
  };
});
