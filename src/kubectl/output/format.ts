/** The formats of `-o`. */

/** Those of every command that prints objects. */
const FORMATS =
  'go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,' +
  'templatefile,yaml';
/** Those that are tables, which the server makes of what is asked for. */
const OF_TABLES = ['custom-columns', 'custom-columns-file', 'wide'];

/** What a command can print, in the order of names. @param command `get`, `create job` */
export const formatsOf = (command: string): readonly string[] =>
  [...FORMATS.split(','), ...(command === 'get' ? OF_TABLES : [])].sort();

export type Format =
  | { kind: 'table'; wide: boolean }
  | { kind: 'name' }
  /** `managers`: who manages which fields is shown. */
  | { kind: 'yaml' | 'kyaml' | 'json'; managers: boolean }
  | {
      kind: 'jsonpath' | 'jsonpath-as-json' | 'custom-columns' | 'go-template';
      template: string;
      /** A key that is not there is an error. */
      strict?: boolean;
    };
