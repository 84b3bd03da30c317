/** The tree of a template, and how Go writes its parts. Source: text/template/parse/node.go. */

interface At {
  /** Where it begins in the template's text. */
  readonly at: number;
}

export type Operand = At &
  (
    | { readonly kind: 'dot' | 'nil' }
    | { readonly kind: 'bool'; readonly value: boolean }
    | { readonly kind: 'number'; readonly text: string; readonly value: number; readonly isInt: boolean }
    | { readonly kind: 'string'; readonly quoted: string; readonly value: string }
    /** `.a.b` */
    | { readonly kind: 'field'; readonly path: readonly string[] }
    /** `$x.a` */
    | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[] }
    | { readonly kind: 'function'; readonly name: string }
    | { readonly kind: 'pipe'; readonly pipe: Pipe }
    /** `(…).a` */
    | { readonly kind: 'chain'; readonly of: Operand; readonly path: readonly string[] }
  );

export interface Command extends At {
  readonly words: readonly Operand[];
}

export interface Pipe extends At {
  readonly declares: readonly string[];
  /** `=` in place of `:=`. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
}

export type Branching = 'if' | 'range' | 'with';

export type Node = At &
  (
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'action'; readonly pipe: Pipe }
    | { readonly kind: 'break' | 'continue' }
    | { readonly kind: 'template'; readonly name: string; readonly pipe: Pipe | undefined }
    | {
        readonly kind: Branching;
        readonly pipe: Pipe;
        readonly then: readonly Node[];
        readonly otherwise: readonly Node[] | undefined;
      }
  );

export interface Template {
  readonly text: string;
  readonly root: readonly Node[];
  readonly defined: ReadonlyMap<string, readonly Node[]>;
}

/** What a template does that cannot be: words as Go has them, without `template: output:`. */
export class TemplateError extends Error {}

const pathText = (path: readonly string[]): string => path.map((name) => `.${name}`).join('');

export function operandText(operand: Operand): string {
  switch (operand.kind) {
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(operand.value);
    case 'number':
      return operand.text;
    case 'string':
      return operand.quoted;
    case 'field':
      return pathText(operand.path);
    case 'variable':
      return operand.name + pathText(operand.path);
    case 'function':
      return operand.name;
    case 'pipe':
      return `(${pipeText(operand.pipe)})`;
    case 'chain': {
      const of = operandText(operand.of);
      return of + pathText(operand.path);
    }
  }
}

export const commandText = ({ words }: Command): string => words.map(operandText).join(' ');

export const pipeText = ({ declares, assigns, commands }: Pipe): string =>
  (declares.length === 0 ? '' : `${declares.join(', ')} ${assigns ? '=' : ':='} `) +
  commands.map(commandText).join(' | ');

/** `output:1:2`: where a place in the text is, as errors tell it. */
export function placeText(text: string, at: number): string {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return `output:${before.split('\n').length}:${new TextEncoder().encode(before.slice(lineStart)).length}`;
}
