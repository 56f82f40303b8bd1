/// `apikey`: keys of clients. Imports `verb` and what stands below it.
@NullMarked
package dev.llmgateway.cli.apikey;

import org.jspecify.annotations.NullMarked;
