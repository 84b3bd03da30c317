/**
 * Establishes CustomResourceDefinitions whose names are accepted: from then on the API serves them. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/controller/establish/establishing_controller.go; with one
 * API server nothing is waited for. Keys: names.
 */
import {
  CUSTOM_RESOURCE_DEFINITIONS,
  isTrue,
  type CustomResourceDefinition,
} from '../../api/resources/customresource.ts';
import { withDefinitionCondition } from '../../api/resources/customresourcedefinition.ts';
import type { Controller } from '../controller.ts';
import { definitionOf, writeStatus } from './definitions.ts';

const isToEstablish = (definition: CustomResourceDefinition): boolean =>
  isTrue(definition, 'NamesAccepted') && !isTrue(definition, 'Established');

export const establishingController: Controller<null> = {
  name: 'establishing-controller',
  watches: [CUSTOM_RESOURCE_DEFINITIONS],
  init: () => null,
  observe(event, _state, ctx) {
    if (event.type !== 'DELETED' && isToEstablish(event.object as CustomResourceDefinition))
      ctx.queue.add(event.object.metadata.name);
  },
  sync(name, _state, ctx) {
    const definition = definitionOf(name, ctx);
    if (definition === undefined || !isToEstablish(definition)) return;
    writeStatus(
      withDefinitionCondition(
        definition,
        'Established',
        'True',
        'InitialNamesAccepted',
        'the initial names have been accepted',
        ctx.now,
      ),
      ctx,
    );
  },
};
