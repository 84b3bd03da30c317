/** The formatter of our runs: progress on the terminal, Allure results beside it. */
import type { IFormatterOptions } from '@cucumber/cucumber';
import AllureReport from './allure.ts';
import Progress from './progress.ts';

export default class SeatrialFormatter extends Progress {
  static override readonly documentation =
    'Steps with virtual time beside them, and Allure results under reports/.';
  private readonly allure: AllureReport;

  constructor(options: IFormatterOptions) {
    super(options);
    this.allure = new AllureReport(options);
  }

  override async finished(): Promise<void> {
    await this.allure.finished();
    await super.finished();
  }
}
