/// The whole life of a token as pure functions: profiles as data, requests, answers, and when to
/// refresh; the operator, the standalone gateway and the command line add only thin HTTP. Imports
/// `api` and `manifest`.
@NullMarked
package dev.llmgateway.crds.oauth;

import org.jspecify.annotations.NullMarked;
