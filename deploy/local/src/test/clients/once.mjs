// One call of the official client with its retries on, for a test that breaks the way in between.
// Prints the id of what was made.
import OpenAI, { toFile } from "openai";
import { readFileSync } from "node:fs";

const [baseURL, apiKey, call, prompt, more] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey });
const form = { prompt, model: "animatic-1", seconds: "1", size: "160x90" };
const calls = {
  keyed: () => client.videos.create(form, { headers: { "Idempotency-Key": more } }),
  reference: async () =>
    client.videos.create({ ...form, input_reference: await toFile(readFileSync(more), "a.png", { type: "image/png" }) }),
  remix: () => client.videos.remix(more, { prompt }),
  edit: () => client.videos.edit({ video: { id: more }, prompt }),
};
console.log((await calls[call]()).id);
