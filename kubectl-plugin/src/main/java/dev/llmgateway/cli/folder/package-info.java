/// A folder of manifests: read, compiled as the gateway compiles it, and edited without touching
/// what people wrote around. Imports `offline`, `place`, `print`, `admin` and the contract.
@NullMarked
package dev.llmgateway.cli.folder;

import org.jspecify.annotations.NullMarked;
