/**
 * Refuses new objects of a CustomResourceDefinition that is being deleted. Models forbidCreateAdmission of
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/customresource_handler.go, which runs whatever
 * plugins are enabled.
 */
import { CUSTOM_RESOURCE_DEFINITIONS } from '../resources/customresource.ts';
import { refused, type AdmissionPlugin } from './types.ts';

export const terminatingDefinitions: AdmissionPlugin = {
  name: 'CustomResourceDefinitionTerminating',
  validate(_object, request) {
    const { operation, definition, view } = request;
    if (operation !== 'CREATE' || definition.schemas === undefined) return;
    const its = view.find(CUSTOM_RESOURCE_DEFINITIONS, '', definition.resource);
    if (its?.metadata.deletionTimestamp !== undefined)
      throw refused(request, 'create not allowed while custom resource definition is terminating');
  },
};
