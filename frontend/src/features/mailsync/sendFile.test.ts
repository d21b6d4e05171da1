import { beforeEach, describe, expect, it, vi } from "vitest";
import { sentenceOf } from "@/api/problem";
import { en } from "@/i18n/en";
import { cutFile } from "@/lib/slicing/chunks";
import type { Cutter } from "@/lib/slicing/cutter";
import type { Order } from "@/lib/slicing/worker";
import { type Progress, sendFile } from "./sendFile";

// The typed client takes hold of fetch when it is loaded: what it holds must pass on to the server of each test.
const transport = vi.hoisted(() => {
  const held: { answer: typeof fetch } = { answer: fetch };
  vi.stubGlobal("fetch", (...call: Parameters<typeof fetch>) => held.answer(...call));
  return held;
});

const CHUNK = 100_000;
const ID = "ab".repeat(16);

/** Stands in for the server behind `fetch`: keeps what arrives, and fails where a test says so. */
class FakeUploads {
  arrived = new Uint8Array(0);
  calls: string[] = [];
  failures: (() => Response)[] = [];
  lose = 0;

  answer = async (input: Request | URL | string, init?: RequestInit): Promise<Response> => {
    const request = input instanceof Request ? input : new Request(new URL(input, location.origin), init);
    const { pathname, searchParams } = new URL(request.url);
    this.calls.push(`${request.method} ${pathname.split("/uploads")[1] ?? ""}${searchParams.get("offset") ?? ""}`);
    if (request.method === "PUT") {
      const failure = this.failures.shift();
      if (failure) return failure();
      const offset = Number(searchParams.get("offset"));
      const chunk = new Uint8Array(await request.arrayBuffer());
      const known = this.arrived.subarray(offset);
      if (offset > this.arrived.length || !same(known.subarray(0, chunk.length), chunk.subarray(0, known.length))) return this.mismatch();
      const end = Math.max(this.arrived.length, offset + chunk.length);
      const grown = new Uint8Array(end);
      grown.set(this.arrived);
      grown.set(chunk, offset);
      this.arrived = grown.slice(0, end - this.lose);
      this.lose = 0;
    }
    if (pathname.endsWith("/finish")) {
      const failure = this.failures.shift();
      return failure ? failure() : Response.json({ job_id: "run1", started: true, status_url: "" }, { status: 202 });
    }
    return Response.json({ id: ID, name: "x", size: null, offset: this.arrived.length, chunk_bytes: CHUNK, job_id: null, expires_at: "" });
  };

  mismatch = () => problem(409, "import.offset_mismatch", { expected_offset: this.arrived.length });
}

/** Quicker than comparing numbers one by one in a report nobody reads. */
const same = (one: Uint8Array, other: Uint8Array) => one.length === other.length && one.every((byte, i) => byte === other[i]);
const problem = (status: number, code: string, params = {}) =>
  new Response(JSON.stringify({ title: "No", code, params }), { status, headers: { "content-type": "application/problem+json" } });
const lost = (): Response => {
  throw new TypeError("network");
};

function openHere({ file, how, size, skip }: Order): Cutter {
  const chunks = cutFile(file, how, size, skip);
  return { next: async () => (await chunks.next()).value ?? null, close: () => undefined };
}

const content = new Uint8Array(350_000).map((_, i) => (i * 31 + (i >> 8)) % 251);
const file = new File([content], "mail.zip");
let server: FakeUploads;
let seen: Progress[];
const expectWhole = () => {
  expect(same(server.arrived, content)).toBe(true);
};
const send = (change: Partial<Parameters<typeof sendFile>[0]> = {}) =>
  sendFile({
    file, how: "whole", earlier: null, signal: new AbortController().signal, openCutter: openHere, onBegin: () => undefined, patience: 1,
    onProgress: (progress) => seen.push(progress), ...change,
  });

beforeEach(() => {
  server = new FakeUploads();
  seen = [];
  transport.answer = server.answer;
});

describe("handing a file over", () => {
  it("sends it chunk by chunk and tells how far it is", async () => {
    expect(await send()).toBe("run1");
    expectWhole();
    expect(seen.map((p) => p.sent)).toEqual([0, 100_000, 200_000, 300_000, 350_000]);
  });

  it("goes on by itself when the connection or the server was away", async () => {
    server.failures = [lost, lost, () => problem(503, "down")];
    await send();
    expectWhole();
    expect(seen.some((p) => p.holdup === "connection")).toBe(true);
    expect(seen.at(-1)?.holdup).toBeNull();
  });

  it("fills a gap from where the server says", async () => {
    server.lose = 60_000;
    await send();
    expectWhole();
    expect(server.calls).toContain(`PUT /${ID}40000`);
  });

  it("goes on with an earlier upload, sending a little again", async () => {
    server.arrived = content.slice(0, 250_000);
    await send({ earlier: ID });
    expectWhole();
    expect(server.calls.filter((call) => call.startsWith("PUT"))).toEqual([`PUT /${ID}${250_000 - 65_536}`, `PUT /${ID}${350_000 - 65_536}`]);
  });

  it("says so when the file is another one than was begun", async () => {
    server.arrived = new Uint8Array(250_000).fill(7);
    await expect(send({ earlier: ID }).catch(sentenceOf)).resolves.toBe(en.upload.different);
  });

  it("waits while another import runs", async () => {
    server.failures = [() => problem(409, "run.already_active", { job_id: "other" })];
    const small = new File([content.slice(0, 0)], "empty.mbox");
    expect(await send({ file: small })).toBe("run1");
    expect(seen.some((p) => p.holdup === "import")).toBe(true);
  });

  it("stops at once when it is no mailbox, or the person cancels", async () => {
    server.failures = [() => problem(422, "archive.not_a_mailbox")];
    await expect(send()).rejects.toMatchObject({ code: "archive.not_a_mailbox" });
    const stop = new AbortController();
    server.failures = [lost];
    await expect(send({ signal: stop.signal, onProgress: () => { stop.abort(); } })).rejects.toBeDefined();
  });
});
