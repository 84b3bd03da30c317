/**
 * Debian's Firefox, headless, clicked and typed at by way of WebDriver BiDi
 * (https://w3c.github.io/webdriver-bidi).
 */
import WebSocket from 'ws';
import { BROWSERS, launch } from './browsers.ts';

export const firefox = BROWSERS.find((b) => b.name === 'Firefox')!;

type Result = Readonly<Record<string, unknown>>;

interface Answer {
  readonly id?: number;
  readonly type: 'success' | 'error' | 'event';
  readonly result?: Result;
  readonly message?: string;
  readonly method?: string;
  readonly params?: Result;
}

/** What a page found of what a function looked for. */
interface Evaluated {
  readonly type: 'success' | 'exception';
  readonly result?: { readonly type: string; readonly value?: string; readonly sharedId?: string };
  readonly exceptionDetails?: { readonly text: string };
}

/** How long a page may take to show what is waited for. */
const PATIENCE_MS = 20_000;
/** Of keys that are not typed as themselves (https://www.w3.org/TR/webdriver2/#keyboard-actions). */
export const KEYS = { Enter: '\ue006', Tab: '\ue004', Shift: '\ue008', Left: '\ue012', Right: '\ue014' };

export interface FirefoxPage {
  /** What was asked for over all, and what went wrong. */
  readonly asked: readonly string[];
  readonly wrong: readonly string[];
  goto(url: string): Promise<void>;
  /** The value of an expression, by JSON. @throws Error as the page does */
  evaluate<T>(expression: string): Promise<T>;
  /** The text of the first element, visible or not, that fits; waits until there is one. */
  text(selector: string, containing?: string): Promise<string>;
  count(selector: string): Promise<number>;
  /** Clicks with the mouse in the middle of the first element that fits. */
  click(selector: string, containing?: string): Promise<void>;
  /** Writes into a field, in place of what stands there. */
  fill(selector: string, text: string): Promise<void>;
  /** Presses keys one after the other, with others held. */
  press(keys: readonly string[], held?: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Asks one after the other, and hears what is told unasked. */
class Wire {
  readonly #socket: WebSocket;
  #next = 1;
  readonly #waiting = new Map<number, (answer: Answer) => void>();

  constructor(socket: WebSocket, hear: (method: string, params: Result) => void) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const answer = JSON.parse(data.toString()) as Answer;
      if (answer.type === 'event') hear(answer.method!, answer.params!);
      else this.#waiting.get(answer.id!)?.(answer);
    });
  }

  async ask(method: string, params: Result): Promise<Result> {
    const id = this.#next;
    this.#next += 1;
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    this.#waiting.delete(id);
    if (answer.type === 'error') throw new Error(`${method}: ${answer.message}`);
    return answer.result!;
  }
}

/** The address that Firefox listens at, as it prints it. */
const LISTENING = /WebDriver BiDi listening on (ws:\S+)/;

/** A page of its own browser, with a profile of its own. @throws Error when the browser does not start */
export async function openFirefox(width: number, height: number): Promise<FirefoxPage> {
  const launched = launch(firefox, 'about:blank', ['--remote-debugging-port', '0']);
  const address = await launched.printed(LISTENING);
  const asked: string[] = [];
  const wrong: string[] = [];
  const socket = new WebSocket(`${address}/session`);
  const wire = new Wire(socket, (method, params) => {
    if (method === 'network.beforeRequestSent') asked.push((params['request'] as { url: string }).url);
    else if (params['level'] === 'error') wrong.push(String(params['text']));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  await wire.ask('session.new', { capabilities: {} });
  await wire.ask('session.subscribe', { events: ['log.entryAdded', 'network.beforeRequestSent'] });
  const { contexts } = await wire.ask('browsingContext.getTree', {});
  const [{ context }] = contexts as [{ context: string }];
  await wire.ask('browsingContext.setViewport', { context, viewport: { width, height } });

  const call = async (functionDeclaration: string, ...values: readonly string[]) => {
    const answer = (await wire.ask('script.callFunction', {
      functionDeclaration,
      arguments: values.map((value) => ({ type: 'string', value })),
      awaitPromise: true,
      target: { context },
    })) as unknown as Evaluated;
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text);
    return answer.result!;
  };
  const perform = (id: string, type: string, actions: readonly Result[]) =>
    wire.ask('input.performActions', { context, actions: [{ type, id, actions }] });
  const find = `(selector, containing) => {
    const found = () => [...document.querySelectorAll(selector)].find((e) => !e.disabled && e.textContent.includes(containing));
    return new Promise((resolve, reject) => {
      const until = Date.now() + ${PATIENCE_MS};
      const look = () => {
        const element = found();
        if (element) resolve(element);
        else if (Date.now() > until) reject(new Error('there is no ' + selector + ' with "' + containing + '"'));
        else setTimeout(look, 20);
      };
      look();
    });
  }`;
  const press: FirefoxPage['press'] = async (keys, held = []) => {
    await perform('keyboard', 'key', [
      ...held.map((value) => ({ type: 'keyDown', value })),
      ...keys.flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]),
      ...held.map((value) => ({ type: 'keyUp', value })),
    ]);
  };
  const click: FirefoxPage['click'] = async (selector, containing = '') => {
    const { sharedId } = await call(
      `async (...of) => {
        const element = await (${find})(...of);
        // What is above it may still be growing.
        for (let before; ; ) {
          element.scrollIntoView({ block: 'center' });
          await new Promise((resolve) => setTimeout(resolve, 50));
          const { y } = element.getBoundingClientRect();
          if (y === before) return element;
          before = y;
        }
      }`,
      selector,
      containing,
    );
    const origin = { type: 'element', element: { sharedId } };
    await perform('mouse', 'pointer', [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]);
  };
  const evaluate = async <T>(expression: string): Promise<T> =>
    JSON.parse((await call(`async () => JSON.stringify(await (${expression}))`)).value ?? 'null') as T;
  return {
    asked,
    wrong,
    press,
    click,
    evaluate,
    async goto(url) {
      await wire.ask('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    async text(selector, containing = '') {
      return (await call(`async (...of) => (await (${find})(...of)).textContent`, selector, containing))
        .value!;
    },
    count: (selector) => evaluate<number>(`document.querySelectorAll(${JSON.stringify(selector)}).length`),
    async fill(selector, text) {
      await click(selector);
      await evaluate('document.activeElement.select()');
      await press([...text]);
    },
    async close() {
      socket.close();
      await launched.end();
    },
  };
}
