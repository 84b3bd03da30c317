/** Text for a terminal, of which nothing acts but our colours: whatever is put into it is made visible. */
import pc from 'picocolors';
import { visible } from '../messages/visible.ts';

/** A text that is safe to print as it is. */
export class Painted {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Painted;

const textOf = (part: Part): string => (part instanceof Painted ? part.text : visible(String(part)));

/** A template of parts: `` painted`${red('failed')}: ${name}` ``. */
export const painted = (strings: TemplateStringsArray, ...parts: readonly Part[]): Painted =>
  new Painted(strings.map((s, i) => (i === 0 ? s : textOf(parts[i - 1]!) + s)).join(''));

const style =
  (colour: (text: string) => string) =>
  (part: Part): Painted =>
    new Painted(colour(textOf(part)));

export const bold = style(pc.bold);
export const cyan = style(pc.cyan);
export const dim = style(pc.dim);
export const green = style(pc.green);
export const red = style(pc.red);
export const yellow = style(pc.yellow);
