// Named checks, each printed as one line, so that a JUnit test can be made of every one:
//   ok NAME
//   FAIL NAME: what went wrong
//   ran N

export const URL = process.env.GATEWAY_URL;
export const KEY = process.env.GATEWAY_KEY;
export const TEXT = 'Hello gateway, h\u00e9llo \u4e16\u754c \u{1f642} and good bye.';
export const TIMEOUT = 30_000;

/**
 * The error of that class, or a subclass, that the call rejects with. A lost connection is never what a check means,
 * though the SDKs derive its class from their general one.
 */
export async function raises(kind, call) {
  let result;
  try {
    result = await call();
  } catch (error) {
    if (error instanceof kind && !/^APIConnection/.test(error.constructor.name)) return error;
    throw error;
  }
  throw new Error(`no ${kind.name} but ${JSON.stringify(result)}`);
}

/** Runs every method of the object as a check named like it. */
export async function main(checks) {
  let failed = 0;
  for (const [name, run] of Object.entries(checks)) {
    try {
      await run();
      console.log(`ok ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAIL ${name}: ${`${error?.constructor?.name}: ${error?.message}`.replace(/\s+/g, ' ')}`);
    }
  }
  console.log(`ran ${Object.keys(checks).length}`);
  process.exitCode = failed ? 1 : 0;
}
