/** Every area of cases; one import and one element an area. */
import type { CaseArea } from './area.ts';

export const CASE_AREAS: readonly CaseArea[] = [
];
