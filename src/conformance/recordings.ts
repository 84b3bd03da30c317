/** The recordings that stand in the project: scenarios, and two traces each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { InputError } from '../dsl/errors.ts';
import { readScenario } from './scenario.ts';
import type { Scenario, Trace } from './types.ts';

const FOLDER = new URL('recordings/', import.meta.url);

export const recordedScenarios = (): string[] =>
  readdirSync(FOLDER)
    .filter((f) => f.endsWith('.yaml'))
    .map((f) => f.slice(0, -5))
    .sort();

/** @param name without `.yaml` */
export function recording(name: string): { scenario: Scenario; traces: Trace[] } {
  const scenario = readScenario(readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8'), `${name}.yaml`);
  const traces = [1, 2]
    .map((n) => new URL(`${name}.${n}.json.gz`, FOLDER))
    .filter((file) => existsSync(file))
    .map((file) => parseTrace(gunzipSync(readFileSync(file)).toString('utf8'), String(file)));
  return { scenario, traces };
}

/** Reads a trace, compressed or not. @throws InputError */
export function readTrace(path: string): Trace {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new InputError(`the trace ${path} cannot be read`);
  }
  return parseTrace(unpacked(bytes, path).toString('utf8'), path);
}

/** @throws InputError for an archive that is not whole */
function unpacked(bytes: Buffer, path: string): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new InputError(`the trace ${path} cannot be unpacked: ${(error as Error).message}`);
  }
}

function parseTrace(text: string, path: string): Trace {
  let trace: Trace;
  try {
    trace = JSON.parse(text) as Trace;
  } catch (error) {
    throw new InputError(`the trace ${path} is no JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(trace?.trace))
    throw new InputError(`${path} is no trace: it has no list "trace" of records`);
  return trace;
}
