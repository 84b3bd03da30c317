/** Registers the language's parameter types with Cucumber. */
import { defineParameterType } from '@cucumber/cucumber';
import { PARAMETER_KINDS } from '../src/dsl/phrases/parameters.ts';

for (const kind of PARAMETER_KINDS) {
  defineParameterType({
    name: kind.name,
    regexp: new RegExp(kind.pattern),
    transformer: (text: string) => kind.parse(text),
    useForSnippets: false,
    preferForRegexpMatch: false,
  });
}
