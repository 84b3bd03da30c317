/**
 * What is asked of the API server by creating it, and is not kept: it comes back with the answer for a
 * status. Models pkg/registry/{authorization,authentication}.
 */
import { defineResource, type ResourceDefinition } from '../resources/definition.ts';
import { AGE, NAME } from '../table/column.ts';

const AUTHORIZATION = 'authorization.k8s.io';
const AUTHENTICATION = 'authentication.k8s.io';

const review = (group: string, kind: string, namespaced = false): ResourceDefinition =>
  defineResource({
    group,
    kind,
    plural: `${kind.toLowerCase()}s`,
    namespaced,
    columns: [NAME, AGE],
    row: ({ metadata }) => [metadata.name ?? '', ''],
  });

let made: readonly ResourceDefinition[] | undefined;

export const reviewDefinitions = (): readonly ResourceDefinition[] =>
  (made ??= [
    review(AUTHENTICATION, 'SelfSubjectReview'),
    review(AUTHENTICATION, 'TokenReview'),
    review(AUTHORIZATION, 'LocalSubjectAccessReview', true),
    review(AUTHORIZATION, 'SelfSubjectAccessReview'),
    review(AUTHORIZATION, 'SelfSubjectRulesReview'),
    review(AUTHORIZATION, 'SubjectAccessReview'),
  ]);

/** Of an object that asks; undefined: it is to be kept, if it is anything. */
export const reviewOf = (apiVersion: string, kind: string): ResourceDefinition | undefined =>
  reviewDefinitions().find((d) => d.apiVersion === apiVersion && d.kind === kind);

/** Whether objects of it are answered and not kept. */
export const isReview = (definition: ResourceDefinition): boolean => reviewDefinitions().includes(definition);
