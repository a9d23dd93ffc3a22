// What a stranger's program does with the official client: nothing but base URL and key is ours.
// Prints one line of JSON for each step: {"step": name, "saw": text}.
import OpenAI, { toFile } from "openai";

const [baseURL, key, strangersKey, hastyKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: key });
const stranger = new OpenAI({ baseURL, apiKey: strangersKey });
const UNKNOWN = "video_00000000000000000000000000";
const form = { model: "animatic-1", seconds: "1", size: "160x90" };

// A small picture, as a designer would hand it over.
const PICTURE =
  "iVBORw0KGgoAAAANSUhEUgAAABAAAAAJCAIAAAC0SDtlAAABEElEQVR42g3LIQ1FIRiA0b8BBdiIgMXdCCjMZ4jASEACdiNcjyECDksENgpQ4b3jj4igBCNY4RG8EIUkFOEVPqELQ1jCFq4golEao7GaR+M1UZM0RfNqPk3XDM3SbM3V/+BQDuOwjsfhHdGRHMXxOj5HdwzHcmzHdf8QUAETsIEn4AMxkAIl8Aa+QA+MwArswA3/kFEZk7GZJ+MzMZMyJfNmvkzPjMzK7MzN/1BRFVOxlafiK7GSKqXyVr5Kr4zKquzKrf/QUA3TsI2n4RuxkRql8Ta+Rm+Mxmrsxm3/MFETM7GTZ+IncZImZfJOvkmfjMma7Mmd/3BQB3Owh+fgD/GQDuXwHr5DP4zDOuzDPfwAlpi1Krv0gW4AAAAASUVORK5CYII=";

const step = async (name, work) => {
  let saw;
  try {
    saw = await work();
  } catch (error) {
    saw =
      error instanceof OpenAI.APIError
        ? `${error.constructor.name} ${error.status} ${error.code} ${error.param ?? "-"} ${error.type}: ${error.message.replace(/^\d+ /, "")}`
        : `${error.constructor.name}: ${error.message}`;
  }
  console.log(JSON.stringify({ step: name, saw }));
};

const poll = async (id) => {
  for (let left = 300; left > 0; left--) {
    const { data: video, response } = await client.videos.retrieve(id).withResponse();
    if (video.status === "completed" || video.status === "failed") {
      return video;
    }
    const after = response.headers.get("openai-poll-after-ms");
    await new Promise((resolve) => setTimeout(resolve, Math.min(Number(after ?? 1000), 200)));
  }
  throw new Error(`${id} did not end`);
};

const download = async (id, variant) => {
  const answer = await client.videos.downloadContent(id, { variant });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const magic = bytes.subarray(4, 8).toString("latin1") === "ftyp" ? "mp4" : bytes.subarray(0, 2).toString("hex");
  return `${answer.headers.get("content-type")} ${magic}`;
};

let first;
await step("create", async () => {
  first = await client.videos.create({ prompt: "a kite over dunes", ...form });
  return `${first.object} ${first.status} ${first.model} ${first.size} ${first.seconds}`;
});
await step("content before ready", () => client.videos.downloadContent(first.id));
await step("delete before ready", async () => {
  const waiting = await client.videos.create({ prompt: "later", ...form, not_before: "2099-01-01T00:00:00Z" });
  return client.videos.delete(waiting.id);
});
await step("poll", async () => {
  const video = await poll(first.id);
  return `${video.status} ${video.progress} ${video.prompt}`;
});
for (const variant of ["video", "thumbnail", "spritesheet"]) {
  await step(`download ${variant}`, () => download(first.id, variant));
}
await step("list over pages", async () => {
  await client.videos.create({ prompt: "a second one", ...form });
  await client.videos.create({ prompt: "a third one", ...form });
  const seen = new Set();
  let pages = 0;
  for await (const page of (await client.videos.list({ limit: 2, order: "desc" })).iterPages()) {
    pages++;
    page.data.forEach((video) => seen.add(video.id));
    if (seen.has(first.id)) {
      break;
    }
  }
  return `${pages > 1} ${seen.has(first.id)}`;
});
await step("models", async () => (await client.models.list()).data.map((m) => m.id).includes("animatic-1") + "");
await step("unknown model", () => client.videos.create({ prompt: "x", ...form, model: "sora-2" }));
await step("bad size", () => client.videos.create({ prompt: "x", ...form, size: "7x7" }));
await step("bad length", () => client.videos.create({ prompt: "x", ...form, seconds: "3000" }));
await step("empty prompt", () => client.videos.create({ prompt: "", ...form }));
await step("long prompt", () => client.videos.create({ prompt: "x".repeat(33_000), ...form }));
await step("unknown id", () => client.videos.retrieve(UNKNOWN));
await step("foreign id", () => stranger.videos.retrieve(first.id));
await step("foreign id otherwise", async () => {
  const tries = [
    stranger.videos.downloadContent(first.id),
    stranger.videos.delete(first.id),
    stranger.videos.remix(first.id, { prompt: "x" }),
    stranger.videos.edit({ video: { id: first.id }, prompt: "x" }),
    stranger.videos.extend({ video: { id: first.id }, prompt: "x", seconds: "1" }),
  ];
  const refused = (await Promise.allSettled(tries)).map((one) => one.reason?.status ?? 200);
  return refused.join(" ") + ` ${(await stranger.videos.list()).data.length}`;
});
await step("request id", () => client.videos.retrieve(UNKNOWN).catch((e) => /^req_[0-9a-f]{32}$/.test(e.requestID) + ""));
await step("too many requests", async () => {
  const hasty = new OpenAI({ baseURL, apiKey: hastyKey, maxRetries: 0 });
  for (let tries = 0; tries < 2000; tries++) {
    const error = await hasty.videos.downloadContent(UNKNOWN).catch((e) => e);
    if (error.status === 429) {
      const told = ["x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "retry-after", "x-should-retry"];
      const pause = Number(error.headers.get("retry-after-ms"));
      return (
        `${error.constructor.name} ${error.status} ${error.code} ${error.type}: ` +
        told.map((name) => String(error.headers.get(name))).join(" ") +
        ` ${pause > 0 && pause <= 1000}`
      );
    }
    if (error.status !== 404) {
      throw error;
    }
  }
});
await step("too many, but patient", () => new OpenAI({ baseURL, apiKey: hastyKey }).videos.downloadContent(UNKNOWN));
await step("wrong key", () => new OpenAI({ baseURL, apiKey: "wrong" }).videos.retrieve(first.id));
await step("remix, edit, extend", async () => {
  const made = await Promise.all([
    client.videos.remix(first.id, { prompt: "a kite by night" }),
    client.videos.edit({ video: { id: first.id }, prompt: "a red kite" }),
    client.videos.extend({ video: { id: first.id }, prompt: "it comes down", seconds: "1" }),
  ]);
  const ended = await Promise.all(made.map((video) => poll(video.id)));
  return ended.map((video) => `${video.status} ${video.seconds}`).join(", ") + `, ${made[0].remixed_from_video_id === first.id}`;
});
await step("delete", async () => {
  const gone = (await client.videos.create({ prompt: "soon gone", ...form })).id;
  await poll(gone);
  const answer = await client.videos.delete(gone);
  return `${answer.object} ${answer.deleted} ${answer.id === gone} ${await client.videos.retrieve(gone).catch((e) => e.status)}`;
});
await step("with a reference", async () => {
  const picture = await toFile(Buffer.from(PICTURE, "base64"), "first.png", { type: "image/png" });
  const video = await poll((await client.videos.create({ prompt: "it moves", ...form, input_reference: picture })).id);
  return `${video.status} ${video.error?.code ?? "-"}`;
});
await step("not an image", async () =>
  client.videos.create({
    prompt: "x",
    ...form,
    input_reference: await toFile(Buffer.from("no picture at all"), "a.png", { type: "image/png" }),
  }));
await step("blocked prompt", async () => {
  const video = await poll((await client.videos.create({ prompt: "x [[refuse]]", ...form })).id);
  return `${video.status} ${video.error?.code} ${video.error?.message}`;
});
