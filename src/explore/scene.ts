/** Where searches begin: a scenario's setting, or a user's own manifests on a cluster. */
import type { Operation } from '../dsl/operations.ts';
import type { Files } from '../dsl/session.ts';

/** Manifests of files become part of the scenario, so that it needs nothing beside it. */
export function selfContained(operations: readonly Operation[], files: Files): Operation[] {
  return operations.map((o) => {
    if (o.op !== 'manifestsIn') return o;
    const names = files.list?.(o.path);
    const texts = names === undefined ? [files.readFile(o.path)] : names.filter((n) => /\.(ya?ml|json)$/.test(n)).map((n) => files.readFile(`${o.path}/${n}`));
    return { op: 'manifest', text: texts.map((t) => t.trim()).join('\n---\n') };
  });
}
