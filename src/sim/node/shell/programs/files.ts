/** Programs that make, move, show and take away files. Owners are not kept: everything is root's. */
import { type FileProblem, PROBLEM_WORDS } from '../../files/filesystem.ts';
import { bytesOf, type FileNode, nodeBytes } from '../../files/tree.ts';
import type { Call, Outcome, Program } from '../call.ts';
import { absolute, baseName, directoryName } from '../paths.ts';
import { deviceText, isDevice } from '../proc.ts';
import { df } from './df.ts';
import { optionsOf } from './options.ts';
import { hasUser } from './processes.ts';
import { humanSize } from './sizes.ts';
import { contentOf, whyNothing } from './text.ts';
import { calledWrongly } from './usage.ts';

const pathIn = (call: Call, given: string): string => absolute(call.cwd, given);

/** A program's line about one path: BusyBox names the path bare, GNU in quotes. */
function say(call: Call, doing: string, given: string, problem: FileProblem): void {
  const [name] = call.argv;
  const why = PROBLEM_WORDS[problem];
  if (call.env.busybox && name === 'rmdir') {
    call.err(`rmdir: '${given}': ${why}\n`);
    return;
  }
  call.err(
    call.env.busybox
      ? `${name}: ${/^(?:mkdir|rmdir|rm)$/.test(name!) || doing.startsWith("can't") ? `can't ${doing.replace(/^(?:cannot|can't) /, '')} ` : ''}${/^(?:mkdir|rmdir|rm)$/.test(name!) || doing.startsWith("can't") ? `'${given}'` : given}: ${why}\n`
      : `${name}: ${doing} '${given}': ${why}\n`,
  );
}

/** One operand after the other; the program fails as a whole where one did. */
function each(operands: readonly string[], one: (given: string) => boolean): number {
  let code = 0;
  for (const given of operands) if (!one(given)) code = 1;
  return code;
}

const rm: Program = (call) => {
  const options = optionsOf(call.argv);
  const force = options.has('f', 'force');
  const recursive = options.has('r', 'R', 'recursive');
  if (options.operands.length === 0) return force ? 0 : calledWrongly(call);
  return each(options.operands, (given) => {
    if (/^(?:.*\/)?\.{1,2}\/?$/.test(given)) {
      call.err(`rm: refusing to remove '.' or '..' directory: skipping '${given}'\n`);
      return false;
    }
    const problem = call.env.files.remove(pathIn(call, given), recursive);
    if (problem === undefined || (force && problem === 'ENOENT')) return true;
    if (problem === 'EISDIR' && call.env.busybox) call.err(`rm: '${given}' is a directory\n`);
    else say(call, 'cannot remove', given, problem);
    return false;
  });
};

const mkdir: Program = (call) => {
  const options = optionsOf(call.argv, 'm', ['mode']);
  if (options.operands.length === 0) return calledWrongly(call);
  return each(options.operands, (given) => {
    const path = pathIn(call, given);
    const problem = call.env.files.makeDirectory(path, options.has('p', 'parents'));
    if (problem !== undefined) say(call, 'cannot create directory', given, problem);
    else {
      if (options.has('v', 'verbose')) call.out(`mkdir: created directory '${given}'\n`);
      const mode = options.value('m', 'mode');
      if (mode !== undefined) call.env.files.setMode(path, modeOf(mode, 0o755) ?? 0o755);
    }
    return problem === undefined;
  });
};

const rmdir: Program = (call) =>
  each(optionsOf(call.argv).operands, (given) => {
    const path = pathIn(call, given);
    const names = call.env.files.list(path);
    const problem =
      names === undefined
        ? call.env.files.stat(path) === undefined
          ? 'ENOENT'
          : 'ENOTDIR'
        : names.length > 0
          ? 'ENOTEMPTY'
          : call.env.files.remove(path, true);
    if (problem !== undefined) say(call, 'failed to remove', given, problem);
    return problem === undefined;
  });

const touch: Program = (call) => {
  const options = optionsOf(call.argv, 'drt', ['date', 'reference']);
  if (options.operands.length === 0) return calledWrongly(call, 'missing file operand');
  return each(options.operands, (given) => {
    const path = pathIn(call, given);
    if (isDevice(path)) return true;
    const node = call.env.files.stat(path);
    if (node?.kind === 'directory' || (node === undefined && options.has('c'))) return true;
    // Written again as it was: its time changes, and who may not write to it may not do that.
    const problem = call.env.files.write(path, '', { append: true });
    if (problem !== undefined) say(call, 'cannot touch', given, problem);
    return problem === undefined;
  });
};

/** Copies a node with all that is in it. @returns why not */
function copyNode(call: Call, from: string, to: string): FileProblem | undefined {
  const { files } = call.env;
  const node = files.stat(from);
  if (node === undefined || node.kind === 'link') return 'ENOENT';
  if (node.kind === 'file')
    return files.write(to, node.content, {
      mode: node.mode,
      ...(node.bytes === undefined ? {} : { bytes: node.bytes }),
    });
  const made = files.makeDirectory(to, true);
  if (made !== undefined) return made;
  for (const name of files.list(from) ?? []) {
    const problem = copyNode(call, `${from === '/' ? '' : from}/${name}`, `${to === '/' ? '' : to}/${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** `cp` and `mv`: sources, and where they go. */
function transfer(
  call: Call,
  one: (from: string, to: string, given: string, node: FileNode) => boolean,
): Outcome {
  const [name] = call.argv;
  const options = optionsOf(call.argv, 't', ['target-directory']);
  const into = options.value('t', 'target-directory');
  const operands = [...options.operands];
  const target = into ?? operands.pop();
  if (target === undefined || operands.length === 0) {
    const file = target ?? operands[0];
    return calledWrongly(
      call,
      file === undefined ? 'missing file operand' : `missing destination file operand after '${file}'`,
    );
  }
  const { files } = call.env;
  const path = pathIn(call, target);
  const isDirectory = files.stat(path)?.kind === 'directory' && !options.has('T');
  if (!isDirectory && operands.length > 1) {
    call.err(
      `${name}: target '${target}': ${call.env.busybox ? 'Not a directory' : 'No such file or directory'}\n`,
    );
    return 1;
  }
  return each(operands, (given) => {
    const from = pathIn(call, given);
    const device =
      deviceText(from, 0, call.env) === undefined
        ? undefined
        : ({ kind: 'file', content: '', mode: 0o644 } as const);
    const made = contentOf(call, given);
    const node =
      files.stat(from) ??
      device ??
      ('text' in made ? ({ kind: 'file', content: made.text, mode: 0o644 } as const) : undefined);
    if (node === undefined) {
      // What an image that nobody described holds is not known.
      if (name === 'cp' && files.mayHave(from)) {
        call.env.passOver(`${name} ${given}`);
        return true;
      }
      call.err(
        call.env.busybox
          ? `${name}: can't ${name === 'mv' ? 'rename' : 'stat'} '${given}': No such file or directory\n`
          : `${name}: cannot stat '${given}': No such file or directory\n`,
      );
      return false;
    }
    const to = isDirectory ? `${path === '/' ? '' : path}/${baseName(from)}` : path;
    return one(from, to, given, node);
  });
}

const cp: Program = (call) => {
  const options = optionsOf(call.argv, 't', ['target-directory']);
  const recursive = options.has('r', 'R', 'a', 'recursive', 'archive');
  return transfer(call, (from, to, given, node) => {
    const shownTo = optionsOf(call.argv, 't').operands.at(-1) ?? to;
    if (node.kind === 'directory' && !recursive) {
      call.err(
        call.env.busybox
          ? `cp: omitting directory '${given}'\n`
          : `cp: -r not specified; omitting directory '${given}'\n`,
      );
      return false;
    }
    if (from === to) {
      call.err(`cp: '${given}' and '${shownTo}' are the same file\n`);
      return false;
    }
    if (options.has('n', 'no-clobber') && call.env.files.stat(to) !== undefined) return true;
    // `dir/.` is what is in it.
    const inside = node.kind === 'directory' && /(?:^|\/)\.$/.test(given);
    const target = inside ? directoryName(`${to}/x`).replace(/\/[^/]*$/, '') || '/' : to;
    const problem =
      call.env.files.stat(from) === undefined
        ? call.env.files.write(to, node.kind === 'file' ? node.content : '')
        : copyNode(
            call,
            from,
            inside && call.env.files.stat(pathIn(call, shownTo))?.kind === 'directory'
              ? pathIn(call, shownTo)
              : inside
                ? to
                : target,
          );
    if (problem !== undefined)
      call.err(
        call.env.busybox
          ? `cp: can't create '${shownTo}': ${PROBLEM_WORDS[problem]}\n`
          : `cp: cannot create regular file '${shownTo}': ${PROBLEM_WORDS[problem]}\n`,
      );
    else if (options.has('v', 'verbose')) call.out(`'${given}' -> '${to}'\n`);
    return problem === undefined;
  });
};

const mv: Program = (call) =>
  transfer(call, (from, to, given) => {
    const { files } = call.env;
    let problem = files.rename(from, to);
    // Between file systems it is copied, and taken away.
    if (problem === 'EBUSY') problem = copyNode(call, from, to) ?? files.remove(from, true);
    if (problem !== undefined)
      call.err(
        call.env.busybox
          ? `mv: can't rename '${given}': ${PROBLEM_WORDS[problem]}\n`
          : `mv: cannot move '${given}' to '${optionsOf(call.argv, 't').operands.at(-1) ?? to}': ` +
              `${PROBLEM_WORDS[problem]}\n`,
      );
    return problem === undefined;
  });

const ln: Program = (call) => {
  const options = optionsOf(call.argv, 't');
  const [target = '', given] = options.operands;
  const { files } = call.env;
  const link = given ?? baseName(target);
  const at = pathIn(call, link);
  const isDirectory = files.stat(at)?.kind === 'directory' && !options.has('n', 'T');
  const path = isDirectory ? `${at === '/' ? '' : at}/${baseName(target)}` : at;
  if (options.has('f', 'force')) files.remove(path, true);
  const node = options.has('s', 'symbolic') ? undefined : files.stat(pathIn(call, target));
  if (!options.has('s', 'symbolic') && node?.kind !== 'file') {
    call.err(
      `ln: ${call.env.busybox ? `${link}` : `failed to access '${target}'`}: No such file or directory\n`,
    );
    return 1;
  }
  const problem =
    node?.kind === 'file' ? files.write(path, node.content, { mode: node.mode }) : files.link(path, target);
  if (problem !== undefined)
    call.err(
      call.env.busybox
        ? `ln: ${link}: ${PROBLEM_WORDS[problem]}\n`
        : `ln: failed to create ${node === undefined ? 'symbolic' : 'hard'} link ` +
            `'${link}'${node === undefined ? '' : ` => '${target}'`}: ${PROBLEM_WORDS[problem]}\n`,
    );
  return problem === undefined ? 0 : 1;
};

/** `644`, `u+x`, `a=rX`: the mode that comes of another; undefined: it is none. */
function modeOf(text: string, before: number, directory = false): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let mode = before;
  for (const clause of text.split(',')) {
    const found = /^([ugoa]*)([-+=])([rwxXst]*)$/.exec(clause);
    if (found === null) return undefined;
    const who = found[1] === '' || found[1]!.includes('a') ? 'ugo' : found[1]!;
    let bits = 0;
    for (const letter of found[3]!) {
      const bit = { r: 4, w: 2, x: 1, X: directory || (before & 0o111) !== 0 ? 1 : 0 }[letter] ?? 0;
      if (who.includes('u')) bits |= bit << 6;
      if (who.includes('g')) bits |= bit << 3;
      if (who.includes('o')) bits |= bit;
    }
    const all =
      (who.includes('u') ? 0o700 : 0) | (who.includes('g') ? 0o070 : 0) | (who.includes('o') ? 0o007 : 0);
    mode = found[2] === '+' ? mode | bits : found[2] === '-' ? mode & ~bits : (mode & ~all) | bits;
  }
  return mode;
}

function withAllBelow(call: Call, path: string): string[] {
  const names = call.env.files.list(path);
  if (names === undefined) return [path];
  return [path, ...names.flatMap((name) => withAllBelow(call, `${path === '/' ? '' : path}/${name}`))];
}

const chmod: Program = (call) => {
  // `-x` is a mode, and not an option.
  const words = call.argv.slice(1);
  const recursive = words.some((word) => /^-[a-z]*R/.test(word) || word === '--recursive');
  const [mode, ...paths] = words.filter((word) => !/^-(?:[Rfvc]+|-\w+)$/.test(word));
  if (mode === undefined || paths.length === 0) return calledWrongly(call);
  return each(paths, (given) => {
    const path = pathIn(call, given);
    const node = call.env.files.stat(path);
    if (node === undefined || node.kind === 'link') {
      if (isDevice(path)) return true;
      if (call.env.server !== undefined) {
        call.env.passOver(`chmod ${given}`);
        return true;
      }
      call.err(
        call.env.busybox
          ? `chmod: ${given}: No such file or directory\n`
          : `chmod: cannot access '${given}': No such file or directory\n`,
      );
      return false;
    }
    for (const at of recursive ? withAllBelow(call, path) : [path]) {
      const each = call.env.files.stat(at);
      if (each === undefined || each.kind === 'link') continue;
      const wanted = modeOf(mode, each.mode, each.kind === 'directory');
      if (wanted === undefined) {
        call.err(`chmod: invalid mode: '${mode}'\n`);
        return false;
      }
      const problem = call.env.files.setMode(at, wanted);
      if (problem !== undefined) {
        call.err(
          call.env.busybox
            ? `chmod: ${given}: ${PROBLEM_WORDS[problem]}\n`
            : `chmod: changing permissions of '${given}': ${PROBLEM_WORDS[problem]}\n`,
        );
        return false;
      }
    }
    return true;
  });
};

const chown: Program = (call) => {
  const [owner, ...paths] = optionsOf(call.argv, '', ['reference', 'from']).operands;
  if (owner === undefined || paths.length === 0) return calledWrongly(call);
  const known = /^(?:\d*(?::\d*)?)$/.test(owner) || hasUser(call, owner.split(/[:.]/)[0]!);
  if (call.argv[0] === 'chown' && !known && call.env.server === undefined) {
    call.err(call.env.busybox ? `chown: unknown user ${owner}\n` : `chown: invalid user: '${owner}'\n`);
    return 1;
  }
  return each(paths, (given) => {
    const path = pathIn(call, given);
    if (call.env.files.stat(path) !== undefined || isDevice(path) || call.env.server !== undefined)
      return true;
    call.err(
      call.env.busybox
        ? `${call.argv[0]}: ${given}: No such file or directory\n`
        : `${call.argv[0]}: cannot access '${given}': No such file or directory\n`,
    );
    return false;
  });
};

const BITS = 'rwxrwxrwx';
function permissions(node: FileNode): string {
  if (node.kind === 'link') return 'lrwxrwxrwx';
  const letters = [...BITS].map((letter, i) => ((node.mode >> (8 - i)) & 1 ? letter : '-'));
  if ((node.mode & 0o1000) !== 0) letters[8] = letters[8] === 'x' ? 't' : 'T';
  return (node.kind === 'directory' ? 'd' : '-') + letters.join('');
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
/** What all files are dated by: nothing keeps times. */
const dated = `${MONTHS[0]}  5 09:00`;

const ls: Program = (call) => {
  const options = optionsOf(call.argv, 'IwT', ['color', 'sort', 'time-style']);
  const { files } = call.env;
  const operands = options.operands.length === 0 ? ['.'] : [...options.operands].sort();
  const long = options.has('l', 'n', 'o', 'g');
  const line = (path: string, name: string): string => {
    const link = files.linkStat(path);
    const node = link ?? files.stat(path);
    const mark = options.has('F', 'p') && files.stat(path)?.kind === 'directory' ? '/' : '';
    if (!long || node === undefined) return `${name}${mark}\n`;
    const to = node.kind === 'link' ? ` -> ${node.to}` : '';
    const size = node.kind === 'directory' ? 4096 : node.kind === 'link' ? node.to.length : nodeBytes(node);
    const shown = options.has('h') ? humanSize(size) : String(size);
    const owner = options.has('n') ? '0' : 'root';
    const columns = call.env.busybox
      ? `${permissions(node)}    1 ${owner.padEnd(8)} ${owner.padEnd(8)} ${shown.padStart(9)} ${dated}`
      : `${permissions(node)} 1 ${owner} ${owner} ${shown.padStart(5)} ${dated}`;
    return `${columns} ${name}${mark}${to}\n`;
  };
  let code = 0;
  let listed = false;
  const directories: string[] = [];
  for (const given of operands) {
    const path = pathIn(call, given);
    const node = files.stat(path) ?? files.linkStat(path);
    if (node === undefined && !isDevice(path)) {
      const why = whyNothing(call, given);
      call.err(call.env.busybox ? `ls: ${given}: ${why}\n` : `ls: cannot access '${given}': ${why}\n`);
      code = call.env.busybox ? 1 : 2;
    } else if (node?.kind === 'directory' && !options.has('d')) directories.push(given);
    else {
      call.out(line(path, given));
      listed = true;
    }
  }
  const show = (given: string, titled: boolean): void => {
    const path = pathIn(call, given);
    const names = (files.list(path) ?? []).filter(
      (name) => options.has('a', 'A', 'all') || !name.startsWith('.'),
    );
    const shown = options.has('r') ? [...names].reverse() : names;
    if (titled) call.out(`${given}:\n`);
    if (long) call.out(`total ${names.length * 4}\n`);
    if (options.has('a', 'all'))
      for (const name of ['.', '..']) call.out(line(pathIn(call, `${given}/${name}`), name));
    for (const name of shown) call.out(line(`${path === '/' ? '' : path}/${name}`, name));
    if (!options.has('R')) return;
    for (const name of shown)
      if (files.stat(`${path === '/' ? '' : path}/${name}`)?.kind === 'directory') {
        call.out('\n');
        show(`${given === '/' ? '' : given}/${name}`, true);
      }
  };
  directories.forEach((given, i) => {
    if (i > 0 || listed) call.out('\n');
    show(given, operands.length > 1 || options.has('R'));
  });
  return code;
};

const stat: Program = (call) => {
  const options = optionsOf(call.argv, 'c', ['format']);
  return each(options.operands, (given) => {
    const node = call.env.files.stat(pathIn(call, given));
    if (node === undefined || node.kind === 'link') {
      call.err(
        call.env.busybox
          ? `stat: can't stat '${given}': No such file or directory\n`
          : `stat: cannot statx '${given}': No such file or directory\n`,
      );
      return false;
    }
    const size = node.kind === 'directory' ? 4096 : nodeBytes(node);
    const values: Readonly<Record<string, string>> = {
      a: (node.mode & 0o7777).toString(8),
      A: permissions(node),
      s: String(size),
      n: given,
      U: 'root',
      G: 'root',
      u: '0',
      g: '0',
      F: node.kind === 'directory' ? 'directory' : size === 0 ? 'regular empty file' : 'regular file',
      Y: '1767603600',
      y: '2026-01-05 09:00:00.000000000 +0000',
      i: '1',
    };
    const format = options.value('c', 'format');
    call.out(
      format === undefined
        ? `  File: ${given}\n  Size: ${size}\t${values['F']}\nAccess: ` +
            `(0${values['a']}/${values['A']})  Uid: (    0/    root)   Gid: (    0/    root)\n`
        : `${format.replaceAll(/%([a-zA-Z])/g, (all, letter: string) => values[letter] ?? all)}\n`,
    );
    return true;
  });
};

const readlink: Program = (call) => {
  const options = optionsOf(call.argv);
  if (options.operands.length === 0) return calledWrongly(call);
  const real = call.argv[0] === 'realpath' || options.has('f', 'e', 'm');
  return each(options.operands, (given) => {
    const { files } = call.env;
    let path = pathIn(call, given);
    for (let i = 0; i < 40; i++) {
      const node = files.linkStat(path);
      if (node?.kind !== 'link') break;
      path = absolute(directoryName(path), node.to);
      if (!real) {
        call.out(`${node.to}\n`);
        return true;
      }
    }
    if (!real) return false;
    if (call.env.busybox && call.argv[0] === 'realpath' && files.stat(path) === undefined) {
      call.err(`realpath: ${given}: ${PROBLEM_WORDS.ENOENT}\n`);
      return false;
    }
    call.out(`${path}\n`);
    return true;
  });
};

const mktemp: Program = (call) => {
  const options = optionsOf(call.argv, 'p', ['tmpdir', 'suffix']);
  const template = options.operands[0] ?? 'tmp.XXXXXX';
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const name = template.replace(/X{3,}/, (xs) =>
    Array.from(xs, () => letters[call.env.randomInt(letters.length)]).join(''),
  );
  const directory =
    options.value('p', 'tmpdir') ??
    (options.operands.length === 0 || options.has('t') ? (call.environment['TMPDIR'] ?? '/tmp') : call.cwd);
  const path = absolute(directory, name);
  const problem = options.has('d', 'directory')
    ? call.env.files.makeDirectory(path)
    : call.env.files.write(path, '', { mode: 0o600 });
  if (problem !== undefined) {
    say(
      call,
      options.has('d') ? 'failed to create directory via template' : 'failed to create file via template',
      template,
      problem,
    );
    return 1;
  }
  call.out(`${path}\n`);
  return 0;
};

const basename: Program = (call) => {
  const options = optionsOf(call.argv, 's', ['suffix']);
  const suffixed = options.value('s', 'suffix');
  const names = options.has('a') || suffixed !== undefined ? options.operands : options.operands.slice(0, 1);
  const suffix = suffixed ?? (options.has('a') ? '' : (options.operands[1] ?? ''));
  if (names.length === 0) return calledWrongly(call);
  for (const given of names) {
    const name = baseName(given);
    call.out(
      `${suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`,
    );
  }
  return 0;
};

const dirname: Program = (call) => {
  const { operands } = optionsOf(call.argv);
  if (operands.length === 0) return calledWrongly(call);
  for (const given of operands) call.out(`${directoryName(given)}\n`);
  return 0;
};

const du: Program = (call) => {
  const options = optionsOf(call.argv, 'd', ['max-depth']);
  return each(options.operands.length === 0 ? ['.'] : options.operands, (given) => {
    const path = pathIn(call, given);
    if (call.env.files.stat(path) === undefined) {
      const why = whyNothing(call, given);
      call.err(call.env.busybox ? `du: ${given}: ${why}\n` : `du: cannot access '${given}': ${why}\n`);
      return false;
    }
    let bytes = 0;
    for (const at of withAllBelow(call, path)) {
      const node = call.env.files.stat(at);
      bytes += node?.kind === 'file' ? Math.ceil(nodeBytes(node) / 4096) * 4096 : 4096;
    }
    const shown = options.has('h')
      ? humanSize(bytes)
      : options.has('m')
        ? Math.ceil(bytes / 1024 ** 2)
        : options.has('b')
          ? bytes
          : bytes / 1024;
    call.out(`${shown}\t${given}\n`);
    return true;
  });
};

const SIZES: Readonly<Record<string, number>> = {
  '': 1,
  c: 1,
  w: 2,
  b: 512,
  k: 1024,
  K: 1024,
  kB: 1000,
  M: 1024 ** 2,
  MB: 1e6,
  G: 1024 ** 3,
  GB: 1e9,
};
function sizeOf(text: string): number {
  const found = /^(\d+)(c|w|b|kB|k|K|MB|M|GB|G|)(?:iB)?$/.exec(text);
  return found === null ? Number.NaN : Number(found[1]) * SIZES[found[2]!]!;
}

const dd: Program = (call) => {
  const given = new Map(
    call.argv.slice(1).map((word) => [word.split('=')[0]!, word.slice(word.indexOf('=') + 1)]),
  );
  const block = sizeOf(given.get('bs') ?? given.get('ibs') ?? '512');
  const count = given.has('count') ? sizeOf(given.get('count')!) : undefined;
  const from = given.get('if');
  const to = given.get('of');
  if (Number.isNaN(block)) {
    call.err(`dd: invalid number: '${given.get('bs')}'\n`);
    return 1;
  }
  if (from === undefined && !call.input.ended) return { input: true, state: null };
  const path = from === undefined ? undefined : pathIn(call, from);
  const device = path === '/dev/zero' || path === '/dev/random' || path === '/dev/urandom';
  const content =
    from === undefined ? { text: call.input.take() } : device ? { text: '' } : contentOf(call, from);
  if ('why' in content) {
    call.err(`dd: ${call.env.busybox ? "can't open" : 'failed to open'} '${from}': ${content.why}\n`);
    return 1;
  }
  const wanted = count === undefined ? Number.POSITIVE_INFINITY : count * block;
  const bytes = device ? wanted : Math.min(wanted, bytesOf(content.text));
  if (to === undefined && !device) call.out(content.text.slice(0, bytes));
  else if (to === undefined) call.out(deviceText(path!, Math.min(bytes, 4096), call.env) ?? '');
  else if (!isDevice(pathIn(call, to))) {
    if (bytes === Number.POSITIVE_INFINITY) {
      call.err(`dd: error writing '${to}': ${PROBLEM_WORDS.ENOSPC}\n`);
      return 1;
    }
    const problem = call.env.files.write(
      pathIn(call, to),
      device ? '' : content.text.slice(0, bytes),
      device ? { bytes } : {},
    );
    if (problem !== undefined) {
      call.err(
        problem === 'ENOSPC'
          ? `dd: error writing '${to}': ${PROBLEM_WORDS[problem]}\n`
          : `dd: ${call.env.busybox ? "can't open" : 'failed to open'} '${to}': ${PROBLEM_WORDS[problem]}\n`,
      );
      return 1;
    }
  } else if (bytes === Number.POSITIVE_INFINITY) return { waitMs: Number.POSITIVE_INFINITY, state: null };
  const blocks = `${Math.floor(bytes / block)}+${bytes % block === 0 ? 0 : 1}`;
  if (given.get('status') !== 'none')
    call.err(`${blocks} records in\n${blocks} records out\n${bytes} bytes copied\n`);
  return 0;
};

const truncate: Program = (call) => {
  const options = optionsOf(call.argv, 's', ['size']);
  const size = sizeOf(options.value('s', 'size') ?? '0');
  return each(options.operands, (given) => {
    const path = pathIn(call, given);
    const text = (call.env.files.read(path) ?? '').slice(0, size);
    const problem = call.env.files.write(path, text, { bytes: Math.max(0, size - text.length) });
    if (problem !== undefined)
      call.err(
        call.env.busybox
          ? `truncate: ${given}: open: ${PROBLEM_WORDS[problem]}\n`
          : `truncate: cannot open '${given}' for writing: ${PROBLEM_WORDS[problem]}\n`,
      );
    return problem === undefined;
  });
};

const fallocate: Program = (call) => {
  const options = optionsOf(call.argv, 'lo', ['length']);
  const size = sizeOf(options.value('l', 'length') ?? '0');
  return each(options.operands, (given) => {
    const problem = call.env.files.write(pathIn(call, given), '', { bytes: size });
    if (problem !== undefined) call.err(`fallocate: ${given}: ${PROBLEM_WORDS[problem]}\n`);
    return problem === undefined;
  });
};

/** `cmp` and `diff`, as far as scripts ask whether files differ. */
const compare: Program = (call) => {
  const options = optionsOf(call.argv, 'UCL');
  const [one = '', other = ''] = options.operands;
  const texts = [one, other].map((given) => {
    const content = contentOf(call, given);
    if ('text' in content) return content.text;
    const bare = !call.env.busybox || call.argv[0] === 'cmp';
    call.err(`${call.argv[0]}: ${bare ? given : `can't stat '${given}'`}: ${content.why}\n`);
    return undefined;
  });
  if (texts.includes(undefined)) return 2;
  if (texts[0] === texts[1]) return 0;
  if (!options.has('s', 'q', 'brief')) call.out(`${one} ${other} differ\n`);
  return 1;
};

const install: Program = (call) => {
  const options = optionsOf(call.argv, 'mogt', ['mode', 'owner', 'group']);
  if (options.has('d', 'directory'))
    return each(
      options.operands,
      (given) => call.env.files.makeDirectory(pathIn(call, given), true) === undefined,
    );
  const outcome = transfer(
    { ...call, argv: ['cp', ...options.operands] },
    (from, to) => copyNode(call, from, to) === undefined,
  );
  return outcome;
};

export const filePrograms: Readonly<Record<string, Program>> = {
  basename,
  chgrp: chown,
  chmod,
  chown,
  cmp: compare,
  cp,
  dd,
  df,
  diff: compare,
  dirname,
  du,
  fallocate,
  install,
  ln,
  ls,
  mkdir,
  mktemp,
  mv,
  readlink,
  realpath: readlink,
  rm,
  rmdir,
  stat,
  touch,
  truncate,
  unlink: rm,
};
