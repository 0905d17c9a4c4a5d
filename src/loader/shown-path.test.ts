import { afterEach, expect, test, vi } from 'vitest';
import { shownPath } from './shown-path.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const shownIn = (directory: string, file: string): string => {
  vi.spyOn(process, 'cwd').mockReturnValue(directory);
  return shownPath(file);
};

test('a path is relative, unless that leads far out and is longer', () => {
  expect(shownIn('/home/ada/shop', '/home/ada/shop/order.ts')).toBe('order.ts');
  expect(shownIn('/home/ada/shop', '/home/ada/lib/order.ts')).toBe('../lib/order.ts');
  expect(shownIn('/home/ada/shop/src/flows', '/home/ada/shop/node_modules/x.md')).toBe('../../node_modules/x.md');
  expect(shownIn('/home/ada/shop', '/opt/order.ts')).toBe('/opt/order.ts');
});
