/**
 * `When I run "kubectl …" with the real client`: the line is run by our kubectl on the scenario's cluster and
 * by the one on the PATH on another that is as it, and both must print the same.
 */
import { ClaimError, InputError } from '../../dsl/errors.ts';
import { languageOf } from '../../dsl/explain.ts';
import { runLine } from '../../dsl/operator.ts';
import { clusterOf } from '../../dsl/session.ts';
import type { OperationFamily } from '../../dsl/types.ts';
import { shellWords } from '../../kubectl/index.ts';
import type { Language } from '../../messages/index.ts';
import { differenceOf } from '../agreement.ts';
import type { Ran } from './messages.ts';
import type { ServedScenarios } from './scenarios.ts';

/** A line of kubectl, alone. Plain data. */
export interface RealClientOperation {
  readonly op: 'realClient';
  readonly line: string;
}

interface Words {
  oneCommand(line: string): string;
  notThere(line: string): string;
  didNotEnd(line: string, why: string): string;
  failed(line: string, code: number, said: string): string;
  differs(line: string, ours: string, theirs: string): string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    oneCommand: (line) => `the real client runs one kubectl command, without pipes, not: ${line}`,
    notThere: (line) => `${line}: there is no kubectl on the PATH, and the real client is asked for`,
    didNotEnd: (line, why) => `${line}: the real client came to no end: ${why}`,
    failed: (line, code, said) =>
      `${line}: both clients ended with code ${code}: ${said}\n` +
      '(a step "the command fails with …" expects that)',
    differs: (line, ours, theirs) =>
      `${line}: the clients do not agree\n\nours alone:\n${ours}\n\nthe real client's alone:\n${theirs}`,
  },
  ja: {
    oneCommand: (line) =>
      '実際のクライアントはパイプのない一つのkubectlコマンドを実行する。' + `これはできない: ${line}`,
    notThere: (line) => `${line}: PATHにkubectlがないので、実際のクライアントで実行できない`,
    didNotEnd: (line, why) => `${line}: 実際のクライアントが終わらなかった: ${why}`,
    failed: (line, code, said) =>
      `${line}: どちらのクライアントもコード${code}で終わった: ${said}\n` +
      '(失敗を期待するなら、次のステップでそう書く)',
    differs: (line, ours, theirs) =>
      `${line}: クライアントの出力が一致しない\n\n` +
      `Seatrialだけ:\n${ours}\n\n実際のクライアントだけ:\n${theirs}`,
  },
};

const indented = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n');

/** The arguments of a line. @throws InputError for more than one command */
function argumentsOf(line: string, words: Words): readonly string[] {
  let read: readonly string[];
  try {
    read = shellWords(line);
  } catch {
    throw new InputError(words.oneCommand(line));
  }
  if (read.some((word) => /^[|;&<>]+/.test(word))) throw new InputError(words.oneCommand(line));
  return read[0] === 'kubectl' ? read.slice(1) : read;
}

/** How it is said, and when: what the pages of the language tell of it. */
export const realClientWords = {
  op: 'realClient',
  keyword: 'When',
  phrases: [
    {
      en: 'I run {string:line} with the real client',
      ja: '実際のクライアントで{line}を実行する',
      about: 'our kubectl and the one on the PATH run the line, and must print the same',
      build: ({ line }: { line: string }) => ({ op: 'realClient', line }),
      said: ({ line }) => ({ line }),
    },
  ],
} as const satisfies Pick<OperationFamily<RealClientOperation>, 'op' | 'keyword' | 'phrases'>;

/** The family of a run whose clusters are served. */
export const realClient = (scenarios: ServedScenarios): OperationFamily<RealClientOperation> => ({
  ...realClientWords,
  role: 'act',
  commands: true,
  play({ line }, { session, text, mayFail }) {
    const words = WORDS[languageOf(session)];
    const args = argumentsOf(line, words);
    const theirs: Ran = scenarios.runBeside(clusterOf(session), [
      'kubectl',
      ...(args.some((word) => /^(?:-n|--namespace)\b/.test(word)) ? [] : ['--namespace', session.namespace]),
      ...args,
    ]);
    if (theirs.failed?.includes('ENOENT') === true) throw new InputError(words.notThere(line));
    if (theirs.failed !== undefined) throw new InputError(words.didNotEnd(line, theirs.failed));
    runLine(session, line, true);
    const ours = session.output!;
    const said = (ran: Pick<Ran, 'code' | 'stdout' | 'stderr'>): string =>
      `${ran.stdout}${ran.stderr}${ran.code === 0 ? '' : `exit code ${ran.code}\n`}`;
    const differs = differenceOf(said(ours), said(theirs));
    if (differs !== undefined) {
      const message = words.differs(line, indented(differs.ours), indented(differs.theirs));
      const at = session.driver!.now;
      throw new ClaimError(message, {
        at,
        claim: text,
        found: message,
        tables: '',
        causes: [],
        entry: undefined,
      });
    }
    if (ours.code !== 0 && !mayFail)
      throw new InputError(words.failed(line, ours.code, (ours.stderr || ours.stdout).trim()));
  },
});
