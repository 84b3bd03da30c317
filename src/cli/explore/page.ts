/** What campaigns have found, as a page. */
import { join } from 'node:path';
import type { Kit } from '../../dsl/types.ts';
import type { Language } from '../../messages/index.ts';
import { escaped, findingsPage, headed, listed } from '../findingspage.ts';
import { runsOf } from './store.ts';
import {
  alsoBroken,
  brokenInWords,
  effortInWords,
  faultsOfCause,
  happening,
  toldOf,
  type Ended,
  type RootCause,
} from './told.ts';

const WORDS = {
  en: {
    title: 'What the search found',
    summary: (runs: string, causes: number) => `${runs} runs, ${causes} root causes, what takes least first`,
    runs: (n: number, of: string, run: number) => `in ${n} of ${of} runs, first in run ${run}`,
    cutShort: 'It may take less: the time was over before it was shrunk.',
    takes: 'What it takes',
    also: 'Breaks also',
    by: 'Comes of',
    why: 'What a run says',
    nothing: 'Nothing found.',
    against: 'Against the older version',
    verdicts: { new: 'new', cheaper: 'takes less', same: 'same', dearer: 'takes more', gone: 'gone' },
    leftOut: (n: number) =>
      `Left out: ${n} that any cluster shows (every node, or every Pod of a workload, at once)`,
  },
  ja: {
    title: '探索で見つかったこと',
    summary: (runs: string, causes: number) => `${runs}回の実行、根本原因${causes}件、起こりやすい順`,
    runs: (n: number, of: string, run: number) => `${of}回中${n}回、最初は実行${run}`,
    cutShort: '縮小の途中で時間切れになったので、もっと少ない障害で起きるかもしれない。',
    takes: '起きること',
    also: 'ほかに成り立たなくなること',
    by: '元になる障害',
    why: '実行時の出力',
    nothing: '何も見つからなかった。',
    against: '以前の版との比較',
    verdicts: {
      new: '新規',
      cheaper: '起こりやすくなった',
      same: '変化なし',
      dearer: '起こりにくくなった',
      gone: '解消',
    },
    leftOut: (n: number) =>
      `省略: どのクラスターでも起きること${n}件 ` +
      '(すべてのノード、またはワークロードのすべてのPodを同時に失う)',
  },
} as const;

const counted = (of: readonly [string, number][]): string[] => of.map(([name, n]) => `${name} (${n})`);

function sectionOf(root: RootCause, { state, folder }: Ended, kit: Kit, language: Language): string {
  const words = WORDS[language];
  const part = (heading: string, items: readonly string[]): string =>
    items.length === 0 ? '' : `<p>${heading}</p>${listed(items)}`;
  return (
    `<section class="finding ${root.effort === 'coincidence' ? '' : 'bad'}">` +
    `<h3>${escaped(effortInWords(root.effort, language))}: ` +
    `${escaped(brokenInWords(root.found.finding.claim, kit, language))}</h3>` +
    `<p class="quiet">${escaped(words.runs(root.runs, runsOf(state).toLocaleString('en'), root.run))} · ` +
    `${escaped(join(folder, root.found.file))}</p>` +
    (root.found.cutShort === true ? `<p class="quiet">${words.cutShort}</p>` : '') +
    part(words.takes, happening(root, kit, language)) +
    part(
      words.also,
      counted(alsoBroken(root).map(([claim, n]) => [brokenInWords(claim, kit, language), n])),
    ) +
    part(words.by, counted(faultsOfCause(root))) +
    (root.found.message === undefined
      ? ''
      : `<details><summary>${words.why}</summary><pre>${escaped(root.found.message)}</pre></details>`) +
    '</section>'
  );
}

export function explorePage(campaigns: readonly Ended[], kit: Kit, language: Language): string {
  const words = WORDS[language];
  return findingsPage(
    words.title,
    language,
    campaigns.map((campaign) => {
      const { roots, leftOut } = toldOf(campaign.state, kit);
      return headed(
        campaign.campaign.name,
        `<p>${escaped(words.summary(runsOf(campaign.state).toLocaleString('en'), roots.length))}</p>` +
          headed(
            words.against,
            listed((campaign.compared ?? []).map((c) => `${words.verdicts[c.verdict]}: ${c.cause}`)),
          ) +
          (roots.length === 0 ? `<p>${words.nothing}</p>` : '') +
          roots.map((root) => sectionOf(root, campaign, kit, language)).join('\n') +
          (leftOut.causes === 0 ? '' : `<p class="quiet">${escaped(words.leftOut(leftOut.causes))}</p>`),
      );
    }),
  );
}
