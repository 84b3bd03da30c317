/** What processes read from and write to. */
import { type FileSystem, PROBLEM_WORDS } from '../files/filesystem.ts';
import { BrokenPipe, type Input, WriteError } from './call.ts';

import type { Open, ShellProcess, ShellState } from './state.ts';

export function addOpen(state: ShellState, open: Open): number {
  state.opens.set(state.nextOpen, open);
  return state.nextOpen++;
}

const isHeld = (state: ShellState, open: number, writes: boolean): boolean =>
  state.processes.some(
    ({ exit, descriptors, program, frames }) =>
      exit === undefined &&
      [
        descriptors,
        ...(program?.before === undefined ? [] : [program.before]),
        ...frames.flatMap((f) => f.redirects),
      ].some((held) => [...held.values()].some((d) => d.open === open && d.writes === writes)),
  );

/** Whether more may come to read. */
function mayGrow(state: ShellState, id: number): boolean {
  const open = state.opens.get(id);
  if (open?.kind === 'terminal') return open.ended !== true;
  return open?.kind === 'pipe' && isHeld(state, id, true);
}

/** What came and was not taken, of what grows. */
function waitingIn(state: ShellState, id: number): string {
  const open = state.opens.get(id);
  return open?.kind === 'pipe' || open?.kind === 'terminal' ? (open.text ?? '') : '';
}

export const hasInput = (state: ShellState, id: number): boolean => hasMoreThan(state, id, 0);

export const hasMoreThan = (state: ShellState, id: number, many: number): boolean =>
  waitingIn(state, id).length > many || !mayGrow(state, id);

/** Somebody types; undefined: nothing more will come. */
export function type(state: ShellState, text: string | undefined): void {
  const open = state.opens.get(0);
  if (open?.kind !== 'terminal') return;
  if (text === undefined) open.ended = true;
  else open.text = (open.text ?? '') + text;
}

/** Forgets what nobody holds. */
export function closeUnused(state: ShellState): void {
  const held = new Set<number>([0, 1, 2]);
  for (const { descriptors, program, frames, wait } of state.processes) {
    for (const map of [descriptors, program?.before, ...frames.flatMap((f) => f.redirects)])
      for (const { open } of map?.values() ?? []) held.add(open);
    if (wait?.for === 'children' && wait.capture !== undefined) held.add(wait.capture.open);
  }
  for (const id of state.opens.keys()) if (!held.has(id)) state.opens.delete(id);
}

/** @throws BrokenPipe, WriteError */
export function write(
  state: ShellState,
  files: FileSystem,
  process: ShellProcess,
  descriptor: number,
  text: string,
  emit: (stream: 'out' | 'err', text: string) => void,
): void {
  if (text === '') return;
  const held = process.descriptors.get(descriptor);
  const open = held === undefined ? undefined : state.opens.get(held.open);
  if (held === undefined || open === undefined || !held.writes) throw new WriteError('Bad file descriptor');
  switch (open.kind) {
    case 'stream':
      return emit(open.stream, text);
    case 'pipe':
      if (!isHeld(state, held.open, false) && !isCaptured(state, held.open)) throw new BrokenPipe();
      open.text += text;
      return;
    case 'file': {
      const before = open.append ? '' : (files.read(open.path) ?? '');
      const appends = open.append || open.offset >= before.length;
      const problem = files.write(
        open.path,
        appends ? text : before.slice(0, open.offset) + text + before.slice(open.offset + text.length),
        appends ? { append: true } : {},
      );
      if (problem !== undefined) throw new WriteError(PROBLEM_WORDS[problem]);
      open.offset += text.length;
      return;
    }
    default:
  }
}

const isCaptured = (state: ShellState, open: number): boolean =>
  state.processes.some(({ wait }) => wait?.for === 'children' && wait.capture?.open === open);

/** What a process reads of. A class: V8 keeps whom the getter of a literal speaks of. */
class OpenInput implements Input {
  private readonly state: ShellState;
  private readonly files: FileSystem;
  private readonly id: number;

  constructor(state: ShellState, files: FileSystem, id: number) {
    this.state = state;
    this.files = files;
    this.id = id;
  }

  get ended(): boolean {
    return !mayGrow(this.state, this.id);
  }

  take(): string {
    const text = this.rest();
    this.advance(text.length);
    return text;
  }

  line(): string | undefined {
    const text = this.rest();
    const end = text.indexOf('\n') + 1;
    if (end === 0 && !this.ended) return undefined;
    const line = end === 0 ? text : text.slice(0, end);
    this.advance(line.length);
    return line;
  }

  back(text: string): void {
    const { open } = this;
    if (open?.kind === 'file') open.offset -= text.length;
    else if (open?.kind === 'pipe' || open?.kind === 'text') open.text = text + open.text;
    else if (open?.kind === 'terminal') open.text = text + (open.text ?? '');
  }

  private get open(): Open | undefined {
    return this.state.opens.get(this.id);
  }

  private rest(): string {
    const { open } = this;
    if (open?.kind === 'file') return (this.files.read(open.path) ?? '').slice(open.offset);
    return open?.kind === 'text' ? open.text : waitingIn(this.state, this.id);
  }

  private advance(many: number): void {
    const { open } = this;
    if (open?.kind === 'file') open.offset += many;
    else if (open?.kind === 'pipe' || open?.kind === 'text') open.text = open.text.slice(many);
    else if (open?.kind === 'terminal') open.text = (open.text ?? '').slice(many);
  }
}

/** Standard input of a process. */
export const inputOf = (state: ShellState, files: FileSystem, process: ShellProcess, descriptor = 0): Input =>
  new OpenInput(state, files, process.descriptors.get(descriptor)?.open ?? 0);
