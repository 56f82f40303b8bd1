package dev.llmgateway.runtime.dialect.json;

import dev.llmgateway.runtime.model.Slice;
import org.jspecify.annotations.Nullable;

/// Short texts that the formats consist of, names of members and of kinds, as strings that are
/// there already: to read one of these costs no garbage. Never changes, so that all loops share it.
/// A text that is missing here only costs its string.
final class KnownNames {
    private static final String NAMES =
            """
            $defs $ref $schema accepted_prediction_tokens
            adaptive additionalProperties allOf allowed_callers allowed_domains
            allowed_tools annotations any anyOf approximate arguments array assistant audio
            audio_tokens authentication_error auto base64 best_of between_tools
            billing_error billing_hard_limit_reached blocked_domains boolean budget_tokens
            cache_control cache_creation cache_creation_input_tokens
            cache_read_input_tokens cache_write_tokens cached_tokens caller chat.completion
            chat.completion.chunk choices citation citations citations_delta city code
            compaction completion_tokens completion_tokens_details conflict_error const
            container container_upload content content_block content_block_delta
            content_block_start content_block_stop content_filter context
            context_length_exceeded country created custom data default defer_loading
            definition definitions delta description detail developer diagnostics
            disable_parallel_tool_use disabled display document eager_input_streaming echo
            effort enabled end_turn enum ephemeral ephemeral_1h_input_tokens
            ephemeral_5m_input_tokens error file file_data file_id filename finish_reason
            format frequency_penalty function function_call functions grammar high
            id image image_url include_obfuscation include_usage index inference_geo
            input input_audio input_examples input_image input_json_delta input_schema
            input_text input_tokens insufficient_quota integer invalid_api_key
            invalid_prompt invalid_request_error invalid_value is_error items json_object
            json_schema length logit_bias logprobs low max maxItems max_completion_tokens
            max_tokens max_uses maximum mcp_tool_use media_type medium message
            message_delta message_start message_stop messages metadata minItems minimal
            minimum modalities mode model model_context_window_exceeded model_not_found n
            name native_finish_reason none not_found_error null number obfuscation object
            oneOf output_config output_text output_tokens output_tokens_details
            overloaded_error parallel_tool_calls parameters parsed parsed_arguments
            partial_json pattern pause_turn permission_denied permission_error ping
            presence_penalty priority prompt prompt_cache_breakpoint
            prompt_cache_hit_tokens prompt_cache_key prompt_cache_options
            prompt_cache_retention prompt_tokens prompt_tokens_details properties
            rate_limit_error rate_limit_exceeded reasoning reasoning_content
            reasoning_details reasoning_effort reasoning_tokens redacted_thinking refusal
            region rejected_prediction_tokens request_too_large requests required
            response_format role safety_identifier schema search_context_size search_result
            seed server_is_overloaded server_tool_use service_tier session_id signature
            signature_delta source speed standard_only stop stop_details stop_reason
            stop_sequence stop_sequences store stream stream_options strict string suffix
            summary syntax system system_fingerprint temperature text text_delta thinking
            thinking_blocks thinking_delta thinking_tokens timeout timeout_error timezone
            title tokens tool tool_call_id tool_calls tool_choice tool_reference
            tool_result tool_use tool_use_id tools top_k top_logprobs top_p total_tokens
            ttl type url usage user user_id user_location verbosity web_search_options
            xhigh
            action additional_tools annotation call_id client_metadata content_index
            conversation custom_tool_call custom_tool_call_output encrypted_content
            file_url function_call_output incomplete_details input_file
            input_tokens_details instructions item item_id local_shell max_output_tokens
            namespace output output_index phase previous_response_id response
            response.completed response.content_part.added response.content_part.done
            response.created response.custom_tool_call_input.delta
            response.custom_tool_call_input.done response.function_call_arguments.delta
            response.function_call_arguments.done response.in_progress
            response.output_item.added response.output_item.done
            response.output_text.delta response.output_text.done
            response.reasoning_summary_part.added response.reasoning_summary_part.done
            response.reasoning_summary_text.delta response.reasoning_summary_text.done
            sequence_number status summary_index summary_text truncation web_search
            """;

    /// A power of two, a few times the names, so that most have a place of their own.
    private static final int PLACES = 1024;

    private static final @Nullable String[] TABLE = new @Nullable String[PLACES];
    private static final int LONGEST;

    static {
        int longest = 0;
        for (String name : NAMES.strip().split("\\s+", -1)) {
            TABLE[place(Slice.of(name))] = name;
            longest = Math.max(longest, name.length());
        }
        LONGEST = longest;
    }

    private KnownNames() {}

    /// The text of the inside of a string; the same instance for those that are known.
    static String of(Slice escaped) {
        if (escaped.length() <= LONGEST) {
            @Nullable String known = TABLE[place(escaped)];
            if (known != null) {
                return known;
            }
        }
        return JsonCursor.decoded(escaped);
    }

    /// Where a text stands, or would.
    private static int place(Slice text) {
        int hash = text.length();
        for (int i = text.from(); i < text.to(); i++) {
            hash = 31 * hash + text.bytes()[i];
        }
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        @Nullable String there = TABLE[place];
        while (there != null && !text.is(there)) {
            place = (place + 1) & (PLACES - 1);
            there = TABLE[place];
        }
        return place;
    }
}
