// The official OpenAI SDK for JavaScript, unchanged, as a client of the gateway: Chat, Responses and the older routes.

import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { KEY, TEXT, TIMEOUT, URL, main, needing, raises, spoken } from './checks.js';

const client = new OpenAI({ baseURL: `${URL}/v1`, apiKey: KEY, maxRetries: 0, timeout: TIMEOUT });
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const CHAT_TOOL = { type: 'function', function: { name: 'get_weather', parameters } };
const RESPONSES_TOOL = { type: 'function', name: 'get_weather', parameters, strict: false };

const messages = [{ role: 'user', content: TEXT }];
const chat = (model, more = {}) => client.chat.completions.create({ model, messages, ...more });
const chatStream = (model, more = {}) =>
  client.chat.completions.stream({ model, messages, ...more }).finalChatCompletion();
const respond = (model, more = {}) => client.responses.create({ model, input: TEXT, ...more });
const calls = spoken('Responses') ? [chat, respond] : [chat];
const respondStream = (model, more = {}) => client.responses.stream({ model, input: TEXT, ...more }).finalResponse();
const collect = async (stream) => {
  const items = [];
  for await (const item of await stream) items.push(item);
  return items;
};

await main({
  async chat_text() {
    const completion = await chat('simulated-echo');
    assert.ok(completion.choices[0].message.content.includes(TEXT), JSON.stringify(completion));
    assert.equal(completion.object, 'chat.completion');
    assert.equal(completion.choices[0].finish_reason, 'stop');
    assert.ok(completion.usage.total_tokens > 0);
  },

  async chat_stream_yields_the_same_completion() {
    const streamed = await chatStream('simulated-echo', { stream_options: { include_usage: true } });
    const whole = await chat('simulated-echo');
    assert.equal(streamed.choices[0].message.content, whole.choices[0].message.content);
    assert.equal(streamed.choices[0].finish_reason, whole.choices[0].finish_reason);
    assert.equal(streamed.usage.completion_tokens, whole.usage.completion_tokens);
  },

  async chat_tool_call_and_its_result() {
    const [choice] = (await chat('simulated-tool', { tools: [CHAT_TOOL] })).choices;
    assert.equal(choice.finish_reason, 'tool_calls');
    const [call] = choice.message.tool_calls;
    assert.equal(call.function.name, 'get_weather');
    assert.equal(typeof JSON.parse(call.function.arguments), 'object');
    const answer = await chat('simulated-tool', {
      tools: [CHAT_TOOL],
      messages: [...messages, choice.message, { role: 'tool', tool_call_id: call.id, content: '22 degrees' }],
    });
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.ok(answer.choices[0].message.content);
  },

  async chat_streamed_tool_call() {
    const [streamed] = (await chatStream('simulated-tool', { tools: [CHAT_TOOL] })).choices;
    const [whole] = (await chat('simulated-tool', { tools: [CHAT_TOOL] })).choices;
    assert.equal(streamed.finish_reason, 'tool_calls');
    assert.equal(streamed.message.tool_calls[0].function.name, 'get_weather');
    assert.equal(
      streamed.message.tool_calls[0].function.arguments,
      whole.message.tool_calls[0].function.arguments,
    );
  },

  responses_text: needing('Responses', async () => {
    const response = await respond('simulated-echo');
    assert.ok(response.output_text.includes(TEXT), JSON.stringify(response));
    assert.equal(response.status, 'completed');
    assert.ok(response.usage.total_tokens > 0);
  }),

  responses_stream_yields_the_same_response: needing('Responses', async () => {
    const [streamed, whole] = [await respondStream('simulated-echo'), await respond('simulated-echo')];
    assert.equal(streamed.output_text, whole.output_text);
    assert.equal(streamed.status, 'completed');
    assert.equal(streamed.usage.output_tokens, whole.usage.output_tokens);
  }),

  responses_tool_call_and_its_result: needing('Responses', async () => {
    const first = await respond('simulated-tool', { tools: [RESPONSES_TOOL] });
    const call = first.output.find((item) => item.type === 'function_call');
    assert.equal(call.name, 'get_weather');
    const answer = await respond('simulated-tool', {
      tools: [RESPONSES_TOOL],
      input: [...messages, call, { type: 'function_call_output', call_id: call.call_id, output: '22 degrees' }],
    });
    assert.equal(answer.status, 'completed');
    assert.ok(answer.output_text);
  }),

  responses_streamed_tool_call: needing('Responses', async () => {
    const response = await respondStream('simulated-tool', { tools: [RESPONSES_TOOL] });
    const call = response.output.find((item) => item.type === 'function_call');
    assert.equal(call.name, 'get_weather');
    assert.equal(typeof JSON.parse(call.arguments), 'object');
  }),

  async legacy_completion() {
    const completion = await client.completions.create({ model: 'simulated-echo', prompt: TEXT, max_tokens: 200 });
    assert.equal(completion.object, 'text_completion');
    assert.ok(completion.choices[0].text.includes(TEXT));
  },

  embeddings: needing('Embeddings', async () => {
    const { data } = await client.embeddings.create({ model: 'simulated-embedding', input: ['one', 'two'] });
    assert.deepEqual(data.map((each) => each.index), [0, 1]);
    assert.equal(data[0].embedding.length, data[1].embedding.length);
    assert.notDeepEqual(data[0].embedding, data[1].embedding);
  }),

  async models_list() {
    const ids = (await collect(client.models.list())).map((model) => model.id);
    assert.ok(ids.includes('simulated-echo'), ids.join());
    assert.equal((await client.models.retrieve('simulated-echo')).id, 'simulated-echo');
  },

  async bad_key_is_an_authentication_error() {
    const stranger = client.withOptions({ apiKey: 'sk-nobody-0123456789' });
    const error = await raises(OpenAI.AuthenticationError, () => stranger.models.list());
    assert.equal(error.headers.get('x-should-retry'), 'false');
    assert.ok(error.requestID);
  },

  async unknown_model_is_not_found() {
    for (const call of calls) {
      assert.equal((await raises(OpenAI.NotFoundError, () => call('no-such-model'))).code, 'model_not_found');
    }
  },

  async unknown_route_is_not_found() {
    await raises(OpenAI.NotFoundError, () => client.post('/no/such/route', { body: {} }));
    await raises(OpenAI.NotFoundError, () => client.files.list());
  },

  async rate_limit_says_when_to_come_back() {
    for (const call of calls) {
      const error = await raises(OpenAI.RateLimitError, () => call('simulated-429'));
      assert.ok(Number(error.headers.get('retry-after')) > 0);
    }
  },

  async overload_is_a_server_error() {
    for (const call of calls) {
      const error = await raises(OpenAI.InternalServerError, () => call('simulated-529'));
      assert.ok([503, 529].includes(error.status), String(error.status));
    }
  },

  async server_error_is_500() {
    for (const call of calls) {
      assert.equal((await raises(OpenAI.InternalServerError, () => call('simulated-500'))).status, 500);
    }
  },

  async chat_cut_stream_raises() {
    await raises(OpenAI.APIError, () => collect(chat('simulated-cut', { stream: true })));
  },

  responses_cut_stream_never_completes: needing('Responses', async () => {
    let events;
    try {
      events = await collect(respond('simulated-cut', { stream: true }));
    } catch (error) {
      assert.ok(error instanceof OpenAI.APIError && !(error instanceof OpenAI.APIConnectionError), String(error));
      return;
    }
    assert.equal(events.at(-1).type, 'response.failed');
  }),

  async chat_overload_inside_a_stream_raises() {
    await raises(OpenAI.APIError, () => collect(chat('simulated-overloaded-event', { stream: true })));
  },
});
