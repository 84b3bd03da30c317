/** The controllers of CustomResourceDefinitions, which run in kube-apiserver. */
import type { ApiComponent } from '../../api/client.ts';
import type { Controller } from '../controller.ts';
import { controllerProcess } from '../manager.ts';
import { apiApprovalController } from './apiapproval.ts';
import { establishingController } from './establishing.ts';
import { definitionFinalizer } from './finalizer.ts';
import { namingController } from './naming.ts';

export const APIEXTENSIONS = 'apiextensions-apiserver';

/** Together: what a CustomResourceDefinition goes through. */
const APIEXTENSIONS_CONTROLLERS: readonly Controller<any>[] = [
  namingController,
  establishingController,
  apiApprovalController,
  definitionFinalizer,
];

export const apiextensions: ApiComponent<any, any> = controllerProcess(
  APIEXTENSIONS,
  APIEXTENSIONS_CONTROLLERS,
);
