// How cucumber-js runs the features: TypeScript as it stands, our steps, our formatter.
export default {
  import: ['steps/tsx.mjs', 'src/cucumber.ts'],
  format: ['./src/report/formatter.ts'],
  worldParameters: { seatrial: { record: 'verdicts' } },
  formatOptions: { resultsDir: 'reports/allure-results' },
};
