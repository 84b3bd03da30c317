/**
 * Formats of `-o` that scripts ask for, and where their templates come from. Sources:
 * staging/src/k8s.io/cli-runtime/pkg/genericclioptions/{template,jsonpath}_flags.go,
 * pkg/printers/template.go, kubectl/pkg/cmd/get/customcolumn{,_flags}.go.
 */
import { KubectlError, PrintError } from '../errors.ts';
import type { Session } from '../session.ts';
import { formatsOf, type Format } from './format.ts';
import { goTemplate } from './gotemplate/index.ts';
import { TemplateError } from './gotemplate/nodes.ts';
import { goText } from '../../sim/api/jsonpath/evaluate.ts';
import { goJson } from './json.ts';
import { relaxedPath } from './jsonpath.ts';

/** The formats that take a template, by what is written before the `=`. */
const KINDS: Readonly<Record<string, Exclude<Format['kind'], 'table' | 'name' | 'yaml' | 'kyaml' | 'json'>>> =
  {
    'custom-columns': 'custom-columns',
    'custom-columns-file': 'custom-columns',
    'go-template': 'go-template',
    'go-template-file': 'go-template',
    jsonpath: 'jsonpath',
    'jsonpath-as-json': 'jsonpath-as-json',
    'jsonpath-file': 'jsonpath',
    template: 'go-template',
    templatefile: 'go-template',
  };

function readTemplate({ io }: Pick<Session, 'io'>, path: string, what: string): string {
  try {
    return io.readFile(path);
  } catch {
    throw new KubectlError(`error reading ${what}${path}, open ${path}: no such file or directory`);
  }
}

/** Two lines of words, headers and where their values are, as the flag would have them. */
function columnsOf(text: string): string {
  const [headers, specs] = text.split('\n').map((line) => line.split(/\s+/).filter((word) => word !== ''));
  const expected =
    'Expected format is one line of space separated headers, one line of space separated column specs.';
  if (headers === undefined || text === '')
    throw new KubectlError(`invalid template, missing header line. ${expected}`);
  if (specs === undefined || specs.length === 0)
    throw new KubectlError(`invalid template, missing spec line. ${expected}`);
  if (headers.length !== specs.length)
    throw new KubectlError(
      `number of headers (${headers.length}) and field specifications (${specs.length}) don't match`,
    );
  return headers.map((header, i) => `${header}:${relaxedPath(specs[i]!)}`).join(',');
}

/**
 * The format of a template that a flag gives.
 * @param text `jsonpath={.items}`, `go-template-file=x.tmpl` @param strict what is missing is an error
 * @throws KubectlError for formats that kubectl does not know, or that are not served here
 */
export function templateFormat(
  session: Pick<Session, 'io' | 'flags' | 'command'>,
  text: string,
  strict: boolean,
): Format {
  const { flags, command } = session;
  const eq = text.indexOf('=');
  const name = eq < 0 || flags.has('template') ? text : text.slice(0, eq);
  const given = flags.text('template') || (eq < 0 ? '' : text.slice(eq + 1));
  const kind = KINDS[name];
  const formats = formatsOf(command);
  if (kind === undefined || !formats.includes(name))
    throw new KubectlError(
      `unable to match a printer suitable for the output format "${text}", allowed formats are: ` +
        formats.join(','),
    );
  const isColumns = kind === 'custom-columns';
  if (given === '')
    throw new KubectlError(
      isColumns
        ? 'custom-columns format specified but no custom columns given'
        : 'template format specified but no template given',
    );
  if (strict && kind !== 'go-template')
    throw new KubectlError(`--allow-missing-template-keys=false is not simulated for ${name}`);
  if (!name.endsWith('file')) return { kind, template: given, ...(strict ? { strict } : {}) };
  const read = readTemplate(session, given, isColumns ? 'template ' : '--template ');
  return { kind, template: isColumns ? columnsOf(read) : read, ...(strict ? { strict } : {}) };
}

/** What a template of Go makes of an object. @throws KubectlError as kubectl words it */
export function printGoTemplate(template: string, data: unknown, strict: boolean): string {
  let done;
  try {
    done = goTemplate(template, data, { strict });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new KubectlError(`error parsing template ${template}, ${error.message}\n`);
  }
  if (done.error === undefined) return done.text;
  throw new PrintError(
    `error executing template ${JSON.stringify(template)}: ${done.error}`,
    [
      `${done.text}Error executing template: ${done.error}. Printing more information for debugging the ` +
        'template:',
      `\ttemplate was:\n\t\t${template}`,
      `\traw data was:\n\t\t${goJson(data)}`,
      `\tobject given to template engine was:\n\t\t${goText(data as never)}\n\n`,
    ].join('\n'),
  );
}
