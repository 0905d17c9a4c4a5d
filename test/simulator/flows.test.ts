import { simulate } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { flows } from '../kill/flows.js';

// The flows that are killed for real are explored whole too: a wait, and two activities in flight at once.
test.each(['nudge', 'fan-out'])('%s is proved: closed, and every merged pair checked', async (name) => {
  const { runs } = await simulate({ scenarios: [flows[name]!] });
  const { verdict, closed, violations, certificate, states, lives } = runs[0]!;
  expect({ verdict, closed, violations }).toEqual({ verdict: 'proved', closed: true, violations: [] });
  const [, checked, of] = /^(\d+) of (\d+)$/.exec(certificate.projections[0]!.checked)!;
  expect(checked).toBe(of);
  console.log(`${name}: ${states} states, ${lives} lives, ${certificate.projections[0]!.checked} merged pairs checked`);
});
