// Prints "N passed, N failed, N skipped" from vitest's report; the exit code says whether all is well.
import { readFileSync } from 'node:fs';

const status = Number(process.argv[2] ?? 0);
let passed = 0;
let failed = 0;
let skipped = 0;
try {
  const report = JSON.parse(readFileSync('node_modules/.cache/test-results.json', 'utf8'));
  passed = report.numPassedTests;
  // A file that can't be loaded fails without a test of its own.
  failed =
    report.numFailedTests + report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.length).length;
  skipped = report.numPendingTests + report.numTodoTests;
} catch {
  // It did not come to tests: something before them failed, which the status tells.
}
if (passed === 0 || (status !== 0 && failed === 0)) failed += 1;
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
