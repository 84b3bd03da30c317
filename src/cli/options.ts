/** What options that several commands take are for, and how they are read. */
import { LANGUAGES, type Language } from '../messages/index.ts';
import { UsageError } from './exit.ts';

export const KIT_OPTION =
  'module with faults, invariants, images, controllers of your own, as its default export';
export const SKIP_UNSUPPORTED =
  'leave documents out of manifests whose kinds are not simulated, and say which';
/** Where everything that runs write goes, unless `--reports` says another folder. */
export const REPORTS = 'reports';
/** Where the kubeconfig of a served cluster is written. */
export const KUBECONFIG = 'reports/serve/kubeconfig';

export const LANG_OPTION = 'language in which the report opens: en or ja (en)';
/** Of what is played of features. */
export const OPENS_IN_OPTION = 'language in which the report opens: en or ja (that of the features, or en)';
export const SPOKEN_OPTION = 'language in which it speaks: en or ja (en)';

/** @throws UsageError for a language that reports do not speak */
export function reportLanguage(text = 'en'): Language {
  const language = LANGUAGES.find((l) => l === text);
  if (language === undefined) throw new UsageError(`--lang takes ${LANGUAGES.join(' or ')}, not "${text}"`);
  return language;
}

/** Of commands that tell of features. */
export const TOLD_IN_OPTION = 'language of what is told and written: en or ja (that of the features, or en)';

/** What `--name` takes. @throws UsageError for what is no regular expression */
export function namePattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new UsageError(`--name takes a regular expression, not "${text}": ${(error as Error).message}`);
  }
}
