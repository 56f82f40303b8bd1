// The official OpenAI SDK for JavaScript before upstream.py: each conversation natively (Chat) and translated (Messages).

import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { KEY, TIMEOUT, URL, main, raises } from './checks.js';

const client = new OpenAI({ baseURL: `${URL}/v1`, apiKey: KEY, maxRetries: 0, timeout: TIMEOUT });
const [NATIVE, TRANSLATED, BROKEN] = ['gpt-4.1-', 'claude-opus-4-8-', 'broken-claude-'];
const tools = ['get_weather', 'now', 'add'].map((name) => ({
  type: 'function',
  function: { name, parameters: { type: 'object', properties: {} } },
}));

const user = (content = 'Hi') => [{ role: 'user', content }];
const whole = (model, more = {}) => client.chat.completions.create({ model, messages: user(), ...more });
const streamed = (model, more = {}) =>
  client.chat.completions
    .stream({ model, messages: user(), stream_options: { include_usage: true }, ...more })
    .finalChatCompletion();
const collect = async (stream) => {
  const items = [];
  for await (const item of await stream) items.push(item);
  return items;
};
const WAYS = [whole, streamed];
const calls = (message) =>
  (message.tool_calls ?? []).map((call) => [call.id, call.function.name, JSON.parse(call.function.arguments || '{}')]);
const gist = ({ choices: [{ message, finish_reason }] }) => [message.content ?? '', calls(message), finish_reason];

/** Answers every call until none is left; all that was said. */
async function loop(way, model) {
  const messages = user('Go');
  const told = [];
  for (;;) {
    const completion = await way(model, { messages, tools });
    const { message } = completion.choices[0];
    told.push(gist(completion));
    if (!message.tool_calls?.length) return told;
    messages.push(message);
    for (const [id, name, value] of calls(message)) {
      messages.push({ role: 'tool', tool_call_id: id, content: `${name} of ${JSON.stringify(value)}` });
    }
  }
}

await main({
  async text_whole_and_streamed() {
    const expected = gist(await whole(`${NATIVE}text`));
    for (const way of WAYS) assert.deepEqual(gist(await way(`${TRANSLATED}text`)), expected);
  },

  async parallel_tools_with_streamed_arguments() {
    for (const way of WAYS) {
      assert.deepEqual(gist(await way(`${TRANSLATED}tools`, { tools })), gist(await way(`${NATIVE}tools`, { tools })));
    }
  },

  async tool_without_arguments() {
    for (const way of WAYS) {
      const [call] = (await way(`${TRANSLATED}bare`, { tools })).choices[0].message.tool_calls;
      assert.deepEqual([call.id, call.function.name, call.function.arguments], ['call_now', 'now', '{}']);
    }
  },

  async loop_of_tools_ends_as_natively() {
    const native = await loop(whole, `${NATIVE}loop`);
    assert.deepEqual(native.map((turn) => turn[1].length), [2, 1, 1, 0]);
    for (const way of WAYS) assert.deepEqual(await loop(way, `${TRANSLATED}loop`), native);
  },

  async image_reaches_the_upstream() {
    const url = 'data:image/png;base64,iVBORw0KGgo=';
    const messages = user([{ type: 'image_url', image_url: { url } }]);
    const body = JSON.parse((await whole(`${TRANSLATED}echo`, { messages })).choices[0].message.content);
    const source = { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' };
    assert.deepEqual(body.messages[0].content, [{ type: 'image', source }]);
  },

  async thinking_with_signatures_over_several_turns() {
    const messages = user('Weather?');
    const told = [];
    for (let turn = 0; turn < 4; turn++) {
      const { message } = (
        await whole(`${TRANSLATED}thinking`, { messages, tools, reasoning_effort: 'high' })
      ).choices[0];
      told.push(message.reasoning_content);
      messages.push(message);
      const ids = calls(message).map(([id]) => id);
      messages.push(...ids.map((id) => ({ role: 'tool', tool_call_id: id, content: '22' })));
      if (!ids.length) messages.push(...user('Thanks'));
    }
    assert.deepEqual(told, ['First I look.', 'Then I look \u4e16.', 'Now I know.', 'They thank me.']);
  },

  async signatures_come_in_the_stream() {
    const chunks = await collect(whole(`${TRANSLATED}thinking`, { tools, stream: true }));
    const deltas = chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.delta));
    assert.equal(deltas.map((delta) => delta.reasoning_content ?? '').join(''), 'First I look.');
    const details = deltas.flatMap((delta) => delta.reasoning_details ?? []);
    assert.deepEqual(
      details.map((each) => each.signature ?? each.data),
      ['sig+first/==', 'ZW5jcnlwdGVk'],
    );
  },

  async every_stop_reason() {
    const expected = { end: 'stop', sequence: 'stop', length: 'length', window: 'length', pause: 'stop', filter: 'content_filter' };
    for (const [name, reason] of Object.entries(expected)) {
      assert.equal((await whole(`${TRANSLATED}stop${name}`)).choices[0].finish_reason, reason, name);
      const chunks = await collect(whole(`${TRANSLATED}stop${name}`, { stream: true }));
      assert.equal(chunks.at(-1).choices[0].finish_reason, reason, name);
    }
  },

  async refusal_is_named() {
    const [{ message, finish_reason }] = (await whole(`${TRANSLATED}refusal`)).choices;
    assert.deepEqual([message.refusal, finish_reason], ['it is not allowed', 'content_filter']);
  },

  async usage_counts_the_caches_in() {
    for (const way of WAYS) {
      const { usage } = await way(`${TRANSLATED}written`);
      assert.deepEqual([usage.prompt_tokens, usage.completion_tokens, usage.total_tokens], [3509, 20, 3529]);
      const { cached_tokens, cache_write_tokens } = usage.prompt_tokens_details;
      assert.deepEqual([cached_tokens, cache_write_tokens], [3400, 100]);
      assert.equal(usage.completion_tokens_details.reasoning_tokens, 5);
    }
  },

  async errors_have_a_class_and_the_upstreams_words() {
    const error = await raises(OpenAI.BadRequestError, () => whole(`${BROKEN}400`));
    assert.ok(error.message.includes('messages.0: no such thing'), error.message);
    await raises(OpenAI.NotFoundError, () => whole(`${BROKEN}404`));
    assert.equal((await raises(OpenAI.InternalServerError, () => whole(`${BROKEN}500`))).type, 'server_error');
    const spent = await raises(OpenAI.APIError, () => whole(`${BROKEN}429`));
    assert.ok(Number(spent.headers.get('retry-after')) > 0);
  },

  async broken_streams_raise() {
    for (const fault of ['cutearly', 'cuttext', 'cuttool', 'eof', 'event']) {
      await raises(OpenAI.APIError, () => streamed(BROKEN + fault, { tools }));
      await raises(OpenAI.APIError, () => collect(whole(BROKEN + fault, { tools, stream: true })));
    }
  },
});
