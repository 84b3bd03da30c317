/**
 * What containers of an image do: what the scenario says of it, else the catalogue (`images/`). Of others it
 * is assumed that a manifest that works goes on working: they listen on the ports that they declare, that
 * their probes ask and that Services send to, answer 200, and run on; init containers and those of Jobs end
 * well.
 */
import { wholeValue } from '../api/quantity.ts';
import { hex32 } from '../kernel/hex.ts';
import { remembered } from '../kernel/memo.ts';
import type { Millis } from '../kernel/types.ts';
import { catalogued } from './images/catalogue.ts';
import { withoutTag } from './images/reference.ts';
import type { ImageBehaviour, RuntimeContainer, World } from './world.ts';

/** Until a server listens, where its image does not say. */
export const DEFAULT_STARTUP_MS = 1000;

const EMPTY: ImageBehaviour = {};

/** The scenario's word of an image. */
function told(world: World, image: string): ImageBehaviour | undefined {
  if (world.images.size === 0) return undefined;
  return world.images.get(image) ?? world.images.get(withoutTag(image));
}

/** Whether the scenario says what containers of an image do. */
export const isDescribed = (world: World, image: string): boolean => told(world, image) !== undefined;

const described = (world: World, image: string): ImageBehaviour | undefined =>
  told(world, image) ?? catalogued(image)?.image;

/** What a container of this image does that runs it as it is: the scenario's word, or the catalogue's. */
export const behaviourOf = (world: World, image: string): ImageBehaviour => described(world, image) ?? EMPTY;

/**
 * The user that an image's Dockerfile says, `0` where it says none; undefined of images whose user nobody
 * described: they are taken to have one that their manifests allow.
 */
export const userOf = (world: World, image: string): string | undefined =>
  told(world, image) === undefined ? catalogued(image)?.user : undefined;

/** Whether it is known which files the image has: of others it is assumed that they have what is asked of. */
export function hasKnownFiles(world: World, image: string): boolean {
  const { shell, files } = behaviourOf(world, image);
  return shell === true || files !== undefined;
}

/** What the program of a container does. */
export const programOf = (world: World, container: RuntimeContainer): ImageBehaviour =>
  told(world, container.image) ?? container.program ?? catalogued(container.image)?.image ?? EMPTY;

/** Whether nobody described what the program of a container does. */
export function isAssumed(world: World, container: RuntimeContainer): boolean {
  const program = programOf(world, container);
  return program === EMPTY || program.assumed === true;
}

/** `docker.io/library/nginx:1.25`: the name with registry and tag, as the runtime resolves it. */
export function canonicalImage(image: string): string {
  const first = image.split('/')[0]!;
  const hasRegistry =
    image.includes('/') && (first.includes('.') || first.includes(':') || first === 'localhost');
  const path = hasRegistry
    ? image
    : image.includes('/')
      ? `docker.io/${image}`
      : `docker.io/library/${image}`;
  return path.includes('@') || path.lastIndexOf(':') > path.lastIndexOf('/') ? path : `${path}:latest`;
}

/** Hex digits that look like a digest, from text and a number; the same for the same input. */
export function hexDigits(text: string, salt: number, length: number): string {
  let h = (0x811c9dc5 ^ salt) >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  let out = '';
  while (out.length < length) {
    h = (h + 0x9e3779b9) >>> 0;
    let z = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    out += hex32((z ^ (z >>> 16)) >>> 0);
  }
  return out.slice(0, length);
}

/** The image's reference by digest, as the runtime reports it in `imageID`. */
export const imageIdOf = remembered(4096, (image: string) => {
  const canonical = canonicalImage(image);
  return `${withoutTag(canonical)}@sha256:${hexDigits(canonical, 7, 64)}`;
});

/** Bytes of an image, made up but the same in every run. */
export const imageSize = remembered(
  4096,
  (image: string) => 20_000_000 + (Number.parseInt(hexDigits(image, 3, 7), 16) % 180_000_000),
);

/** Bytes in use by a container of this behaviour that has run for so long. */
export function memoryInUse(behaviour: ImageBehaviour, runMs: Millis): number {
  const { memory } = behaviour;
  if (memory === undefined) return 0;
  if (typeof memory === 'string') return wholeValue(memory);
  return wholeValue(memory.start) + Math.floor((wholeValue(memory.grow) * runMs) / memory.perMs);
}

/** How many bytes a ms a container of this behaviour takes on. */
export const memoryGrowth = ({ memory }: ImageBehaviour): number =>
  typeof memory === 'object' ? wholeValue(memory.grow) / memory.perMs : 0;

/**
 * How long a container of this behaviour can run before it uses more than `limit` bytes; undefined: for ever.
 */
export function outOfMemoryAfter(behaviour: ImageBehaviour, limit: number): Millis | undefined {
  const { memory } = behaviour;
  if (memory === undefined || limit <= 0) return undefined;
  const start = wholeValue(typeof memory === 'string' ? memory : memory.start);
  if (start > limit) return 0;
  if (typeof memory === 'string') return undefined;
  const grow = wholeValue(memory.grow);
  return grow <= 0 ? undefined : Math.floor(((limit - start) * memory.perMs) / grow) + 1;
}
