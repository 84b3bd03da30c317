/** find. Files have no times or owners here: what asks for them holds. */
import { nodeBytes } from '../../files/tree.ts';
import type { Call, Program } from '../call.ts';
import { absolute, baseName } from '../paths.ts';
import { matchesPattern } from '../pattern.ts';

type Test = (path: string, shown: string) => boolean;

interface Asked {
  readonly starts: readonly string[];
  readonly test: Test;
  readonly maxDepth: number;
  readonly minDepth: number;
  /** Commands to run, with the paths they are run for. */
  readonly runs: string[][];
}

class FindError extends Error {}

function read(call: Call): Asked {
  const words = call.argv.slice(1);
  const starts: string[] = [];
  while (words.length > 0 && !/^[-(!]/.test(words[0]!)) starts.push(words.shift()!);
  const { files } = call.env;
  let maxDepth = Number.POSITIVE_INFINITY;
  let minDepth = 0;
  let acts = false;
  const runs: string[][] = [];
  const together: { command: string[]; paths: string[] }[] = [];
  let at = 0;
  const value = (): string => {
    const word = words[at++];
    if (word === undefined) throw new FindError(`missing argument to '${words[at - 2]}'`);
    return word;
  };
  const size = (text: string): ((n: number) => boolean) => {
    const found = /^([-+]?)(\d+)([ckMGbw]?)$/.exec(text);
    if (found === null) throw new FindError(`invalid number '${text}'`);
    const unit = { c: 1, w: 2, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }[found[3]!] ?? 512;
    const wanted = Number(found[2]);
    return (bytes) => {
      const n = Math.ceil(bytes / unit);
      return found[1] === '+' ? n > wanted : found[1] === '-' ? n < wanted : n === wanted;
    };
  };
  const primary = (): Test => {
    const word = words[at++];
    switch (word) {
      case '(': {
        const inside = or();
        if (words[at++] !== ')') throw new FindError("missing ')'");
        return inside;
      }
      case '!':
      case '-not': {
        const inside = primary();
        return (path, shown) => !inside(path, shown);
      }
      case '-name':
      case '-iname': {
        const pattern = value();
        const fold = (text: string): string => (word === '-iname' ? text.toLowerCase() : text);
        return (path) => matchesPattern(fold(pattern), fold(baseName(path)));
      }
      case '-path':
      case '-wholename': {
        const pattern = value();
        return (_, shown) => matchesPattern(pattern, shown);
      }
      case '-type': {
        const kind = value();
        return (path) => {
          const node = files.linkStat(path) ?? files.stat(path);
          return node?.kind === { f: 'file', d: 'directory', l: 'link' }[kind];
        };
      }
      case '-empty':
        return (path) => files.list(path)?.length === 0 || files.read(path) === '';
      case '-size': {
        const fits = size(value());
        return (path) => {
          const node = files.stat(path);
          return node?.kind === 'file' && fits(nodeBytes(node));
        };
      }
      case '-maxdepth':
        maxDepth = Number(value());
        return () => true;
      case '-mindepth':
        minDepth = Number(value());
        return () => true;
      case '-mtime':
      case '-mmin':
      case '-atime':
      case '-ctime':
      case '-cmin':
      case '-user':
      case '-group':
      case '-perm':
      case '-newer': {
        call.env.passOver(`find ${word}`);
        // What is older than some time is not there: all is young.
        const given = value();
        return () => !given.startsWith('+');
      }
      case '-print':
      case '-print0': {
        acts = true;
        return (_, shown) => {
          call.out(shown + (word === '-print' ? '\n' : '\0'));
          return true;
        };
      }
      case '-delete':
        acts = true;
        return (path) => files.remove(path, true) === undefined;
      case '-exec':
      case '-ok': {
        acts = true;
        const command: string[] = [];
        while (words[at] !== ';' && words[at] !== '+' && at < words.length) command.push(words[at++]!);
        const end = words[at++];
        if (end === undefined) throw new FindError("missing argument to '-exec'");
        if (end === '+') {
          const batch = { command, paths: [] as string[] };
          together.push(batch);
          return (_, shown) => {
            batch.paths.push(shown);
            return true;
          };
        }
        return (_, shown) => {
          runs.push(command.map((part) => part.replaceAll('{}', shown)));
          return true;
        };
      }
      case '-prune':
      case '-quit':
      case '-xdev':
      case '-mount':
      case '-depth':
      case '-follow':
      case '-true':
        return () => true;
      case '-false':
        return () => false;
      default:
        throw new FindError(call.env.busybox ? `unrecognized: ${word}` : `unknown predicate \`${word}'`);
    }
  };
  const and = (): Test => {
    let left = primary();
    while (at < words.length && words[at] !== ')' && words[at] !== '-o' && words[at] !== '-or') {
      if (words[at] === '-a' || words[at] === '-and') at += 1;
      const [one, other] = [left, primary()];
      left = (path, shown) => one(path, shown) && other(path, shown);
    }
    return left;
  };
  const or = (): Test => {
    let left = and();
    while (words[at] === '-o' || words[at] === '-or') {
      at += 1;
      const [one, other] = [left, and()];
      left = (path, shown) => one(path, shown) || other(path, shown);
    }
    return left;
  };
  const found = words.length === 0 ? (): boolean => true : or();
  const test: Test = acts
    ? found
    : (path, shown) => {
        if (!found(path, shown)) return false;
        call.out(`${shown}\n`);
        return true;
      };
  const asked = { starts: starts.length === 0 ? ['.'] : starts, test, maxDepth, minDepth, runs };
  return {
    ...asked,
    get runs() {
      const batches = together.filter(({ paths }) => paths.length > 0);
      return [
        ...runs,
        ...batches.map(({ command, paths }) => command.flatMap((part) => (part === '{}' ? paths : [part]))),
      ];
    },
  };
}

const find: Program = (call) => {
  interface Left {
    readonly runs: readonly (readonly string[])[];
    readonly code: number;
  }
  if (call.state !== undefined) {
    const { runs, code } = call.state as Left;
    return runs.length === 0 ? code : { run: runs[0]!, state: { runs: runs.slice(1), code } satisfies Left };
  }
  let code = 0;
  try {
    const asked = read(call);
    const { files } = call.env;
    const visit = (path: string, shown: string, depth: number): void => {
      const names = files.linkStat(path)?.kind === 'link' ? undefined : files.list(path);
      if (depth >= asked.minDepth) asked.test(path, shown);
      if (names === undefined || depth >= asked.maxDepth) return;
      for (const name of names)
        visit(
          path === '/' ? `/${name}` : `${path}/${name}`,
          shown.endsWith('/') ? shown + name : `${shown}/${name}`,
          depth + 1,
        );
    };
    for (const start of asked.starts) {
      const path = absolute(call.cwd, start);
      if (files.stat(path) === undefined && files.linkStat(path) === undefined) {
        call.err(
          call.env.busybox
            ? `find: ${start}: No such file or directory\n`
            : `find: '${start}': No such file or directory\n`,
        );
        code = 1;
      } else visit(path, start, 0);
    }
    const { runs } = asked;
    return runs.length === 0 ? code : { run: runs[0]!, state: { runs: runs.slice(1), code } satisfies Left };
  } catch (error) {
    if (!(error instanceof FindError)) throw error;
    call.err(`find: ${error.message}\n`);
    return 1;
  }
};

export const findPrograms: Readonly<Record<string, Program>> = { find };
