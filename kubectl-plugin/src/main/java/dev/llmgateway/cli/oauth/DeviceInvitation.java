package dev.llmgateway.cli.oauth;

import dev.llmgateway.cli.verb.Session;

/// Tells a person where to type the code of a device.
final class DeviceInvitation {
    private DeviceInvitation() {}

    static void show(
            Session session, String account, String page, String code, LoginOptions options) {
        boolean opened = options.browser() && Browser.open(session.surroundings(), page);
        session.say(opened ? "signInOpened" : "signInAt", account, page);
        session.say("typeCode", code);
    }
}
