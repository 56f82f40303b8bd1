/// What verbs speak of wherever the objects live: kinds, objects, failures with their exit codes.
/// Imports no room of ours.
@NullMarked
package dev.llmgateway.cli.place;

import org.jspecify.annotations.NullMarked;
