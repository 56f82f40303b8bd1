// Named checks, each printed as one line, so that a JUnit test can be made of every one:
//   ok NAME
//   FAIL NAME: what went wrong
//   left out NAME: needs FORMAT
//   ran N

export const URL = process.env.GATEWAY_URL;
export const KEY = process.env.GATEWAY_KEY;
export const TEXT = 'Hello gateway, h\u00e9llo \u4e16\u754c \u{1f642} and good bye.';
export const TIMEOUT = 30_000;
// What the account behind the gateway speaks; none named = every format.
const FORMATS = (process.env.UPSTREAM_FORMATS ?? '').split(' ').filter(Boolean);

export const spoken = (format) => FORMATS.length === 0 || FORMATS.includes(format);

/** A check of a format that is not translated: only accounts that speak it can serve it. */
export const needing = (format, run) => Object.assign(run, { needs: format });

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

/** Runs every method of the object as a check named like it, but for those the account has no format for. */
export async function main(checks) {
  let ran = 0;
  let failed = 0;
  for (const [name, run] of Object.entries(checks)) {
    if (run.needs && !spoken(run.needs)) {
      console.log(`left out ${name}: needs ${run.needs}`);
      continue;
    }
    ran++;
    try {
      await run();
      console.log(`ok ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAIL ${name}: ${`${error?.constructor?.name}: ${error?.message}`.replace(/\s+/g, ' ')}`);
    }
  }
  console.log(`ran ${ran}`);
  process.exitCode = failed ? 1 : 0;
}
