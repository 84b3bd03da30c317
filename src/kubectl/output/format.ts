/** The formats of `-o`. */

export const FORMATS =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,' +
  'jsonpath-file,kyaml,name,template,templatefile,wide,yaml';

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
