/**
 * `file "/etc/app/level" in pod "web" contains "debug"`, `variable "LEVEL" in pod "web" is "info"`: what a
 * container's programs find now, whatever the API says.
 */
import { uidOnNode } from '../../sim/api/mirror.ts';
import { say } from '../../messages/index.ts';
import { allContainers } from '../../sim/api/containers.ts';
import type { Pod } from '../../sim/api/types.ts';
import { physicalOf } from '../capabilities.ts';
import { podNamed } from './select.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily, Verdict, View } from './types.ts';
import type { FileClaim, VariableClaim } from './claim.ts';

/** What of a long file is told. */
const MOST_TOLD = 300;

/** Looks into the container that a claim means, without a name the Pod's first. */
function judged(
  claim: { readonly pod: string; readonly container?: string },
  view: View,
  look: (target: { readonly podUid: string; readonly container: string }) => string | undefined,
  holds: (value: string | undefined) => boolean,
): Verdict {
  const pod: Pod | undefined = podNamed(view, claim.pod);
  if (pod === undefined)
    return {
      holds: false,
      found: (language) => say('foundNoSuch', { kind: 'pod', name: claim.pod }, language),
      objects: [],
    };
  const all = allContainers(pod);
  const container = claim.container ?? all[0]!.name;
  if (!all.some((c) => c.name === container))
    return {
      holds: false,
      found: (language) => say('foundNoContainer', { pod: claim.pod, container }, language),
      objects: [pod],
    };
  const value = look({ podUid: uidOnNode(pod), container });
  return {
    holds: holds(value),
    found: (language) => say('foundInside', { value: value?.slice(0, MOST_TOLD) ?? null }, language),
    objects: [pod],
  };
}

export const file: ClaimFamily<FileClaim> = {
  claim: 'file',
  phrases: [
    {
      en: '{moment}file {string:path} in pod {string:pod} contains/contained {string:contains}',
      ja: '{moment}Pod{pod}のファイル{path}に{contains}が含まれる',
      about: "of the pod's first container",
    },
    {
      en:
        '{moment}file {string:path} in container {string:container} of pod {string:pod} ' +
        'contains/contained {string:contains}',
      ja: '{moment}Pod{pod}のコンテナ{container}のファイル{path}に{contains}が含まれる',
    },
    {
      en: '{moment}file {string:path} in pod {string:pod} is/was missing',
      ja: '{moment}Pod{pod}にファイル{path}がない',
      about: "of the pod's first container",
      fixed: { missing: true },
    },
    {
      en: '{moment}file {string:path} in container {string:container} of pod {string:pod} is/was missing',
      ja: '{moment}Pod{pod}のコンテナ{container}にファイル{path}がない',
      fixed: { missing: true },
    },
  ],
  asks: () => 'physical',
  concerns: () => ({ kinds: ['Pod'], world: true }),
  subjects: ({ pod }, namespace) => [subjectNamed('Pod', pod, namespace)],
  evaluate: (claim, view) =>
    judged(
      claim,
      view,
      (target) => physicalOf(view.live!).disks.read(target, claim.path),
      (content) =>
        claim.missing === true ? content === undefined : content?.includes(claim.contains ?? '') === true,
    ),
};

export const variable: ClaimFamily<VariableClaim> = {
  claim: 'variable',
  phrases: [
    {
      en: '{moment}variable {string:variable} in pod {string:pod} is/was {string:is}',
      ja: '{moment}Pod{pod}の環境変数{variable}が{is}である',
      about: "of the pod's first container",
    },
    {
      en:
        '{moment}variable {string:variable} in container {string:container} of pod {string:pod} ' +
        'is/was {string:is}',
      ja: '{moment}Pod{pod}のコンテナ{container}の環境変数{variable}が{is}である',
    },
  ],
  asks: () => 'physical',
  concerns: () => ({ kinds: ['Pod'], world: true }),
  subjects: ({ pod }, namespace) => [subjectNamed('Pod', pod, namespace)],
  evaluate: (claim, view) =>
    judged(
      claim,
      view,
      (target) => physicalOf(view.live!).containers.variable(target, claim.variable),
      (value) => value === claim.is,
    ),
};
