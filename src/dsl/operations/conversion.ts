import { parse as parseYaml } from 'yaml';
import { parseConversionBehaviour, type ConversionBehaviour } from '../../drivers/driver.ts';
import { simulationOf } from '../capabilities.ts';
import { languageOf } from '../explain.ts';
import { unread } from '../unread.ts';
import type { OperationFamily } from '../types.ts';
import type { ConversionOperation } from './operation.ts';

export const conversion: OperationFamily<ConversionOperation> = {
  op: 'conversion',
  role: 'scene',
  keyword: 'Given',
  phrases: [
    {
      en: 'conversion webhook of {string:definition} behaves as:',
      ja: 'カスタムリソース定義{definition}の変換Webhookは次のように振る舞う:',
      about:
        'what the program behind the conversion webhook of a CustomResourceDefinition makes of its ' +
        'objects, in YAML: a list `conversions`, each `from` a version `to` another, with `moves` (fields ' +
        'by where they were; the way back follows), `sets` (fields by expressions of CEL, of which ' +
        '`object` is what comes in; the way back is to be said, too) and `drops`; beside it `after` (a ' +
        'duration), `fails` (why it converts nothing), `certificate` (`expired`, `unknown authority`, ' +
        '`other name`)',
      docString: 'behaviour',
    },
  ],
  play({ definition, behaviour }, { session }) {
    let parsed: ConversionBehaviour;
    try {
      parsed = parseConversionBehaviour(parseYaml(behaviour, { version: '1.1' }));
    } catch (error) {
      throw unread('conversion', definition, error, languageOf(session));
    }
    session.conversions.set(definition, parsed);
    if (session.driver !== undefined) simulationOf(session.driver).setConversion(definition, parsed);
  },
};
