import { fileURLToPath } from 'node:url';

/** The folder of this package, as installed or cloned; both src/loader and dist/loader lie two levels below it. */
export const PACKAGE_ROOT = fileURLToPath(new URL('../..', import.meta.url));
