import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'env',
  blame: 'process.env.WEBHOOK_URL',
  use: 'as an endpoint in an argument',
  guard: 'refused',
};

const { loadEvent, findEndpoint, post } = activities<{
  loadEvent: (id: string) => string;
  findEndpoint: (id: string) => string;
  post: (url: string, event: string) => number;
}>();

export const wrong = workflow('env-webhook-endpoint', async (id: string) => {
  const event = await loadEvent(id);
  const url = process.env.WEBHOOK_URL ?? 'https://hooks.example.org/events'; // <- blame
  return post(url, event);
});

export const repaired = workflow('env-webhook-endpoint-repaired', async (id: string) => {
  const event = await loadEvent(id);
  const url = await findEndpoint(id);
  return post(url, event);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('e-1', 'e-2'),
  results: {
    loadEvent: fc.constantFrom('order.paid', 'order.sent'),
    findEndpoint: 'https://hooks.example.org/events',
    post: fc.constantFrom(200, 410),
  },
};
