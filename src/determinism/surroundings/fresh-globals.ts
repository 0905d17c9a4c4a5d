const known = new Set(Reflect.ownKeys(globalThis));

/** Takes off globalThis what code of the user's has put there: a new process has none of it. */
export function freshGlobals(): void {
  for (const name of Reflect.ownKeys(globalThis)) {
    if (known.has(name) || String(name).startsWith('Symbol(crashwise: ')) continue;
    Reflect.deleteProperty(globalThis, name);
  }
}

/** What is there now belongs to the process. */
export function keepGlobals(): void {
  for (const name of Reflect.ownKeys(globalThis)) known.add(name);
}
