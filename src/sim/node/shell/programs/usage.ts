/** How programs say that they were called wrongly: BusyBox shows its usage, GNU's say what is missing. */
import type { Call } from '../call.ts';

/** What follows `Usage: `, as BusyBox 1.35 prints it. */
const USAGE: Readonly<Record<string, string>> = {
  basename: 'FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...',
  chmod: '[-Rcvf] MODE[,MODE]... FILE...',
  chown: '[-RhLHPcvf]... USER[:[GRP]] FILE...',
  cp: '[-arPLHpfinlsTu] SOURCE DEST',
  dirname: 'FILENAME',
  ln: '[-sfnbtv] [-S SUF] TARGET... LINK|DIR',
  mkdir: '[-m MODE] [-p] DIRECTORY...',
  mv: '[-finT] SOURCE DEST',
  readlink: '[-fnv] FILE',
  rm: '[-irf] FILE...',
  rmdir: '[-p] DIRECTORY...',
  seq: '[-w] [-s SEP] [FIRST [INC]] LAST',
  sleep: '[N]...',
  timeout: '[-s SIG] [-k KILL_SECS] SECS PROG ARGS',
  touch: '[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...',
  tr: '[-cds] STRING1 [STRING2]',
};

/** @param gnu what GNU's program says that is wrong; '': nothing but where help is. @returns the exit code */
export function calledWrongly(call: Call, gnu = 'missing operand', code = 1): number {
  const [name = ''] = call.argv;
  if (call.env.busybox)
    call.err(`BusyBox v1.37.0 multi-call binary.\n\nUsage: ${name} ${USAGE[name] ?? '[OPTIONS] FILE...'}\n`);
  else call.err(`${gnu === '' ? '' : `${name}: ${gnu}\n`}Try '${name} --help' for more information.\n`);
  return call.env.busybox ? 1 : code;
}
