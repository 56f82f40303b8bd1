// The official Anthropic SDK for JavaScript before upstream.py: each conversation natively (Messages) and translated
// (Chat).

import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import { KEY, TIMEOUT, URL, main, raises } from './checks.js';

const client = new Anthropic({ baseURL: URL, apiKey: KEY, maxRetries: 0, timeout: TIMEOUT });
const [NATIVE, TRANSLATED, ECHOING, BROKEN] = ['claude-opus-4-8-', 'gpt-4.1-', 'deepseek-chat-', 'broken-gpt-'];
const tools = ['get_weather', 'now', 'add'].map((name) => ({
  name,
  input_schema: { type: 'object', properties: {} },
}));

const user = (content = 'Hi') => [{ role: 'user', content }];
const ask = (model, more) => ({ model, max_tokens: 500, messages: user(), ...more });
const whole = (model, more) => client.messages.create(ask(model, more));
const streamed = (model, more) => client.messages.stream(ask(model, more)).finalMessage();
const collect = async (stream) => {
  const items = [];
  for await (const item of await stream) items.push(item);
  return items;
};
const WAYS = [whole, streamed];
const gist = ({ content, stop_reason }) => [
  content.filter((block) => block.type === 'text').map((block) => block.text).join(''),
  content.filter((block) => block.type === 'tool_use').map(({ id, name, input }) => [id, name, input]),
  stop_reason,
];

/** Answers every call until none is left; all that was said. */
async function loop(way, model) {
  const messages = user('Go');
  const told = [];
  for (;;) {
    const message = await way(model, { messages, tools });
    told.push(gist(message));
    const calls = told.at(-1)[1];
    if (!calls.length) return told;
    messages.push({ role: 'assistant', content: message.content });
    messages.push(
      ...user(
        calls.map(([tool_use_id, name, input]) => ({
          type: 'tool_result',
          tool_use_id,
          content: `${name} of ${JSON.stringify(input)}`,
        })),
      ),
    );
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

  async interleaved_arguments_of_two_tools() {
    const expected = gist(await whole(`${NATIVE}interleaved`, { tools }));
    assert.deepEqual(gist(await streamed(`${TRANSLATED}interleaved`, { tools })), expected);
  },

  async tool_without_arguments() {
    for (const way of WAYS) {
      const expected = ['', [['call_now', 'now', {}]], 'tool_use'];
      assert.deepEqual(gist(await way(`${TRANSLATED}bare`, { tools })), expected);
    }
  },

  async tool_call_that_ends_with_stop() {
    for (const way of WAYS) assert.equal((await way(`${TRANSLATED}lazystop`, { tools })).stop_reason, 'tool_use');
  },

  async loop_of_tools_ends_as_natively() {
    const native = await loop(whole, `${NATIVE}loop`);
    assert.deepEqual(native.map((turn) => turn[1].length), [2, 1, 1, 0]);
    for (const way of WAYS) assert.deepEqual(await loop(way, `${TRANSLATED}loop`), native);
  },

  async image_reaches_the_upstream() {
    const source = { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' };
    const { content } = await whole(`${TRANSLATED}echo`, { messages: user([{ type: 'image', source }]) });
    const url = 'data:image/png;base64,iVBORw0KGgo=';
    assert.deepEqual(JSON.parse(content[0].text).messages[0].content, [{ type: 'image_url', image_url: { url } }]);
  },

  async thinking_over_several_turns() {
    for (const way of WAYS) {
      for (const model of [TRANSLATED, ECHOING]) {
        const messages = user('Weather?');
        const told = [];
        for (let turn = 0; turn < 4; turn++) {
          const { content } = await way(`${model}thinking`, { messages, tools, thinking: { type: 'adaptive' } });
          told.push(content.filter((block) => block.type === 'thinking').map((block) => block.thinking).join());
          const results = content
            .filter((block) => block.type === 'tool_use')
            .map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: '22' }));
          messages.push({ role: 'assistant', content }, ...user(results.length ? results : 'Thanks'));
        }
        assert.deepEqual(told, ['First I look.', 'Then I look \u4e16.', 'Now I know.', 'They thank me.']);
      }
    }
  },

  async every_stop_reason() {
    const expected = { end: 'end_turn', length: 'max_tokens', filter: 'refusal' };
    for (const [name, reason] of Object.entries(expected)) {
      for (const way of WAYS) assert.equal((await way(`${TRANSLATED}stop${name}`)).stop_reason, reason, name);
    }
    for (const way of WAYS) await raises(Anthropic.APIError, () => way(`${BROKEN}stopunknown`));
  },

  async refusal_is_a_stop_with_its_text() {
    for (const way of WAYS) {
      assert.deepEqual(gist(await way(`${TRANSLATED}refusal`)), ['I cannot help with that.', [], 'refusal']);
    }
  },

  async usage_tells_the_caches_apart() {
    for (const way of WAYS) {
      const { usage } = await way(`${TRANSLATED}cached`);
      assert.deepEqual(
        [usage.input_tokens, usage.cache_read_input_tokens, usage.cache_creation_input_tokens, usage.output_tokens],
        [109, 3400, 0, 20],
      );
      assert.equal(usage.output_tokens_details.thinking_tokens, 5);
    }
  },

  async errors_have_a_class_and_the_upstreams_words() {
    const error = await raises(Anthropic.BadRequestError, () => whole(`${BROKEN}400`));
    assert.ok(error.message.includes('messages.0: no such thing'), error.message);
    const long = await raises(Anthropic.BadRequestError, () => whole(`${BROKEN}long`));
    assert.equal(long.error.error.message, 'prompt is too long: 2000 tokens > 1000 maximum');
    await raises(Anthropic.NotFoundError, () => whole(`${BROKEN}404`));
    const broken = await raises(Anthropic.InternalServerError, () => whole(`${BROKEN}500`));
    assert.equal(broken.error.error.type, 'api_error');
    const spent = await raises(Anthropic.APIError, () => whole(`${BROKEN}429`));
    assert.ok(Number(spent.headers.get('retry-after')) > 0);
  },

  async broken_streams_raise() {
    for (const fault of ['cutearly', 'cuttext', 'cuttool', 'eof', 'event']) {
      await raises(Anthropic.APIError, () => streamed(BROKEN + fault, { tools }));
      await raises(Anthropic.APIError, () => collect(whole(BROKEN + fault, { tools, stream: true })));
    }
  },
});
