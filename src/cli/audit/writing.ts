/** What an audit writes: features, a page with its report, an overlay for kustomize. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { groupOf, type Audit, type Finding } from '../../audit/audit.ts';
import { overlayOf, type Together } from '../../audit/overlay.ts';
import { replayOf } from '../../audit/replay.ts';
import type { Stage } from '../../audit/stage.ts';
import type { Manifests } from '../../edits/manifests.ts';
import { fileName } from '../../explore/filename.ts';
import { writeWhole } from '../../report/writing.ts';
import { UsageError } from '../exit.ts';

export const featureNameOf = (finding: Finding): string => `${fileName(groupOf(finding))}.feature`;

/**
 * The worst finding of each kind of trial and each Service as a feature of its own.
 * @returns their names, in the order in which a report has them
 */
export function writeFeatures(folder: string, stage: Stage, audit: Audit): string[] {
  const written = new Set<string>();
  for (const finding of audit.findings) {
    const name = featureNameOf(finding);
    if (written.has(name)) continue;
    written.add(name);
    writeWhole(join(folder, name), replayOf(stage, audit, finding));
  }
  return [...written].sort((a, b) => (a < b ? -1 : 1));
}

/** The training report of features, played by a command of its own: they fail, and tell so. */
export function writeReport(features: string, out: string, language: string): void {
  try {
    const command = [
      ...process.execArgv,
      process.argv[1]!,
      'report',
      features,
      '--out',
      out,
      '--lang',
      language,
    ];
    execFileSync(process.execPath, command, { stdio: 'ignore' });
  } catch {
    if (!existsSync(out)) throw new UsageError(`the report ${out} could not be written`);
  }
}

/** @throws UsageError for a folder in which something is: nothing is written over */
export function refuseFull(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new UsageError(
      `--fix ${folder}: there is something in it; an overlay is written into a new folder`,
    );
}

const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const isKustomized = (path: string): boolean =>
  existsSync(path) &&
  statSync(path).isDirectory() &&
  KUSTOMIZATIONS.some((name) => existsSync(join(path, name)));

/**
 * An overlay over the manifests' folder where they are what its kustomization makes; else over a copy beside
 * it, since kustomize reads no files outside of its folder.
 * @param files of the manifests' texts: that of a kustomization is its folder
 */
export function writeOverlay(
  folder: string,
  manifests: Manifests,
  files: readonly string[],
  fixes: Together,
): void {
  const [one = ''] = files;
  const isBase = files.length === 1 && isKustomized(one);
  const base = new Map(manifests.sources.map((text, i) => [`base-${i + 1}.yaml`, text]));
  const resources = isBase ? [relative(folder, one)] : [...base.keys()];
  if (!isBase) for (const [name, text] of base) writeWhole(join(folder, name), text);
  for (const [name, text] of overlayOf(manifests.objects, fixes, resources))
    writeWhole(join(folder, name), text);
}
