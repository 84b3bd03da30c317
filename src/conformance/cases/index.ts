/** Every area of cases; one import and one element an area. */
import type { CaseArea } from './area.ts';
import { budgetCases } from './budgetarithmetic.ts';
import { endpointCases } from './endpointreadiness.ts';
import { evictionCases } from './evictionanswers.ts';
import { taintEvictionCases } from './tainteviction.ts';
import { fieldSelectorCases } from './fieldselector.ts';
import { intOrStringCases } from './intorstring.ts';
import { labelSelectorCases } from './labelselector.ts';
import { quantityCases } from './quantity.ts';
import { strategicMergeCases } from './strategicmerge.ts';

export const CASE_AREAS: readonly CaseArea[] = [
  budgetCases,
  endpointCases,
  evictionCases,
  taintEvictionCases,
  fieldSelectorCases,
  intOrStringCases,
  labelSelectorCases,
  quantityCases,
  strategicMergeCases,
];
