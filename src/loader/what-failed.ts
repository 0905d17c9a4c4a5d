import { importChain } from './import-chain.js';

/** What a module threw while it was evaluated, and the imports that led there. */
export function whatFailed(error: unknown, path: string): string {
  const { what, chain } = importChain(error, path);
  const way = chain.length > 1 ? [`by way of ${chain.join(' > ')}`] : chain.map((place) => `at ${place}`);
  return [what, ...way].join('\n');
}
