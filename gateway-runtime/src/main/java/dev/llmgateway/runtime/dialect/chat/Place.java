package dev.llmgateway.runtime.dialect.chat;

/// Where a part stands in the client's request; becomes text only when something is to be said of
/// it.
///
/// @param inner index inside the block's own content; [#NONE]: the block itself
record Place(int message, int block, int inner) {
    static final int NONE = -1;

    static Place of(int message, int block) {
        return new Place(message, block, NONE);
    }

    Place inside(int index) {
        return new Place(message, block, index);
    }

    /// A path such as `messages[2].content[0]`.
    String path() {
        String path = "messages[" + message + "].content[" + block + "]";
        return inner == NONE ? path : path + ".content[" + inner + "]";
    }
}
