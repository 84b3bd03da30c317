/** Who tells of a run: while it goes on, or once it is over. All it is given is the record. */
import type {
  Attached,
  FeatureRecord,
  OperationRecord,
  Problem,
  RunRecord,
  ScenarioRecord,
  StepRecord,
} from './record.ts';

/** The record of a scenario grows while it is played; what a call is about is complete. */
export interface Reporter {
  /** @throws UnwritableError when there will be no place for what it writes */
  runBegan?(): void;
  scenarioBegan?(scenario: ScenarioRecord, feature: FeatureRecord): void;
  /** @param operation the one that the step's number stands for */
  stepEnded?(
    step: StepRecord,
    operation: OperationRecord | undefined,
    scenario: ScenarioRecord,
    feature: FeatureRecord,
  ): void;
  /** What stands around the steps: hooks, the other seeds of the scenario. */
  hookEnded?(
    hook: { readonly attachments: readonly Attached[]; readonly problem?: Problem },
    scenario: ScenarioRecord,
    feature: FeatureRecord,
  ): void;
  scenarioEnded?(scenario: ScenarioRecord, feature: FeatureRecord): void;
  /** @throws UnwritableError when what it writes cannot be written */
  runEnded?(run: RunRecord): void;
}
