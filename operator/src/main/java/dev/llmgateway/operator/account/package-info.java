/// Reports UpstreamAccounts.
@NullMarked
package dev.llmgateway.operator.account;

import org.jspecify.annotations.NullMarked;
