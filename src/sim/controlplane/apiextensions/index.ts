/** The controllers of CustomResourceDefinitions, which run in kube-apiserver. */
import type { Controller } from '../controller.ts';
import { controllerProcess, type ControllerProcess } from '../manager.ts';
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

export const apiextensions: ControllerProcess = controllerProcess(APIEXTENSIONS, APIEXTENSIONS_CONTROLLERS);
