/**
 * Refuses new objects of a CustomResourceDefinition that is being deleted. Models serveResource of
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/customresource_handler.go, whatever plugins are
 * enabled; what an apply on the server's side would create (forbidCreateAdmission) is refused alike.
 */
import { ApiError } from '../errors.ts';
import { CUSTOM_RESOURCE_DEFINITIONS } from '../resources/customresource.ts';
import type { AdmissionPlugin } from './types.ts';

export const terminatingDefinitions: AdmissionPlugin = {
  name: 'CustomResourceDefinitionTerminating',
  validate(_object, { operation, definition, view }) {
    if (operation !== 'CREATE' || definition.schemas === undefined) return;
    const its = view.find(CUSTOM_RESOURCE_DEFINITIONS, '', definition.resource);
    if (its?.metadata.deletionTimestamp !== undefined)
      throw new ApiError(
        'MethodNotAllowed',
        'create not allowed while custom resource definition is terminating',
      );
  },
};
