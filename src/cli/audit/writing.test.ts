import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changed } from '../../edits/apply.ts';
import { manifestsOf } from '../../edits/manifests.ts';
import { folderOf } from '../testing.ts';
import { writeOverlay } from './writing.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}\n';

/** The resources of an overlay of manifests that came from a file, and what stands beside it. */
function overlayOn(root: string, file: string): { resources: string; files: string[] } {
  const manifests = manifestsOf([POD], [file]);
  const step = { do: 'set', object: 0, path: ['spec', 'restartPolicy'], value: 'Never' } as const;
  const objects = changed(manifests.objects, { steps: [step] }).filter((o) => o !== undefined);
  const folder = join(root, 'fix');
  writeOverlay(folder, manifests, [file], { changes: [], objects });
  const text = readFileSync(join(folder, 'kustomization.yaml'), 'utf8');
  return { resources: /resources:\n\s+- (.*)/.exec(text)![1]!, files: readdirSync(folder).sort() };
}

describe('an overlay', () => {
  const fresh = (): string =>
    folderOf({ 'over/kustomization.yaml': 'resources: [a.yaml]\n', 'over/a.yaml': POD });

  it('stands on the folder whose kustomization was audited', () => {
    const root = fresh();
    expect(overlayOn(root, join(root, 'over'))).toEqual({
      resources: '../over',
      files: ['kustomization.yaml', 'pod-a.yaml'],
    });
  });

  it.each(['over/a.yaml', 'STDIN'])('stands on a copy of %s, which no kustomization made', (file) => {
    const root = fresh();
    expect(overlayOn(root, file === 'STDIN' ? file : join(root, file))).toEqual({
      resources: 'base-1.yaml',
      files: ['base-1.yaml', 'kustomization.yaml', 'pod-a.yaml'],
    });
  });
});
