/** What the command line of `seatrial explore` asks for, checked. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FaultCatalogue } from '../../chaos/catalogue.ts';
import { parseDuration } from '../../chaos/duration.ts';
import { MOST_NODES } from '../../dsl/boot.ts';
import { readFeature } from '../../dsl/feature.ts';
import type { Kit } from '../../dsl/types.ts';
import type { Operation, OperationOf } from '../../dsl/operations/operation.ts';
import type { FeatureStep } from '../../dsl/feature.ts';
import type { Source } from '../../dsl/source.ts';
import type { Campaign } from '../../explore/campaign.ts';
import { faultsOf, numericSeed } from '../../explore/draw.ts';
import { selfContained } from '../../dsl/selfcontained.ts';
import { freshBeginnings } from '../../explore/freshbeginnings.ts';
import { askedBy, claimsOf, sceneOf, sceneOfManifests } from '../../explore/scene.ts';
import { withTraffic, type TrafficOptions } from '../../explore/traffic.ts';
import { isSchedule } from '../../chaos/schedulefile.ts';
import { compareQuantities, parseQuantity, quantityOf } from '../../sim/api/quantity.ts';
import { manifestProblems, readManifests } from '../../sim/api/manifest/read.ts';
import { servedByManifests } from '../../sim/api/resources/customresource.ts';
import { problemsOf } from '../../sim/api/resources/problems.ts';
import { ResourceRegistry, type AddedResource } from '../../sim/api/resources/registry.ts';
import { InputError } from '../../dsl/errors.ts';
import { inlined, manifestFiles } from '../../dsl/inlinemanifests.ts';
import { filesIn } from '../../files.ts';
import { failureText } from '../../kubectl/errors.ts';
import { isKustomization } from '../../kubectl/index.ts';
import { readDocuments } from '../../kubectl/manifests.ts';
import { UsageError } from '../exit.ts';

export interface ExploreOptions {
  readonly runs?: string;
  readonly timeLimit?: string;
  readonly kit?: string;
  readonly skipUnsupported?: boolean;
  readonly seed: string;
  readonly workers?: string;
  readonly nodes: string;
  readonly zones: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly faults?: string;
  readonly voluntary?: boolean;
  readonly min: string;
  readonly max: string;
  readonly within: string;
  readonly out: string;
  readonly fresh?: boolean;
  readonly checkDeterminism?: boolean;
  readonly exhaustive?: boolean;
  readonly showAll?: boolean;
  readonly undirected?: boolean;
  readonly against?: string;
  readonly shard?: string;
  readonly job?: string;
  readonly queue?: string;
  readonly requests?: string;
  readonly succeeding?: string;
  readonly outage?: string;
  readonly responseTime?: string;
  readonly json?: string;
  readonly html?: string;
  readonly lang?: string;
  readonly delays: string;
  readonly lasting: string;
}

/** What counts where the command line says nothing of it. */
export const USUAL = {
  seed: '1',
  nodes: '3',
  zones: '1',
  min: '1',
  max: '5',
  within: '10m',
  /** Pauses before each fault of an exhaustive search. */
  delays: '0s,10s,60s',
  /** How long those of its faults last of which nothing else is said. */
  lasting: '60s',
} satisfies Partial<ExploreOptions>;

/** @throws UsageError */
export function whole(flag: string, text: string, least: number): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < least)
    throw new UsageError(`--${flag} takes a whole number from ${least}, not "${text}"`);
  return Number(text);
}

/** @throws UsageError */
export function duration(flag: string, text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new UsageError(`--${flag} takes a duration such as 90s or 5m, not "${text}"`);
  return ms;
}

function isPositive(text: string): boolean {
  try {
    return compareQuantities(parseQuantity(text), quantityOf(0)) > 0;
  } catch {
    return false;
  }
}

/** @throws UsageError */
function nodesAsked(text: string): number {
  const nodes = whole('nodes', text, 1);
  if (nodes > MOST_NODES) throw new UsageError(`--nodes takes at most ${MOST_NODES}, not ${nodes}`);
  return nodes;
}

/** @throws UsageError */
function quantity(flag: string, text: string): string {
  if (!isPositive(text))
    throw new UsageError(`--${flag} takes a quantity such as 500m, 2 or 4Gi, not "${text}"`);
  return text;
}

function faultsAsked(
  { faults, voluntary, min, max, within }: ExploreOptions,
  catalogue: FaultCatalogue,
): Campaign['faults'] {
  if (faults !== undefined && voluntary === true)
    throw new UsageError('--faults and --voluntary exclude each other');
  const of: OperationOf<'anyFaults'>['of'] =
    voluntary === true
      ? 'voluntary'
      : faults === undefined
        ? 'all'
        : faults
            .split(',')
            .map((f) => f.trim())
            .filter((f) => f !== '');
  faultsOf(of, catalogue);
  const bounds = { min: whole('min', min, 1), max: whole('max', max, 1) };
  if (bounds.min > bounds.max) throw new UsageError(`--min ${min} is more than --max ${max}`);
  return { ...bounds, withinMs: duration('within', within), of };
}

/** Share of the requests that must succeed where nothing else is asked of them. */
const USUAL_PERCENT = 99;

/** @throws UsageError */
function trafficAsked({
  requests,
  succeeding,
  outage,
  responseTime,
}: ExploreOptions): TrafficOptions | undefined {
  const without = Object.entries({ succeeding, outage, 'response-time': responseTime }).find(
    ([, given]) => given !== undefined,
  );
  if (requests === undefined) {
    if (without !== undefined) throw new UsageError(`--${without[0]} is asked of what --requests sends`);
    return undefined;
  }
  const percent = succeeding === undefined ? USUAL_PERCENT : Number(succeeding);
  if (!(percent > 0 && percent <= 100))
    throw new UsageError(`--succeeding takes a percentage such as 99.9, not "${succeeding}"`);
  return {
    perSecond: whole('requests', requests, 1),
    ...(succeeding === undefined && outage !== undefined ? {} : { succeeding: percent }),
    ...(outage === undefined ? {} : { outageMs: duration('outage', outage) }),
    ...(responseTime === undefined ? {} : { responseMs: duration('response-time', responseTime) }),
  };
}

const MANIFEST = /\.(ya?ml|json)$/;

const here = filesIn(process.cwd());

/**
 * A file, or the manifests of a folder; where there are features in it, these: their manifests are beside
 * them, and not meant to be one. A folder with a kustomization is one manifest.
 */
function filesOf(path: string): string[] {
  const files = filesUnder(path);
  const features = files.filter((f) => f.endsWith('.feature'));
  if (features.length > 0) return features;
  return isKustomization(path, here) ? [path] : files;
}

const isManifest = (path: string): boolean => MANIFEST.test(path) || isKustomization(path, here);

function filesUnder(path: string): string[] {
  if (!existsSync(path)) throw new UsageError(`there is no file or folder ${path}`);
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => (name.startsWith('.') || name === 'node_modules' ? [] : filesUnder(join(path, name))))
    .filter((file) => MANIFEST.test(file) || file.endsWith('.feature'));
}

/** Where the manifest of a step was read; undefined of what is several files. */
function sourceOf({ operation, docString }: FeatureStep, file: string): Source | undefined {
  if (operation.op === 'manifest' && docString !== undefined) return docString;
  if (operation.op !== 'manifestsIn') return undefined;
  const path = join(dirname(file), operation.path);
  return existsSync(path) && !statSync(path).isDirectory() ? sourceOfFile(path) : undefined;
}

/** Of a file whose text is inlined, which begins at its first line that is not empty. */
function sourceOfFile(file: string): Source {
  const [blank = ''] = /^\uFEFF?(?:[^\S\n]*\n)*/.exec(readFileSync(file, 'utf8')) ?? [];
  return { file, line: blank.split('\n').length, column: 1 };
}

interface FeatureScene
  extends Pick<Campaign, 'name' | 'scene' | 'after'>,
    Partial<Pick<Campaign, 'faults' | 'claims'>> {
  readonly sources: Sources;
}

/**
 * The settings of scenarios; of one that says `any … faults`, these and what it claims, too.
 * @param own whether they are taken
 */
function scenesOfFeature(file: string, kit: Kit, own: boolean): FeatureScene[] {
  const seen = new Set<string>();
  return readFeature(readFileSync(file, 'utf8'), file, kit).flatMap(({ name, operations: steps }) => {
    const given = steps.map((o) => o.operation);
    const whole = selfContained(given, filesIn(dirname(file)), kit);
    const asked = (own ? askedBy(whole, kit) : undefined) ?? { scene: sceneOf(whole, kit) };
    const key = JSON.stringify(asked);
    if (!asked.scene.some((o) => o.op === 'manifest') || seen.has(key)) return [];
    seen.add(key);
    const sources = new Map<string, Source>();
    for (const [i, operation] of whole.entries()) {
      const source = sourceOf(steps[i]!, file);
      if (operation.op === 'manifest' && source !== undefined) sources.set(operation.text, source);
    }
    return [{ name: `${basename(file, '.feature')}: ${name}`, ...asked, sources }];
  });
}

/** @throws InputError for what the server would refuse of a manifest whatever runs, with file and line */
function refuseUnserved(
  text: string,
  file: string,
  defined: readonly AddedResource[],
  options: ExploreOptions,
  kit: Kit,
): void {
  const resources = new ResourceRegistry(kit.parts.resources, defined);
  const io = options.skipUnsupported === true ? { leftOut: () => undefined } : {};
  const { documents, errors } = readDocuments(text, file, io, resources);
  const fields = documents.flatMap((document) =>
    manifestProblems(document, problemsOf(resources.of(document.object)!, document.object)),
  );
  const told = [...errors.map((error) => failureText(error).trimEnd()), ...fields.map((p) => p.message)];
  if (told.length > 0) throw new InputError(told.join('\n'));
}

/** The manifests of paths, as they are. @throws UsageError for features, which may need more than that */
export function manifestsOf(paths: readonly string[]): { readonly file: string; readonly text: string }[] {
  const files = paths.flatMap(filesOf);
  const other = files.find((file) => !isManifest(file));
  if (other !== undefined) throw new UsageError(`${other} is no manifest (.yaml, .yml, .json)`);
  return files.flatMap((file) => manifestFiles(file, here)).filter(({ text }) => !isSchedule(text));
}

/** Where the manifests of scenes were read, by their text. */
export type Sources = ReadonlyMap<string, Source>;

interface Asked {
  readonly campaigns: readonly Campaign[];
  /** URLs of Services that are sent no requests, since they do not answer HTTP. */
  readonly silent: readonly string[];
  readonly sources: Sources;
}

/**
 * A campaign for each scene: all manifests that were named, or are in folders without features, are one; so
 * is each setting of a feature's scenarios that differs.
 * @throws UsageError, InputError, ManifestError, FaultError
 */
export function campaignsOf(paths: readonly string[], options: ExploreOptions, kit: Kit): Asked {
  const files = paths.flatMap(filesOf);
  const wrong = files.find((f) => !isManifest(f) && !f.endsWith('.feature'));
  if (wrong !== undefined)
    throw new UsageError(`${wrong} is neither a feature (.feature) nor a manifest (.yaml, .yml, .json)`);
  const faults = faultsAsked(options, kit.faults);
  const seed = numericSeed(options.seed);
  const shape = {
    nodes: nodesAsked(options.nodes),
    zones: whole('zones', options.zones, 1),
    ...(options.cpu === undefined ? {} : { cpu: quantity('cpu', options.cpu) }),
    ...(options.memory === undefined ? {} : { memory: quantity('memory', options.memory) }),
  };
  if (shape.zones > Math.min(26, shape.nodes))
    throw new UsageError(`--zones ${shape.zones} is more than there are nodes (${shape.nodes}), or than 26`);
  const sources = new Map<string, Source>();
  const manifests = files.filter(isManifest).flatMap((file) => manifestFiles(file, here));
  const defined = servedByManifests(
    manifests.flatMap(({ file, text }) =>
      text.includes('CustomResourceDefinition') ? readManifests(text, file).map(({ object }) => object) : [],
    ),
  );
  const texts = manifests.flatMap(({ file, text }) => {
    if (isSchedule(text)) {
      // A schedule that lies beside manifests is no part of them.
      if (paths.includes(file))
        throw new UsageError(
          `${file} is a schedule of faults, not a manifest; a feature plays it with: When the faults in ` +
            `"${basename(file)}" strike`,
        );
      return [];
    }
    readManifests(text, file);
    refuseUnserved(text, file, defined, options, kit);
    if (!isKustomization(file, here)) sources.set(inlined([text]), sourceOfFile(file));
    return [text];
  });
  const scenes: FeatureScene[] = [
    ...(texts.length === 0 ? [] : [{ name: nameOf(paths), scene: sceneOfManifests(texts, shape), sources }]),
    ...files
      .filter((f) => f.endsWith('.feature'))
      .flatMap((f) => scenesOfFeature(f, kit, options.faults === undefined && options.voluntary !== true)),
  ];
  if (scenes.length === 0)
    throw new UsageError(`there is neither a manifest nor a scenario with manifests in ${paths.join(', ')}`);
  // A step of the scene, so that counterexamples say it, too.
  const leaving: Operation[] = options.skipUnsupported === true ? [{ op: 'skipUnsupported' }] : [];
  const traffic = trafficAsked(options);
  const silent: string[] = [];
  const campaigns = scenes.map(({ name, scene: given, sources: _, ...own }) => {
    const scene = [...leaving, ...given];
    const guided = options.undirected === true ? {} : ({ guided: true } as const);
    const campaign: Campaign = { name, seed, scene, claims: claimsOf(scene), faults, ...own, ...guided };
    if (traffic === undefined) return campaign;
    const asked = withTraffic(scene, traffic, freshBeginnings(kit), seed);
    silent.push(...asked.silent);
    return { ...campaign, scene: asked.scene, claims: [...campaign.claims, ...asked.claims] };
  });
  return { campaigns, silent, sources: new Map(scenes.flatMap((s) => [...s.sources])) };
}

const nameOf = (paths: readonly string[]): string =>
  paths
    .filter((p) => !p.endsWith('.feature'))
    .map((p) => basename(p))
    .join(' ');
