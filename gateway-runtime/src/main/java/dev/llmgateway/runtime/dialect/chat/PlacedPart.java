package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.model.Part;

/// A part that is written elsewhere than where it stands.
record PlacedPart(Part part, Place place) {}
