package dev.llmgateway.crds.manifest;

/// Where a manifest was written; the text form is `file:document`.
///
/// @param document position in a multi-document file, counted from 1
public record Source(String file, int document) {
    @Override
    public String toString() {
        return file + ":" + document;
    }
}
