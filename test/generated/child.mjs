// Checks one engine in a process of its own, so that one that hangs can be stopped and none sees the guard of another:
// `node child.mjs <url of check.js> <url of the engine> <options as JSON>` prints the report as JSON.

const [check, url, options] = process.argv.slice(2);
const { checkEngine } = await import(check);
const { programs, ms, failure, statistics } = await checkEngine(await import(url), JSON.parse(options));
process.stdout.write(JSON.stringify({ programs, ms, failure, statistics: statistics.text }), () => process.exit(0));
