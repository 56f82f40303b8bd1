// The official Anthropic SDK for JavaScript, unchanged, as a client of the gateway.

import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import { KEY, TEXT, TIMEOUT, URL, main, raises } from './checks.js';

const client = new Anthropic({ baseURL: URL, apiKey: KEY, maxRetries: 0, timeout: TIMEOUT });
const WEATHER = {
  name: 'get_weather',
  description: 'The weather of a city',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

const ask = (model, more = {}) => ({
  model,
  max_tokens: 500,
  messages: [{ role: 'user', content: TEXT }],
  ...more,
});
const create = (model, more) => client.messages.create(ask(model, more));
const final = (model, more) => client.messages.stream(ask(model, more)).finalMessage();

await main({
  async text() {
    const message = await create('simulated-echo');
    assert.ok(message.content[0].text.includes(TEXT), JSON.stringify(message));
    assert.equal(message.stop_reason, 'end_turn');
    assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0);
  },

  async stream_yields_the_same_message() {
    const [streamed, whole] = [await final('simulated-echo'), await create('simulated-echo')];
    assert.equal(streamed.content[0].text, whole.content[0].text);
    assert.equal(streamed.stop_reason, whole.stop_reason);
    assert.equal(streamed.usage.output_tokens, whole.usage.output_tokens);
  },

  async tool_call_and_its_result() {
    const call = await create('simulated-tool', { tools: [WEATHER] });
    assert.equal(call.stop_reason, 'tool_use');
    const use = call.content.find((block) => block.type === 'tool_use');
    assert.equal(use.name, 'get_weather');
    assert.equal(typeof use.input, 'object');
    const question = ask('simulated-tool', { tools: [WEATHER] });
    question.messages.push(
      { role: 'assistant', content: call.content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: '22 degrees' }] },
    );
    const answer = await client.messages.create(question);
    assert.equal(answer.stop_reason, 'end_turn');
    assert.ok(answer.content[0].text);
  },

  async streamed_tool_call() {
    const [streamed, whole] = [
      await final('simulated-tool', { tools: [WEATHER] }),
      await create('simulated-tool', { tools: [WEATHER] }),
    ];
    const inputs = (message) => message.content.filter((b) => b.type === 'tool_use').map((b) => [b.name, b.input]);
    assert.equal(streamed.stop_reason, 'tool_use');
    assert.deepEqual(inputs(streamed), inputs(whole));
  },

  async models_list() {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    assert.ok(ids.includes('simulated-echo'), ids.join());
    assert.equal((await client.models.retrieve('simulated-echo')).id, 'simulated-echo');
  },

  async count_tokens() {
    const { messages } = ask('simulated-echo');
    assert.ok((await client.messages.countTokens({ model: 'simulated-echo', messages })).input_tokens > 0);
  },

  async bad_key_is_an_authentication_error() {
    const stranger = client.withOptions({ apiKey: 'sk-nobody-0123456789' });
    const error = await raises(Anthropic.AuthenticationError, () => stranger.messages.create(ask('simulated-echo')));
    assert.equal(error.error.error.type, 'authentication_error');
    assert.equal(error.headers.get('x-should-retry'), 'false');
    assert.ok(error.requestID);
  },

  async unknown_model_is_not_found() {
    const error = await raises(Anthropic.NotFoundError, () => create('no-such-model'));
    assert.equal(error.error.error.type, 'not_found_error');
  },

  async unknown_route_is_not_found() {
    await raises(Anthropic.NotFoundError, () => client.post('/v1/no/such/route', { body: {} }));
    await raises(Anthropic.NotFoundError, () => client.get('/v1/messages/batches'));
  },

  async rate_limit_says_when_to_come_back() {
    const error = await raises(Anthropic.RateLimitError, () => create('simulated-429'));
    assert.equal(error.error.error.type, 'rate_limit_error');
    assert.ok(Number(error.headers.get('retry-after')) > 0);
  },

  async overload_is_529() {
    const error = await raises(Anthropic.APIError, () => create('simulated-529'));
    assert.equal(error.status, 529);
    assert.equal(error.error.error.type, 'overloaded_error');
  },

  async server_error_is_500() {
    assert.equal((await raises(Anthropic.InternalServerError, () => create('simulated-500'))).status, 500);
  },

  async cut_stream_raises() {
    await raises(Anthropic.APIError, () => final('simulated-cut'));
  },

  async overload_inside_a_stream_raises() {
    await raises(Anthropic.APIError, () => final('simulated-overloaded-event'));
  },
});
