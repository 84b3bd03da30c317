/**
 * A script's tree as a list of instructions with jumps, so that where a shell is in a script is a number,
 * which can be saved. Bodies that run in processes of their own (subshells, sides of pipes, background
 * jobs)
 * stand in the same list, each ended by `leave`.
 */
import type {
  ArithmeticExpression,
  Command,
  CommandNode,
  CompoundList,
  For,
  Pipeline,
  PipelineNode,
  Redirection,
  Statement,
  TestExpression,
  Word,
} from 'unbash';
import { remembered } from '../../kernel/memo.ts';
import { parseScript } from './parse.ts';

/** `tested`: its failure is looked at (`if`, `&&`, `!`), so that `set -e` does not apply. */
export type Instruction =
  | { readonly op: 'simple'; readonly command: Command; readonly tested: boolean }
  | { readonly op: 'jump' | 'ifFailed' | 'ifOk'; to: number }
  | { readonly op: 'status'; readonly status: number }
  | { readonly op: 'negate' }
  /** `both`: of each side but the last, whether its standard error goes into the pipe too. */
  | {
      readonly op: 'pipe';
      readonly bodies: number[];
      readonly both: readonly boolean[];
      to: number;
      readonly tested: boolean;
    }
  | { readonly op: 'subshell' | 'background'; to: number; readonly tested: boolean }
  | { readonly op: 'redirect'; readonly redirections: readonly Redirection[] }
  | { readonly op: 'restore' }
  | { readonly op: 'loop'; breakTo: number; continueTo: number }
  | { readonly op: 'words'; readonly words: readonly Word[] | undefined }
  | { readonly op: 'next'; readonly name: string; to: number }
  | { readonly op: 'endLoop' }
  | { readonly op: 'case'; readonly word: Word }
  | { readonly op: 'match'; readonly patterns: readonly Word[]; to: number }
  | { readonly op: 'endCase' }
  | { readonly op: 'arithmetic'; readonly expression: ArithmeticExpression; readonly tested: boolean }
  | { readonly op: 'condition'; readonly expression: TestExpression; readonly tested: boolean }
  | { readonly op: 'define'; readonly name: string; to: number }
  /** Something that cannot be followed: it succeeds. */
  | { readonly op: 'passOver'; readonly what: string }
  | { readonly op: 'leave' };

/** The instructions of a script. @throws ShellSyntaxError */
export const instructionsOf = remembered(512, (text: string): readonly Instruction[] => {
  const compiler = new Compiler(text);
  compiler.statements(parseScript(text).commands, false);
  return compiler.out;
});

class Compiler {
  readonly out: Instruction[] = [];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  private add<T extends Instruction>(instruction: T): T {
    this.out.push(instruction);
    return instruction;
  }

  private get here(): number {
    return this.out.length;
  }

  statements(list: readonly Statement[], tested: boolean): void {
    for (const { command, background } of list) {
      if (background !== true) this.andOr(command, tested);
      else this.body('background', false, () => this.andOr(command, false));
    }
  }

  private list(list: CompoundList, tested: boolean): void {
    this.statements(list.commands, tested);
  }

  /** What a process of its own runs. */
  private body(op: 'background' | 'subshell', tested: boolean, inside: () => void): void {
    const start = this.add({ op, to: 0, tested });
    inside();
    this.add({ op: 'leave' });
    start.to = this.here;
  }

  private andOr(command: Statement['command'], tested: boolean): void {
    if (command.type !== 'AndOr') return this.pipeline(command, tested);
    command.commands.forEach((part, i) => {
      const jump =
        i === 0
          ? undefined
          : this.add({ op: command.operators[i - 1] === '&&' ? 'ifFailed' : 'ifOk', to: 0 });
      this.pipeline(part, tested || i < command.commands.length - 1);
      if (jump !== undefined) jump.to = this.here;
    });
  }

  private pipeline(node: PipelineNode, tested: boolean): void {
    if (node.type !== 'Pipeline') return this.command(node, tested);
    const negations = node.prefixes.filter(({ type }) => type === 'Negation').length;
    if (node.commands.length === 1) this.command(node.commands[0]!, tested || negations > 0);
    else this.pipe(node, tested || negations > 0);
    for (let i = 0; i < negations; i++) this.add({ op: 'negate' });
  }

  private pipe({ commands, operators }: Pipeline, tested: boolean): void {
    const both = operators.map((operator) => operator === '|&');
    const pipe = this.add({ op: 'pipe' as const, bodies: [] as number[], both, to: 0, tested });
    for (const command of commands) {
      pipe.bodies.push(this.here);
      this.command(command, tested);
      this.add({ op: 'leave' });
    }
    pipe.to = this.here;
  }

  private command(node: CommandNode, tested: boolean): void {
    switch (node.type) {
      case 'Command':
        this.add({ op: 'simple', command: node, tested });
        return;
      case 'Redirected':
        this.add({ op: 'redirect', redirections: node.redirects });
        this.command(node.command, tested);
        this.add({ op: 'restore' });
        return;
      case 'BraceGroup':
        return this.list(node.body, tested);
      case 'Subshell':
        return this.body('subshell', tested, () => this.list(node.body, tested));
      case 'If': {
        const ends: { to: number }[] = [];
        for (const { clause, then } of [node, ...node.elif]) {
          this.list(clause, true);
          const skip = this.add({ op: 'ifFailed', to: 0 });
          this.list(then, tested);
          ends.push(this.add({ op: 'jump', to: 0 }));
          skip.to = this.here;
        }
        if (node.else === undefined) this.add({ op: 'status', status: 0 });
        else this.list(node.else, tested);
        for (const end of ends) end.to = this.here;
        return;
      }
      case 'While':
        return this.loop((loop) => {
          loop.continueTo = this.here;
          this.list(node.clause, true);
          const exit = this.add({ op: node.kind === 'while' ? 'ifFailed' : 'ifOk', to: 0 });
          this.list(node.body, tested);
          this.add({ op: 'jump', to: loop.continueTo });
          exit.to = this.here;
          this.add({ op: 'status', status: 0 });
        });
      case 'For':
        return this.forLoop(node, tested);
      case 'ArithmeticFor':
        return this.loop((loop) => {
          const evaluate = (expression: ArithmeticExpression | undefined): void => {
            if (expression !== undefined) this.add({ op: 'arithmetic', expression, tested: true });
          };
          evaluate(node.initialize);
          const top = this.here;
          this.add({ op: 'status', status: 0 });
          evaluate(node.test);
          const exit = this.add({ op: 'ifFailed', to: 0 });
          this.list(node.body, tested);
          loop.continueTo = this.here;
          evaluate(node.update);
          this.add({ op: 'jump', to: top });
          exit.to = this.here;
          this.add({ op: 'status', status: 0 });
        });
      case 'Case': {
        this.add({ op: 'case', word: node.word });
        const ends: { to: number }[] = [];
        let falls: { to: number } | undefined;
        for (const { pattern, body, terminator } of node.items) {
          const match = this.add({ op: 'match', patterns: pattern, to: 0 });
          if (falls !== undefined) falls.to = this.here;
          falls = undefined;
          this.list(body, tested);
          if (terminator === ';&') falls = this.add({ op: 'jump', to: this.here + 1 });
          else if (terminator !== ';;&') ends.push(this.add({ op: 'jump', to: 0 }));
          match.to = this.here;
        }
        this.add({ op: 'status', status: 0 });
        for (const end of ends) end.to = this.here;
        this.add({ op: 'endCase' });
        return;
      }
      case 'Function': {
        const define = this.add({ op: 'define', name: node.name.value, to: 0 });
        if (node.body.type === 'CompoundList') this.list(node.body, false);
        else this.command(node.body, false);
        this.add({ op: 'leave' });
        define.to = this.here;
        return;
      }
      case 'TestCommand':
        this.add({ op: 'condition', expression: node.expression, tested });
        return;
      case 'ArithmeticCommand':
        if (node.expression === undefined) this.add({ op: 'status', status: 1 });
        else this.add({ op: 'arithmetic', expression: node.expression, tested });
        return;
      case 'Select':
      case 'Coproc':
        this.add({ op: 'passOver', what: this.text.slice(node.pos, node.end) });
    }
  }

  private forLoop(node: For, tested: boolean): void {
    this.loop((loop) => {
      this.add({ op: 'words', words: node.wordlist });
      this.add({ op: 'status', status: 0 });
      loop.continueTo = this.here;
      const next = this.add({ op: 'next', name: node.name.value, to: 0 });
      this.list(node.body, tested);
      this.add({ op: 'jump', to: loop.continueTo });
      next.to = this.here;
    });
  }

  private loop(inside: (loop: { continueTo: number }) => void): void {
    const loop = this.add({ op: 'loop', breakTo: 0, continueTo: 0 });
    inside(loop);
    loop.breakTo = this.here;
    this.add({ op: 'endLoop' });
  }
}
