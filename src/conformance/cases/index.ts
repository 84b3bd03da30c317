/** Every area of cases; one import and one element an area. */
import type { CaseArea } from './area.ts';
import { budgetCases } from './budgetarithmetic.ts';
import { evictionCases } from './evictionanswers.ts';

export const CASE_AREAS: readonly CaseArea[] = [
  budgetCases,
  evictionCases,
];
