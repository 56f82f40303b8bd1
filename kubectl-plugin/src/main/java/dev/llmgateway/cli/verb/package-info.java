/// What every verb has: the global options, the place it works on, its surroundings. Imports every
/// room but verbs.
@NullMarked
package dev.llmgateway.cli.verb;

import org.jspecify.annotations.NullMarked;
