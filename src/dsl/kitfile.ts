/** Kits in files of their own, which commands and worker processes are given by path. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FaultCatalogue } from '../chaos/catalogue.ts';
import { InputError } from './errors.ts';
import type { Kit } from './types.ts';

const isKit = (value: unknown): value is Kit => {
  const { parts, operations, claims, faults, invariants, phrases, settings } = (value ?? {}) as Partial<Kit>;
  return (
    Array.isArray(parts?.components) &&
    Array.isArray(operations) &&
    Array.isArray(claims) &&
    faults instanceof FaultCatalogue &&
    Array.isArray(invariants) &&
    Array.isArray(phrases) &&
    typeof settings === 'object'
  );
};

const NO_MODULE =
  'it is no ES module: name it .mts or .mjs, or say "type": "module" in the package.json beside it';

/**
 * The kit that a module exports by default: `export default extendKit(standardKit, { … })`. TypeScript is
 * taken too.
 * @param path from the working directory. @throws InputError when there is none, or the module exports none
 */
export async function loadKit(path: string): Promise<Kit> {
  const file = resolve(path);
  if (!existsSync(file)) throw new InputError(`there is no kit ${path}`);
  if (/\.[cm]?tsx?$/.test(file)) (await import('tsx/esm/api')).register();
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as typeof module;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code?.startsWith('ERR_REQUIRE_') === true ? NO_MODULE : message;
    throw new InputError(`the kit ${path} cannot be loaded: ${why}`);
  }
  if (isKit(module.default)) return module.default;
  throw new InputError(
    `the kit ${path} exports ` +
      `${module.default === undefined ? 'nothing by default' : 'by default what is no kit'}: it should say ` +
      '"export default extendKit(standardKit, { … })"',
  );
}
