/**
 * The files that an nginx makes before it serves: directories for what it passes on, and the one with its
 * process ID (ngx_create_paths of src/core/ngx_file.c, ngx_create_pidfile of src/core/ngx_cycle.c).
 */
import { remembered } from '../../kernel/memo.ts';
import type { ImageBehaviour } from '../world.ts';
import { cannotWrite, type ProgramStart, refusal } from './entry.ts';

/** Where an image has nginx keep them. */
export interface NginxFiles {
  readonly cache: string;
  readonly pid: string;
  /** Everybody may write there. */
  readonly open?: true;
}

const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

/** Links of images lead there. */
const real = (path: string): string => (path.startsWith('/var/run/') ? path.slice('/var'.length) : path);

/** What a configuration says of where files are; every start of a container asks, of few configurations. */
const placesIn = remembered(100, (configuration: string) => ({
  cache: /^\s*client_body_temp_path\s+([^\s;]+)/m.exec(configuration)?.[1],
  pid: /^\s*pid\s+([^\s;]+)/m.exec(configuration)?.[1],
}));

/** An nginx that cannot make its files says so and ends; undefined: it can. */
export function nginxRefused(start: ProgramStart, files: NginxFiles): ImageBehaviour | undefined {
  const { cache = `${files.cache}/client_temp`, pid = files.pid } = placesIn(
    start.read('/etc/nginx/nginx.conf') ?? '',
  );
  const problem = (directory: string): string | undefined => {
    if (files.open === true && !start.readOnlyRoot) return undefined;
    return start.mounted(`/var${directory}`) ? undefined : cannotWrite(start, directory);
  };
  const emerg = (why: string): ImageBehaviour => refusal([`nginx: [emerg] ${why}`]);
  const unmade = cache.startsWith('/tmp/') && !start.readOnlyRoot ? undefined : problem(directoryOf(cache));
  if (unmade !== undefined) return emerg(`mkdir() "${cache}" failed (${unmade})`);
  const isRoot = start.user === undefined ? files.open !== true : start.user === 0;
  if (isRoot && start.lacks.includes('CHOWN'))
    return emerg(`chown("${cache}", 101) failed (1: Operation not permitted)`);
  const unwritten =
    pid.startsWith('/tmp/') && !start.readOnlyRoot ? undefined : problem(directoryOf(real(pid)));
  return unwritten === undefined ? undefined : emerg(`open() "${pid}" failed (${unwritten})`);
}
