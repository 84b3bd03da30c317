/**
 * Schedules in YAML: the faults of a table, and what the combinators put together.
 *
 *     faults:
 *       - {at: 0s, fault: NodePowerLoss, target: zone zone-a, for: 5m}
 *       - at: 30s
 *         sequence:
 *           - {fault: SchedulerDown, for: 1m}
 *           - {every: 10s, times: 3, do: {fault: PodDelete, target: one pod matching app=web}}
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, stringify, type Node, type YAMLMap } from 'yaml';
import { after, chooseOne, every, parallel, repeat, sequence, type Schedule } from './combinators.ts';
import type { FaultCatalogue } from './catalogue.ts';
import { printDuration } from './duration.ts';
import { standardFaults } from './index.ts';
import type { SlipMessages } from '../messages/slips.ts';
import { atOf, callOf, wordsOf, type Strike } from './schedule.ts';
import { FaultError, misses } from './types.ts';

const FORMS = ['fault', 'sequence', 'parallel', 'repeat', 'every', 'chooseOne'] as const;
type Form = (typeof FORMS)[number];
/** Keys a form takes beside its own and `at`; a fault's are its parameters. */
const BESIDE: Readonly<Record<Exclude<Form, 'fault'>, readonly string[]>> = {
  sequence: [],
  parallel: [],
  repeat: ['do'],
  every: ['times', 'do'],
  chooseOne: ['seed'],
};

class Reader {
  private readonly lines = new LineCounter();
  private readonly file: string;
  private readonly faults: FaultCatalogue;

  constructor(file: string, faults: FaultCatalogue) {
    this.file = file;
    this.faults = faults;
  }

  read(text: string): Schedule {
    const document = parseDocument(text, { lineCounter: this.lines });
    const [error] = document.errors;
    if (error !== undefined)
      throw misses('notYaml', { problem: error.message.split('\n')[0]! }).at(this.at(error.pos[0]));
    const root = document.contents;
    if (!isMap(root)) throw misses('noSchedule', {}).at(`${this.file}:1:1`);
    const other = root.items.find(
      (i) => !isScalar(i.key) || !['faults', '$schema'].includes(String(i.key.value)),
    );
    if (other !== undefined) throw this.wrong(other.key as Node, 'noScheduleKey', { key: String(other.key) });
    const faults = root.get('faults', true) as Node | undefined;
    if (faults === undefined) throw misses('noFaultsKey', {}).at(`${this.file}:1:1`);
    return this.list(faults, 'faults');
  }

  private at(offset: number): string {
    const { line, col } = this.lines.linePos(offset);
    return `${this.file}:${line}:${col}`;
  }

  private wrong<K extends keyof SlipMessages>(node: Node, key: K, args: SlipMessages[K]): FaultError {
    return new FaultError({ key, args }).at(this.at(node.range?.[0] ?? 0));
  }

  /** Runs what may refuse its input, and says where that stands. */
  private placed<T>(node: Node, make: () => T): T {
    try {
      return make();
    } catch (error) {
      throw error instanceof FaultError ? error.at(this.at(node.range?.[0] ?? 0)) : error;
    }
  }

  private items(node: Node, what: string): Node[] {
    if (!isSeq(node)) throw this.wrong(node, 'keyIsList', { key: what });
    return node.items as Node[];
  }

  private list(node: Node, what: string): Schedule {
    return parallel(...this.items(node, what).map((item) => this.entry(item)));
  }

  private text(map: YAMLMap, key: string): string | undefined {
    const value = map.get(key, true);
    if (value === undefined) return undefined;
    if (!isScalar(value)) throw this.wrong(value as Node, 'keyIsText', { key });
    return value.source ?? String(value.value);
  }

  private whole(map: YAMLMap, key: string): number {
    const text = this.text(map, key);
    if (text === undefined) throw this.wrong(map, 'noNumberKey', { key });
    if (!/^\d{1,9}$/.test(text)) throw this.wrong(map.get(key, true) as Node, 'keyIsNumber', { key, text });
    return Number(text);
  }

  private entry(node: Node): Schedule {
    if (!isMap(node)) throw this.wrong(node, 'entryIsMap', { forms: FORMS });
    const keys = node.items.map((i) => String(i.key));
    const forms = FORMS.filter((f) => keys.includes(f));
    if (forms.length !== 1)
      throw this.wrong(node, 'entryHasOne', { forms: FORMS, found: forms.length > 0 ? forms : keys });
    const [form] = forms as [Form];
    const at = this.text(node, 'at');
    const schedule = form === 'fault' ? this.fault(node, keys) : this.combined(node, form, keys);
    return at === undefined
      ? schedule
      : after(
          this.placed(node.get('at', true) as Node, () => atOf(at)),
          schedule,
        );
  }

  private fault(node: YAMLMap, keys: readonly string[]): Schedule {
    const kind = this.text(node, 'fault')!;
    const words = Object.fromEntries(
      keys.filter((k) => k !== 'fault' && k !== 'at').map((k) => [k, this.text(node, k)!]),
    );
    return [{ atMs: 0, fault: this.placed(node, () => callOf(kind, words, this.faults)) }];
  }

  private combined(node: YAMLMap, form: Exclude<Form, 'fault'>, keys: readonly string[]): Schedule {
    const unknown = keys.find((k) => k !== form && k !== 'at' && !BESIDE[form].includes(k));
    if (unknown !== undefined)
      throw this.wrong(node, 'formTakes', { form, taken: ['at', ...BESIDE[form]], key: unknown });
    const value = node.get(form, true) as Node;
    switch (form) {
      case 'sequence':
        return sequence(...this.items(value, form).map((i) => this.entry(i)));
      case 'parallel':
        return this.list(value, form);
      case 'chooseOne':
        return this.placed(value, () =>
          chooseOne(
            keys.includes('seed') ? this.whole(node, 'seed') : 1,
            ...this.items(value, form).map((i) => this.entry(i)),
          ),
        );
      case 'repeat':
        return this.placed(value, () => repeat(this.whole(node, 'repeat'), this.inner(node)));
      case 'every':
        return this.placed(value, () =>
          every(this.text(node, 'every')!, this.whole(node, 'times'), this.inner(node)),
        );
    }
  }

  private inner(node: YAMLMap): Schedule {
    const inner = node.get('do', true) as Node | undefined;
    if (inner === undefined) throw this.wrong(node, 'noDo', {});
    return isSeq(inner) ? this.list(inner, 'do') : this.entry(inner);
  }
}

/** Whether a YAML text is meant as a schedule: a map with the key `faults`, and no object of Kubernetes. */
export function isSchedule(text: string): boolean {
  const root = parseDocument(text).contents;
  return isMap(root) && root.has('faults') && !root.has('kind');
}

/** @param file its name, for messages. @throws FaultError with file, line and column */
export const parseSchedule = (text: string, file: string, faults = standardFaults): Schedule =>
  new Reader(file, faults).read(text);

/** The schedule as a file, a fault a line; `parseSchedule` reads it back. */
export const printSchedule = (strikes: readonly Strike[], faults = standardFaults): string =>
  stringify(
    {
      faults: strikes.map(({ atMs, fault }) => ({
        at: printDuration(atMs),
        fault: fault.kind,
        ...wordsOf(fault, faults),
      })),
    },
    { lineWidth: 0 },
  );
