/** Debian's browsers, headless, each run with a profile of its own that is gone afterwards. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Browser {
  readonly name: string;
  /** Of the package, and of the command it brings. */
  readonly command: string;
  /** Arguments that open a page with the profile in a folder. */
  args(url: string, profile: string): readonly string[];
  /** What the profile holds before the first start. */
  readonly profile?: Readonly<Record<string, string>>;
}

/** A first start asks its makers a number of things; a test asks nobody. */
const QUIET: Readonly<Record<string, string | boolean | number>> = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

export const BROWSERS: readonly Browser[] = [
  {
    name: 'Chromium',
    command: 'chromium',
    args: (url, profile) => [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--user-data-dir=${profile}`,
      url,
    ],
  },
  {
    name: 'Firefox',
    command: 'firefox-esr',
    args: (url, profile) => ['--headless', '--no-remote', '--profile', profile, url],
    profile: {
      'user.js': Object.entries(QUIET)
        .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
        .join(''),
    },
  },
];

/** Where its command is; undefined where it is not installed. */
export const pathOf = ({ command }: Browser): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((path) => existsSync(path));

export const isInstalled = (browser: Browser): boolean => pathOf(browser) !== undefined;

export interface Launched {
  /** Settles, as what is looked for stands in what it prints, with that. @throws Error when it ends before */
  printed(sought: RegExp): Promise<string>;
  /** @throws Error as soon as it ends by itself */
  readonly failed: Promise<never>;
  end(): Promise<void>;
}

/** Starts a browser with a profile of its own. @param more arguments */
export function launch(browser: Browser, url: string, more: readonly string[] = []): Launched {
  const profile = mkdtempSync(join(tmpdir(), 'seatrial-browser-'));
  for (const [name, text] of Object.entries(browser.profile ?? {})) writeFileSync(join(profile, name), text);
  const child = spawn(browser.command, [...browser.args(url, profile), ...more], {
    // A group of its own: a browser is many processes.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
  });
  let errors = '';
  child.stderr.on('data', (piece: Buffer) => (errors = `${errors}${piece.toString()}`.slice(-4000)));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${browser.command} ended with ${code}:\n${errors}`)));
  });
  // Whoever waits hears of it.
  failed.catch(() => undefined);
  return {
    failed,
    printed(sought) {
      const found = new Promise<string>((resolve) =>
        child.stderr.on('data', () => {
          const [, text] = sought.exec(errors) ?? [];
          if (text !== undefined) resolve(text);
        }),
      );
      return Promise.race([found, failed]);
    },
    async end() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Opens a page and waits until it has said what it has to say.
 * @param said settles when the page has said it
 * @throws Error when the browser ends before
 */
export async function visit<T>(browser: Browser, url: string, said: Promise<T>): Promise<T> {
  const launched = launch(browser, url);
  try {
    return await Promise.race([said, launched.failed]);
  } finally {
    await launched.end();
  }
}
