/// How results look: tables, JSON, YAML, names, colours and languages. Imports no room of ours.
@NullMarked
package dev.llmgateway.cli.print;

import org.jspecify.annotations.NullMarked;
