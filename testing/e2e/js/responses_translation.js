// The official SDKs for JavaScript before upstream.py with Responses on one side: clients of Responses before upstreams of
// Responses, Chat and Messages, and clients of Chat and Messages before one of Responses.

import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { KEY, TIMEOUT, URL, main, raises } from './checks.js';

const client = new OpenAI({ baseURL: `${URL}/v1`, apiKey: KEY, maxRetries: 0, timeout: TIMEOUT });
const claude = new Anthropic({ baseURL: URL, apiKey: KEY, maxRetries: 0, timeout: TIMEOUT });
const [NATIVE, CHAT, MESSAGES] = ['o4-mini-', 'gpt-4.1-', 'claude-opus-4-8-'];
const TRANSLATED = [CHAT, MESSAGES];
const NAMES = ['get_weather', 'now', 'add'];
const parameters = { type: 'object', properties: {} };
const tools = NAMES.map((name) => ({ type: 'function', name, parameters, strict: false }));

const whole = (model, more = {}) => client.responses.create({ model, input: 'Hi', store: false, ...more });
// The accumulator of this SDK throws for every event that it does not expect.
const streamed = (model, more = {}) =>
  client.responses.stream({ model, input: 'Hi', store: false, ...more }).finalResponse();
const collect = async (stream) => {
  const items = [];
  for await (const item of await stream) items.push(item);
  return items;
};
const WAYS = [whole, streamed];
const calls = ({ output }) =>
  output
    .filter((item) => item.type === 'function_call')
    .map((item) => [item.call_id, item.name, JSON.parse(item.arguments)]);
const gist = (response) => [response.output_text, calls(response), response.status];

/** Answers every call until none is left; all that was said. */
async function loop(way, model) {
  const input = [{ role: 'user', content: 'Go' }];
  const told = [];
  for (;;) {
    const response = await way(model, { input: [...input], tools });
    told.push(gist(response));
    if (!calls(response).length) return told;
    input.push(...response.output);
    for (const [call_id, name, value] of calls(response)) {
      input.push({ type: 'function_call_output', call_id, output: `${name} of ${JSON.stringify(value)}` });
    }
  }
}

const user = (content = 'Hi') => [{ role: 'user', content }];
const chatTools = NAMES.map((name) => ({ type: 'function', function: { name, parameters } }));
const chatAsk = (model) => ({ model, messages: user(), tools: chatTools });
const chat = (model) => client.chat.completions.create(chatAsk(model));
const chatStreamed = (model) => client.chat.completions.stream(chatAsk(model)).finalChatCompletion();
const chatGist = ({ choices: [{ message, finish_reason }] }) => [
  message.content ?? '',
  (message.tool_calls ?? []).map((call) => [call.id, call.function.name, JSON.parse(call.function.arguments || '{}')]),
  finish_reason,
];
const messagesTools = NAMES.map((name) => ({ name, input_schema: parameters }));
const messageAsk = (model, more) => ({ model, max_tokens: 500, messages: user(), tools: messagesTools, ...more });
const message = (model, more) => claude.messages.create(messageAsk(model, more));
const messageStreamed = (model, more) => claude.messages.stream(messageAsk(model, more)).finalMessage();
const messageGist = ({ content, stop_reason }) => [
  content.filter((block) => block.type === 'text').map((block) => block.text).join(''),
  content.filter((block) => block.type === 'tool_use').map(({ id, name, input }) => [id, name, input]),
  stop_reason,
];

await main({
  async text_and_tools_whole_and_streamed() {
    for (const scenario of ['text', 'tools']) {
      const expected = gist(await whole(NATIVE + scenario, { tools }));
      for (const model of TRANSLATED) {
        for (const way of WAYS) assert.deepEqual(gist(await way(model + scenario, { tools })), expected);
      }
    }
  },

  async interleaved_arguments_of_two_tools() {
    const expected = gist(await whole(`${NATIVE}interleaved`, { tools }));
    assert.deepEqual(gist(await streamed(`${CHAT}interleaved`, { tools })), expected);
  },

  async tool_without_arguments() {
    for (const model of TRANSLATED) {
      for (const way of WAYS) assert.deepEqual(calls(await way(`${model}bare`, { tools })), [['call_now', 'now', {}]]);
    }
  },

  async loop_of_tools_ends_as_natively() {
    const native = await loop(whole, `${NATIVE}loop`);
    assert.deepEqual(native.map((turn) => turn[1].length), [2, 1, 1, 0]);
    for (const model of TRANSLATED) {
      for (const way of WAYS) assert.deepEqual(await loop(way, `${model}loop`), native);
    }
  },

  async thinking_with_signatures_over_several_turns() {
    for (const way of WAYS) {
      const input = user('Weather?');
      const told = [];
      for (let turn = 0; turn < 4; turn++) {
        const reasoning = { effort: 'high', summary: 'auto' };
        const response = await way(`${MESSAGES}thinking`, { input: [...input], tools, reasoning });
        const thoughts = response.output.filter((item) => item.type === 'reasoning');
        told.push(thoughts.flatMap((item) => item.summary.map((part) => part.text)).join());
        input.push(...response.output);
        const made = calls(response);
        input.push(...made.map(([call_id]) => ({ type: 'function_call_output', call_id, output: '22' })));
        if (!made.length) input.push(...user('Thanks'));
      }
      assert.deepEqual(told, ['First I look.', 'Then I look \u4e16.', 'Now I know.', 'They thank me.']);
    }
  },

  async refusal_is_a_part() {
    const { output } = await streamed(`${MESSAGES}refusal`);
    assert.deepEqual(output[0].content.map((part) => part.type), ['output_text', 'refusal']);
  },

  async usage_counts_the_caches_in() {
    for (const model of TRANSLATED) {
      for (const way of WAYS) {
        const { usage } = await way(`${model}written`);
        assert.deepEqual([usage.input_tokens, usage.output_tokens, usage.total_tokens], [3509, 20, 3529]);
        assert.equal(usage.input_tokens_details.cached_tokens, 3400);
      }
    }
  },

  async broken_streams_never_complete() {
    for (const broken of ['broken-gpt-', 'broken-claude-']) {
      for (const fault of ['cutearly', 'cuttext', 'cuttool', 'eof', 'event']) {
        let events;
        try {
          events = await collect(client.responses.create({ model: broken + fault, input: 'Hi', stream: true, tools }));
        } catch (error) {
          assert.ok(error instanceof OpenAI.APIError, `${error}`);
          continue;
        }
        assert.equal(events.at(-1).type, 'response.failed', fault);
      }
    }
  },

  async chat_and_messages_clients_end_as_natively() {
    for (const scenario of ['text', 'tools', 'bare']) {
      const asChat = chatGist(await chat(CHAT + scenario));
      for (const way of [chat, chatStreamed]) assert.deepEqual(chatGist(await way(NATIVE + scenario)), asChat);
      const asMessages = messageGist(await message(MESSAGES + scenario));
      for (const way of [message, messageStreamed]) {
        assert.deepEqual(messageGist(await way(NATIVE + scenario)), asMessages);
      }
    }
  },

  async reasoning_of_a_messages_client_over_several_turns() {
    for (const way of [message, messageStreamed]) {
      const messages = user('Weather?');
      const told = [];
      for (let turn = 0; turn < 4; turn++) {
        const { content } = await way(`${NATIVE}thinking`, { messages: [...messages], thinking: { type: 'adaptive' } });
        told.push(content.filter((block) => block.type === 'thinking').map((block) => block.thinking).join());
        const results = content
          .filter((block) => block.type === 'tool_use')
          .map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: '22' }));
        messages.push({ role: 'assistant', content }, ...user(results.length ? results : 'Thanks'));
      }
      assert.deepEqual(told, ['First I look.', 'Then I look \u4e16.', 'Now I know.', 'They thank me.']);
    }
  },

  async broken_streams_of_an_upstream_of_responses_raise() {
    for (const fault of ['cutearly', 'cuttext', 'cuttool', 'eof', 'event']) {
      await raises(OpenAI.APIError, () => chatStreamed(`broken-o4-${fault}`));
      await raises(Anthropic.APIError, () => messageStreamed(`broken-o4-${fault}`));
    }
  },
});
