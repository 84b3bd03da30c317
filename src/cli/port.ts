/** Ports of this machine that commands listen on. */
import { UsageError } from './exit.ts';

/** What `--port` says. @throws UsageError for what is no port */
export function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new UsageError(`--port takes a number from 0 (any that is free) to 65535, not "${text}"`);
  return port;
}

/** In words, where a port cannot be had; any other error as it is. */
export function portError(port: number, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EADDRINUSE' || code === 'EACCES'
    ? new UsageError(`port ${port} cannot be had (${code}): name another with --port, or 0 for any`)
    : error;
}
