/** Templates of Go's text/template, as far as users of kubectl go. */
import { executeTemplate, type Executed, type ExecuteOptions } from './execute.ts';
import { FUNCTIONS } from './functions.ts';
import { TemplateError } from './nodes.ts';
import { parseTemplate } from './parse.ts';
import { ofJson } from './values.ts';

const NAMES: ReadonlySet<string> = new Set(Object.keys(FUNCTIONS));

/**
 * What a template makes of a value of JSON.
 * @throws TemplateError where it cannot be read, as Go words it
 * @example goTemplate('{{.metadata.name}}', pod).text
 */
export function goTemplate(text: string, data: unknown, options: ExecuteOptions = {}): Executed {
  let template;
  try {
    template = parseTemplate(text, NAMES);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new TemplateError(`template: output:${error.message}`);
  }
  return executeTemplate(template, ofJson(data), options);
}
